"""The inbox of notes that have lost their place: where each stood, and where it may stand now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F

from reader.models import Document, Note, NoteQuerySet, Revision, User
from reader.wording import Part, Passage, differing, passage, places


@dataclass(frozen=True, slots=True)
class Waiting:
    """A note without a place, with the passage that is proposed, and how its words differ from those it stood on."""

    note: Note
    proposal: Passage | None
    difference: Sequence[Part]
    readable: bool


def waiting(user: User, notes: Iterable[Note]) -> list[Waiting]:
    """Show notes of a reader with what is proposed for each; two queries.

    Of a text that its author may no longer read, nothing is shown but what they noted.
    """
    notes = list(notes)
    documents = Document.objects.visible_to(user).filter(pk__in={note.document_id for note in notes})
    current = Revision.objects.filter(document__in=documents, number=F("document__revision"))
    texts = dict(current.values_list("document", "text"))
    return [_waiting(note, texts.get(note.document_id)) for note in notes]


def _waiting(note: Note, text: str | None) -> Waiting:
    if text is None or note.proposed_start is None or note.proposed_end is None:
        return Waiting(note, None, (), text is not None)
    proposal = passage(text, note.proposed_start, note.proposed_end)
    return Waiting(note, proposal, differing(note.quote, proposal.words), True)


def place_of(user: User, pk: int) -> NoteQuerySet:
    """Give the note of a reader that may be put somewhere in its text: one on a text that they may read."""
    own = Note.objects.own(user)
    return own.filter(pk=pk, document__in=Document.objects.visible_to(user)).select_related("document")


def find(document: Document, words: str, paragraph: int | None) -> list[Passage]:
    """Find words in a document, or in one paragraph of it, for a note to stand on."""
    revision = document.revisions.get(number=document.revision)
    block = revision.blocks.filter(number=paragraph).first() if paragraph is not None else None
    start, end = (block.start, block.end) if block else (0, len(revision.text))
    return [passage(revision.text, *found) for found in places(revision.text, words, start, end)]
