"""Compose the finished bytes of a page once, and give them to everybody: a page is addressed by what went into it.

The address holds the document's revision and last change, the glossary's revision, the view and the version of the
markup; so nothing is ever invalidated, and a stale page cannot be asked for.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

import brotli
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from glossary import lexicon
from reader import annotation_layer, documents, render
from reader.layers import Layers, lay
from reader.models import Block, BlockKind, Document, SourceScript
from reader.preferences import View
from zhtext.script import Script, convert
from zhtext.typography import widen

BROTLI_QUALITY = 7
NOT_TAKEN = re.compile(r"q=0(\.0*)?")
READING_SPEED = 180  # Han characters a minute, for a learner who looks words up.


@dataclass(frozen=True, slots=True)
class Page:
    """The finished bytes of a page, plain and compressed, with its ETag."""

    etag: str
    content_type: str
    encodings: dict[str, bytes]


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


def kept(address: str, compose: Callable[[], Page]) -> Page:
    """Give the page of an address, composed the first time it is asked for."""
    page: Page | None = cache.get(address)
    if page is None:
        page = compose()
        cache.set(address, page)
    return page


def answer(request: HttpRequest, page: Page, *, vary: tuple[str, ...] = ()) -> HttpResponse:
    """Answer with a page in the encoding the browser takes, or with 304 where it has the page already."""
    known = request.headers.get("If-None-Match", "").replace("W/", "")
    if page.etag.removeprefix("W/") in parse_etags(known):
        response: HttpResponse = HttpResponseNotModified()
    else:
        accepted = _accepted(request.headers.get("Accept-Encoding", ""))
        encoding = next((name for name in page.encodings if not name or name in accepted), "")
        response = HttpResponse(page.encodings[encoding], content_type=page.content_type)
        if encoding:
            response["Content-Encoding"] = encoding
    response["ETag"] = page.etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Accept-Encoding", *vary))
    return response


def _accepted(header: str) -> set[str]:
    """Give the encodings a browser takes; what it names with the quality 0 it does not take."""
    parts = (part.partition(";") for part in header.split(","))
    return {name.strip() for name, _mark, quality in parts if not NOT_TAKEN.fullmatch(quality.strip())}


def address(kind: str, document: Document, edition: int, view: View) -> str:
    """Give the address of a page: all that its bytes depend on."""
    shown = f"{view.script}.{view.pinyin}.{view.scripted}"
    state = f"{document.pk}.{document.revision}.{document.modified.timestamp()}"
    return f"{kind}:{state}:{edition}:{shown}:{render.VERSION}"


def document_page(document: Document, edition: int, view: View) -> Page:
    """Give the reading page of a document; for readers with JavaScript the base page, whatever the view."""
    shown = View(SourceScript(document.source_script).script, scripted=True) if view.scripted else view
    return kept(address("page", document, edition, shown), lambda: _compose(document, edition, shown))


def layer_page(document: Document, edition: int) -> Page:
    """Give the annotation layer of a document."""
    view = View(scripted=True)
    return kept(address("layer", document, edition, view), lambda: _compose_layer(document, edition))


def _laid(document: Document, edition: int) -> tuple[Layers, lexicon.Lexicon, documents.Body]:
    current = lexicon.current(edition)
    body = documents.body(document)
    return lay(body.text, current, SourceScript(document.source_script).script), current, body


def _compose(document: Document, edition: int, view: View) -> Page:
    layers, current, body = _laid(document, edition)
    renderer = render.BlockRenderer(layers, current, document.slug, view.script, pinyin=view.pinyin)
    source = SourceScript(document.source_script).script
    headings = [block for block in body.blocks if block.kind == BlockKind.HEADING]
    context = {
        "document": document,
        "title": widen(convert(document.title, view.script, source)),
        "view": view,
        "source": source,
        "content": renderer.document(body.blocks),
        "contents": [(block.number, _as_shown(body, block, view.script, source)) for block in headings],
        "minutes": max(1, round(len(body.text) / READING_SPEED)),
        "characters": len(body.text),
    }
    return finish(render_to_string("reader/document_read.html", context), "text/html")


def _as_shown(body: documents.Body, block: Block, script: Script, source: Script) -> str:
    """Give the text of a heading as it is shown."""
    return widen(convert(body.text[block.start : block.end], script, source))


def _compose_layer(document: Document, edition: int) -> Page:
    layers, _current, body = _laid(document, edition)
    headings = [widen(body.text[block.start : block.end]) for block in body.blocks if block.kind == BlockKind.HEADING]
    labels = [widen(document.title), *(block.speaker for block in body.blocks if block.speaker), *headings]
    return finish(annotation_layer.build(layers, body.blocks, labels), "application/json")
