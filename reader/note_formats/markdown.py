"""Notes as Markdown: texts as headings, under each the passages with readings and what was written on them."""

import re
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _

from reader.note_formats.rows import NoteRow

# What Markdown takes for a mark of its own; it is meant as it stands in a text.
MARKS = re.compile(r"([\\`*_{}\[\]<>#|~]|^[-+=]|(?<=^\d)[.)])", re.MULTILINE)


def write(rows: Iterable[NoteRow], author: str) -> str:
    """Write notes, those on one text together."""
    title = _("Notes of %(name)s") % {"name": plain(author)}
    parts = [f"# {title}\n"]
    for _source, group in groupby(rows, attrgetter("source")):
        notes = list(group)
        parts.append(f"\n## [{plain(notes[0].title)}]({notes[0].source})\n")
        parts += [f"\n{_note(row)}" for row in notes]
    return "".join(parts)


def plain(text: str) -> str:
    """Keep Markdown from seeing marks in a text.

    >>> plain("a*b [c]")
    'a\\\\*b \\\\[c\\\\]'
    """
    return MARKS.sub(r"\\\1", text)


def _note(row: NoteRow) -> str:
    """Write a note; its body is Markdown already."""
    lines = [f"> {plain(line)}" for line in row.quote.splitlines()]
    if row.reading:
        lines += [">", f"> *{plain(row.reading)}*"]
    if row.body:
        lines += ["", row.body]
    tags = "".join(f" · #{plain(tag)}" for tag in row.tags)
    lost = "" if row.status == "placed" else f" · {_('the passage is gone from the text')}"
    return "\n".join([*lines, "", f"[{row.created:%Y-%m-%d}]({row.link}){tags}{lost}", "", "---", ""])
