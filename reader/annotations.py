"""A reader's notes as the resources of the W3C Web Annotation Protocol: listed, written, changed by whole states."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from reader import anchoring, notes
from reader.models import Colour, Document, Note, NoteQuerySet, Tag, User
from reader.note_export import read, row
from reader.note_formats import annotation, jsonld
from reader.note_formats.rows import IncomingNote, Quoted
from reader.note_import import checked
from reader.note_placing import Texts, place_all
from reader.note_shelf import Shelf
from reader.protocol import RefusedError


def own(user: User) -> NoteQuerySet:
    """Give the notes that are a reader's annotations, the oldest first."""
    return Note.objects.own(user).order_by("pk")


def on_target(user: User, target: str) -> NoteQuerySet:
    """Keep a reader's notes on the text at an address."""
    return own(user).filter(document=Shelf(user).find(target))


def address(uuid: UUID, site: str) -> str:
    """Give the address of an annotation."""
    return site + reverse("reader:annotation", args=[uuid])


def told(notes: NoteQuerySet, site: str) -> list[dict[str, Any]]:
    """Give notes as annotations."""
    found, made = read(notes)
    return [jsonld.annotation(row(note, made, site), address(note.uuid, site)) for note in found]


def told_one(note: Note, site: str) -> bytes:
    """Give a note as the bytes of an annotation, as it is in the database."""
    [told_note] = told(Note.objects.filter(pk=note.pk), site)
    return json.dumps({"@context": jsonld.CONTEXT} | told_note, ensure_ascii=False).encode()


@transaction.atomic
def add(user: User, data: Any) -> Note:
    """Write an annotation as a note. Raises RefusedError, BadItemError and what notes refuse."""
    _check_canonical(data)
    item = annotation.read(1, data)
    if not annotation.is_named(data):
        # Each time it is sent it is another one; in a file it would be the same.
        item = replace(item, uuid=uuid4())
    # The same annotation sent twice at once is written once.
    user.hold()
    known = Note.objects.written_by(user).filter(uuid=item.uuid).first()
    if known:
        raise RefusedError(410 if known.deleted else 409, _("This annotation is there already, or was deleted."))
    document = _text_of(user, item)
    body, tags = checked(item)
    note = Note(user=user, uuid=item.uuid, body=body, colour=item.colour or Colour.YELLOW, via=list(item.via))
    _place(note, document, item)
    note.save()
    Tag.objects.bulk_create(Tag(note=note, name=name) for name in tags or ())
    return note


def _text_of(user: User, item: IncomingNote) -> Document:
    """Give the text that an annotation is about. Raises RefusedError where it is none that is here."""
    if item.answers:
        raise RefusedError(400, _("A reply to an annotation cannot be written here: annotations are about texts."))
    document = Shelf(user).find(item.source)
    if document is None:
        words = _("The target “%(target)s” is no text that you can read here: name one by its page, as …%(page)s.")
        here = {"target": item.source[:200], "page": reverse("reader:document", args=["NAME"])}
        raise RefusedError(400, words % here)
    return document


def _check_canonical(data: Any) -> None:
    """Refuse a canonical name that could not be kept as it is: the protocol lets nobody change it."""
    canonical = data.get("canonical") if isinstance(data, dict) else None
    if canonical is not None and not (
        isinstance(canonical, str) and canonical.startswith("urn:uuid:") and annotation.OURS.match(canonical)
    ):
        raise RefusedError(400, _("A canonical name can only be kept if it reads urn:uuid:…"))


def _place(note: Note, document: Document, item: IncomingNote) -> None:
    """Let a note stand where its passage is, in a text that does not change meanwhile."""
    if not _says_where(item.passage):
        raise RefusedError(400, _("Say which passage it is about, by a TextQuoteSelector on the target."))
    note.document = anchoring.hold(document.pk)
    place_all(Texts(note.document), [(note, item.passage)])


def _says_where(passage: Quoted) -> bool:
    return bool(passage.quote.strip()) or (passage.start is not None and passage.revision is not None)


@transaction.atomic
def change(note: Note, data: Any) -> Note:
    """Give a note the state of an annotation. Raises RefusedError, BadItemError and what notes refuse."""
    _check_canonical(data)
    item = annotation.read(1, data)
    if Shelf(note.user).find(item.source) != note.document:
        raise RefusedError(409, _("A note stays on its text: delete it, and write another."))
    if "canonical" in data and item.uuid != note.uuid:
        raise RefusedError(409, _("The canonical name of an annotation stays as it is."))
    body, tags = checked(item)
    _name(note, data, list(item.via))
    _move(note, item)
    note.refresh_from_db()
    state: dict[str, Any] = {
        "body": body,
        "tags": tags or [],
        "colour": item.colour or note.colour,
        "group": note.group,
    }
    return notes.edit(note, version=note.version, **state)


def _name(note: Note, data: dict[str, Any], via: list[str]) -> None:
    """Keep what a note is called elsewhere. Raises RefusedError where that is known and would change."""
    if note.via and "via" in data and via != note.via:
        raise RefusedError(409, _("What an annotation is called elsewhere stays as it is."))
    if via and not note.via:
        note.via = via
        note.save(update_fields=["via"])


def _move(note: Note, item: IncomingNote) -> None:
    """Put a note on another passage, if the annotation names one."""
    wanted = Note()
    _place(wanted, note.document, item)
    if wanted.is_placed and not _stands_at(note, wanted):
        anchoring.attach(note, revision=wanted.revision, start=wanted.start, end=wanted.end)
    elif not wanted.is_placed and item.passage.quote not in ("", note.quote):
        raise RefusedError(400, _("The passage does not stand in the text."))


def _stands_at(note: Note, wanted: Note) -> bool:
    names = ("status", "revision", "start", "end")
    return all(getattr(note, name) == getattr(wanted, name) for name in names)
