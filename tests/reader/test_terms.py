"""The terms of a text: which occur, where, in what order; the pages that tell so are made once and never stale."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from glossary import edition
from glossary.models import Term
from reader import chapters, pages, terms
from reader.models import Document
from tests import small
from zhtext.script import Script

pytestmark = pytest.mark.django_db
LIST = "/documents/size/terms/"
PRINT = "/documents/size/print/"
CARDS = "/documents/size/cards.json"


def rows(document: Document, order: terms.Order, script: Script = Script.HANS) -> list[terms.Row]:
    part = terms.Part(pages.laid(document, edition.current()), "", 0)
    return order.sort(terms.rows([part], script))


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("order", "words"),
    [
        # The outer term before the one inside it; two concepts of one word by their keys.
        (terms.Order.MENTION, "缩放定律 机械可解释性 可解释性 后训练 智能体 推理 推理 重采样"),
        (terms.Order.FREQUENCY, "缩放定律 可解释性 推理 推理 机械可解释性 后训练 智能体 重采样"),
        # chong, hou, ji, ke, suo, tui, tui, zhi
        (terms.Order.PINYIN, "重采样 后训练 机械可解释性 可解释性 缩放定律 推理 推理 智能体"),
    ],
)
def test_terms_are_listed_in_an_order(document: Document, order: terms.Order, words: str) -> None:
    assert [row.shown for row in rows(document, order)] == words.split()


def test_a_row_has_reading_places_and_the_other_words_of_the_text(document: Document) -> None:
    by_key = {row.concept.key: row for row in rows(document, terms.Order.MENTION)}
    assert by_key["resampling"].reading == "chóng cǎi yàng"
    assert by_key["scaling-law"].forms == ("Scaling Law",)
    assert by_key["scaling-law"].places == (terms.Place("#b1", block=1, first=0, times=2),)
    assert by_key["interpretability"].places == (terms.Place("#b2", block=2, first=0, times=2),)
    assert by_key["mechanistic-interpretability"].forms == ()


def test_a_row_is_in_the_readers_script(document: Document) -> None:
    by_key = {row.concept.key: row for row in rows(document, terms.Order.MENTION, Script.HANT_TW)}
    assert (by_key["agent"].shown, by_key["agent"].reading) == ("AI代理", "dài lǐ")
    assert (by_key["post-training"].shown, by_key["post-training"].reading) == ("後訓練", "hòu xùn liàn")


def test_places_in_several_blocks_say_which_one_is_first() -> None:
    small.build_glossary()
    text = "---\nslug: many\ntitle: 多\n---\n\n推理和推理。\n\n没有。\n\n推理。\n"
    [row, _other] = rows(small.build_document(text), terms.Order.MENTION)
    assert row.places == (terms.Place("#b0", block=0, first=0, times=2), terms.Place("#b2", block=2, first=2, times=1))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (LIST, ["8 terms in this text", 'href="/documents/size/#b2"', "chóng cǎi yàng", 'aria-current="true">Pinyin']),
        (f"{LIST}?order=frequency", ['aria-current="true">Frequency']),
        (f"{LIST}?order=nonsense&script=klingon", ['aria-current="true">Pinyin', 'lang="zh-Hans"']),
        (f"{LIST}?script=hant-tw", ["AI代理", "規模與推理", "?order=mention&amp;script=hant-tw"]),
        (PRINT, ['id="glossary"', "Take apart.", "缩放定律</a>"]),
        (f"{PRINT}?script=hant&pinyin=on", ["<rt>suōfàngdìnglǜ</rt>", "後訓練"]),
    ],
)
def test_the_pages_show_what_is_asked_for(
    client: Client, document: Document, address: str, expected: list[str]
) -> None:
    page = shown(client, address).replace("<wbr>", "")
    assert [part for part in expected if part not in page] == []


def test_the_lists_first_place_is_the_one_its_number_names(client: Client, document: Document) -> None:
    page = shown(client, LIST)
    [row] = re.findall(r'<li[^>]*data-concept="interpretability".*?</li>', page)
    assert 'data-at="0" aria-label="paragraph 3, 2 times">3<sup>2</sup></a>' in row


def test_the_lists_view_is_the_readers(client: Client, document: Document) -> None:
    client.get("/documents/size/?script=hant-tw&pinyin=on")
    assert "AI代理" in shown(client, LIST)
    assert "<rt>" in shown(client, PRINT)
    assert "Cookie" in client.get(LIST)["Vary"]


def test_a_text_without_terms_has_a_list_that_says_so(client: Client, glossary: None) -> None:
    small.build_document("---\nslug: plain\ntitle: 字\n---\n\n一二三。\n")
    assert "has no term" in shown(client, "/documents/plain/terms/")


def bundle(client: Client) -> tuple[dict[str, Any], str]:
    answer = client.get(CARDS)
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    text: str = document_text()
    return json.loads(answer.content), text


def document_text() -> str:
    return str(Document.objects.get(slug="size").revisions.get().text)


def test_the_cards_say_where_each_concept_stands(client: Client, document: Document) -> None:
    content, text = bundle(client)
    places: dict[str, list[str]] = {}
    for key, _html, deltas in content["concepts"]:
        start = 0
        for delta, length in zip(deltas[::2], deltas[1::2], strict=True):
            start += delta
            places.setdefault(key, []).append(text[start : start + length])
    assert places["interpretability"] == ["可解释性", "可解释性"]
    assert places["scaling-law"] == ["缩放定律", "Scaling Law"]
    assert places["reasoning"] == places["inference"] == ["推理", "推理"]


def test_the_cards_say_what_each_word_of_the_text_means(client: Client, document: Document) -> None:
    content, _text = bundle(client)
    keys = [key for key, _html, _deltas in content["concepts"]]
    words = {word: [[keys[at] for at in row] for row in found] for word, found in content["words"].items()}
    assert words["机械可解释性"] == [["mechanistic-interpretability"], ["interpretability"]]
    assert words["推理"] == [["inference", "reasoning"], []]
    assert words["Scaling Law"] == [["scaling-law"], []]
    html = {key: html for key, html, _deltas in content["concepts"]}["post-training"]
    assert 'data-concept="post-training"' in html
    assert "Training after pretraining." in html
    assert "In all texts" in html


@pytest.mark.parametrize("address", [LIST, f"{LIST}?order=mention&script=hant", PRINT, CARDS])
def test_a_warm_page_asks_one_query_and_is_not_sent_twice(
    client: Client, document: Document, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    etag = client.get(address)["ETag"]
    with django_assert_max_num_queries(1):
        assert client.get(address).status_code == 200
    with django_assert_max_num_queries(1):
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("address", [LIST, PRINT, CARDS])
def test_a_change_of_the_glossary_shows_at_once(client: Client, document: Document, address: str) -> None:
    etag = client.get(address)["ETag"]
    Term.objects.filter(text="scaling law").update(text="law of scaling")
    edition.advance()
    answer = client.get(address, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "law of scaling" in answer.content.decode()


@pytest.mark.parametrize("address", [LIST, PRINT, CARDS])
def test_everybody_gets_the_same_bytes(as_charlie: Client, as_alice: Client, document: Document, address: str) -> None:
    assert as_charlie.get(address).content == as_alice.get(address).content


def test_what_an_editor_writes_is_text_and_no_markup(client: Client, document: Document) -> None:
    Term.objects.filter(concept__key="agent", language="en").update(text="<b>agent</b>")
    edition.advance()
    for address in (LIST, PRINT, CARDS):
        assert "<b>agent" not in shown(client, address)


@pytest.fixture
def book(glossary: None, monkeypatch: pytest.MonkeyPatch) -> Document:
    """A text of two chapters."""
    for name, number in {"LONGEST_PAGE": 20, "AT_HEADING": 10, "AT_PARAGRAPH": 40, "SHORTEST": 5}.items():
        monkeypatch.setattr(chapters, name, number)
    text = "## 前面的部分\n\n推理和推理，后训练。\n\n## 后面的部分\n\n智能体会推理。\n"
    return small.build_document(f"---\nslug: book\ntitle: 书\n---\n\n{text}")


def test_a_long_texts_list_leads_into_its_chapters(client: Client, book: Document) -> None:
    page = shown(client, "/documents/book/terms/")
    assert 'href="/documents/book/#b1"' in page
    assert 'href="/documents/book/chapters/2/#b3"' in page
    assert "4 terms in this text" in page
    second = shown(client, "/documents/book/chapters/2/terms/")
    assert "3 terms in chapter 2" in second
    assert "/documents/book/#b1" not in second
    assert 'href="/documents/book/terms/"' in second


def test_a_chapter_has_the_cards_of_its_own_terms_at_their_places_in_the_whole_text(
    client: Client, book: Document
) -> None:
    whole = book.revisions.get().text
    content = json.loads(client.get("/documents/book/chapters/2/cards.json").content)
    deltas = {key: row for key, _html, row in content["concepts"]}
    assert deltas["inference"] == [whole.rindex("推理"), 2]
    assert "post-training" not in deltas
    assert 'href="/documents/book/chapters/2/terms/"' in shown(client, "/documents/book/chapters/2/")


@pytest.mark.parametrize("page", ["terms/", "cards.json"])
def test_a_chapter_that_is_not_there_has_no_terms(client: Client, book: Document, page: str) -> None:
    assert client.get(f"/documents/book/chapters/3/{page}").status_code == 404


def test_a_long_text_is_printed_whole(client: Client, book: Document) -> None:
    page = shown(client, "/documents/book/print/")
    assert 'id="b1"' in page
    assert 'id="b3"' in page
    assert 'href="#b3"' in page
