"""What a page is made of is made once, and after an edit only what the edit touches is made again."""

import gzip
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from functools import partial
from typing import Any

import brotli
import pytest
from django.test import Client, RequestFactory

from glossary import edition
from glossary.models import Term
from reader import pages, render
from reader.models import Document
from reader.pages import Page, _Shelf, address, finish
from reader.preferences import View
from tests import small
from zhtext.script import Script

pytestmark = pytest.mark.django_db
PAGE = "/documents/size/"
LAYER = "/documents/size/layer.json"
EVERYTHING = (PAGE, LAYER, f"{PAGE}?script=hant", f"{PAGE}?script=hant-tw&pinyin=on", f"{PAGE}?base")


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[str]:
    """Note the text of every call of a function that pages are made with."""
    texts: list[str] = []
    function: Callable[..., Any] = getattr(pages, name)

    def noting(text: str, *arguments: object, **named: object) -> object:
        texts.append(text)
        return function(text, *arguments, **named)

    monkeypatch.setattr(pages, name, noting)
    return texts


def edit_a_term() -> None:
    Term.objects.filter(text="智能体").update(annotate=False)
    edition.advance()


def ask_for_everything(client: Client) -> None:
    assert [client.get(address).status_code for address in EVERYTHING] == [200] * len(EVERYTHING)


def test_a_page_and_its_layer_are_laid_once_for_all_views(
    client: Client, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid = counted(monkeypatch, "lay")
    ask_for_everything(client)
    ask_for_everything(client)
    assert len(laid) == 1
    edit_a_term()
    ask_for_everything(client)
    assert len(laid) == 2


def test_readings_are_not_read_again_after_an_edit_of_the_glossary(
    client: Client, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = counted(monkeypatch, "read")
    for _edit in range(3):
        ask_for_everything(client)
        edit_a_term()
    assert len(read) == 1
    small.build_document(small.DOCUMENT.replace("自然规律", "数学定理"))
    ask_for_everything(client)
    assert ["数学定理" in text for text in read] == [False, True]


def test_a_terms_reading_is_laid_over_what_was_read_before(client: Client, document: Document) -> None:
    address = f"{PAGE}?pinyin=on"
    assert "chóngcǎiyàng" in client.get(address).content.decode()
    Term.objects.filter(text="重采样").update(reading="zhòng cǎi yàng")
    edition.advance()
    assert "zhòngcǎiyàng" in client.get(address).content.decode()
    Term.objects.filter(text="重采样").update(reading="chóng cǎi yàng")
    edition.advance()
    assert "zhòngcǎiyàng" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("term", "blocks"),
    [
        # The blocks that hold the term …
        ("智能体", 1),
        ("可解释性", 1),
        ("后训练", 1),
        # … and none where the text does not have it, or where nothing that is shown has changed.
        ("规模定律", 0),
        ("", 0),
    ],
)
@pytest.mark.parametrize("query", ["", "?script=hant-tw", "?pinyin=on"])
def test_after_an_edit_only_the_blocks_are_written_that_hold_the_term(
    client: Client, document: Document, term: str, blocks: int, query: str
) -> None:
    render.write.cache_clear()
    client.get(PAGE + query)
    before = render.write.cache_info().misses
    Term.objects.filter(text=term).update(text="没有的词")
    edition.advance()
    client.get(PAGE + query)
    assert render.write.cache_info().misses - before == blocks


def page(size: int) -> Page:
    return Page('W/"a"', "text/html", {"br": b"b" * (size // 2), "": b"p" * (size - size // 2)})


def test_the_shelf_forgets_what_was_asked_for_longest_ago() -> None:
    shelf = _Shelf(100)
    for name in "abc":
        shelf.put(name, page(30))
    assert shelf.get("a") == page(30)
    shelf.put("d", page(30))
    assert [name for name in "abcd" if shelf.get(name)] == ["a", "c", "d"]
    shelf.put("e", page(90))
    assert [name for name in "abcde" if shelf.get(name)] == ["e"]


def test_the_shelf_keeps_the_last_page_however_great_it_is() -> None:
    shelf = _Shelf(100)
    shelf.put("a", page(30))
    shelf.put("great", page(300))
    assert [name for name in ("a", "great") if shelf.get(name)] == ["great"]
    shelf.clear()
    assert shelf.get("great") is None


def test_a_page_that_was_forgotten_is_composed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_shelf", _Shelf(100))
    composed: list[str] = []

    def compose(name: str) -> Page:
        composed.append(name)
        return page(60)

    for name in ("a", "a", "b", "a"):
        pages.kept(name, partial(compose, name))
    assert composed == ["a", "b", "a"]


OTHER: dict[str, Any] = {
    "script": Script.HANT_TW,
    "pinyin": True,
    "scripted": True,
    "reading": "zhuyin",
    "tones": "pleco",
    "marks": "first",
    "quotes": "corner",
}


def test_every_field_of_a_view_has_an_address(document: Document) -> None:
    assert set(OTHER) == {field.name for field in fields(View)}
    views = [View(), *(replace(View(), **{name: value}) for name, value in OTHER.items())]
    assert len({address("page", document, 1, view) for view in views}) == len(views)


def test_so_has_everything_else_that_a_page_depends_on(document: Document) -> None:
    first = address("page", document, 1, View())
    assert first == address("page", Document.objects.get(), 1, View())
    others = [address("layer", document, 1, View()), address("page", document, 2, View())]
    for name, value in {
        "pk": document.pk + 1,
        "revision": document.revision + 1,
        "modified": document.modified + timedelta(microseconds=1),
    }.items():
        changed = Document.objects.get()
        setattr(changed, name, value)
        others.append(address("page", changed, 1, View()))
    assert len({first, *others}) == 6


def test_a_finished_page_is_the_same_in_every_encoding() -> None:
    found = finish("训练" * 500, "text/html")
    plain = ("训练" * 500).encode()
    assert list(found.encodings) == ["br", "gzip", ""]
    assert brotli.decompress(found.encodings["br"]) == gzip.decompress(found.encodings["gzip"]) == plain
    assert found.encodings[""] == plain
    assert found.size == sum(map(len, found.encodings.values())) < 2 * len(plain)
    assert found == finish("训练" * 500, "text/html")
    assert found.etag != finish("训练" * 501, "text/html").etag


@pytest.mark.parametrize(
    ("known", "status"),
    [("", 200), ('"other"', 200), ("{}", 304), ('"other", {}', 304), ("nonsense", 200)],
)
def test_a_page_the_browser_has_is_answered_in_a_word(rf: RequestFactory, known: str, status: int) -> None:
    found = finish("训练", "text/html")
    headers = {"If-None-Match": known.format(found.etag), "Accept-Encoding": "br"}
    answer = pages.answer(rf.get("/", headers=headers), found, vary=("Cookie",))
    assert answer.status_code == status
    assert answer.content == (found.encodings["br"] if status == 200 else b"")
    assert (answer["ETag"], answer["Vary"]) == (found.etag, "Accept-Encoding, Cookie")
    assert answer["Cache-Control"] == "private, no-cache"
