"""The formats notes come and go in: one module each, one line in a registry."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from reader.note_formats import anki, csv, jsonld, markdown
from reader.note_formats.rows import NoteRow

# Takes the notes, and the name of whose they are.
Writer = Callable[[Iterable[NoteRow], str], str]


class NoteFormat(NamedTuple):
    """How a format is written; what readers know it by; under what name and type it is sent; if it shows readings."""

    write: Writer
    label: StrOrPromise
    file: str
    content_type: str
    shows_readings: bool = True

    @property
    def name(self) -> str:
        """Give what the format is called, without what it is good for."""
        return str(self.label).partition(" (")[0]


FORMATS = {
    "jsonld": NoteFormat(
        jsonld.write,
        _("JSON-LD (W3C Web Annotation: everything, to bring in again or elsewhere)"),
        "zhujie-notes.jsonld",
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        shows_readings=False,
    ),
    "markdown": NoteFormat(
        markdown.write, _("Markdown (to read and to print)"), "zhujie-notes.md", "text/markdown; charset=utf-8"
    ),
    "csv": NoteFormat(csv.write, _("CSV (spreadsheets)"), "zhujie-notes.csv", "text/csv; charset=utf-8"),
    "anki": NoteFormat(anki.write, _("Anki (cards)"), "zhujie-notes-anki.txt", "text/plain; charset=utf-8"),
}
