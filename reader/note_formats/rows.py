"""What every format of notes writes from and reads into: one row, one note."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from glossary.formats.rows import BadFileError

__all__ = ["BadFileError", "IncomingNote", "NoteRow", "Quoted"]


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note on its way out, with all that is known of it; addresses are whole ones."""

    uuid: UUID
    author: str
    # The text it stands on: its title, its language tag, its address; and the address of the note on its page.
    title: str
    lang: str
    source: str
    link: str
    # The revision its span lies in, and when that was made; none where its words never stood in the text.
    revision: int
    revised: datetime | None
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    body: str
    tags: tuple[str, ...]
    colour: str
    status: str
    created: datetime
    modified: datetime
    # What it is called as an annotation elsewhere.
    via: tuple[str, ...] = ()
    # The pinyin of the quote; only where a format shows it.
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The passage that a note from elsewhere is about, as far as its file tells; offsets are code points.

    Offsets mean something only in a revision of a text that is here, or where the words stand there as well.
    """

    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class IncomingNote:
    """One note on its way in: its number in the file, from 1, and what the file says; None where it says nothing."""

    item: int
    uuid: UUID
    source: str
    passage: Quoted
    body: str = ""
    tags: tuple[str, ...] | None = None
    colour: str | None = None
    created: datetime | None = None
    modified: datetime | None = None
    # What it is called elsewhere.
    via: tuple[str, ...] = ()
    # Who wrote it, where that is not whose file it is.
    author: str = ""
    # The notes it answers, the first of which is about a passage.
    answers: tuple[UUID, ...] = field(default=())
