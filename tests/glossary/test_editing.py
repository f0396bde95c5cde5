"""An editor writes a concept beside a text: what is proposed, what it would do, what is saved, and what is refused."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from glossary import edition, lexicon
from glossary.history import version
from glossary.impact import impact
from glossary.models import Concept, Relation, Source, Term
from glossary.proposals import effects, glosses
from reader import notes
from reader.models import Document, User
from tests import small

pytestmark = pytest.mark.django_db
NEW = "/editing/new-concept/"


def filled(*terms: tuple[str, str], **other: str) -> dict[str, str]:
    """Fill the form of a new concept with terms, each in a language."""
    data = {
        "terms-TOTAL_FORMS": str(len(terms)),
        "terms-INITIAL_FORMS": "0",
        "subject": subject(),
        "status": "published",
    }
    data |= {"sources-TOTAL_FORMS": "1", "sources-INITIAL_FORMS": "0"}
    for number, (language, text) in enumerate(terms):
        row = {"text": text, "language": language, "status": "preferred", "kind": "full-form", "annotate": "on"}
        data |= {f"terms-{number}-{name}": value for name, value in row.items()}
    return data | other


def subject() -> str:
    return str(Concept.objects.get(key="scaling-law").subject_id)


def edited(concept: Concept, **other: str) -> dict[str, str]:
    """Fill the form of a concept as it stands."""
    terms = list(Term.objects.ranked().filter(concept=concept))
    data = filled(*((term.language, term.text) for term in terms), **{"terms-INITIAL_FORMS": str(len(terms))})
    for number, term in enumerate(terms):
        data |= {f"terms-{number}-{name}": str(getattr(term, name)) for name in ("id", "status", "kind", "reading")}
    return data | other


def test_a_word_of_a_text_begins_a_concept(editor: Client, document: Document) -> None:
    page = editor.get(NEW, {"text": "模型", "next": "/documents/size/"}).content.decode()
    assert 'value="模型"' in page
    # What the dictionary says is offered for the English name, and nothing is filled in.
    assert '<button type="button" class="chip" data-fill="model">' in page
    assert 'value="model"' not in page


def test_a_new_term_is_marked_on_the_next_load(editor: Client, document: Document) -> None:
    before = edition.current()
    answer = editor.post(NEW, filled(("zh", "模型"), ("en", "model"), next="/documents/size/"))
    assert (answer.status_code, answer["Location"]) == (302, "/documents/size/")
    assert edition.current() > before
    concept = Concept.objects.get(key="model")
    assert concept.history.get().history_user.username == "editor"
    assert "/glossary/model/" in editor.get("/documents/size/").content.decode()


def test_the_subject_is_the_one_last_chosen(editor: Client, document: Document) -> None:
    agents = str(Concept.objects.get(key="agent").subject_id)
    editor.post(NEW, filled(("zh", "模型"), ("en", "model"), subject=agents))
    assert f'<option value="{agents}" selected>' in editor.get(NEW, {"text": "参数"}).content.decode()


def test_the_panel_beside_the_text_is_told_what_was_saved(editor: Client, document: Document) -> None:
    part = editor.get(f"{NEW}?text=模型&part=1").content.decode()
    assert part.startswith("<form") and "<html" not in part
    answer = editor.post(f"{NEW}?part=1", filled(("zh", "模型"), ("en", "model")))
    assert answer.json() == {"key": "model", "url": "/glossary/model/"}


@pytest.mark.parametrize(
    ("terms", "key"),
    [
        # From the English name, else from the pinyin of the Chinese one.
        ([("zh", "模型"), ("en", "Model (AI)")], "model-ai"),
        ([("zh", "绿训练"), ("en", "")], "lv-xun-lian"),
        # A key that is taken is numbered.
        ([("zh", "放缩律"), ("en", "scaling law")], "scaling-law-2"),
        # A character without a reading, and no other name.
        ([("zh", "\U000323af\U000323af"), ("en", "")], "concept"),
    ],
)
def test_a_key_is_made_from_the_terms(
    terms: list[tuple[str, str]], key: str, editor: Client, document: Document
) -> None:
    assert editor.post(f"{NEW}?part=1", filled(*terms)).json()["key"] == key


@pytest.mark.parametrize(
    ("terms", "other", "message"),
    [
        ([("zh", ""), ("en", "")], {}, "A concept needs at least one term."),
        ([("zh", "模型"), ("zh", "大模型")], {}, "Only one term in each language can be the preferred one."),
        ([("zh", "model")], {}, "A Chinese term has at least one Han character"),
        ([("zh", "模型")], {"terms-0-reading": "mó"}, "The reading has 1 syllables, but 模型 has 2"),
        ([("zh", "模型")], {"sources-0-title": "Lab", "sources-0-url": "no address"}, "Enter a valid URL."),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_is_lost(
    terms: list[tuple[str, str]], other: dict[str, str], message: str, editor: Client, document: Document
) -> None:
    count = Concept.objects.count()
    answer = editor.post(NEW, filled(*terms, definition_en="A thought worth keeping.", **other))
    page = answer.content.decode()
    assert (answer.status_code, Concept.objects.count()) == (422, count)
    assert message in page
    assert "A thought worth keeping." in page
    assert all(value in page for value in other.values())


def test_a_concept_is_changed_with_its_history(editor: Client, document: Document, concept: Concept) -> None:
    data = edited(concept, definition_en="How loss falls with size.")
    data |= {"sources-0-title": "A paper", "sources-0-licence": "CC BY 4.0", "sources-TOTAL_FORMS": "2"}
    data |= {"sources-INITIAL_FORMS": "1", "sources-0-id": str(concept.sources.get().pk)}
    assert editor.post(f"/editing/concepts/{concept.key}/", data).status_code == 302
    concept.refresh_from_db()
    assert concept.definition_en == "How loss falls with size."
    assert [(source.title, source.licence) for source in concept.sources.all()] == [("A paper", "CC BY 4.0")]
    assert concept.history.latest().history_user.username == "editor"


def test_the_second_of_two_editors_is_told_and_loses_nothing(
    editor: Client, document: Document, concept: Concept
) -> None:
    address = f"/editing/concepts/{concept.key}/"
    opened = edited(concept, version=version(concept), definition_en="The second thought.")
    editor.post(address, edited(concept, version=version(concept), definition_en="The first thought."))
    answer = editor.post(address, opened)
    page = answer.content.decode()
    assert (answer.status_code, "editor changed this concept at" in page) == (422, True)
    assert "The first thought." in page and "The second thought." in page
    # Who saves again has seen it.
    [seen] = re.findall(r'name="version" value="([^"]+)"', page)
    again = opened | {"version": seen}
    assert editor.post(address, again).status_code == 302
    concept.refresh_from_db()
    assert concept.definition_en == "The second thought."


def test_another_term_can_take_the_first_place(editor: Client, document: Document, concept: Concept) -> None:
    chinese = list(Term.objects.ranked().filter(concept=concept, language="zh"))
    swapped = {"terms-0-status": "admitted", "terms-1-status": "preferred"}
    assert editor.post(f"/editing/concepts/{concept.key}/", edited(concept, **swapped)).status_code == 302
    assert Term.objects.get(concept=concept, language="zh", status="preferred") == chinese[1]


def test_looking_at_what_would_change_saves_nothing(editor: Client, document: Document, concept: Concept) -> None:
    before = edition.current()
    data = edited(concept, **{"terms-0-text": "参数", "check": "1"})
    page = editor.post(f"/editing/concepts/{concept.key}/", data).content.decode()
    assert "1 place in 规模与推理" in page
    assert "1 places of 缩放定律 lose their mark" in page
    assert edition.current() == before
    assert Term.objects.filter(concept=concept, text="缩放定律").exists()


@pytest.mark.parametrize(
    ("surface", "said"),
    [
        ("参数", ["1 place in 规模与推理"]),
        ("量子纠缠", ["No text has it yet."]),
        # It would be nested in what is marked now.
        ("解释性", ["2 places in 规模与推理", "Stands inside 可解释性、机械可解释性"]),
        # It would take in what is marked now.
        ("机械可解释性研究", ["1 place in 规模与推理", "Takes in 机械可解释性"]),
        # One word, another concept.
        ("推理", ["2 places in 规模与推理", "Also designates inference, reasoning: both are shown"]),
    ],
)
def test_what_a_term_would_do_is_foreseen(surface: str, said: list[str], document: Document) -> None:
    assert list(effects(impact(surface))) == said


def test_a_concept_does_not_meet_itself(document: Document, concept: Concept) -> None:
    foreseen = impact("缩放定律", concept=concept.pk)
    assert (foreseen.count, foreseen.inside, foreseen.holds, foreseen.shared) == (1, (), (), ())


def test_notes_on_the_places_are_counted_and_not_shown(document: Document) -> None:
    text = document.revisions.get().text
    place = text.index("参数越多")
    alice, bob = User.objects.create_user("alice"), User.objects.create_user("bob")
    for user, start, end in ((alice, place, place + 4), (bob, place + 1, place + 2), (bob, place + 2, place + 4)):
        notes.add(user=user, document=document, revision=1, start=start, end=end, body="秘密")
    assert impact("参数").notes == 2


def test_english_names_come_from_the_texts_first(document: Document) -> None:
    said = "我们解锁（unhobbling）模型，也谈模型（Model）和 foundation model（模型）。"
    small.build_document(f"---\ntitle: 名\nslug: names\n---\n\n{said}\n")
    assert glosses("解锁") == ["unhobbling"]
    # Each once, whatever its case; then what the dictionary has.
    assert [name.casefold() for name in glosses("模型")] == ["model", "foundation model"]
    assert glosses("解释") == ["to explain"]


@pytest.mark.parametrize("name", ["concept-new", "concept-edit"])
def test_only_editors_write(name: str, client: Client, reader: Client, document: Document) -> None:
    address = reverse(f"glossary:{name}", args=["scaling-law"] if name == "concept-edit" else [])
    for method in ("get", "post"):
        assert getattr(client, method)(address)["Location"].startswith("/accounts/login/")
        assert getattr(reader, method)(address).status_code == 403


def test_the_page_tells_only_editors_how_to_write(
    editor: Client, reader: Client, client: Client, document: Document
) -> None:
    def edits(browser: Client) -> Any:
        return browser.get("/documents/size/notes.json").json()["edits"]

    assert edits(editor)["new"] == NEW
    assert edits(reader) is None
    assert edits(client) is None


@pytest.mark.parametrize(
    "back", ["https://example.org/", "//example.org", "/\\example.org", "glossary:card", "nowhere"]
)
def test_a_strange_address_is_no_way_back(back: str, editor: Client, document: Document) -> None:
    answer = editor.post(NEW, filled(("zh", "模型"), ("en", "model"), next=back))
    assert answer["Location"] == "/glossary/model/"


def test_a_concept_called_new_can_be_edited(editor: Client, document: Document) -> None:
    editor.post(NEW, filled(("zh", "新东西"), ("en", "new")))
    assert "新东西" in editor.get("/editing/concepts/new/").content.decode()


def test_to_look_at_the_form_costs_few_queries_and_no_lock(
    editor: Client, concept: Concept, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    editor.get(f"/editing/concepts/{concept.key}/")
    with django_assert_max_num_queries(20) as asked:
        editor.get(f"/editing/concepts/{concept.key}/")
    assert not any("SAVEPOINT" in query["sql"] for query in asked.captured_queries)


def test_a_matcher_knows_the_new_term_without_being_built_anew(editor: Client, document: Document) -> None:
    base = lexicon.current().matcher._base
    editor.post(NEW, filled(("zh", "模型"), ("en", "model")))
    assert lexicon.current().matcher._base is base


def test_what_waits_to_be_published_is_on_the_editors_desk(editor: Client, document: Document) -> None:
    page = editor.get("/editing/").content.decode()
    assert "/editing/concepts/draft-idea/" in page
    assert "/editing/concepts/agent/" not in page


def test_a_concept_says_when_it_was_last_changed(client: Client, editor: Client, concept: Concept) -> None:
    for model in (Concept, Term, Source, Relation):
        model.history.update(history_date="2026-01-02T12:00Z")
    Term.history.filter(concept=concept).update(history_date="2026-03-04T12:00Z")
    assert "2026-03-04" in client.get(concept.get_absolute_url()).content.decode()
