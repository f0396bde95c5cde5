"""Unlisted links: made for chosen notes on one document, changed, and revoked."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from reader import naming, sharing
from reader.models import Document, Note, NoteQuerySet, Reply, SharedLink, SharedLinkQuerySet, User


def notes_for(user: User, document: Document) -> NoteQuerySet:
    """Give the notes that a reader can share by a link on a document: all of their own there."""
    return Note.objects.own(user).filter(document=document)


def documents_of(user: User) -> list[Document]:
    """Give the documents on which a reader can share notes, each with how many there are."""
    own = Q(notes__user=user, notes__deleted=None)
    return list(Document.objects.public().annotate(note_count=Count("notes", filter=own)).filter(note_count__gt=0))


def with_counts(links: SharedLinkQuerySet) -> SharedLinkQuerySet:
    """Let links know how many notes they show."""
    return links.select_related("document").annotate(note_count=Count("notes", filter=Q(notes__deleted=None)))


@transaction.atomic
def make(*, user: User, document: Document, name: str, allows_replies: bool, notes: Iterable[Note]) -> SharedLink:
    """Share some of a reader's notes on a document by an address of its own.

    Raises BadSharingError on a private document, and BadNameError.
    """
    sharing.check_public(document)
    link = SharedLink.objects.create(
        user=user, document=document, name=naming.check(name), allows_replies=allows_replies
    )
    link.notes.set(_own(link, notes))
    return link


@transaction.atomic
def change(link: SharedLink, *, name: str, allows_replies: bool, notes: Iterable[Note]) -> None:
    """Say anew under what name, which notes, and whether its readers can reply; its address stays.

    Raises BadSharingError without a note, and BadNameError.
    """
    said_there = Reply.objects.filter(link=link)
    others = said_there.exclude(user=link.user_id).values_list("name", flat=True)
    link.name, link.allows_replies = naming.check(name, others), allows_replies
    link.save(update_fields=["name", "allows_replies"])
    said_there.filter(user=link.user_id).update(name=link.name)
    deleted = link.notes.exclude(deleted=None)
    # A deleted note that comes back is where it was.
    link.notes.set([*_own(link, notes), *deleted])


def _own(link: SharedLink, notes: Iterable[Note]) -> list[Note]:
    chosen = list(notes_for(link.user, link.document).filter(pk__in=[note.pk for note in notes]))
    if not chosen:
        raise sharing.BadSharingError(_("Choose at least one note."))
    return chosen


def revoke(link: SharedLink) -> None:
    """End a link: its address leads nowhere from now on, and never will again."""
    link.delete()
