"""The readings of the passages that notes are about, as the page of their text has them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter

from glossary import edition, lexicon
from reader import pages
from reader.layers import lay
from reader.models import Document, Note
from zhtext.characters import is_han
from zhtext.pinyin import read_out
from zhtext.script import source_script


def readings_of(document: Document, notes: Iterable[Note]) -> dict[int, str]:
    """Give the pinyin of the quotes of notes on a document, by the numbers of the notes.

    What stands in the text of today is read with what stands around it; what is gone from it, by itself.
    """
    number = edition.current()
    current = lexicon.current(number)
    found: dict[int, str] = {}
    for note in notes:
        stands = note.is_placed and note.revision == document.revision
        found[note.pk] = _in_text(document, number, note) if stands else _alone(note.quote, current)
    return found


def _in_text(document: Document, number: int, note: Note) -> str:
    """Read a passage of the text of today; one that reaches into the next chapter, up to that."""
    cut = pages.whole(document).chapters
    chapter = cut[bisect_right(cut, note.start, key=attrgetter("start")) - 1]
    layers = pages.laid(document, number, chapter.number).layers
    start, end = note.start - chapter.start, min(note.end, chapter.end) - chapter.start
    rest = note.quote[end - start :]
    return " ".join(filter(None, (_spelled(layers.text, layers.readings, start, end), rest.strip())))


def _alone(quote: str, current: lexicon.Lexicon) -> str:
    layers = lay(quote, current, source_script(quote))
    return _spelled(quote, layers.readings, 0, len(quote))


def _spelled(text: str, readings: Sequence[str | None], start: int, end: int) -> str:
    passage = text[start:end]
    syllables = (
        syllable for character, syllable in zip(passage, readings[start:end], strict=True) if is_han(character)
    )
    return read_out(passage, syllables)
