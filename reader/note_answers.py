"""What the page's script is told of notes."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.urls import reverse

from reader.markdown import to_html
from reader.models import Membership, Note, NoteQuerySet, ReadingGroup, User


def for_page(notes: NoteQuerySet) -> NoteQuerySet:
    """Let notes bring along all that is told of them; three queries for however many."""
    replies = Count("replies", filter=Q(replies__deleted=None))
    return notes.select_related("group").prefetch_related("tags").annotate(reply_count=replies)


def told(notes: Iterable[Note], viewer: User | AnonymousUser) -> list[dict[str, Any]]:
    """Give notes as the page's script takes them; those of others with the name that their author chose."""
    notes = list(notes)
    others = [note for note in notes if note.user_id != viewer.pk]
    members = Membership.objects.filter(group__in={note.group_id for note in others}) if others else []
    names = {(member.group_id, member.user_id): member.name for member in members}
    return [
        _told(note, names.get((note.group_id or 0, note.user_id)), mine=note.user_id == viewer.pk) for note in notes
    ]


def told_one(note: Note) -> dict[str, Any]:
    """Give a note as its author's page takes it, as it is in the database."""
    return told(for_page(Note.objects.filter(pk=note.pk)), note.user)[0]


def groups_of(user: User | AnonymousUser) -> list[dict[str, Any]]:
    """Give the groups a reader may share notes with."""
    groups = ReadingGroup.objects.filter(pk__in=Membership.objects.groups_of(user))
    may = groups.filter(Q(members_share=True) | Q(owner=user.pk))
    return [{"id": group.pk, "name": group.name} for group in may]


@lru_cache(4_096)
def _address(pk: int) -> str:
    """Thousands of addresses take longer to be made than the notes to be read."""
    return reverse("reader:note-edit", args=[pk])


def _told(note: Note, author: str | None, *, mine: bool) -> dict[str, Any]:
    proposal = {"start": note.proposed_start, "end": note.proposed_end} if note.proposed_end else None
    return {
        "id": note.pk,
        "uuid": str(note.uuid),
        "start": note.start,
        "end": note.end,
        "quote": note.quote,
        "body": note.body,
        "html": to_html(note.body),
        "colour": note.colour,
        "tags": [tag.name for tag in note.tags.all()],
        "status": note.status,
        "proposal": proposal,
        "version": note.version,
        "mine": mine,
        "author": author,
        "group": {"id": note.group.pk, "name": note.group.name} if note.group else None,
        "replies": getattr(note, "reply_count", 0),
        "modified": note.modified.isoformat(),
        "url": _address(note.pk),
    }
