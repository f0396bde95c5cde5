"""Compose the finished bytes of a page once, and give them to everybody: a page is addressed by what went into it.

The address holds the document's revision and last change, the glossary's revision, the view and the version of the
markup; so nothing is ever invalidated, and a stale page cannot be asked for.
"""

import gzip
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

import brotli
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils.http import parse_etags

from glossary import lexicon
from reader import annotation_layer, chapter_pages, chapters, choices, contents, documents, pace, render
from reader.layers import Layers, lay
from reader.models import Document, SourceScript
from reader.preferences import View
from reader.style import style_of
from zhtext.matcher import Match
from zhtext.pinyin import read
from zhtext.script import convert, simplify
from zhtext.typography import widen

# Beyond 7 a page is hardly smaller, and takes twice as long after each edit.
BROTLI_QUALITY = 7
BYTES_KEPT = 64_000_000
LAID_KEPT, BODIES_KEPT = 4, 32
NOT_TAKEN = re.compile(r"q=0(\.0*)?")


@dataclass(frozen=True, slots=True)
class Page:
    """The finished bytes of a page, plain and compressed, with its ETag."""

    etag: str
    content_type: str
    encodings: dict[str, bytes]

    @property
    def size(self) -> int:
        """Give the bytes that the page takes in all its encodings."""
        return sum(map(len, self.encodings.values()))


def finish(content: str, content_type: str) -> Page:
    """Compress a page once for all who will ask for it."""
    plain = content.encode("utf8")
    return Page(
        # Weak, for it is the same in every encoding.
        etag=f'W/"{hashlib.sha256(plain).hexdigest()[:24]}"',
        content_type=f"{content_type}; charset=utf-8",
        encodings={
            "br": brotli.compress(plain, quality=BROTLI_QUALITY),
            "gzip": gzip.compress(plain, 6, mtime=0),
            "": plain,
        },
    )


class _Shelf:
    """Finished pages by their addresses, as many as there is room for; those asked for long ago go first."""

    def __init__(self, room: int) -> None:
        self._room, self._pages, self._lock = room, OrderedDict[str, Page](), threading.Lock()

    def get(self, address: str) -> Page | None:
        with self._lock:
            if address in self._pages:
                self._pages.move_to_end(address)
            return self._pages.get(address)

    def put(self, address: str, page: Page) -> None:
        with self._lock:
            self._pages[address] = page
            while len(self._pages) > 1 and sum(kept.size for kept in self._pages.values()) > self._room:
                self._pages.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()


_shelf = _Shelf(BYTES_KEPT)


def kept(address: str, compose: Callable[[], Page]) -> Page:
    """Give the page of an address, composed the first time it is asked for."""
    page = _shelf.get(address)
    if page is None:
        page = compose()
        _shelf.put(address, page)
    return page


def forget() -> None:
    """Forget all pages and what they were made from; tests begin so."""
    _shelf.clear()
    _whole.cache_clear()
    _unfixed.cache_clear()
    _laid.cache_clear()


def answer(request: HttpRequest, page: Page, *, vary: tuple[str, ...] = ()) -> HttpResponse:
    """Answer with a page in the encoding the browser takes, or with 304 where it has the page already."""
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    if known and page.etag.removeprefix("W/") in parse_etags(known.replace("W/", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        accepted = _accepted(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        encoding = next((name for name in page.encodings if not name or name in accepted), "")
        response = HttpResponse(page.encodings[encoding], content_type=page.content_type)
        if encoding:
            response["Content-Encoding"] = encoding
    response["ETag"] = page.etag
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = ", ".join(("Accept-Encoding", *vary))
    return response


@lru_cache(maxsize=256)
def _accepted(header: str) -> frozenset[str]:
    """Give the encodings a browser takes; what it names with the quality 0 it does not take."""
    parts = (part.partition(";") for part in header.split(","))
    return frozenset(name.strip() for name, _mark, quality in parts if not NOT_TAKEN.fullmatch(quality.strip()))


def address(kind: str, document: Document, edition: int, view: View) -> str:
    """Give the address of a page: all that its bytes depend on."""
    return _address(kind, document.pk, document.revision, document.modified, edition=edition, view=view)


@lru_cache(maxsize=4_096)
def _address(kind: str, pk: int, revision: int, modified: datetime, *, edition: int, view: View) -> str:
    shown = ".".join(map(str, astuple(view)))
    return f"{kind}:{pk}.{revision}.{modified.timestamp()}:{edition}:{shown}:{render.VERSION}"


def document_page(document: Document, edition: int, view: View, chapter: int = 1) -> Page:
    """Give the reading page of a chapter; for readers with JavaScript the base page, whatever the view.

    Raises Http404 where there is no such chapter.
    """
    shown = View(SourceScript(document.source_script).script, scripted=True) if view.scripted else view
    return kept(
        address(f"page-{chapter}", document, edition, shown), lambda: _compose(document, edition, shown, chapter)
    )


def layer_page(document: Document, edition: int, chapter: int = 1) -> Page:
    """Give the annotation layer of a chapter. Raises Http404 where there is no such chapter."""
    view = View(scripted=True)
    return kept(
        address(f"layer-{chapter}", document, edition, view), lambda: _compose_layer(document, edition, chapter)
    )


class Whole(NamedTuple):
    """What the page of each chapter says of the whole text."""

    body: documents.Body
    chapters: tuple[chapters.Chapter, ...]
    contents: list[contents.Entry]
    minutes: int


class Laid(NamedTuple):
    """The text of a chapter with all that is laid over it, and its blocks."""

    layers: Layers
    lexicon: lexicon.Lexicon
    body: documents.Body


def whole(document: Document) -> Whole:
    """Read a document with its chapters and contents."""
    return _whole(document.pk, document.revision, document.modified)


def laid(document: Document, edition: int, chapter: int = 1) -> Laid:
    """Lay the terms of a revision of the glossary over a chapter; a page and its layer are made from the same."""
    state = (document.pk, document.revision, document.modified)
    return _laid(*state, chapter, source_script=document.source_script, edition=edition)


@lru_cache(maxsize=LAID_KEPT)
def _laid(pk: int, revision: int, modified: datetime, chapter: int, *, source_script: str, edition: int) -> Laid:
    body, current = _part(pk, revision, modified, chapter), lexicon.current(edition)
    unfixed = _unfixed(pk, revision, modified, chapter)
    base = _whole(pk, revision, modified).chapters[chapter - 1].start
    made = choices.of(pk)

    def chosen(matches: Sequence[Match]) -> Sequence[Match]:
        return made.apply(matches, body.text, current.concept_of, base)

    return Laid(lay(body.text, current, SourceScript(source_script).script, unfixed, chosen), current, body)


@lru_cache(maxsize=BODIES_KEPT)
def _whole(pk: int, revision: int, _modified: datetime) -> Whole:
    body = documents.body_of(pk, revision)
    return Whole(body, chapters.cut(body), contents.entries(body), pace.minutes(body.text))


def _part(pk: int, revision: int, modified: datetime, chapter: int) -> documents.Body:
    found = _whole(pk, revision, modified)
    if not 1 <= chapter <= len(found.chapters):
        raise Http404
    return chapters.part(found.body, found.chapters[chapter - 1])


@lru_cache(maxsize=BODIES_KEPT)
def _unfixed(pk: int, revision: int, modified: datetime, chapter: int) -> tuple[str | None, ...]:
    """Read a text before any term has a say: that does not change with the glossary."""
    return tuple(read(simplify(_part(pk, revision, modified, chapter).text)))


def written(document: Document, view: View, part: Laid, base: int) -> str:
    """Write the blocks of a chapter, which begins at ``base`` in the whole text, as a view shows them."""
    layers, current, body = part
    style = style_of(view, layers.source)
    renderer = render.BlockRenderer(
        layers, current, document.slug, view.script, pinyin=view.pinyin, base=base, style=style
    )
    return renderer.document(body.blocks)


def _compose(document: Document, edition: int, view: View, number: int) -> Page:
    # Refuses a chapter that is not there, before it is looked for among the others.
    part = laid(document, edition, number)
    book = whole(document)
    source = SourceScript(document.source_script).script
    context = chapter_pages.context(document, book.chapters, book.contents, number, view.script) | {
        "document": document,
        "title": widen(convert(document.title, view.script, source)),
        "author": convert(document.author, view.script, source),
        "place": convert(document.place, view.script, source),
        "view": view,
        "source": source,
        "content": written(document, view, part, book.chapters[number - 1].start),
        "minutes": book.minutes,
        "duration": pace.in_words(book.minutes),
        "characters": len(book.body.text),
    }
    return finish(render_to_string("reader/document_read.html", context), "text/html")


def _compose_layer(document: Document, edition: int, chapter: int) -> Page:
    layers, _current, body = laid(document, edition, chapter)
    book = whole(document)
    headings = [widen(entry.text) for entry in chapter_pages.shown(book.chapters, book.contents, chapter)]
    labels = [widen(document.title), *(block.speaker for block in body.blocks if block.speaker), *headings]
    labels += filter(None, (document.author, document.place))
    return finish(annotation_layer.build(layers, body.blocks, labels), "application/json")
