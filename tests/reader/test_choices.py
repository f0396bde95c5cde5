"""Editors choose which concept a word means in a text, or that it is not marked; it stays when the text is edited."""

import json
import re

import pytest
from django.test import Client

from glossary import concordance
from glossary.models import Concept
from reader import choices
from reader.models import Choice, Document, User
from tests import small

pytestmark = pytest.mark.django_db
MAKE = "/documents/size/choices/make/"


def links(browser: Client) -> list[tuple[str, str]]:
    """Give the marked words of the page with their concepts."""
    page = browser.get("/documents/size/", {"js": "0"}).content.decode()
    return [(word, key) for key, word in re.findall(r'href="/glossary/([\w-]+)/"[^>]*>([^<]+)</a>', page)]


def choice(
    document: Document, word: str, concept: str = "", *, throughout: bool = False, nth: int = 0
) -> dict[str, str]:
    """Fill in what an editor's page sends for the nth place of a word."""
    text = document.revisions.get(number=document.revision).text
    start = [found.start() for found in re.finditer(word, text)][nth]
    data = {"revision": document.revision, "start": start, "end": start + len(word), "concept": concept}
    return {name: str(value) for name, value in data.items()} | ({"throughout": "on"} if throughout else {})


def meanings(browser: Client, word: str) -> list[str]:
    return [key for found, key in links(browser) if found == word]


def test_a_word_means_at_one_place_what_was_chosen(as_editor: Client, document: Document) -> None:
    assert meanings(as_editor, "推理") == ["inference", "inference"]
    assert as_editor.post(MAKE, choice(document, "推理", "reasoning", nth=1)).status_code == 200
    assert meanings(as_editor, "推理") == ["inference", "reasoning"]


def test_a_word_means_throughout_what_was_chosen(as_editor: Client, as_charlie: Client, document: Document) -> None:
    as_editor.post(MAKE, choice(document, "推理", "reasoning", throughout=True))
    # For every reader, without JavaScript, too; and for the places that the glossary counts.
    assert meanings(as_charlie, "推理") == ["reasoning", "reasoning"]
    assert concordance.occurrences(Concept.objects.get(key="inference").pk) == []
    # One place can still differ.
    as_editor.post(MAKE, choice(document, "推理", "inference", nth=0))
    assert meanings(as_charlie, "推理") == ["inference", "reasoning"]


def test_a_word_that_is_not_marked_shows_the_terms_inside_it(as_editor: Client, document: Document) -> None:
    as_editor.post(MAKE, choice(document, "机械可解释性"))
    assert meanings(as_editor, "机械可解释性") == []
    assert meanings(as_editor, "可解释性") == ["interpretability", "interpretability"]


def test_what_holds_throughout_holds_inside_other_terms(as_editor: Client, document: Document) -> None:
    as_editor.post(MAKE, choice(document, "可解释性", throughout=True, nth=1))
    # Marked nowhere, not even where the term around it is not marked, nor counted inside it.
    as_editor.post(MAKE, choice(document, "机械可解释性"))
    assert meanings(as_editor, "可解释性") == meanings(as_editor, "机械可解释性") == []
    assert concordance.occurrences(Concept.objects.get(key="interpretability").pk) == []


def test_a_choice_is_undone(as_editor: Client, document: Document) -> None:
    as_editor.post(MAKE, choice(document, "推理", throughout=True))
    assert meanings(as_editor, "推理") == []
    page = as_editor.get("/documents/size/choices/").content.decode()
    assert "not marked" in page
    assert as_editor.post(f"/documents/size/choices/{Choice.objects.get().pk}/undo/").status_code == 302
    assert meanings(as_editor, "推理") == ["inference", "inference"]


def test_a_later_choice_replaces_an_earlier_one(as_editor: Client, document: Document) -> None:
    for concept in ("reasoning", "", "inference"):
        as_editor.post(MAKE, choice(document, "推理", concept, throughout=True))
        as_editor.post(MAKE, choice(document, "推理", concept))
    assert [made.concept.key for made in Choice.objects.all() if made.concept] == ["inference", "inference"]


def test_a_choice_stays_when_the_text_is_edited(as_editor: Client, document: Document) -> None:
    as_editor.post(MAKE, choice(document, "推理", "reasoning", nth=1))
    as_editor.post(MAKE, choice(document, "后训练"))
    edited = small.DOCUMENT.replace("## 规模的力量", "先说一句新话。\n\n## 规模的力量").replace(
        "后训练开始", "训练开始"
    )
    small.build_document(edited)
    document.refresh_from_db()
    assert meanings(as_editor, "推理") == ["inference", "reasoning"]
    # The words of the other are gone, and so is the choice.
    assert [made.word for made in Choice.objects.all()] == ["推理"]


def test_a_choice_made_on_an_older_text_finds_its_place(as_editor: Client, document: Document) -> None:
    seen = choice(document, "推理", "reasoning", nth=1)
    small.build_document(small.DOCUMENT.replace("## 规模的力量", "先说一句新话。\n\n## 规模的力量"))
    assert as_editor.post(MAKE, seen).status_code == 200
    assert meanings(as_editor, "推理") == ["inference", "reasoning"]
    small.build_document(small.DOCUMENT.replace("，推理需要重采样", ""))
    answer = as_editor.post(MAKE, seen)
    assert (answer.status_code, "Load the page again" in answer.json()["error"]) == (409, True)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"concept": "nowhere"}, 404),
        ({"start": "x"}, 400),
        ({"start": "9", "end": "9"}, 409),
        ({"start": "9000", "end": "9002"}, 409),
        ({"end": "400"}, 409),
        ({"revision": "7"}, 409),
    ],
)
def test_what_cannot_be_chosen_is_said(
    change: dict[str, str], status: int, as_editor: Client, document: Document
) -> None:
    answer = as_editor.post(MAKE, choice(document, "推理", "reasoning") | change)
    assert answer.status_code == status
    assert not Choice.objects.exists()


def test_only_editors_choose(as_alice: Client, as_charlie: Client, document: Document) -> None:
    data = choice(document, "推理", "reasoning")
    assert as_alice.post(MAKE, data).status_code == 403
    assert as_charlie.post(MAKE, data).status_code == 302
    assert as_alice.get("/documents/size/choices/").status_code == 403


def test_the_layer_of_the_page_is_written_anew(as_editor: Client, document: Document) -> None:
    before = as_editor.get("/documents/size/layer.json")
    as_editor.post(MAKE, choice(document, "后训练"))
    after = as_editor.get("/documents/size/layer.json")
    assert before["ETag"] != after["ETag"]
    assert json.loads(before.content) != json.loads(after.content)


def test_the_concept_of_a_choice_may_lose_the_word(document: Document, alice: User) -> None:
    start = document.revisions.get().text.index("推理")
    choices.make(
        user=alice,
        document=document,
        revision=1,
        place=(start, start + 2),
        concept=Concept.objects.get(key="agent"),
        throughout=False,
    )
    assert meanings(Client(), "推理") == ["inference", "inference"]
