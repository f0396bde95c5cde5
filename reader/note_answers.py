"""What the page's script is told of notes."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q
from django.urls import reverse

from reader.markdown import to_html
from reader.models import Membership, Note, NoteQuerySet, ReadingGroup, Reply, SharedLink, User


def for_page(notes: NoteQuerySet) -> NoteQuerySet:
    """Let notes bring along what is told of them; two queries for however many."""
    return notes.select_related("group").prefetch_related("tags").annotate(text_revision=F("document__revision"))


def told(notes: Iterable[Note], viewer: User | AnonymousUser, link_token: str = "") -> list[dict[str, Any]]:
    """Give notes as the page's script takes them, each with how many replies the viewer sees.

    Those of others have the name that their author chose: in the group they and the viewer are in, or else for the
    link by which the viewer came.
    """
    notes = list(notes)
    others = [note for note in notes if note.user_id != viewer.pk]
    names = _names_in_groups(others, viewer)
    link = SharedLink.objects.open_to(viewer, link_token).first() if others else None
    counts, linked = _reply_counts(notes, viewer, link_token), _linked(viewer)
    return [
        {"replies": counts.get(note.pk, 0)}
        | (
            _told_own(note, is_linked=note.pk in linked)
            if note.user_id == viewer.pk
            else _told_other(note, names.get((note.group_id, note.user_id)), link, viewer)
        )
        for note in notes
    ]


def _reply_counts(notes: list[Note], viewer: User | AnonymousUser, link_token: str) -> dict[int, int]:
    """Count the replies that a viewer sees; once for all notes, for beside each note it would be asked anew."""
    seen = Reply.objects.visible_to(viewer, link_token).filter(note__document__in={note.document_id for note in notes})
    return dict(seen.order_by().values_list("note").annotate(number=Count("pk")))


def _linked(viewer: User | AnonymousUser) -> set[int]:
    """Give the numbers of the viewer's own notes that some link of theirs shows."""
    shown = SharedLink.objects.visible_to(viewer).values_list("notes", flat=True)
    return {number for number in shown if number}


def _names_in_groups(notes: list[Note], viewer: User | AnonymousUser) -> dict[tuple[int | None, int], str]:
    """Give the names of the authors of notes in the groups that the viewer is in, too."""
    if not notes or not viewer.is_authenticated:
        return {}
    groups = Membership.objects.groups_of(viewer).filter(group__in={note.group_id for note in notes})
    members = Membership.objects.filter(group__in=groups, user__in={note.user_id for note in notes})
    return {(member.group_id, member.user_id): member.name for member in members}


def told_one(note: Note) -> dict[str, Any]:
    """Give a note as its author's page takes it, as it is in the database."""
    return told(for_page(Note.objects.filter(pk=note.pk)), note.user)[0]


def groups_of(user: User | AnonymousUser) -> list[dict[str, Any]]:
    """Give the groups a reader may share notes with."""
    groups = ReadingGroup.objects.visible_to(user)
    may = groups.filter(Q(members_share=True) | Q(owner=user.pk))
    return [{"id": group.pk, "name": group.name} for group in may]


@lru_cache(4_096)
def _address(pk: int) -> str:
    """Thousands of addresses take longer to be made than the notes to be read."""
    return reverse("reader:note-edit", args=[pk])


def _told_own(note: Note, *, is_linked: bool) -> dict[str, Any]:
    """Tell a note to its author, with whom it is shared, too."""
    return _told(note) | {
        "mine": True,
        "author": None,
        "group": _group(note.group),
        "linked": is_linked,
        "may_reply": note.group is not None or is_linked,
    }


def _told_other(note: Note, name: str | None, link: SharedLink | None, viewer: User | AnonymousUser) -> dict[str, Any]:
    """Tell a note of somebody else's; with what else it is shared is nobody's business."""
    group = note.group if name is not None else None
    in_group = group is not None and (group.allows_replies or group.owner_id == viewer.pk)
    under_link = link is not None and link.user_id == note.user_id and link.allows_replies
    return _told(note) | {
        "mine": False,
        "author": name or (link.name if link else None),
        "group": _group(group),
        "linked": False,
        "may_reply": in_group or under_link,
    }


def _group(group: ReadingGroup | None) -> dict[str, Any] | None:
    return {"id": group.pk, "name": group.name} if group else None


def _told(note: Note) -> dict[str, Any]:
    where = {"revision": getattr(note, "text_revision", 0), "start": note.proposed_start, "end": note.proposed_end}
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
        "proposal": where if note.proposed_end else None,
        "version": note.version,
        "modified": note.modified.isoformat(),
        "url": _address(note.pk),
    }
