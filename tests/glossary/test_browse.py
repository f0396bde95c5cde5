"""The glossary is browsed by pinyin and searched in every form."""

import pytest
from django.test import Client

from glossary import browse, edition
from glossary.models import Concept, Term
from reader.models import Document

pytestmark = pytest.mark.django_db


def keys(query: str = "", subject: str = "") -> list[str]:
    return [row.url.split("/")[2] for row in browse.rows(query, subject)]


def test_concepts_stand_in_the_order_of_their_pinyin(glossary: None) -> None:
    assert [(row.letter, row.chinese) for row in browse.rows()] == [
        ("C", "重采样"),
        ("H", "后训练"),
        ("J", "机械可解释性"),
        ("K", "可解释性"),
        ("S", "缩放定律"),
        ("T", "推理"),
        ("T", "推理"),
        ("Z", "智能体"),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # By any form, in any script and case.
        ("缩放定律", ["scaling-law"]),
        ("縮放定律", ["scaling-law"]),
        ("规模", ["scaling-law"]),
        ("SCALING", ["scaling-law"]),
        # By pinyin, written together or apart, without tones; an own reading counts.
        ("houxunlian", ["post-training"]),
        ("hou xun", ["post-training"]),
        ("chongcai", ["resampling"]),
        # By what a definition says; all words must be there.
        ("take apart", ["mechanistic-interpretability"]),
        ("take step", []),
        # What is not published is not listed.
        ("草稿", []),
        ("  ", ["resampling", "post-training", "mechanistic-interpretability", "interpretability", "scaling-law",
                "inference", "reasoning", "agent"]),
    ],
)  # fmt: skip
def test_a_search_finds_concepts(query: str, found: list[str], glossary: None) -> None:
    assert keys(query) == found


def test_a_subject_narrows_the_list(glossary: None) -> None:
    assert keys(subject="agents") == ["reasoning", "agent"]
    assert keys("推理", "agents") == ["reasoning"]


def test_a_concept_tells_how_often_it_is_met(document: Document) -> None:
    assert {row.chinese: row.total for row in browse.rows()}["推理"] == 2


def test_a_concept_without_chinese_stands_under_its_latin_letter_or_a_hash(glossary: None) -> None:
    Term.objects.filter(concept__key="agent", language="zh").delete()
    Term.objects.filter(concept__key="reasoning", language="zh").update(text="3D推理")
    edition.advance()
    letters = {row.url.split("/")[2]: row.letter for row in browse.rows()}
    assert (letters["agent"], letters["reasoning"]) == ("A", "#")
    assert keys()[-1] == "reasoning"


def test_the_list_follows_an_edit_at_once(glossary: None) -> None:
    browse.rows()
    Concept.objects.filter(key="agent").update(status="obsolete")
    edition.advance()
    assert "agent" not in keys()


def test_a_great_glossary_is_shown_page_by_page_and_its_letters_lead_to_their_pages(
    glossary: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossary.views.concept.ON_A_PAGE", 3)
    page = client.get("/glossary/?q=&page=2").content.decode()
    assert "8 concepts" in page
    assert [chinese in page for chinese in ("机械可解释性", "可解释性", "缩放定律", "推理")] == [
        False,
        True,
        True,
        True,
    ]
    assert "Page 2 of 3" in page
    for letter in ('href="?q=&amp;page=1#letter-J"', 'href="#letter-S"', 'href="?q=&amp;page=3#letter-Z"'):
        assert letter in page
