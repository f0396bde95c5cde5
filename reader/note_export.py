"""Notes on their way out: read as rows, and written in a format."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from reader.models import Document, Note, NoteQuerySet, Revision, User
from reader.note_formats import FORMATS
from reader.note_formats.rows import NoteRow
from reader.note_readings import readings_of


def export(user: User, notes: NoteQuerySet, name: str, *, site: str) -> bytes:
    """Write notes of a reader as a file of a format; addresses in it begin with those of the site."""
    chosen = FORMATS[name]
    rows = rows_of(notes, site=site, readings=chosen.shows_readings)
    return chosen.write(rows, user.get_username()).encode()


def rows_of(notes: NoteQuerySet, *, site: str, readings: bool = False) -> Iterator[NoteRow]:
    """Give notes as rows, text by text, in the order of the text; three queries, and what readings cost if asked."""
    found = notes.select_related("document", "user").prefetch_related("tags")
    ordered = list(found.order_by("document__position", "document__title", "document", "start", "pk"))
    made = _revision_dates(ordered)
    for document, group in groupby(ordered, attrgetter("document")):
        on_it = list(group)
        spelled = readings_of(document, on_it) if readings else {}
        for note in on_it:
            yield _row(note, document, site, made.get((document.pk, note.revision)), spelled.get(note.pk, ""))


def _revision_dates(notes: list[Note]) -> dict[tuple[int, int], datetime]:
    """Give when the revisions were made that notes stand in."""
    revisions = Revision.objects.filter(document__in={note.document_id for note in notes})
    return {(pk, number): made for pk, number, made in revisions.values_list("document", "number", "created")}


def _row(note: Note, document: Document, site: str, revised: datetime | None, reading: str) -> NoteRow:
    source = f"{site}{document.get_absolute_url()}"
    same = ("uuid", "revision", "start", "end", "quote", "prefix", "suffix", "body", "colour", "created", "modified")
    return NoteRow(
        author=note.user.get_username(),
        title=document.title,
        lang=document.lang,
        source=source,
        link=f"{source}?note={note.pk}",
        revised=revised,
        tags=tuple(tag.name for tag in note.tags.all()),
        status=note.status,
        reading=reading,
        **{name: getattr(note, name) for name in same},
    )
