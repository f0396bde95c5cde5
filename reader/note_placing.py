"""Where notes from elsewhere stand: in the revision they name, where their words are, or nowhere; never by guess."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from reader import anchoring
from reader.models import Document, Note, Revision, SourceScript
from reader.note_formats.rows import Quoted
from zhtext import anchor
from zhtext.characters import HAN_RANGES
from zhtext.script import Script, convert

# Words that are gone from the text of today are looked for in so many older ones.
MOST_REVISIONS = 10
# Looking for changed words costs a second per million characters; a file may cost so many.
MOST_COMPARED = 4_000_000
CONTEXT = anchor.CONTEXT
# Pinyin in small letters behind a Han character, or where a cut left the rest of it; zhuyin with its tones.
PINYIN = "a-zü'āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
READING = re.compile(f"(?:(?<=[{HAN_RANGES}])|^)[{PINYIN}]+|[ㄅ-ㄯˊˇˋ˙]+")


class Texts:
    """The revisions of a document, each read once."""

    def __init__(self, document: Document) -> None:
        """Begin with none of them read."""
        self.document = document
        self._read: dict[int, Revision | None] = {}
        self._compared = 0

    @property
    def current(self) -> Revision:
        """Give the newest revision."""
        return self.get(self.document.revision) or Revision(document=self.document, number=self.document.revision)

    def get(self, number: int) -> Revision | None:
        """Give a revision, if there is one of this number."""
        if number not in self._read:
            self._read[number] = self.document.revisions.filter(number=number).first()
        return self._read[number]

    def may_compare(self) -> bool:
        """Tell whether words may be looked for once more that were changed."""
        self._compared += len(self.current.text)
        return self._compared <= MOST_COMPARED

    def earlier(self) -> Iterator[Revision]:
        """Give some revisions before the newest, the last one first."""
        numbers = range(self.document.revision - 1, 0, -1)
        return islice(filter(None, map(self.get, numbers)), MOST_REVISIONS)


def place_all(texts: Texts, arriving: Sequence[tuple[Note, Quoted]]) -> None:
    """Let notes stand where their passages are; those whose words are gone are orphans, perhaps with a proposal.

    They are not saved.
    """
    older: dict[int, list[Note]] = {}
    for note, passage in arriving:
        _find(texts, note, passage)
        if note.revision not in (anchoring.NOWHERE, texts.current.number):
            older.setdefault(note.revision, []).append(note)
    for number, notes in older.items():
        revision = texts.get(number)
        anchoring.settle(notes, revision.text if revision else "", texts.current)


def _find(texts: Texts, note: Note, passage: Quoted) -> None:
    """Let a note stand in whichever revision has its passage, the named one first."""
    if _by_revision(texts, note, passage):
        return
    spellings = _spellings(texts.document, passage)
    if any(_by_words(texts, note, each) for each in spellings):
        return
    _look_today(texts, note, spellings[-1], verbatim=not passage.quote or not texts.may_compare())
    if note.revision == anchoring.NOWHERE:
        # It keeps its words as they came, with whatever is proposed for them.
        note.quote, note.prefix, note.suffix = passage.quote, passage.prefix[-CONTEXT:], passage.suffix[:CONTEXT]
        note.end = max(1, len(note.quote))


def _spellings(document: Document, passage: Quoted) -> list[Quoted]:
    """Give a passage as its file has it; without the readings that stood above its words; and in the text's script."""
    source = SourceScript(document.source_script).script
    other = Script.HANT if source is Script.HANS else Script.HANS
    bare = _changed(passage, without_readings)
    found = [passage, bare, _changed(bare, lambda words: convert(words, source, other))]
    return list({each.quote: each for each in found}.values())


def _changed(passage: Quoted, change: Callable[[str], str]) -> Quoted:
    words = (passage.quote, passage.prefix, passage.suffix)
    quote, prefix, suffix = map(change, words)
    return replace(passage, quote=quote, prefix=prefix, suffix=suffix)


def without_readings(words: str) -> str:
    """Take away the readings that a browser counts as part of a page's text, behind the words they are of.

    >>> without_readings("uō放fàng定律dìnglǜ：AI了ㄌㄜ˙")
    '放定律：AI了'
    """
    return READING.sub("", words)


def _by_revision(texts: Texts, note: Note, passage: Quoted) -> bool:
    """Take the place in the revision that a passage names, if its words stand there."""
    revision = texts.get(passage.revision) if passage.revision else None
    start, end = passage.start, passage.end
    if revision is None or start is None or end is None or end > len(revision.text):
        return False
    if passage.quote not in ("", revision.text[start:end]) or end - start > anchoring.LONGEST_QUOTE:
        return False
    anchoring.place(note, revision.number, anchor.describe(revision.text, start, end))
    return True


def _by_words(texts: Texts, note: Note, passage: Quoted) -> bool:
    """Look for the words in the text of today, then in older ones."""
    _look_today(texts, note, passage, verbatim=True)
    return note.revision != anchoring.NOWHERE or (bool(note.quote) and _in_earlier(texts, note))


def _look_today(texts: Texts, note: Note, passage: Quoted, *, verbatim: bool) -> None:
    note.quote, note.prefix, note.suffix = passage.quote, passage.prefix[-CONTEXT:], passage.suffix[:CONTEXT]
    anchoring.look_for(note, texts.current, verbatim=verbatim)


def _in_earlier(texts: Texts, note: Note) -> bool:
    selector = anchor.Selector(-1, -1, note.quote, note.prefix, note.suffix)
    for revision in texts.earlier():
        found = anchor.locate(revision.text, selector, verbatim=True)
        if found:
            anchoring.place(note, revision.number, anchor.describe(revision.text, *found))
            return True
    return False
