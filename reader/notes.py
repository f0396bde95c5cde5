"""Notes: written on a span, changed without overwriting what another window wrote, deleted and brought back."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reader import anchoring, sharing
from reader.models import LONGEST_TAG, Colour, Document, Note, ReadingGroup, Tag, User
from zhtext.characters import REFUSED

LONGEST_BODY = 10_000
MOST_TAGS = 20
# How long a deleted note can be brought back.
UNDO_DAYS = 30
TAG_BORDER = re.compile(r"[,，、\n]")


class BadNoteError(ValueError):
    """A note that cannot be kept, in words for its author."""


class ConflictError(BadNoteError):
    """A note that was changed or deleted elsewhere since its author saw it; holds it as it is now."""

    def __init__(self, note: Note) -> None:
        changed = _("This note was changed in another window. Both versions are here: choose what to keep.")
        deleted = _("This note was deleted in another window. What you wrote is here: choose whether to keep it.")
        super().__init__(deleted if note.deleted else changed)
        self.note = note


# What says why a note is not kept, in words for its author.
REFUSALS = (BadNoteError, anchoring.BadPlaceError, sharing.BadSharingError)


def check_body(body: str) -> str:
    """Give the body back if it can be kept. Raises BadNoteError."""
    if len(body) > LONGEST_BODY:
        raise BadNoteError(
            _("A note can have %(most)d characters; this one has %(have)d.") % {"most": LONGEST_BODY, "have": len(body)}
        )
    if REFUSED.search(body):
        raise BadNoteError(_("The note holds a character that cannot be stored."))
    return body


def split_tags(typed: str) -> list[str]:
    """Cut what was typed into tags, at commas of either width, 、 and line ends.

    >>> split_tags("缩放定律， to read、")
    ['缩放定律', 'to read']
    """
    return [tag for part in TAG_BORDER.split(typed) if (tag := " ".join(part.split()))]


def check_tags(tags: Iterable[str]) -> list[str]:
    """Give tags as they are kept: NFC, each once, whatever its case. Raises BadNoteError."""
    kept: dict[str, str] = {}
    for tag in tags:
        for name in split_tags(unicodedata.normalize("NFC", tag)):
            kept.setdefault(name.casefold(), name)
    if len(kept) > MOST_TAGS:
        raise BadNoteError(_("A note can have %(most)d tags.") % {"most": MOST_TAGS})
    for name in kept.values():
        if len(name) > LONGEST_TAG:
            raise BadNoteError(
                _("A tag can have %(most)d characters; “%(tag)s…” has more.") % {"most": LONGEST_TAG, "tag": name[:20]}
            )
        if REFUSED.search(name):
            raise BadNoteError(_("A tag holds a character that cannot be stored."))
    return list(kept.values())


@transaction.atomic
def add(
    *,
    user: User,
    document: Document,
    revision: int,
    start: int,
    end: int,
    body: str,
    colour: str = Colour.YELLOW,
    tags: Iterable[str] = (),
    group: ReadingGroup | None = None,
    uuid: UUID | None = None,
) -> Note:
    """Write a note on a span of the revision its author saw; a span of an older revision is mapped forward.

    The same uuid again, as when a browser did not hear the answer, changes nothing. Raises ConflictError where the
    note of that uuid is deleted or says something else by now, BadNoteError where the note cannot be kept, and
    BadPlaceError where the span is none, or its words or the text are gone.
    """
    body, names = check_body(body), check_tags(tags)
    _check_colour(colour)
    # Locked, so that the text does not change under the note.
    document = anchoring.hold(document.pk)
    sharing.check_may_share(user, group, document)
    known = Note.objects.filter(user=user, uuid=uuid).first() if uuid else None
    if known:
        return _same(known, body, colour, group, names)
    number, selector = anchoring.selector_at(document, revision, start, end)
    note = Note(user=user, document=document, body=body, colour=colour, group=group, uuid=uuid or uuid4())
    anchoring.place(note, number, selector)
    note.save()
    Tag.objects.bulk_create(Tag(note=note, name=name) for name in names)
    return note


def _same(known: Note, body: str, colour: str, group: ReadingGroup | None, names: list[str]) -> Note:
    """Give a known note back if it says the very same; where it stands is left out, as it may have been mapped."""
    says = (known.body, known.colour, known.group, [tag.name for tag in known.tags.all()])
    if known.deleted or says != (body, colour, group, names):
        raise ConflictError(known)
    return known


@transaction.atomic
def edit(
    note: Note,
    *,
    version: int,
    body: str,
    group: ReadingGroup | None,
    colour: str | None = None,
    tags: Iterable[str] | None = None,
) -> Note:
    """Change what a note says and whom it is for; a colour or tags that are None stay.

    The version is the one its author saw. Raises ConflictError where there is a newer one that says something else,
    and BadNoteError where the note cannot be kept.
    """
    body, names = check_body(body), None if tags is None else check_tags(tags)
    if group and group.pk != note.group_id:
        sharing.hold(group)
    note = Note.objects.select_for_update(of=("self",)).select_related("document").get(pk=note.pk)
    wanted = (body, colour or note.colour, group)
    _check_colour(wanted[1])
    had = [tag.name for tag in note.tags.all()]
    if (note.body, note.colour, note.group) == wanted and names in (None, had):
        return note
    if version != note.version:
        raise ConflictError(note)
    if wanted[2] != note.group:
        sharing.check_may_share(note.user, wanted[2], note.document)
    note.body, note.colour, note.group = wanted
    note.version += 1
    note.save(update_fields=["body", "colour", "group", "version", "modified"])
    if names not in (None, had):
        note.tags.all().delete()
        Tag.objects.bulk_create(Tag(note=note, name=name) for name in names or ())
    return note


def _check_colour(colour: str) -> None:
    if colour not in Colour.values:
        raise BadNoteError(_("There is no such colour."))


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
    old = Note.objects.filter(deleted__lt=limit)
    erased = old.count()
    old.delete()
    return erased
