"""What the page of a chapter says of the others: the contents across all of them, the one before and the one behind."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from reader.chapters import Chapter
from reader.contents import Entry
from reader.models import Document, SourceScript
from zhtext.script import Script, convert
from zhtext.typography import widen


class Neighbour(NamedTuple):
    """A chapter to go to: its address, the number of its first block, what it is called."""

    url: str
    first: int
    title: str


def shown(cut: Sequence[Chapter], entries: Sequence[Entry], number: int) -> list[Entry]:
    """Give the lines of the contents on a chapter's page: all of its own, and the first one of each other chapter."""
    firsts = (next((entry for entry in entries if chapter.start <= entry.start < chapter.end), None) for chapter in cut)
    here, first = cut[number - 1], set(filter(None, firsts))
    return [entry for entry in entries if entry in first or here.start <= entry.start < here.end]


def context(
    document: Document, cut: Sequence[Chapter], entries: Sequence[Entry], number: int, script: Script
) -> dict[str, Any]:
    """Give what the template of a page needs to lead to the other chapters; of a short text only its contents."""
    source = SourceScript(document.source_script).script
    entries, here = shown(cut, entries, number), cut[number - 1]
    titles = {entry.number: widen(convert(entry.text, script, source)) for entry in entries}
    lines = [(entry, _url_of(document, cut, entry, here), titles[entry.number]) for entry in entries]
    if len(cut) == 1:
        return {"contents": lines, "layer": reverse("reader:layer", args=[document.slug])}
    neighbours = [_neighbour(document, chapter, titles) for chapter in cut]
    return {
        "contents": lines,
        "layer": reverse("reader:chapter-layer", args=[document.slug, number]),
        "chapter": here,
        "chapter_count": len(cut),
        "chapter_places": " ".join(f"{chapter.first}:{chapter.start}" for chapter in cut),
        "previous": neighbours[number - 2] if number > 1 else None,
        "next": neighbours[number] if number < len(cut) else None,
    }


def _url_of(document: Document, cut: Sequence[Chapter], entry: Entry, here: Chapter) -> str:
    """Give the address of the page that has a line of the contents; none if it is this one."""
    chapter = next(chapter for chapter in reversed(cut) if chapter.start <= entry.start)
    return "" if chapter == here else url(document, chapter)


def url(document: Document, chapter: Chapter) -> str:
    """Give the address of a chapter; the first one's is the document's."""
    if chapter.number == 1:
        return document.get_absolute_url()
    return reverse("reader:chapter", args=[document.slug, chapter.number])


def _neighbour(document: Document, chapter: Chapter, titles: dict[int, str]) -> Neighbour:
    title = titles.get(chapter.first) or _("Chapter %(number)d") % {"number": chapter.number}
    return Neighbour(url(document, chapter), chapter.first, title)
