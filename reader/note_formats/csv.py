"""Notes as a table for spreadsheets: a header, one note a line, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable

from glossary.formats.csv import harmless
from reader.note_formats.rows import NoteRow

COLUMNS = ("text", "quote", "reading", "note", "tags", "colour", "status", "created", "modified", "link", "uuid")


def write(rows: Iterable[NoteRow], author: str) -> str:
    """Write notes as CSV text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(harmless, _cells(row)) for row in rows)
    return out.getvalue()


def _cells(row: NoteRow) -> tuple[str, ...]:
    return (
        row.title,
        row.quote,
        row.reading,
        row.body,
        ", ".join(row.tags),
        row.colour,
        row.status,
        f"{row.created:%Y-%m-%d %H:%M}",
        f"{row.modified:%Y-%m-%d %H:%M}",
        row.link,
        str(row.uuid),
    )
