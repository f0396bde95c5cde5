"""Notes: made on a span, carried along when the text changes, deleted and brought back."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.carrying import carried
from reader.models import Document, Note, NoteStatus, Revision, User
from zhtext import anchor
from zhtext.characters import REFUSED

LONGEST_BODY = 10_000
LONGEST_QUOTE = 5_000
# How long a deleted note can be brought back.
UNDO_DAYS = 30


class BadNoteError(ValueError):
    """A note that cannot be kept, in words for its author."""


def check_body(body: str) -> str:
    """Give the body back if it can be kept. Raises BadNoteError."""
    if len(body) > LONGEST_BODY:
        raise BadNoteError(
            _("A note can have %(most)d characters; this one has %(have)d.") % {"most": LONGEST_BODY, "have": len(body)}
        )
    if REFUSED.search(body):
        raise BadNoteError(_("The note holds a character that cannot be stored."))
    return body


@transaction.atomic
def add(*, user: User, document: Document, revision: int, start: int, end: int, body: str) -> Note:
    """Write a note on a span of the revision its author saw; a span of an older revision is mapped forward.

    Raises BadNoteError where the span is none, its words are gone, or the body cannot be kept.
    """
    check_body(body)
    # Whoever holds the document may have read it before a new revision came: ask again, inside this transaction.
    document = Document.objects.select_for_update().get(pk=document.pk)
    seen = document.revisions.filter(number=revision).first()
    if seen is None or not 0 <= start < end <= len(seen.text) or end - start > LONGEST_QUOTE:
        raise BadNoteError(_("This passage does not exist."))
    current = seen if revision == document.revision else document.revisions.get(number=document.revision)
    place = (start, end) if current is seen else anchor.reanchor(seen.text, current.text, [(start, end)])[0]
    if place is None:
        raise BadNoteError(_("The text has changed and this passage is gone; reload the page and select it anew."))
    selector = anchor.describe(current.text, *place)
    return Note.objects.create(
        user=user,
        document=document,
        revision=current.number,
        start=selector.start,
        end=selector.end,
        quote=selector.quote,
        prefix=selector.prefix,
        suffix=selector.suffix,
        body=body,
    )


def edit(note: Note, body: str) -> Note:
    """Change what a note says. Raises BadNoteError."""
    note.body = check_body(body)
    note.version += 1
    note.save(update_fields=["body", "version", "modified"])
    return note


def delete(note: Note) -> None:
    """Take a note away; it can be brought back for some time. What was deleted long ago goes for good."""
    note.deleted = timezone.now()
    note.save(update_fields=["deleted"])
    purge()


def restore(note: Note) -> None:
    """Bring a deleted note back."""
    note.deleted = None
    note.save(update_fields=["deleted"])


def purge() -> int:
    """Erase for good what was deleted long ago; gives the number of notes erased."""
    limit = timezone.now() - timedelta(days=UNDO_DAYS)
    erased, _details = Note.objects.filter(deleted__lt=limit).delete()
    return erased


def carry_over(revision: Revision) -> None:
    """Place all notes of a document in its new revision; those whose words are gone become orphans.

    Runs inside the transaction that stores the revision.
    """
    notes = []
    for note, place in carried(Note.objects.filter(status=NoteStatus.PLACED), revision):
        note.revision = revision.number
        if place is None:
            note.status = NoteStatus.ORPHANED
        else:
            selector = anchor.describe(revision.text, *place)
            note.start, note.end, note.quote = selector.start, selector.end, selector.quote
            note.prefix, note.suffix = selector.prefix, selector.suffix
        notes.append(note)
    Note.objects.bulk_update(notes, ["revision", "start", "end", "quote", "prefix", "suffix", "status"])
