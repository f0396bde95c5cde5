"""Notes on their way in, all or nothing: known ones are found by their uuid, new ones get a place or wait for one.

The same file again changes nothing. What is newer here than in the file stays as it is.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Manager
from django.utils import timezone
from django.utils.translation import gettext as _

from reader import anchoring, notes
from reader.models import LONGEST_NAME, Colour, Document, Note, Reply, Tag, User
from reader.note_arrivals import Arrival, Outcome, Report
from reader.note_changes import WAS, Step
from reader.note_formats.rows import BadFileError, IncomingNote, Quoted
from reader.note_placing import Texts, place_all
from reader.note_shelf import Shelf, check_found

Row = TypeVar("Row", Note, Reply)
BATCH = 200


def bring_in(
    user: User,
    items: Sequence[IncomingNote],
    *,
    document: Document | None = None,
    leave_out: bool = False,
    dry_run: bool = False,
) -> Report:
    """Bring the notes of a file in, as private notes of a reader; a dry run only tells what would be.

    Notes on texts that are not here stand on the document that is given, or are left out where that is wanted.
    Raises BadFileError with all that is wrong, having changed nothing.
    """
    # Looking for places is most of the work: done before the transaction, it keeps nobody else from writing.
    coming = _Coming(user, items, Shelf(user, document), leave_out=leave_out)
    if not dry_run:
        with transaction.atomic():
            # The same file confirmed twice at once comes in once.
            user.hold()
            # Where a text, a note or a reply has changed meanwhile, what was gathered may not hold any more.
            if coming.is_overtaken():
                coming = _Coming(user, items, Shelf(user, document), leave_out=leave_out)
            coming.write()
    return coming.report


Said = tuple[str, list[str] | None]


def checked(item: IncomingNote) -> Said:
    """Give body and tags of an item as they are kept; no list where nothing is said of tags. Raises BadNoteError."""
    if len(item.passage.quote) > anchoring.LONGEST_QUOTE:
        raise notes.BadNoteError(_("The passage is longer than a note can have."))
    body = f"{item.body}\n\n— {item.author}".strip() if item.author and not item.answers else item.body
    return notes.check_body(body), None if item.tags is None else notes.check_tags(item.tags)


class _Coming:
    """What a file would change, gathered before anything is written."""

    def __init__(self, user: User, items: Sequence[IncomingNote], shelf: Shelf, *, leave_out: bool) -> None:
        self.user, self.report, self.now = user, Report(), timezone.now()
        self._shelf = shelf
        self._said = _check_all(items)
        every = [uuid for item in items for uuid in (item.uuid, *item.answers[:1])]
        self._own = Note.objects.written_by(user).filter(uuid__in=every)
        self._known = {note.uuid: note for note in self._own.prefetch_related("tags")}
        self._seen = {(uuid, note.version, note.deleted) for uuid, note in self._known.items()}
        on_passages, answers = self._parted(items)
        kept = self._kept(on_passages, leave_out=leave_out)
        self._tags: dict[UUID, list[str]] = {}
        self._changed: list[Note] = []
        self._before: list[tuple[Note, dict[str, Any]]] = []
        self._new: list[Note] = []
        self._named: list[Note] = []
        self._gather(kept)
        self._answers = self._answers_now()
        self._replies = [reply for item in answers if (reply := self._reply(item))]
        self.report.arrivals.sort(key=lambda arrival: arrival.item)

    def _parted(self, items: Sequence[IncomingNote]) -> tuple[list[IncomingNote], list[IncomingNote]]:
        """Part notes from replies to them; a reply to what is neither here nor in the file is a note by itself."""
        notes_in_file = {item.uuid for item in items if not item.answers}
        answers = [item for item in items if item.answers and item.answers[0] in notes_in_file | self._known.keys()]
        replying = {item.item for item in answers}
        return [item for item in items if item.item not in replying], answers

    def _kept(self, items: list[IncomingNote], *, leave_out: bool) -> list[IncomingNote]:
        """Give the items whose text is here. Raises BadFileError where others may not be left out."""
        unknown = [item for item in items if item.uuid not in self._known]
        if not leave_out:
            check_found(self._shelf, unknown)
        missing = {item.item for item in unknown if self._shelf.find(item.source) is None}
        self.report.left_out.update(item.source for item in items if item.item in missing)
        return [item for item in items if item.item not in missing]

    def _gather(self, items: list[IncomingNote]) -> None:
        """Make new notes with their places, and change known ones."""
        on_document: dict[Document, list[tuple[Note, Quoted]]] = {}
        for item in items:
            note = self._known.get(item.uuid)
            outcome = self._named_outcome(note, item) if note else Outcome.NEW
            if note is None:
                note = self._made(item)
                on_document.setdefault(note.document, []).append((note, item.passage))
            self.report.arrivals.append(Arrival(item.item, outcome, note))
        for document, arriving in on_document.items():
            place_all(Texts(document), arriving)

    def _made(self, item: IncomingNote) -> Note:
        body, tags = self._said[item.item]
        self._tags[item.uuid] = tags or []
        document = self._shelf.find(item.source)
        note = Note(user=self.user, document=document, uuid=item.uuid, body=body, colour=item.colour or Colour.YELLOW)
        note.via = list(item.via)
        note.created, note.modified = self._moments(item)
        self._new.append(note)
        self._known[item.uuid] = note
        return note

    def _moments(self, item: IncomingNote) -> tuple[datetime, datetime]:
        created = min(item.created or item.modified or self.now, self.now)
        return created, min(item.modified or created, self.now)

    def _named_outcome(self, note: Note, item: IncomingNote) -> Outcome:
        """Tell what becomes of a note that is here already; one that has come without it learns its name elsewhere."""
        outcome = self._known_outcome(note, item)
        if note.via or not item.via:
            return outcome
        note.via = list(item.via)
        self._named.append(note)
        return Outcome.CHANGED if outcome is Outcome.UNCHANGED else outcome

    def _known_outcome(self, note: Note, item: IncomingNote) -> Outcome:
        """Tell what becomes of a note that is here already, and change it so; a file that says no date is not newer."""
        body, tags = self._said[item.item]
        same = note.body == body and item.colour in (None, note.colour)
        same = same and (tags is None or {tag.name for tag in note.tags.all()} == set(tags))
        newer = item.modified is not None and item.modified > note.modified
        was_deleted = note.deleted is not None
        if was_deleted or (newer and not same):
            had = {"body": note.body, "colour": note.colour, "tags": [tag.name for tag in note.tags.all()]}
            self._before.append((note, had | {"deleted": note.deleted and note.deleted.isoformat()}))
            note.deleted = None
            self._changed.append(note)
        if newer and not same:
            note.body, note.colour, note.modified = body, item.colour or note.colour, self._moments(item)[1]
            note.version += 1
            if tags is not None:
                self._tags[note.uuid] = tags
        if was_deleted:
            return Outcome.BACK
        return Outcome.UNCHANGED if same else Outcome.CHANGED if newer else Outcome.NEWER

    def _reply(self, item: IncomingNote) -> Reply | None:
        """Make a reply to a note, unless it is there already or its note is left out."""
        note = self._known.get(item.answers[0])
        if note is None:
            self.report.left_out[item.source] += 1
            return None
        name = (item.author or self.user.get_username())[:LONGEST_NAME]
        reply = Reply(note=note, user=self.user, name=name, body=self._said[item.item][0])
        is_there = (note.pk, reply.name, reply.body) in self._answers
        self.report.arrivals.append(Arrival(item.item, Outcome.UNCHANGED if is_there else Outcome.REPLY, note))
        reply.created, reply.modified = self._moments(item)
        return None if is_there else reply

    def _answers_now(self) -> set[tuple[int, str, str]]:
        """Give the reader's replies to these notes, by what tells one from another."""
        there = Reply.objects.filter(user=self.user, note__in=self._own)
        return set(there.values_list("note", "name", "body"))

    def is_overtaken(self) -> bool:
        """Tell whether a text, a note or a reply is another than it was; none changes until the transaction ends."""
        seen = {(note.document.pk, note.document.revision) for note in self._new}
        texts = Document.objects.select_for_update().filter(pk__in={pk for pk, _number in seen}).order_by("pk")
        own = self._own.select_for_update().order_by("pk").values_list("uuid", "version", "deleted")
        is_other = seen != set(texts.values_list("pk", "revision")) or self._seen != set(own)
        return is_other or self._answers != self._answers_now()

    def write(self) -> None:
        """Write all that was gathered."""
        _create(Note.objects, self._new)
        _create(Reply.objects, self._replies)
        fields = ["body", "colour", "version", "deleted", "modified"]
        Note.objects.bulk_update(self._changed, fields, batch_size=BATCH)
        Note.objects.bulk_update(self._named, ["via"], batch_size=BATCH)
        Tag.objects.filter(note__in=[note for note in self._changed if note.uuid in self._tags]).delete()
        said = [(note, self._tags.get(note.uuid, ())) for note in (*self._new, *self._changed)]
        Tag.objects.bulk_create([Tag(note=note, name=name) for note, tags in said for name in tags], batch_size=BATCH)
        self.report.back = self._steps_back()

    def _steps_back(self) -> list[Step]:
        """Give the steps by which all of it is undone."""
        steps: list[Step] = [(f"{WAS}{note.version}", had, [note.pk]) for note, had in self._before]
        steps.append(("delete", "", [note.pk for note in self._new]))
        steps.append(("unsay", "", [reply.pk for reply in self._replies]))
        return [step for step in steps if step[2]]


def _create(manager: Manager[Row], rows: Sequence[Row]) -> None:
    """Write new rows; Django dates them as of now, so that they are dated afterwards."""
    moments = [(row.created, row.modified) for row in rows]
    manager.bulk_create(rows, batch_size=BATCH)
    for row, (created, modified) in zip(rows, moments, strict=True):
        row.created, row.modified = created, modified
    manager.bulk_update(rows, ["created", "modified"], batch_size=BATCH)


def _check_all(items: Iterable[IncomingNote]) -> dict[int, Said]:
    """Give body and tags of all items by their numbers. Raises BadFileError with all that cannot be kept."""
    said: dict[int, Said] = {}
    problems: list[str] = []
    first: dict[UUID, int] = {}
    for item in items:
        try:
            said[item.item] = checked(item)
        except notes.BadNoteError as error:
            problems.append(_("Item %(number)d: %(problem)s") % {"number": item.item, "problem": error})
        if first.setdefault(item.uuid, item.item) != item.item:
            both = {"number": item.item, "other": first[item.uuid]}
            problems.append(_("Item %(number)d is the same annotation as item %(other)d.") % both)
    if problems:
        raise BadFileError(problems)
    return said
