"""Find where in a text a reader found something wrong: the word and its sentence, cut from the text by the server."""

from bisect import bisect_right
from operator import attrgetter

from glossary.suggestions import Place
from reader import documents
from reader.models import Document, Revision
from zhtext import anchor
from zhtext.sentences import sentence_at

LONGEST_WORD = 80


def place(document: Document, *, revision: int, start: int, end: int) -> Place | None:
    """Give the place of a span of the revision its reader saw; None where there is no such passage, or no more."""
    body = documents.body(document)
    if revision != document.revision:
        seen = Revision.objects.filter(document=document, number=revision).first()
        inside = seen is not None and 0 <= start < end <= len(seen.text)
        moved = anchor.reanchor(seen.text, body.text, [(start, end)])[0] if seen and inside else None
        start, end = moved or (0, 0)
    if not body.blocks or not 0 <= start < end <= min(len(body.text), start + LONGEST_WORD):
        return None
    start, end = _without_blanks(body.text, start, end)
    if start == end:
        return None
    block = body.blocks[max(0, bisect_right(body.blocks, start, key=attrgetter("start")) - 1)]
    around = sentence_at(body.text[block.start : block.end], start - block.start)
    first, last = block.start + around.start, max(block.start + around.end, end)
    url = f"{document.get_absolute_url()}#b{block.number}"
    sentence = body.text[first:last].rstrip()
    return Place(document.title, url, start, end, sentence, start - first, private=not document.public)


def _without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """Narrow a span to its words: a selection often takes a space along, with which no sentence begins or ends."""
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    return first, max(first, start + len(words.rstrip()))
