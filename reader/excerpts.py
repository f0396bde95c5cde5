"""What readers noted in a text that goes: it becomes a private text of each of them, for their notes.

Such a text is nothing but its lines: by the rules for what comes from elsewhere, passages would be joined, dropped, or
taken for titles and speakers.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.utils.translation import gettext as _

from reader import anchoring
from reader.ingest import Incoming, add_new
from reader.models import Document, FormerAnchor, Note, Revision, User
from zhtext import anchor
from zhtext.characters import normalise
from zhtext.clean import BlockKind, CleanBlock, CleanText

# By its origin such a text is known when its reader edits it; no file is called so.
ORIGIN = "zhujie:passages"
FIELDS = [*anchoring.PLACE_FIELDS, "document", "group", "version"]


def read(source: str) -> Incoming:
    """Read passages, one a line, as they are; of a title they say nothing. Raises ValueError where there are none."""
    blocks = tuple(CleanBlock(BlockKind.PARAGRAPH, line) for line in _lines(normalise(source)))
    if not blocks:
        raise ValueError("The text is empty.")
    return Incoming(CleanText("", blocks), source)


@transaction.atomic
def leave(document: Document, *, but: User | None = None) -> None:
    """Let everybody, but for one who leaves, keep the passages that they noted in a text, and their notes on them."""
    others = Note.objects.filter(document=document).exclude(user=but)
    # Deleted ones come along, so that they can still be brought back. Locked in the order of all who lock many.
    notes = others.select_related("user").order_by("pk").select_for_update(of=("self",))
    in_order = sorted(notes, key=attrgetter("user_id", "start", "pk"))
    for reader, group in groupby(in_order, attrgetter("user")):
        _keep(reader, list(group))


def _keep(reader: User, notes: Sequence[Note]) -> None:
    # Passages are known to who noted them; the name of the text is not said again.
    title = _("What you noted in a text that is gone")
    passages = ["\n".join(_lines(note.quote)) for note in notes]
    coming = read("\n".join(filter(None, dict.fromkeys(passages))) or title)
    summary = _("The text was deleted. Your notes stand on the passages they are about.")
    coming = replace(coming, text=replace(coming.text, title=title), details={"summary": summary, "origin": ORIGIN})
    document = add_new(coming, owner=reader, public=False)
    revision = document.revisions.get(number=document.revision)
    for note, passage in zip(notes, passages, strict=True):
        _put(note, document, passage, revision)
    Note.objects.bulk_update(notes, FIELDS)
    FormerAnchor.objects.filter(note__in=notes).delete()


def _lines(quote: str) -> list[str]:
    return [line.strip() for line in quote.split("\n") if line.strip()]


def _put(note: Note, document: Document, passage: str, revision: Revision) -> None:
    """Let a note stand on its passage; one without words stays without a place. It is not saved."""
    note.document, note.group, note.version = document, None, note.version + 1
    start = f"\n{revision.text}\n".find(f"\n{passage}\n") if passage else -1
    if start >= 0:
        anchoring.place(note, revision.number, anchor.describe(revision.text, start, start + len(passage)))
    else:
        anchoring.look_for(note, revision)
