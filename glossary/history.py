"""Tell who changed a concept when, as its histories have it: its own, those of its terms and of its sources."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.db import models

from glossary.differences import MODELS, Difference, State, differences
from glossary.models import Concept, ConceptStatus, Relation

# A form saves a concept and its terms one after the other: what one person changes so fast is one change.
TOGETHER = timedelta(seconds=1)


@dataclass(frozen=True)
class Change:
    """What somebody changed of a concept in one go, with what stood there before and after."""

    rows: tuple[Any, ...]
    before: State
    after: State

    @property
    def when(self) -> datetime:
        """Give the moment at which the change was complete."""
        moment: datetime = self.rows[-1].history_date
        return moment

    @property
    def user_name(self) -> str:
        """Name who made the change; empty where nobody was signed in, as with a command."""
        user = self.rows[-1].history_user
        return str(user) if user else ""

    @property
    def moment(self) -> str:
        """Name the change, to bring back the state before or after it."""
        return self.when.isoformat()

    @property
    def kind(self) -> str:
        """Tell what became of the concept: new, deleted or changed; or what the change was part of."""
        reasons = {"import": "import", "undo": "undone", "revert": "reverted"}
        reason = reasons.get(self.reason.partition(" ")[0])
        return reason or ("new" if not self.before else "changed" if self.after else "deleted")

    @property
    def reason(self) -> str:
        """Give what the change was part of, such as an import."""
        return self.rows[-1].history_change_reason or ""

    @cached_property
    def differences(self) -> list[Difference]:
        """Give what is other than before."""
        return list(differences(self.before, self.after))


class Found(NamedTuple):
    """A concept by its key, also one that is gone and has only its histories."""

    pk: int
    key: str
    concept: Concept | None


def find(key: str, *, everything: bool, pk: int | None = None) -> Found | None:
    """Find a concept by the key it has or had; unless asked for everything, only what readers see or saw."""
    asked = {"pk": pk} if pk else {"key": key}
    concept = Concept.objects.filter(**asked).first()
    row = _manager(Concept).filter(key=key).order_by("-history_date", "-history_id").first()
    if concept is None and row is not None:
        concept = Concept.objects.filter(pk=row.id).first()
    status = concept.status if concept else row.status if row else ""
    if not status or not (everything or status == ConceptStatus.PUBLISHED):
        return None
    return Found(concept.pk, concept.key, concept) if concept else Found(row.id, row.key, None)


def version(concept: Concept) -> str:
    """Name the state of a concept with its terms and sources: any change gives another name."""
    return ".".join(str(_last(model, concept.pk)) for model in MODELS) if concept.pk else ""


def changed_since(concept: Concept, version: str) -> Change | None:
    """Give what was changed of a concept since a version of it, all in one; None where nothing was.

    Without a version nothing is known to have changed; one that nobody ever gave out counts as the oldest.
    """
    if not version or not concept.pk:
        return None
    parts = version.split(".")
    known = len(parts) == len(MODELS) and all(part.isascii() and part.isdigit() for part in parts)
    seen = dict(zip(MODELS, map(int, parts), strict=True)) if known else dict.fromkeys(MODELS, 0)
    rows = rows_of(concept.pk)
    later = tuple(row for row in rows if row.history_id > seen[_model(row)])
    if not later:
        return None
    return Change(later, _state(row for row in rows if row not in later), _state(rows))


def last_changed(concept: int) -> datetime | None:
    """Give when a concept, or anything that is said of it, was last changed."""
    moments = (of_concepts(model, [concept]).aggregate(last=models.Max("history_date"))["last"] for model in MODELS)
    return max(filter(None, moments), default=None)


def changes(concept: int) -> list[Change]:
    """Give all changes of a concept, the newest first."""
    found: list[Change] = []
    state: State = {}
    for rows in _together(rows_of(concept)):
        after = _state(rows, state)
        found.append(Change(tuple(rows), state, after))
        state = after
    return found[::-1]


def public_changes(concept: int) -> list[Change]:
    """Give the changes of a concept that readers may see, the newest first.

    What was written while the concept was not published is told as part of the change that published it; nothing is
    said of concepts that are not published.
    """
    found: list[Change] = []
    shown: State = {}
    everything = changes(concept)[::-1]
    published = _published_targets(everything)
    for change in everything:
        after = _for_readers(change.after, published)
        told = Change(change.rows, shown, after)
        if _is_public(change.after) and told.differences:
            found.append(told)
            shown = after
    return found[::-1]


def _is_public(state: State) -> bool:
    """Tell whether readers see a state: the concept is published in it, or gone."""
    return all(row.status == ConceptStatus.PUBLISHED for (model, _pk), row in state.items() if model is Concept)


def _for_readers(state: State, published: set[int]) -> State:
    return {place: row for place, row in state.items() if place[0] is not Relation or row.target_id in published}


def _published_targets(found: Iterable[Change]) -> set[int]:
    targets = {row.target_id for change in found for (model, _pk), row in change.after.items() if model is Relation}
    return set(Concept.objects.published().filter(pk__in=targets).values_list("pk", flat=True))


def rows_of(concept: int) -> list[Any]:
    """Give the histories of a concept, its terms and its sources, the oldest first."""
    rows = [row for model in MODELS for row in of_concepts(model, [concept]).select_related("history_user")]
    return sorted(rows, key=lambda row: (row.history_date, row.history_id))


def of_concepts(model: type[models.Model], concepts: Any) -> "models.QuerySet[Any]":
    """Give the histories in one table that tell of some concepts."""
    manager: Any = _manager(model)
    rows: models.QuerySet[Any] = manager.filter(**{f"{'id' if model is Concept else 'concept_id'}__in": concepts})
    return rows


def _manager(model: type[models.Model]) -> Any:
    history: Any = model
    return history.history


def _last(model: type[models.Model], concept: int) -> int:
    rows = of_concepts(model, [concept]).order_by("-history_id")
    return rows.values_list("history_id", flat=True).first() or 0


def _model(row: Any) -> type[models.Model]:
    model: type[models.Model] = row.instance_type
    return model


def _state(rows: Iterable[Any], before: State | None = None) -> State:
    """Give what stood there after some histories, taken one after the other."""
    state = dict(before or {})
    for row in rows:
        if row.history_type == "-":
            state.pop((_model(row), row.id), None)
        else:
            state[_model(row), row.id] = row
    return state


def _together(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Part histories where another person, another reason or a pause begins."""
    group: list[Any] = []
    for row in rows:
        if group and not _belong(group[-1], row):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _belong(last: Any, row: Any) -> bool:
    same = all(getattr(last, name) == getattr(row, name) for name in ("history_user_id", "history_change_reason"))
    return bool(same and row.history_date - last.history_date <= TOGETHER)
