"""All places of a concept stand in one list, in any order and script; and the index says which text has which."""

import re
from typing import Any

import pytest
from django.test import Client

from glossary import edition, lines
from glossary.models import Concept, Term
from reader.models import Document, User
from tests import small
from zhtext.script import Script

pytestmark = pytest.mark.django_db
ADDRESS = "/glossary/scaling-law/concordance/"
SECOND = """\
---
slug: second
title: 第二篇
level: 2
---

机器学习里的规模定律。

A缩放定律C

B縮放定律，很有用。
"""


@pytest.fixture
def texts(document: Document) -> Document:
    """Two public texts that name the concept in four ways."""
    small.build_document(SECOND)
    return document


def shown(order: lines.Order = lines.Order.DOCUMENT, script: Script | None = None) -> list[lines.Line]:
    pk = Concept.objects.get(key="scaling-law").pk
    return list(lines.lines(pk, lines.places(pk, order), script))


def keywords(page: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", page)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("document", ["缩放定律", "Scaling Law", "规模定律", "缩放定律", "縮放定律"]),
        # By what stands before, from the keyword outwards: nothing, 。, A, B, 的.
        ("left", ["缩放定律", "缩放定律", "縮放定律", "Scaling Law", "规模定律"]),
        # By what stands behind: a blank, C, 。, 说, ，.
        ("right", ["Scaling Law", "缩放定律", "规模定律", "缩放定律", "縮放定律"]),
    ],
)
def test_places_are_sorted(client: Client, texts: Document, order: str, expected: list[str]) -> None:
    assert keywords(client.get(ADDRESS, {"sort": order}).content.decode()) == expected


def test_each_line_says_which_term_it_has_and_where(texts: Document) -> None:
    assert [(line.keyword, line.use.term.text if line.use else "", line.url) for line in shown()] == [
        ("缩放定律", "缩放定律", "/documents/size/#b1"),
        # Upper case is no other term; the preferred of two equal ones goes first.
        ("Scaling Law", "scaling law", "/documents/size/#b1"),
        ("规模定律", "规模定律", "/documents/second/#b0"),
        ("缩放定律", "缩放定律", "/documents/second/#b1"),
        # Nor is the other script.
        ("縮放定律", "缩放定律", "/documents/second/#b2"),
    ]


@pytest.mark.parametrize(
    ("script", "before", "keyword", "lang"),
    [
        (None, "机器学习里的", "规模定律", "zh-Hans"),
        (Script.HANS, "机器学习里的", "规模定律", "zh-Hans"),
        # The whole paragraph is converted, the keyword within it.
        (Script.HANT_TW, "機器學習裡的", "規模定律", "zh-Hant-TW"),
        (Script.HANT_HK, "機器學習裏的", "規模定律", "zh-Hant-HK"),
    ],
)
def test_lines_are_written_in_any_script(
    texts: Document, script: Script | None, before: str, keyword: str, lang: str
) -> None:
    line = shown(script=script)[2]
    assert (line.before, line.keyword, line.lang) == (before, keyword, lang)


def test_a_line_has_more_around_it_than_the_card_and_stays_in_its_paragraph(glossary: None) -> None:
    small.build_document(f"---\nslug: long\ntitle: 长\n---\n\n开头。\n\n{'前' * 50}缩放定律{'后' * 50}\n\n结尾。\n")
    [line] = shown()
    assert (line.before, line.after) == ("前" * lines.CONTEXT, "后" * lines.CONTEXT)


def test_many_places_come_in_pages(client: Client, glossary: None) -> None:
    small.build_document("---\nslug: many\ntitle: 多\n---\n\n" + "缩放定律，" * 201)
    first = client.get(ADDRESS, {"script": "hant"}).content.decode()
    assert (len(keywords(first)), "Page 1 of 2" in first) == (200, True)
    assert 'rel="next" href="?script=hant&amp;page=2"' in first
    second = client.get(ADDRESS, {"page": 2}).content.decode()
    assert (keywords(second), '<ol class="lines" start="201">' in second) == (["缩放定律"], True)
    # A page beyond the last is the last.
    assert len(keywords(client.get(ADDRESS, {"page": "99"}).content.decode())) == 1


@pytest.mark.parametrize("query", [{"sort": "size"}, {"script": "latin"}])
def test_an_order_or_script_that_there_is_not_is_said(client: Client, texts: Document, query: dict[str, str]) -> None:
    answer = client.get(ADDRESS, query)
    assert (answer.status_code, len(keywords(answer.content.decode()))) == (200, 5)
    assert "is not one of the available choices" in answer.content.decode()


@pytest.mark.parametrize("key", ["draft-idea", "no-such-concept"])
def test_what_is_not_published_has_no_concordance(client: Client, glossary: None, key: str) -> None:
    assert client.get(f"/glossary/{key}/concordance/").status_code == 404


def test_a_concept_that_occurs_nowhere_says_so(client: Client, glossary: None) -> None:
    assert "No text in the library uses it yet." in client.get("/glossary/agent/concordance/").content.decode()


def test_private_texts_are_in_no_line_and_in_no_index(client: Client, glossary: None) -> None:
    small.build_document(SECOND, owner=User.objects.create_user("owner"), public=False)
    for address in (ADDRESS, "/terms/"):
        page = client.get(address).content.decode()
        assert "第二篇" not in page
        assert "/documents/second/" not in page


def test_what_stands_in_a_text_is_text_and_no_markup(client: Client, glossary: None) -> None:
    small.build_document("---\nslug: bad\ntitle: <b>x</b>\n---\n\n缩放定律`<script>alert(1)</script>`\n")
    for address in (ADDRESS, "/terms/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>x" not in page


def test_a_page_the_browser_has_is_not_sent_again_until_something_changes(client: Client, texts: Document) -> None:
    for address in (ADDRESS, "/terms/"):
        etag = client.get(address)["ETag"]
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
        edition.advance()
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("address", [ADDRESS, "/terms/"])
def test_a_page_asks_few_queries(
    client: Client, texts: Document, address: str, django_assert_max_num_queries: Any
) -> None:
    client.get(address)
    with django_assert_max_num_queries(14):
        client.get(address)


def test_the_index_says_which_text_has_which_concept(client: Client, texts: Document) -> None:
    page = client.get("/terms/").content.decode()
    assert "8 concepts that stand in the texts" in page
    entry = page[page.index('href="/glossary/scaling-law/"') :].split("</div>")[0]
    assert '<a href="/documents/size/#b1" lang="zh-Hans">规模与推理</a> <small>2</small>' in entry
    assert '<a href="/documents/second/#b0" lang="zh-Hans">第二篇</a> <small>3</small>' in entry
    assert 'href="/glossary/scaling-law/concordance/"' in entry


def test_the_index_is_searched(client: Client, texts: Document) -> None:
    assert "1 concept that stands" in client.get("/terms/", {"q": "houxunlian"}).content.decode()
    assert "No text uses a concept that fits." in client.get("/terms/", {"q": "量子"}).content.decode()


def test_a_term_that_is_changed_shows_at_once(client: Client, texts: Document) -> None:
    client.get(ADDRESS)
    Term.objects.filter(text="规模定律").delete()
    edition.advance()
    assert "规模定律" not in keywords(client.get(ADDRESS).content.decode())
