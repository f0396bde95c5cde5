"""Accepted once, corrected everywhere: what readers suggest, who decides it, and what the glossary says then."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from glossary import edition, suggestions
from glossary.models import Concept, Suggestion, SuggestionKind, Term
from reader.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("document")]
QUEUE = "/editing/suggestions/"


@pytest.fixture
def alice(db: None) -> User:
    """Alice, who finds something wrong."""
    return User.objects.create_user("alice")


@pytest.fixture
def bob(db: None) -> User:
    """Bob, who decides."""
    return User.objects.create_user("bob")


def suggest(alice: User, kind: str, text: str, proposal: str = "", comment: str = "") -> Suggestion:
    """Let Alice suggest something."""
    return suggestions.add(user=alice.pk, kind=kind, text=text, proposal=proposal, comment=comment)


@pytest.mark.parametrize(
    "case",
    [
        # A gloss takes the place of the preferred English term; one that the concept has steps forward.
        ("gloss", "缩放定律", "law of scale", "scaling-law", "law of scale"),
        # A reading is brought to tone marks.
        ("reading", "重采样", "zhong4 cai3 yang4", "resampling", "zhòng cǎi yàng"),
        # What is written in traditional characters is the same term.
        ("reading", "縮放定律", "suō fàng dìng lǜ", "scaling-law", "suō fàng dìng lǜ"),
        # A new term, from either side.
        ("missing", "参数", "parameter", "parameter", "参数"),
        ("missing", "unhobbling", "去枷锁", "unhobbling", "去枷锁"),
    ],
)
def test_what_is_accepted_is_corrected_at_once(case: tuple[str, str, str, str, str], alice: User, bob: User) -> None:
    kind, text, value, key, says = case
    before = edition.current()
    made = suggest(alice, kind, text)
    assert suggestions.accept(made, editor=bob.pk, value=value)
    terms = Concept.objects.published().get(key=key).terms.all()
    assert says in {name for term in terms for name in (term.text, term.reading)}
    assert edition.current() > before
    assert (made.status, made.decided_by) == ("accepted", bob)
    assert all(term.history.exists() for term in terms)


@pytest.mark.parametrize(
    "case",
    [
        # Where words are cut, and what nobody can tell, is for an editor's hand.
        ("cut", "缩放定律", "缩放 定律"),
        ("other", "缩放定律", ""),
        # The glossary has no such word.
        ("gloss", "研究", "research"),
        ("reading", "研究", "yán jiū"),
    ],
)
def test_what_cannot_be_corrected_is_recorded(case: tuple[str, str, str], alice: User, bob: User) -> None:
    kind, text, value = case
    before = edition.current()
    made = suggest(alice, kind, text)
    assert not suggestions.accept(made, editor=bob.pk, value=value, answer="by hand")
    assert (made.status, made.answer, edition.current()) == ("accepted", "by hand", before)


@pytest.mark.parametrize(
    "case",
    [
        ("reading", "重采样", "chóng cǎi", "2 syllables"),
        # A gloss is English.
        ("gloss", "缩放定律", "缩放 law", "no Han characters"),
        ("missing", "参数", "", "other name"),
        ("missing", "缩放定律", "scaling law", "already: scaling-law"),
    ],
)
def test_a_value_that_does_not_fit_changes_nothing(case: tuple[str, str, str, str], alice: User, bob: User) -> None:
    kind, text, value, said = case
    made = suggest(alice, kind, text)
    before = list(Term.objects.values())
    with pytest.raises(ValidationError, match=said):
        suggestions.accept(made, editor=bob.pk, value=value)
    made.refresh_from_db()
    assert made.status == "open"
    assert list(Term.objects.values()) == before


def test_a_gloss_that_the_concept_has_becomes_the_preferred_one(alice: User, bob: User) -> None:
    concept = Concept.objects.get(key="scaling-law")
    Term.objects.create(concept=concept, language="en", text="neural scaling law")
    suggestions.accept(suggest(alice, "gloss", "缩放定律"), editor=bob.pk, value="neural scaling law")
    status = dict(concept.terms.filter(language="en").values_list("text", "status"))
    assert status["neural scaling law"] == "preferred"
    assert status["scaling law"] == "admitted"


def test_a_reader_may_have_so_many_open_suggestions(alice: User, bob: User) -> None:
    made = [suggest(alice, "other", "推理", comment="?") for _number in range(suggestions.MOST_OPEN)]
    with pytest.raises(suggestions.TooManyError, match="30 suggestions"):
        suggest(alice, "other", "推理", comment="?")
    suggest(bob, "other", "推理", comment="?")
    suggestions.refuse(made[0], editor=bob.pk, answer="Seen.")
    suggest(alice, "other", "推理", comment="?")


def test_the_second_of_two_editors_is_told(as_editor: Client, editor: Client, alice: User) -> None:
    made = suggest(alice, "gloss", "缩放定律", "law of scale")
    as_editor.post(f"{QUEUE}{made.pk}/refuse/", {"answer": "It is right so."})
    answer = editor.post(f"{QUEUE}{made.pk}/accept/", {"value": "law of scale"}, follow=True)
    assert "edith has decided this already: refused." in answer.content.decode()
    assert Concept.objects.get(key="scaling-law").gloss == "scaling law"


def test_the_queue_is_oldest_first_and_keeps_a_word_together(as_editor: Client, alice: User, bob: User) -> None:
    for user, kind, text in ((alice, "gloss", "推理"), (alice, "cut", "Scaling Law"), (bob, "reading", "推理")):
        suggest(user, kind, text, comment=f"{user} on {kind}")
    page = as_editor.get(QUEUE).content.decode()
    places = [page.index(f"{said}</p>") for said in ("alice on gloss", "bob on reading", "alice on cut")]
    assert places == sorted(places)
    page = as_editor.get(f"{QUEUE}?kind=cut").content.decode()
    assert "alice on cut" in page
    assert "bob on reading" not in page
    assert "No suggestion fits" in as_editor.get(f"{QUEUE}?status=refused").content.decode()


def test_what_an_editor_typed_stays_when_it_does_not_fit(as_editor: Client, alice: User) -> None:
    made = suggest(alice, "reading", "重采样", "chóng cǎi yàng")
    answer = as_editor.post(f"{QUEUE}{made.pk}/accept/", {"value": "chóng cǎi"})
    assert answer.status_code == 400
    assert 'value="chóng cǎi"' in answer.content.decode()
    assert "2 syllables" in answer.content.decode()
    answer = as_editor.post(f"{QUEUE}{made.pk}/refuse/", {"answer": ""})
    assert "Write the reader a word" in answer.content.decode()


def test_an_accepted_gloss_shows_on_the_very_next_load(as_editor: Client, client: Client, alice: User) -> None:
    addresses = ("/glossary/scaling-law/", "/documents/size/cards.json", "/look-up/card/?q=缩放定律")
    assert not any("law of scale" in client.get(address).content.decode() for address in addresses)
    made = suggest(alice, "gloss", "缩放定律", "scale law")
    answer = as_editor.post(f"{QUEUE}{made.pk}/accept/", {"value": "law of scale"}, follow=True)
    assert "corrected everywhere" in answer.content.decode()
    assert all("law of scale" in client.get(address).content.decode() for address in addresses)


def test_what_is_for_an_editors_hand_leads_to_the_form(as_editor: Client, alice: User) -> None:
    made = suggest(alice, SuggestionKind.CUT, "缩放定律", comment="one word")
    page = as_editor.post(f"{QUEUE}{made.pk}/accept/", follow=True).content.decode()
    assert "/editing/concepts/scaling-law/" in page


@pytest.mark.parametrize(
    ("who", "looks", "decides"),
    [("client", 302, 302), ("reader", 403, 403), ("as_contributor", 200, 403), ("as_editor", 200, 302)],
)
def test_who_may_look_and_who_decides(
    who: str, looks: int, decides: int, alice: User, request: pytest.FixtureRequest
) -> None:
    browser: Client = request.getfixturevalue(who)
    made = suggest(alice, "other", "推理", comment="?")
    for address in ("/editing/", QUEUE):
        assert browser.get(address).status_code == looks
    assert browser.post(f"{QUEUE}{made.pk}/refuse/", {"answer": "No."}).status_code == decides
    made.refresh_from_db()
    assert made.status == ("refused" if who == "as_editor" else "open")
