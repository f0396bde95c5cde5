"""What an import did, or would do: a report of the concepts it touches, and how far it has come."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from glossary.differences import Difference, State, differences
from glossary.models import Concept, Source, Term

# Of so many concepts a report tells what becomes of each; of the others only that they are touched.
MOST_TOLD = 200
# Called with how much is done and how much there is to do.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Detail:
    """What becomes of one concept."""

    key: str
    is_new: bool
    differences: list[Difference]


@dataclass
class Report:
    """What an import did, or would do: the keys of the concepts it touches."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{len(self.created)} concepts new, {len(self.changed)} changed, {len(self.unchanged)} unchanged"

    def __add__(self, other: "Report") -> "Report":
        lists = ("created", "changed", "unchanged", "details")
        return Report(*(getattr(self, name) + getattr(other, name) for name in lists))

    @property
    def is_full(self) -> bool:
        """Tell whether no further concept is told of."""
        return len(self.details) >= MOST_TOLD

    def tell(self, key: str, old: State, new: State) -> None:
        """Note what becomes of a concept, if so much is to be told."""
        if not self.is_full:
            self.details.append(Detail(key, not old, list(differences(old, new))))


def state_of(concept: Concept) -> dict[tuple[type[models.Model], int], Any]:
    """Give a copy of what stands there of a concept, its terms and its sources."""
    rows: list[Concept | Term | Source] = [concept, *concept.terms.all(), *concept.sources.all()]
    return {(type(row), row.pk): copy(row) for row in rows}


def state_with(state: State, gone: list[int], written: list[Any]) -> State:
    """Give a state without the terms that go, and with what is written anew."""
    left = {place: row for place, row in state.items() if place[0] is not Term or place[1] not in gone}
    # What has no key yet stands behind the rest, each under one of its own.
    return left | {(type(row), row.pk or -number): row for number, row in enumerate(written, 1)}
