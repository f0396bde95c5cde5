"""Compose what a document's page tells of its terms: their list, the text printed with it, and their cards in one go.

Finished bytes with an address, made from the same layers as the page itself and kept as it is (see ``pages``).
"""

import json
from dataclasses import replace

from django.http import Http404
from django.template.loader import get_template, render_to_string

from glossary import cards
from glossary.lexicon import Lexicon
from reader import chapter_pages, pages, terms
from reader.models import Document, SourceScript
from reader.preferences import View
from zhtext.matcher import Match
from zhtext.script import Script, convert
from zhtext.typography import widen


def list_page(document: Document, edition: int, script: Script, order: terms.Order, chapter: int) -> pages.Page:
    """Give the list of a document's terms, or of a chapter's; 0 is the whole. Raises Http404 for no such chapter."""
    address = pages.address(f"terms-{order}-{chapter}", document, edition, View(script))
    return pages.kept(address, lambda: _compose_list(document, edition, script, order, chapter))


def print_page(document: Document, edition: int, view: View) -> pages.Page:
    """Give the text of a document with the list of its terms behind it, for paper."""
    shown = replace(view, scripted=False)
    address = pages.address("print", document, edition, shown)
    return pages.kept(address, lambda: _compose_print(document, edition, shown))


def cards_page(document: Document, edition: int, chapter: int) -> pages.Page:
    """Give the cards of all terms of a chapter, and where these stand, to the page's script."""
    address = pages.address(f"cards-{chapter}", document, edition, View())
    return pages.kept(address, lambda: _compose_cards(document, edition, chapter))


def _parts(document: Document, edition: int, chapter: int = 0) -> list[terms.Part]:
    """Lay terms over a chapter, or over all of them."""
    cut = pages.whole(document).chapters
    if chapter > len(cut):
        raise Http404
    return [
        terms.Part(pages.laid(document, edition, one.number), chapter_pages.url(document, one), one.start)
        for one in cut
        if chapter in (0, one.number)
    ]


def _compose_list(document: Document, edition: int, script: Script, order: terms.Order, chapter: int) -> pages.Page:
    context = {
        "document": document,
        "title": widen(convert(document.title, script, SourceScript(document.source_script).script)),
        "script": script,
        "chapter": chapter,
        "rows": order.sort(terms.rows(_parts(document, edition, chapter), script)),
        "order": order,
        "orders": list(terms.Order),
    }
    return pages.finish(render_to_string("reader/document_terms.html", context), "text/html")


def _compose_print(document: Document, edition: int, view: View) -> pages.Page:
    source = SourceScript(document.source_script).script
    # Places are on this very page.
    parts = [part._replace(url="") for part in _parts(document, edition)]
    context = {
        "document": document,
        "title": widen(convert(document.title, view.script, source)),
        "view": view,
        "content": "".join(pages.written(document, view, part.laid, part.start) for part in parts),
        "rows": terms.Order.PINYIN.sort(terms.rows(parts, view.script)),
    }
    return pages.finish(render_to_string("reader/document_print.html", context), "text/html")


def _compose_cards(document: Document, edition: int, chapter: int) -> pages.Page:
    """Write ``{"concepts": [[key, html, [start, length, …]], …], "words": {word: [[…], [nested …]]}}``.

    Starts are counted from the last one; words name concepts by their place in the row of all.
    """
    parts = _parts(document, edition, chapter)
    found = terms.occurring(parts)
    made = cards.uncounted([one.concept for one in found])
    template = get_template("glossary/_concept_card.html")
    htmls = (template.render({"shown": card}).replace("\n", "") for card in made)
    concepts = [[one.concept.key, html, _deltas(one)] for one, html in zip(found, htmls, strict=True)]
    places = {one.concept.pk: at for at, one in enumerate(found)}
    words = {
        layers.text[match.start : match.end]: _word(lexicon, places, match)
        for (layers, lexicon, _body), _url, _start in parts
        for match in layers.matches
    }
    content = json.dumps({"concepts": concepts, "words": words}, ensure_ascii=False, separators=(",", ":"))
    return pages.finish(content, "application/json")


def _deltas(one: terms.Occurring) -> list[int]:
    row: list[int] = []
    last = 0
    for start, end in one.spans:
        row += [start - last, end - start]
        last = start
    return row


def _word(lexicon: Lexicon, places: dict[int, int], match: Match) -> list[list[int]]:
    """Give the concepts of a word, and those nested in it, as its card lists them."""
    concepts = lexicon.concepts_of(match.terms)
    nested = [one for one in lexicon.concepts_of([hit.term for hit in match.nested]) if one not in concepts]
    return [[places[one.pk] for one in concepts], [places[one.pk] for one in nested]]
