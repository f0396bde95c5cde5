"""Notes on their way out: read as rows, and written in a format."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from reader.models import Note, NoteQuerySet, Revision, User
from reader.note_formats import FORMATS
from reader.note_formats.rows import NoteRow
from reader.note_readings import readings_of

# By document and number.
Dates = Mapping[tuple[int, int], datetime]


def export(user: User, notes: NoteQuerySet, name: str, *, site: str) -> bytes:
    """Write notes of a reader as a file of a format; addresses in it begin with those of the site."""
    chosen = FORMATS[name]
    rows = rows_of(notes, site=site, readings=chosen.shows_readings)
    return chosen.write(rows, user.get_username()).encode()


def rows_of(notes: NoteQuerySet, *, site: str, readings: bool = False) -> Iterator[NoteRow]:
    """Give notes as rows, text by text, in the order of the text; three queries, and what readings cost if asked."""
    ordered, made = read(notes.order_by("document__position", "document__title", "document", "start", "pk"))
    for document, group in groupby(ordered, attrgetter("document")):
        on_it = list(group)
        spelled = readings_of(document, on_it) if readings else {}
        yield from (row(note, made, site, spelled.get(note.pk, "")) for note in on_it)


def read(notes: NoteQuerySet) -> tuple[list[Note], Dates]:
    """Read notes with all that rows say of them, and when the revisions were made that they stand in."""
    found = list(notes.select_related("document", "user").prefetch_related("tags"))
    revisions = Revision.objects.filter(document__in={note.document_id for note in found})
    dates = revisions.values_list("document", "number", "created")
    return found, {(document, number): made for document, number, made in dates}


def row(note: Note, made: Dates, site: str, reading: str = "") -> NoteRow:
    """Give a note as a row."""
    source = f"{site}{note.document.get_absolute_url()}"
    same = ("uuid", "revision", "start", "end", "quote", "prefix", "suffix", "body", "colour", "created", "modified")
    return NoteRow(
        author=note.user.get_username(),
        title=note.document.title,
        lang=note.document.lang,
        source=source,
        link=f"{source}?note={note.pk}",
        revised=made.get((note.document_id, note.revision)),
        tags=tuple(tag.name for tag in note.tags.all()),
        status=note.status,
        via=tuple(note.via),
        reading=reading,
        **{name: getattr(note, name) for name in same},
    )
