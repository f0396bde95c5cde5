"""Notes for Anki, a line each. One is known again by its uuid: a later file changes it and keeps what was learnt."""

import html
from collections.abc import Iterable

from glossary.formats.anki import escaped, table
from reader.markdown import to_html
from reader.note_formats.rows import NoteRow

COLUMNS = ("Id", "Quote", "Reading", "Note", "Text", "Link", "Tags")


def write(rows: Iterable[NoteRow], author: str) -> str:
    """Write notes; those whose file tells no quote have no front for a card, and are left out."""
    cells = (_cells(row) for row in rows if row.quote)
    return table(COLUMNS, cells, note_type="Zhujie notes", deck="Zhujie 注解::Notes")


def _cells(row: NoteRow) -> list[str]:
    return [
        f"zhujie-note-{row.uuid}",
        escaped(row.quote),
        escaped(row.reading),
        _on_one_line(to_html(row.body)),
        escaped(row.title),
        f"<a href='{html.escape(row.link)}'>{escaped(row.title)}</a>",
        # A space ends a tag in Anki.
        escaped(" ".join(tag.replace(" ", "_") for tag in row.tags)),
    ]


def _on_one_line(written: str) -> str:
    """Write line ends and tabs of HTML as characters by number, so that code keeps them."""
    return written.strip().replace("\n", "&#10;").replace("\t", "&#9;")
