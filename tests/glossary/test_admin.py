"""Editors' daily work: what they change shows on the very next load, what they mistype is said in human words."""

from typing import Any

import pytest
from django.test import Client

from glossary import edition
from glossary.models import Concept, Term
from reader.models import Document

pytestmark = pytest.mark.django_db
CHANGE = "/admin/glossary/concept/{}/change/"


def form_of(concept: Concept) -> dict[str, Any]:
    """Give what the browser would send of a concept's form, unchanged."""
    names = ("text", "language", "status", "kind", "reading", "hant", "hant_tw", "hant_hk")
    terms = list(concept.terms.order_by("language", "pk"))
    data: dict[str, Any] = {
        "key": concept.key,
        "subject": concept.subject_id,
        "status": concept.status,
        "definition_zh": concept.definition_zh,
        "definition_en": concept.definition_en,
        "terms-TOTAL_FORMS": len(terms),
        "terms-INITIAL_FORMS": len(terms),
        "relations-TOTAL_FORMS": 0,
        "relations-INITIAL_FORMS": 0,
        "sources-TOTAL_FORMS": 0,
        "sources-INITIAL_FORMS": 0,
    }
    for number, term in enumerate(terms):
        data |= {f"terms-{number}-{name}": getattr(term, name) for name in names}
        data |= {f"terms-{number}-id": term.pk, f"terms-{number}-concept": concept.pk, f"terms-{number}-annotate": "on"}
    return data


def place_of(concept: Concept, text: str) -> int:
    """Give the number of a term's row in the form."""
    return list(concept.terms.order_by("language", "pk").values_list("text", flat=True)).index(text)


def add_row(concept: Concept, data: dict[str, Any], text: str, **fields: str) -> None:
    """Fill in the next empty row of the form."""
    number = data["terms-TOTAL_FORMS"]
    usual = {"language": "zh", "status": "admitted", "kind": "full-form", "annotate": "on", "concept": str(concept.pk)}
    data |= {f"terms-{number}-{name}": value for name, value in (usual | {"text": text} | fields).items()}
    data["terms-TOTAL_FORMS"] = number + 1


def save(editor: Client, concept: Concept, data: dict[str, Any]) -> str:
    """Send the form; gives the page that comes back, empty where everything was saved."""
    answer = editor.post(CHANGE.format(concept.pk), data)
    return "" if answer.status_code == 302 else answer.content.decode()


def test_a_gloss_that_is_changed_shows_on_the_very_next_load(
    editor: Client, client: Client, document: Document
) -> None:
    concept = Concept.objects.get(key="scaling-law")
    addresses = ("/glossary/scaling-law/", "/look-up/card/?q=缩放定律", "/glossary/")
    etags = {address: client.get(address).get("ETag", "none") for address in addresses}
    data = form_of(concept)
    data[f"terms-{place_of(concept, 'scaling law')}-text"] = "law of scale"
    assert save(editor, concept, data) == ""
    for address in addresses:
        answer = client.get(address, headers={"If-None-Match": etags[address]})
        assert "law of scale" in answer.content.decode()


def test_a_reading_that_is_changed_shows_on_the_very_next_load_of_a_text(
    editor: Client, client: Client, document: Document
) -> None:
    concept = Concept.objects.get(key="resampling")
    address = "/documents/size/?pinyin=on"
    page = client.get(address)
    assert "chóngcǎiyàng" in page.content.decode()
    data = form_of(concept)
    data[f"terms-{place_of(concept, '重采样')}-reading"] = "zhong4 cai3 yang4"
    assert save(editor, concept, data) == ""
    answer = client.get(address, headers={"If-None-Match": page["ETag"]})
    assert answer.status_code == 200
    assert "zhòngcǎiyàng" in answer.content.decode()


def test_a_term_that_is_added_is_marked_on_the_very_next_load_and_one_that_goes_is_not(
    editor: Client, client: Client, document: Document
) -> None:
    concept = Concept.objects.get(key="agent")
    assert "数据</a>" not in client.get("/documents/size/").content.decode()
    data = form_of(concept)
    add_row(concept, data, "数据")
    data[f"terms-{place_of(concept, '智能体')}-DELETE"] = "on"
    assert save(editor, concept, data) == ""
    page = client.get("/documents/size/").content.decode()
    assert '<a class="term" href="/glossary/agent/">数据</a>' in page
    assert "智能体</a>" not in page


@pytest.mark.parametrize(
    ("text", "fields", "words"),
    [
        # A second preferred term.
        ("尺度律", {"status": "preferred"}, "Only one term in each language can be the preferred one."),
        # A term that is there already.
        ("规模定律", {}, "The concept has this term already."),
        # A reading with too few syllables.
        ("尺度律", {"reading": "chǐ dù"}, "2 syllables, but 尺度律 has 3 Han characters"),
        # English under Chinese, and the other way round.
        ("GPU", {}, "choose English for GPU"),
        ("law", {"language": "en", "reading": "law"}, "Only Chinese terms have a reading and traditional forms."),
        # What no database can hold.
        ("尺\x00度", {}, "Null characters are not allowed."),
    ],
)
def test_what_is_mistyped_is_said_in_human_words(
    editor: Client, concept: Concept, text: str, fields: dict[str, str], words: str
) -> None:
    data = form_of(concept)
    add_row(concept, data, text, **fields)
    before = edition.current()
    assert words in save(editor, concept, data)
    assert (concept.terms.count(), edition.current()) == (5, before)


def test_the_same_new_term_twice_is_said_in_human_words(editor: Client, concept: Concept) -> None:
    data = form_of(concept)
    add_row(concept, data, "尺度律")
    add_row(concept, data, "尺度律")
    assert "The concept has this term already." in save(editor, concept, data)


def test_a_concept_keeps_at_least_one_term(editor: Client, concept: Concept) -> None:
    data = form_of(concept)
    data |= {f"terms-{number}-DELETE": "on" for number in range(5)}
    assert "A concept needs at least one term." in save(editor, concept, data)


@pytest.mark.parametrize(("old", "new"), [("缩放定律", "规模定律"), ("scaling law", "Scaling Law")])
def test_another_term_becomes_the_preferred_one_in_one_go(editor: Client, concept: Concept, old: str, new: str) -> None:
    data = form_of(concept)
    data[f"terms-{place_of(concept, old)}-status"] = "admitted"
    data[f"terms-{place_of(concept, new)}-status"] = "preferred"
    assert save(editor, concept, data) == ""
    assert dict(concept.terms.filter(text__in=(old, new)).values_list("text", "status")) == {
        old: "admitted", new: "preferred",
    }  # fmt: skip


def test_the_list_counts_places_and_searches_terms(editor: Client, document: Document) -> None:
    page = editor.get("/admin/glossary/concept/", {"q": "规模定律"}).content.decode()
    assert "1 concept" in page
    assert '<td class="field-occurrence_count">2</td>' in page


def test_the_form_shows_places_and_proposes_forms(editor: Client, document: Document) -> None:
    page = editor.get(CHANGE.format(Concept.objects.get(key="scaling-law").pk)).content.decode()
    assert "/documents/size/#b1" in page
    assert 'placeholder="suō fàng dìng lǜ"' in page
    assert 'placeholder="縮放定律"' in page
    assert editor.get("/admin/glossary/concept/add/").status_code == 200


def test_a_concept_can_be_retired_and_published_again(editor: Client, client: Client, document: Document) -> None:
    concept = Concept.objects.get(key="agent")
    for action, status in (("retire", 404), ("publish", 200)):
        editor.post("/admin/glossary/concept/", {"action": action, "_selected_action": [concept.pk]})
        assert client.get("/glossary/agent/").status_code == status
        assert ("智能体</a>" in client.get("/documents/size/").content.decode()) == (status == 200)


def test_a_concept_that_is_deleted_is_gone_from_texts(editor: Client, client: Client, document: Document) -> None:
    concept = Concept.objects.get(key="agent")
    editor.post(f"/admin/glossary/concept/{concept.pk}/delete/", {"post": "yes"})
    assert "智能体</a>" not in client.get("/documents/size/").content.decode()
    chosen = {"action": "delete_selected", "_selected_action": [Concept.objects.get(key="resampling").pk]}
    editor.post("/admin/glossary/concept/", chosen | {"post": "yes"})
    assert "重采样</a>" not in client.get("/documents/size/").content.decode()


def test_history_tells_who_changed_what_and_takes_it_back(editor: Client, client: Client, document: Document) -> None:
    concept = Concept.objects.get(key="agent")
    data = form_of(concept)
    assert save(editor, concept, data | {"definition_en": "Something else."}) == ""
    assert "Something else." in client.get("/glossary/agent/").content.decode()
    last, first = concept.history.all()
    assert last.history_user is not None
    assert last.history_user.username == "editor"
    page = editor.get(f"/admin/glossary/concept/{concept.pk}/history/{first.history_id}/").content.decode()
    assert "A program that acts." in page
    editor.post(f"/admin/glossary/concept/{concept.pk}/history/{first.history_id}/", data | {"_change_history": "1"})
    assert "A program that acts." in client.get("/glossary/agent/").content.decode()


def test_a_subject_that_is_renamed_shows_at_once(editor: Client, client: Client, document: Document) -> None:
    subject = Concept.objects.get(key="agent").subject
    client.get("/glossary/agent/")
    names = {"slug": "agents", "name_zh": "智能体类", "name_en": "Agency", "position": 0}
    editor.post(f"/admin/glossary/subjectfield/{subject.pk}/change/", names)
    assert "Agency" in client.get("/glossary/agent/").content.decode()


def test_the_dictionary_is_looked_through_and_not_edited(editor: Client, document: Document) -> None:
    assert "xùn liàn" in editor.get("/admin/glossary/entry/", {"q": "训练"}).content.decode()
    assert editor.get("/admin/glossary/entry/add/").status_code == 403


def test_a_term_changes_only_with_its_concept(concept: Concept, editor: Client) -> None:
    assert editor.get(f"/admin/glossary/term/{Term.objects.first()}/change/").status_code == 404


def test_readers_are_not_let_in(reader: Client, client: Client) -> None:
    for stranger in (reader, client):
        assert stranger.get("/admin/glossary/concept/").status_code == 302
