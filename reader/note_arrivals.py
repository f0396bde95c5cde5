"""What becomes of each note of a file: new, known already, changed, back; and the report that says so."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models import Note, NoteStatus
from reader.note_changes import Step


class Outcome(models.TextChoices):
    """What becomes of an item of a file."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    BACK = "back", _("deleted here, comes back")
    UNCHANGED = "unchanged", _("known already")
    NEWER = "newer", _("newer here, stays as it is")
    REPLY = "reply", _("reply to another note")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One item of a file, and what becomes of it."""

    item: int
    outcome: Outcome
    note: Note


@dataclass
class Report:
    """What an import did, or would do."""

    arrivals: list[Arrival] = field(default_factory=list)
    # How many items were left out, by the texts that are not here.
    left_out: Counter[str] = field(default_factory=Counter)
    # The steps by which it is undone, as note_changes.undo goes them.
    back: list[Step] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """Count the items of one outcome."""
        return sum(arrival.outcome is outcome for arrival in self.arrivals)

    def with_status(self, status: NoteStatus) -> int:
        """Count the new notes with a status."""
        return sum(arrival.outcome is Outcome.NEW and arrival.note.status == status for arrival in self.arrivals)

    @property
    def changes(self) -> int:
        """Count what changes something."""
        still = (Outcome.UNCHANGED, Outcome.NEWER)
        return sum(arrival.outcome not in still for arrival in self.arrivals)

    @property
    def texts_left_out(self) -> list[tuple[str, int]]:
        """Give the texts that are not here, those with most notes first."""
        return self.left_out.most_common()

    @property
    def lines(self) -> list[tuple[str, int]]:
        """Give the counts with their words, without those that are none."""
        counts = [(str(outcome.label), self.count(outcome)) for outcome in Outcome]
        counts.append((str(_("of the new with a proposed place")), self.with_status(NoteStatus.PROPOSED)))
        counts.append((str(_("of the new without a place")), self.with_status(NoteStatus.ORPHANED)))
        counts.append((str(_("left out, as their texts are not here")), self.left_out.total()))
        return [(words, count) for words, count in counts if count]

    def __str__(self) -> str:
        return ", ".join(f"{count} {words}" for words, count in self.lines) or str(_("nothing in it"))
