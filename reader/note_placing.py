"""Where notes from elsewhere stand: in the revision they name, where their words are, or nowhere; never by guess."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from reader import anchoring
from reader.models import Document, Note, Revision, SourceScript
from reader.note_formats.rows import Quoted
from zhtext import anchor
from zhtext.script import Script, convert

# Words that are gone from the text of today are looked for in so many older ones.
MOST_REVISIONS = 10
# Looking for changed words costs a second per million characters; a file may cost so many.
MOST_COMPARED = 20_000_000
CONTEXT = anchor.CONTEXT


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
    spellings = _spellings(texts.document, passage)
    if any(_by_revision(texts, note, each) or _by_words(texts, note, each) for each in spellings):
        return
    if len(spellings) > 1:
        # What it was looked for in another script leaves no trace.
        _look_today(texts, note, passage)


def _spellings(document: Document, passage: Quoted) -> list[Quoted]:
    """Give a passage as its file has it, and in the script of the text: it may have been seen in another."""
    source = SourceScript(document.source_script).script
    other = Script.HANT if source is Script.HANS else Script.HANS
    quote, prefix, suffix = (convert(part, source, other) for part in (passage.quote, passage.prefix, passage.suffix))
    return (
        [passage] if quote == passage.quote else [passage, replace(passage, quote=quote, prefix=prefix, suffix=suffix)]
    )


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
    _look_today(texts, note, passage)
    return note.revision != anchoring.NOWHERE or (bool(note.quote) and _in_earlier(texts, note))


def _look_today(texts: Texts, note: Note, passage: Quoted) -> None:
    note.quote, note.prefix, note.suffix = passage.quote, passage.prefix[-CONTEXT:], passage.suffix[:CONTEXT]
    anchoring.look_for(note, texts.current)
    if note.revision == anchoring.NOWHERE and note.quote and texts.may_compare():
        anchoring.look_for(note, texts.current, verbatim=False)


def _in_earlier(texts: Texts, note: Note) -> bool:
    selector = anchor.Selector(-1, -1, note.quote, note.prefix, note.suffix)
    for revision in texts.earlier():
        found = anchor.locate(revision.text, selector, verbatim=True)
        if found:
            anchoring.place(note, revision.number, anchor.describe(revision.text, *found))
            return True
    return False
