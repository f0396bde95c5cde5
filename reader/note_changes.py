"""Many notes changed at once: tags put and taken, colours set, notes deleted; each change can be undone as one.

What undoes a change is a list of the steps that lead back. It lies aside for an hour, so it is plain data.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.models import Colour, Note, NoteQuerySet, Reply, Tag, User
from reader.notes import MOST_TAGS, BadNoteError, check_tags, purge
from zhtext.fold import fold

Step = tuple[str, Any, list[int]]
# A step that gives notes another colour says which one they must still have.
FROM_COLOUR = "colour:"
# A step that lets a note say what it said before says which version it must still be.
WAS = "was:"


@dataclass(slots=True)
class Change:
    """What became of many notes: how many were changed and how many were not, and the steps that lead back."""

    changed: int = 0
    refused: int = 0
    back: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TagCount:
    """One tag of a reader, as it is written most often, with how many notes have it."""

    name: str
    count: int


@transaction.atomic
def add_tag(notes: NoteQuerySet, typed: str) -> Change:
    """Put a tag on notes; those that have it stay, and those that have as many as a note can have are counted.

    Raises BadNoteError where it is no tag.
    """
    name = one_tag(typed)
    pks = notes.hold()
    have = {pk for pk, known in _tags_of(pks) if fold(known) == fold(name)}
    room = [pk for pk in _with_room(pks) if pk not in have]
    _put(name, room)
    return Change(len(room), len(pks) - len(have) - len(room), [("take", name, room)])


@transaction.atomic
def remove_tag(notes: NoteQuerySet, typed: str) -> Change:
    """Take a tag off notes, however it is spelled there. Raises BadNoteError where it is no tag."""
    steps = _take_all(one_tag(typed), notes.hold())
    return Change(sum(len(pks) for _kind, _name, pks in steps), 0, steps)


@transaction.atomic
def rename_tag(notes: NoteQuerySet, old: str, new: str) -> Change:
    """Call a tag something else; where there is one of the new name already, the two become one.

    Raises BadNoteError where one of both is no tag.
    """
    name, pks = one_tag(new), notes.hold()
    steps = _take_all(one_tag(old), pks)
    touched = [pk for _kind, _name, with_it in steps for pk in with_it]
    have = {pk for pk, known in _tags_of(touched) if fold(known) == fold(name)}
    fresh = [pk for pk in touched if pk not in have]
    _put(name, fresh)
    return Change(len(touched), 0, [("take", name, fresh), *steps])


@transaction.atomic
def set_colour(notes: NoteQuerySet, colour: str) -> Change:
    """Give notes a colour. Raises BadNoteError where there is none such."""
    if colour not in Colour.values:
        raise BadNoteError(_("There is no such colour."))
    before: dict[str, list[int]] = {}
    others = Note.objects.filter(pk__in=notes.hold()).exclude(colour=colour)
    for pk, had in others.order_by().values_list("pk", "colour"):
        before.setdefault(had, []).append(pk)
    for pks in before.values():
        _paint(colour, pks)
    steps = [(f"{FROM_COLOUR}{colour}", had, pks) for had, pks in before.items()]
    return Change(sum(map(len, before.values())), 0, steps)


@transaction.atomic
def delete(notes: NoteQuerySet) -> Change:
    """Delete notes; they can be brought back as one."""
    pks = notes.hold()
    Note.objects.filter(pk__in=pks).update(deleted=timezone.now())
    purge()
    return Change(len(pks), 0, [("restore", "", pks)])


@transaction.atomic
def undo(user: User, steps: Iterable[Sequence[Any]]) -> int:
    """Go the steps of a change back, and give how many notes that touched.

    What was erased since stays so, and what has another colour or all the tags it can have since keeps them.
    """
    steps, touched = list(steps), set[int]()
    noted = {pk for kind, _value, keys in steps if kind != "unsay" for pk in keys}
    # All at once, so that they are locked in the order in which everybody locks them.
    own = set(Note.objects.written_by(user).filter(pk__in=noted).hold())
    for kind, value, keys in steps:
        if kind == "unsay":
            Reply.objects.written_by(user).filter(pk__in=keys).delete()
            continue
        pks = _still(kind, [pk for pk in keys if pk in own])
        touched.update(pks)
        if kind == "take":
            _take(value, pks)
        elif kind == "put":
            _put(value, pks)
        elif kind.startswith(FROM_COLOUR):
            _paint(value, pks)
        elif kind == "restore":
            Note.objects.filter(pk__in=pks).update(deleted=None)
        elif kind == "delete":
            Note.objects.filter(pk__in=pks).update(deleted=timezone.now())
        elif kind.startswith(WAS):
            _give_back(pks, value)
    return len(touched)


def _give_back(pks: list[int], had: dict[str, Any]) -> None:
    """Let a note say again what it said before it was changed."""
    for note in Note.objects.filter(pk__in=pks):
        note.body, note.colour, note.version = had["body"], had["colour"], note.version + 1
        note.deleted = datetime.fromisoformat(had["deleted"]) if had["deleted"] else None
        note.save(update_fields=["body", "colour", "version", "deleted", "modified"])
        note.tags.all().delete()
        Tag.objects.bulk_create(Tag(note=note, name=name) for name in had["tags"])


def _still(kind: str, pks: list[int]) -> list[int]:
    """Keep the notes for which a step back takes nothing away that was done since."""
    if kind.startswith(FROM_COLOUR):
        return Note.objects.filter(pk__in=pks, colour=kind.removeprefix(FROM_COLOUR)).hold()
    if kind.startswith(WAS):
        return Note.objects.filter(pk__in=pks, version=int(kind.removeprefix(WAS))).hold()
    if kind == "delete":
        # What came in and was edited since is its author's by now.
        return Note.objects.filter(pk__in=pks, version=1, deleted=None).hold()
    return _with_room(pks) if kind == "put" else pks


def tag_counts(notes: NoteQuerySet) -> list[TagCount]:
    """Give the tags of notes, the commonest first; one query."""
    spelled: dict[str, dict[str, int]] = {}
    names = Tag.objects.filter(note__in=notes.order_by()).order_by().values_list("name").annotate(Count("pk"))
    for name, count in names:
        spelled.setdefault(fold(name), {})[name] = count
    counted = [
        TagCount(min(each, key=lambda name: (-each[name], name)), sum(each.values())) for each in spelled.values()
    ]
    return sorted(counted, key=lambda tag: (-tag.count, tag.name))


def one_tag(typed: str) -> str:
    """Give what was typed as one tag. Raises BadNoteError where it is none, or more than one."""
    names = check_tags([typed])
    if len(names) != 1:
        raise BadNoteError(_("Write one tag.") if names else _("Write a tag first."))
    return names[0]


def _tags_of(pks: Sequence[int]) -> list[tuple[int, str]]:
    return list(Tag.objects.filter(note__in=pks).order_by().values_list("note", "name"))


def _take_all(name: str, pks: Sequence[int]) -> list[Step]:
    """Take a tag off in every spelling; gives the steps that put each back."""
    having: dict[str, list[int]] = {}
    for pk, known in _tags_of(pks):
        if fold(known) == fold(name):
            having.setdefault(known, []).append(pk)
    for known, with_it in having.items():
        _take(known, with_it)
    return [("put", known, with_it) for known, with_it in having.items()]


def _with_room(pks: Sequence[int]) -> list[int]:
    """Keep the notes that can have one more tag."""
    counts = Note.objects.filter(pk__in=pks).order_by().annotate(many=Count("tags")).values_list("pk", "many")
    return [pk for pk, many in counts if many < MOST_TAGS]


def _put(name: str, pks: Sequence[int]) -> None:
    Tag.objects.bulk_create([Tag(note_id=pk, name=name) for pk in pks], ignore_conflicts=True)
    _bump(pks)


def _take(name: str, pks: Sequence[int]) -> None:
    Tag.objects.filter(note__in=pks, name=name).delete()
    _bump(pks)


def _paint(colour: str, pks: Sequence[int]) -> None:
    Note.objects.filter(pk__in=pks).update(colour=colour)
    _bump(pks)


def _bump(pks: Sequence[int]) -> None:
    """Let whoever has one of the notes open in another window be told that it has changed."""
    Note.objects.filter(pk__in=pks).update(version=F("version") + 1, modified=timezone.now())
