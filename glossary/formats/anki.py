"""The glossary as notes for Anki, a line each, with Anki's own header lines: what the columns are, and that it is HTML.

A note is known again by the key of its concept, so that a later file changes it and leaves what was learnt. Anki finds
the fields by their names where the reader has a note type of this name with them; else it asks where they go. A line
that began with ``#``, or a cell that began with a quotation mark, would be taken for something else: the first cell is
an id, and quotation marks are escaped.
"""

import html
from collections.abc import Iterable, Sequence

from glossary.formats.headwords import spelled, taught, traditional_form
from glossary.formats.rows import ConceptRow

COLUMNS = ("Id", "Chinese", "Traditional", "Pinyin", "English", "Chinese definition", "English definition", "Tags")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, note_type: str, deck: str) -> str:
    """Write cells of HTML under Anki's header lines; the column Id knows a note again, Tags holds its tags."""
    header = (
        "#separator:tab",
        "#html:true",
        f"#notetype:{note_type}",
        f"#deck:{deck}",
        "#columns:" + "\t".join(columns),
        f"#guid column:{columns.index('Id') + 1}",
        f"#tags column:{columns.index('Tags') + 1}",
    )
    return "".join(f"{line}\n" for line in (*header, *map("\t".join, rows)))


def write(rows: Iterable[ConceptRow]) -> str:
    """Write a note for every concept that has a name readers are taught."""
    notes = (_cells(row) for row in rows if taught(row, "zh") or taught(row, "en"))
    cells = (list(map(escaped, note)) for note in notes)
    return table(COLUMNS, cells, note_type="Zhujie", deck="Zhujie 注解")


def _cells(row: ConceptRow) -> list[str]:
    """Give what the columns say; Anki takes no note whose first field is empty, so GPU stands in both languages."""
    chinese, english = taught(row, "zh"), taught(row, "en")
    return [
        f"zhujie-{row.key}",
        (chinese or english)[0].text,
        traditional_form(chinese[0]) if chinese else english[0].text,
        spelled(chinese[0]) if chinese else "",
        "; ".join(term.text for term in english),
        row.definition_zh or "",
        row.definition_en or "",
        row.subject or "",
    ]


def escaped(text: str) -> str:
    """Make text of a cell: one line of HTML without tabs."""
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    return "<br>".join(html.escape(line) for line in lines)
