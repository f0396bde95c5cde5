"""Something wrong? Alice says so from the text, reads what became of it, and loses nothing that she typed."""

import pytest
from django.test import Client

from glossary import suggestions
from glossary.models import Suggestion
from reader import ingest, suggesting
from reader.formats import markdown
from reader.models import Document, User
from tests import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def where(document: Document) -> dict[str, str]:
    """Where the word 后训练 stands in the small text."""
    start = document.revisions.get().text.index("后训练")
    return {"document": "size", "revision": "1", "start": str(start), "end": str(start + 3)}


def test_the_form_shows_the_sentence_with_the_word_marked(as_alice: Client, where: dict[str, str]) -> None:
    page = as_alice.get("/suggest/", where).content.decode()
    assert "预训练结束，<mark>后训练</mark>开始；我们先收集数据，然后训练模型。" in page
    assert "智能体" not in page


def test_alice_suggests_and_goes_back_to_her_place(as_alice: Client, alice: User, where: dict[str, str]) -> None:
    data = where | {"kind": "gloss", "proposal": "later training", "comment": "", "text": "ignored"}
    page = as_alice.post("/suggest/", data, follow=True).content.decode()
    made = Suggestion.objects.get()
    assert (made.user, made.text, made.proposal, made.title) == (alice, "后训练", "later training", "规模与推理")
    assert made.concept
    assert made.concept.key == "post-training"
    assert made.marked == ("预训练结束，", "后训练", "开始；我们先收集数据，然后训练模型。")
    assert "Thank you." in page
    assert 'class="button" href="/documents/size/#b4"' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": "gloss"}, "Write what it should be, or a comment."),
        ({"comment": "hm"}, "This field is required."),
        ({"kind": "reading", "proposal": "hòu xùn"}, "2 syllables"),
        ({"kind": "reading", "proposal": "hou7 xun4 lian4"}, "is not a syllable"),
        ({"kind": "no such kind", "comment": "hm"}, "Select a valid choice"),
    ],
)
def test_what_was_typed_stays_with_what_is_wrong(
    typed: dict[str, str], said: str, as_alice: Client, where: dict[str, str]
) -> None:
    answer = as_alice.post("/suggest/", where | typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert all(value in page for name, value in typed.items() if name != "kind")
    assert "<mark>后训练</mark>" in page
    assert not Suggestion.objects.exists()


def test_a_word_without_a_place_can_be_wrong_too(as_alice: Client, document: Document) -> None:
    assert 'value="推理"' in as_alice.get("/suggest/?text=推理").content.decode()
    as_alice.post("/suggest/", {"text": "推理", "kind": "other", "comment": "Two concepts?"})
    assert Suggestion.objects.get().url == ""


@pytest.mark.parametrize("address", ["/look-up/?q=推理", "/glossary/scaling-law/"])
def test_pages_of_words_lead_to_the_form(client: Client, address: str, document: Document) -> None:
    assert "/suggest/?text=" in client.get(address).content.decode()


def test_the_limit_is_told_in_words(as_alice: Client, alice: User, where: dict[str, str]) -> None:
    for _number in range(suggestions.MOST_OPEN):
        suggestions.add(user=alice.pk, kind="other", text="推理", comment="?")
    page = as_alice.post("/suggest/", where | {"kind": "other", "comment": "one more"}).content.decode()
    assert "You have 30 suggestions that nobody has looked at yet" in page
    assert "one more" in page


def test_what_charlie_types_waits_until_he_has_signed_in(
    as_charlie: Client, alice: User, where: dict[str, str]
) -> None:
    answer = as_charlie.post("/suggest/", where | {"kind": "gloss", "proposal": "afterwards", "comment": ""})
    assert answer["Location"].startswith("/accounts/login/?next=%2Fsuggest%2F")
    as_charlie.force_login(alice)
    page = as_charlie.get("/suggest/", where).content.decode()
    assert 'value="afterwards"' in page
    assert "checked" in page


def test_what_waits_fills_the_form_of_its_own_word_only_and_until_it_is_sent(
    as_charlie: Client, alice: User, where: dict[str, str]
) -> None:
    typed = {"kind": "gloss", "proposal": "afterwards", "comment": ""}
    as_charlie.post("/suggest/", where | typed)
    as_charlie.force_login(alice)
    assert "afterwards" not in as_charlie.get("/suggest/?text=推理").content.decode()
    for _turn in range(2):
        assert "afterwards" in as_charlie.get("/suggest/", where).content.decode()
    as_charlie.post("/suggest/", where | typed)
    assert "afterwards" not in as_charlie.get("/suggest/", where).content.decode()


def test_a_space_that_was_selected_along_is_no_part_of_the_word() -> None:
    document = small.build_document("---\ntitle: 长\nslug: spaced\n---\n\n先说一句。 后训练 很重要。\n")
    text = document.revisions.get().text
    start = text.index(" 后训练")
    found = suggesting.place(document, revision=1, start=start, end=start + 5)
    assert found
    assert (found.start, found.end, found.sentence[found.offset :]) == (start + 1, start + 4, "后训练 很重要。")
    assert suggesting.place(document, revision=1, start=start, end=start + 1) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"document": "hers"}, {"document": "none"}, {"start": "0", "end": "9999"}, {"start": "5", "end": "5"},
        {"start": "-1"}, {"end": "x"}, {"revision": "7"}, {"start": "0", "end": "90"},
    ],
)  # fmt: skip
def test_a_place_that_bob_may_not_see_or_that_is_none_is_404(
    wrong: dict[str, str], as_bob: Client, alice: User, where: dict[str, str]
) -> None:
    small.build_document(small.DOCUMENT.replace("slug: size", "slug: hers"), owner=alice, public=False)
    assert as_bob.get("/suggest/", where | wrong).status_code == 404
    assert as_bob.post("/suggest/", where | wrong | {"kind": "other", "comment": "?"}).status_code == 404


def test_bob_reads_his_own_suggestions_and_the_answers_only(
    as_alice: Client, as_bob: Client, alice: User, bob: User, document: Document
) -> None:
    made = suggestions.add(user=alice.pk, kind="other", text="推理", comment="between us")
    suggestions.refuse(made, editor=bob.pk, answer="It means both.")
    page = as_alice.get("/suggestions/").content.decode()
    assert "between us" in page
    assert "refused" in page
    assert "It means both." in page
    assert "between us" not in as_bob.get(f"/suggestions/?sent={made.pk}").content.decode()


def test_a_place_of_an_older_revision_is_found_again(document: Document, where: dict[str, str]) -> None:
    longer = small.DOCUMENT.replace("缩放定律说明", "有人说，缩放定律说明")
    ingest.add_document(markdown.read(longer.encode(), "size.md"))
    document.refresh_from_db()
    assert document.revision == 2
    numbers = {name: int(where[name]) for name in ("revision", "start", "end")}
    found = suggesting.place(document, **numbers)
    assert found
    assert found.sentence[found.offset :].startswith("后训练开始")


def test_editors_see_nothing_of_alices_private_text(
    as_alice: Client, as_editor: Client, alice: User, where: dict[str, str]
) -> None:
    hers = small.DOCUMENT.replace("slug: size", "slug: hers").replace("规模与推理", "秘密标题")
    small.build_document(hers, owner=alice, public=False)
    at_hers = where | {"document": "hers"}
    assert "This text is private: editors see the word" in as_alice.get("/suggest/", at_hers).content.decode()
    assert "This text is private" not in as_alice.get("/suggest/", where).content.decode()
    as_alice.post("/suggest/", at_hers | {"kind": "gloss", "proposal": "later training"})
    made = Suggestion.objects.get()
    assert (made.text, made.proposal, made.start, made.end) == ("后训练", "later training", None, None)
    assert (made.title, made.url, made.sentence, made.offset) == ("", "", "", 0)
    page = as_editor.get("/editing/suggestions/").content.decode()
    assert "later training" in page
    assert not any(secret in page for secret in ("秘密标题", "/documents/hers/", "预训练结束", "我们先收集数据"))


@pytest.mark.parametrize(("who", "links"), [("as_bob", False), ("as_editor", True)])
def test_the_account_leads_editors_to_their_work(who: str, links: bool, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(who).get("/account/").content.decode()
    assert ('href="/editing/"' in page) is links
    assert 'href="/suggestions/"' in page
