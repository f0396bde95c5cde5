"""Carry what stands on spans of a text over to its next revision: notes, and what editors chose for words."""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import QuerySet

from reader.models import Choice, Note, Revision
from zhtext import anchor

Placed = TypeVar("Placed", Note, Choice)
Place = tuple[int, int]


def carried(rows: QuerySet[Placed], revision: Revision) -> Iterator[tuple[Placed, Place | None]]:
    """Yield rows that stand in older revisions, each with its place in this one, None where its words are gone.

    They come revision by revision, the oldest first. What stood in no revision, as a note from elsewhere, is left out.
    """
    older = rows.filter(document=revision.document, revision__range=(1, revision.number - 1)).order_by("revision")
    for number in older.values_list("revision", flat=True).distinct():
        text = revision.document.revisions.get(number=number).text
        placed = list(older.filter(revision=number))
        spans = [(row.start or 0, row.end or 0) for row in placed]
        yield from zip(placed, anchor.reanchor(text, revision.text, spans), strict=True)
