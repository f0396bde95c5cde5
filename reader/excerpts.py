"""What readers noted in a text that goes: it becomes a private text of each of them, for their notes."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.utils.translation import gettext as _

from reader import anchoring
from reader.ingest import Incoming, add_document, body_of
from reader.models import Document, FormerAnchor, Note, User
from zhtext import anchor
from zhtext.clean import BlockKind, CleanBlock, CleanText

FIELDS = [*anchoring.PLACE_FIELDS, "document", "group", "version"]


@transaction.atomic
def leave(document: Document, *, but: User | None = None) -> None:
    """Let everybody, but for one who leaves, keep the passages that they noted in a text, and their notes on them."""
    others = Note.objects.filter(document=document).exclude(user=but)
    # Deleted ones come along, so that they can still be brought back.
    notes = others.select_related("user").order_by("user", "start", "pk").select_for_update(of=("self",))
    for reader, group in groupby(notes, attrgetter("user")):
        _keep(reader, list(group))


def _keep(reader: User, notes: Sequence[Note]) -> None:
    # Passages are known to who noted them; the name of the text is not said again.
    title = _("What you noted in a text that is gone")
    passages = [_lines(note.quote) for note in notes]
    lines = [line for passage in dict.fromkeys(passages) for line in passage] or [title]
    text = CleanText(title, tuple(CleanBlock(BlockKind.PARAGRAPH, line) for line in lines))
    summary = _("The text was deleted. Your notes stand on the passages they are about.")
    incoming = Incoming(text, source=body_of(text), details={"summary": summary})
    document = add_document(incoming, owner=reader, public=False).document
    for note, passage in zip(notes, passages, strict=True):
        _put(note, document, "\n".join(passage), body_of(text))
    Note.objects.bulk_update(notes, FIELDS)
    FormerAnchor.objects.filter(note__in=notes).delete()


def _lines(quote: str) -> tuple[str, ...]:
    return tuple(line for line in quote.split("\n") if line.strip())


def _put(note: Note, document: Document, passage: str, text: str) -> None:
    """Let a note stand on its passage; one without words stays without a place. It is not saved."""
    note.document, note.group, note.version = document, None, note.version + 1
    start = f"\n{text}\n".find(f"\n{passage}\n") if passage else -1
    if start >= 0:
        anchoring.place(note, document.revision, anchor.describe(text, start, start + len(passage)))
    else:
        anchoring.look_for(note, document.revisions.get(number=document.revision))
