"""Where notes stand: carried along when a text changes, and put where their author says.

A note whose words are gone keeps the last place that had them, and is looked for again in every later revision: words
that come back bring their notes back.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from reader.carrying import carried
from reader.models import AnchorEnd, Document, FormerAnchor, Note, NoteStatus, Revision
from zhtext import anchor

LONGEST_QUOTE = 5_000
# The revision of a note from elsewhere whose words stand in no text that is here, nor ever did.
NOWHERE = 0
PLACE_FIELDS = ["revision", "start", "end", "quote", "prefix", "suffix", "status", "proposed_start", "proposed_end"]


class BadPlaceError(ValueError):
    """A place where no note can stand, in words for its author."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a new text would do to the notes on a document, in numbers of notes."""

    unmoved: int = 0
    moved: int = 0
    reworded: int = 0
    lost: int = 0
    back: int = 0
    # Those that had no place before and still have none.
    absent: int = 0

    @property
    def total(self) -> int:
        """Give how many notes there are."""
        return self.unmoved + self.moved + self.reworded + self.lost + self.back + self.absent

    @property
    def is_felt(self) -> bool:
        """Tell whether an author of a note would want to know of it: more happens than that notes move along."""
        return bool(self.reworded or self.lost or self.back)


def hold(document: int) -> Document:
    """Lock a text until the transaction ends, as it is now. Raises BadPlaceError where it is gone."""
    held = Document.objects.select_for_update().filter(pk=document).first()
    if held is None:
        raise BadPlaceError(_("This text is gone, so no note can be put on it any more."))
    return held


def selector_at(document: Document, revision: int, start: int, end: int) -> tuple[int, anchor.Selector]:
    """Describe a span of the revision its author saw in the text of today, whose number is given with it.

    Raises BadPlaceError where the span is none, or its words are gone.
    """
    seen = document.revisions.filter(number=revision).first()
    if seen is None or not 0 <= start < end <= len(seen.text) or end - start > LONGEST_QUOTE:
        raise BadPlaceError(_("This passage does not exist."))
    current = seen if revision == document.revision else document.revisions.get(number=document.revision)
    place = (start, end) if current is seen else anchor.reanchor(seen.text, current.text, [(start, end)])[0]
    if place is None:
        raise BadPlaceError(_("The text has changed and this passage is gone; reload the page and select it anew."))
    return current.number, anchor.describe(current.text, *place)


def place(note: Note, revision: int, selector: anchor.Selector) -> None:
    """Let a note stand at a described span of a revision; it is not saved."""
    note.revision, note.start, note.end = revision, selector.start, selector.end
    note.quote, note.prefix, note.suffix = selector.quote, selector.prefix, selector.suffix
    note.status, note.proposed_start, note.proposed_end = NoteStatus.PLACED, None, None


@transaction.atomic
def attach(note: Note, *, revision: int, start: int, end: int) -> Note:
    """Put a note on another passage; where it stood is kept. Raises BadPlaceError."""
    document = hold(note.document_id)
    note = Note.objects.select_for_update().get(pk=note.pk)
    number, selector = selector_at(document, revision, start, end)
    former = _former(note, AnchorEnd.ATTACHED)
    former.save()
    place(note, number, selector)
    note.version += 1
    note.save(update_fields=[*PLACE_FIELDS, "version", "modified"])
    return note


@transaction.atomic
def undo_attach(note: Note) -> Note:
    """Put a note back to where it stood before its author put it elsewhere. Raises BadPlaceError where it did not."""
    document = hold(note.document_id)
    note = Note.objects.select_for_update().get(pk=note.pk)
    former = note.former_anchors.filter(reason=AnchorEnd.ATTACHED).first()
    if former is None:
        raise BadPlaceError(_("This note was not put elsewhere."))
    for name in ("revision", "start", "end", "quote", "prefix", "suffix"):
        setattr(note, name, getattr(former, name))
    note.former_anchors.filter(pk__gte=former.pk).delete()
    revision = document.revisions.get(number=document.revision)
    if former.status == NoteStatus.PLACED and note.revision == revision.number:
        note.status, note.proposed_start, note.proposed_end = NoteStatus.PLACED, None, None
    elif note.revision == NOWHERE:
        look_for(note, revision)
    else:
        settle([note], document.revisions.get(number=note.revision).text, revision)
    note.version += 1
    note.save(update_fields=[*PLACE_FIELDS, "version", "modified"])
    return note


def carry_over(revision: Revision) -> None:
    """Place all notes of a document in its new revision; those whose words are gone lose their place.

    Runs inside the transaction that stores the revision.
    """
    # Locked first, so that storing their places brings no note back that is erased meanwhile.
    Note.objects.filter(document=revision.document).hold()
    readers = _readers_of(revision.document)
    formers: list[FormerAnchor] = []
    notes: list[Note] = []
    stays: list[int] = []
    for number, group in _by_revision(carried(Note.objects.all(), revision)):
        text = revision.document.revisions.get(number=number).text
        former = {note.pk: _former(note, AnchorEnd.REVISED) for note, _place in group}
        _set_places(group, text, revision)
        for note, _place in group:
            if note.user_id not in readers:
                _tell_nothing_new(note, former[note.pk])
        notes += [note for note, _place in group if not _only_goes_on(note, former[note.pk])]
        stays += [note.pk for note, _place in group if _only_goes_on(note, former[note.pk])]
        formers += [former[note.pk] for note, _place in group if _has_changed(note, former[note.pk])]
    for note in Note.objects.filter(document=revision.document, revision=NOWHERE, user__in=readers):
        look_for(note, revision)
        notes.append(note)
    FormerAnchor.objects.bulk_create(formers)
    Note.objects.filter(pk__in=stays).update(revision=revision.number)
    # They are all there, so all of them conflict: a tenth of what bulk_update costs.
    Note.objects.bulk_create(notes, update_conflicts=True, unique_fields=["pk"], update_fields=PLACE_FIELDS)


def _readers_of(document: Document) -> set[int]:
    """Give those with notes on a document who may still read it."""
    authors = set(Note.objects.filter(document=document).values_list("user", flat=True))
    return authors if document.public else authors & {document.owner_id}


def _tell_nothing_new(note: Note, former: FormerAnchor) -> None:
    """Take back from a placed note what its author may not read: it keeps to the words it knows, or loses its place."""
    if note.is_placed and note.quote == former.quote:
        note.prefix, note.suffix = former.prefix, former.suffix
        return
    for name in ("revision", "start", "end", "quote", "prefix", "suffix"):
        setattr(note, name, getattr(former, name))
    note.status, note.proposed_start, note.proposed_end = NoteStatus.ORPHANED, None, None


def effects(document: Document, text: str) -> dict[int, Effect]:
    """Tell what a new text would do to the notes on a document, by their authors, without changing anything."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    coming = Revision(document=document, number=document.revision + 1, text=text)
    for note, found in carried(Note.objects.filter(deleted__isnull=True), coming):
        counts[note.user_id][_outcome(note, found, text)] += 1
    for note in Note.objects.filter(document=document, revision=NOWHERE, deleted__isnull=True):
        look_for(note, coming)
        counts[note.user_id]["back" if note.is_placed else "absent"] += 1
    return {author: Effect(**counted) for author, counted in counts.items()}


def effect(document: Document, text: str) -> Effect:
    """Tell what a new text would do to all notes on a document: to who runs the service only (see foretold)."""
    each = [asdict(one) for one in effects(document, text).values()]
    return Effect(**{name: sum(one[name] for one in each) for name in asdict(Effect())})


def _outcome(note: Note, found: tuple[int, int] | None, text: str) -> str:
    if found is None:
        return "lost" if note.is_placed else "absent"
    if not note.is_placed:
        return "back"
    if text[slice(*found)] != note.quote:
        return "reworded"
    return "unmoved" if found == (note.start, note.end) else "moved"


Found = tuple[Note, tuple[int, int] | None]


def _by_revision(found: Iterable[Found]) -> Iterable[tuple[int, Sequence[Found]]]:
    return ((number, list(group)) for number, group in groupby(found, key=lambda one: one[0].revision))


def settle(notes: Sequence[Note], text: str, revision: Revision) -> None:
    """Look for notes that stood in an older text in a revision; they are not saved."""
    places = anchor.reanchor(text, revision.text, [(note.start, note.end) for note in notes])
    _set_places(list(zip(notes, places, strict=True)), text, revision)


def look_for(note: Note, revision: Revision, *, verbatim: bool = True) -> None:
    """Look in a revision for the words of a note that stood nowhere here; it is not saved.

    Words that stand there, but in other company, are proposed.
    """
    selector = anchor.Selector(-1, -1, note.quote, note.prefix, note.suffix)
    found = anchor.locate(revision.text, selector, verbatim=verbatim)
    if found and note.quote:
        place(note, revision.number, anchor.describe(revision.text, *found))
        return
    note.revision, note.start, note.end = NOWHERE, 0, max(1, len(note.quote))
    start = revision.text.find(note.quote) if note.quote else -1
    note.status = NoteStatus.ORPHANED if start < 0 else NoteStatus.PROPOSED
    note.proposed_start, note.proposed_end = (None, None) if start < 0 else (start, start + len(note.quote))


def _set_places(found: Sequence[Found], text: str, revision: Revision) -> None:
    """Set where notes of an older text stand now, with a proposal for those that stand nowhere."""
    lost = [note for note, where in found if where is None]
    proposals = anchor.propose(text, revision.text, [(note.start, note.end) for note in lost]) if lost else []
    for note, proposal in zip(lost, proposals, strict=True):
        note.status = NoteStatus.PROPOSED if proposal else NoteStatus.ORPHANED
        note.proposed_start, note.proposed_end = proposal or (None, None)
    for note, where in found:
        if where is not None:
            place(note, revision.number, anchor.describe(revision.text, *where))


def _former(note: Note, reason: AnchorEnd) -> FormerAnchor:
    """Remember where a note stands now."""
    names = ("revision", "start", "end", "quote", "prefix", "suffix", "status")
    return FormerAnchor(note=note, reason=reason, **{name: getattr(note, name) for name in names})


def _only_goes_on(note: Note, former: FormerAnchor) -> bool:
    """Tell whether a note stands in the new revision as it stood in the old one, the words around it included."""
    around = (note.prefix, note.suffix) == (former.prefix, former.suffix)
    return note.is_placed and around and not _has_changed(note, former)


def _has_changed(note: Note, former: FormerAnchor) -> bool:
    """Tell whether a note stands elsewhere, on other words, or nowhere any more."""
    names = ("start", "end", "quote", "status")
    return any(getattr(note, name) != getattr(former, name) for name in names)
