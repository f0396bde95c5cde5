"""Take a whole import back: what it made goes, what it changed is put back, as one new change."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils import timezone

from glossary import edition
from glossary.differences import MODELS
from glossary.models import Concept, Import, Relation
from glossary.reports import Progress
from glossary.restoring import put_back
from glossary.writing import Hand, dependents, pieces


class Undone(NamedTuple):
    """How many concepts were put back, and the keys of those left alone because somebody has edited them since."""

    concepts: int
    kept: list[str]


def edited_since(job: Import) -> list[str]:
    """Give the keys of the concepts of an import that somebody has changed after it."""
    return _keys(_edited(job))


def undo(
    job: Import, *, user: AbstractBaseUser | None = None, progress: Progress = lambda _done, _total: None
) -> Undone:
    """Put back all that an import did, in one transaction; what somebody has edited since is left alone."""
    with transaction.atomic():
        rows = _rows(job)
        edited = _edited(job)
        wanted = {place: row for place, row in _before(rows).items() if _concept_of(place, rows) not in edited}
        hand = Hand(user, f"undo {job.reason}", timezone.now())
        done = 0
        for count in put_back(hand, wanted):
            done += count
            progress(min(done, len(wanted)), len(wanted))
        edition.advance()
        concepts = {_concept_of(place, rows) for place in wanted}
        return Undone(len(concepts), _keys(edited))


Rows = dict[tuple[type[models.Model], int], Any]


def _rows(job: Import) -> Rows:
    """Give the first history of each row that the import wrote."""
    found: Rows = {}
    for model in MODELS:
        manager: Any = model
        for row in manager.history.filter(history_change_reason=job.reason).order_by("history_id").iterator(10_000):
            found.setdefault((model, row.id), row)
    return found


def _concept_of(place: tuple[type[models.Model], int], rows: Rows) -> int:
    return place[1] if place[0] is Concept else int(rows[place].concept_id)


def _edited(job: Import) -> set[int]:
    moments = (_histories(model).filter(history_change_reason=job.reason) for model in MODELS)
    moment = next((row.history_date for rows in moments if (row := rows.first())), None)
    if moment is None:
        return set()
    later: set[int] = set()
    for model in MODELS:
        rows = _histories(model).filter(history_date__gt=moment)
        later |= set(rows.values_list(_concept_column(model), flat=True).distinct())
        if model is Relation:
            later |= set(rows.exclude(history_change_reason=job.reason).values_list("target_id", flat=True).distinct())
    made = _histories(Concept).filter(history_change_reason=job.reason, history_type="+")
    later |= _named_elsewhere().intersection(made.values_list("id", flat=True))
    return later & _touched(job, later)


def _named_elsewhere() -> set[int]:
    """Give the concepts that other tables name so that their rows would go, too: what editors chose for words."""
    found: set[int] = set()
    for relation in dependents(Concept):
        if relation.on_delete is models.CASCADE and relation.related_model not in MODELS:
            name = relation.field.attname
            rows = relation.related_model.objects.exclude(**{name: None})
            found |= set(rows.values_list(name, flat=True).distinct())
    return found


def _touched(job: Import, among: set[int]) -> set[int]:
    """Give those of some concepts that an import has written of."""
    found: set[int] = set()
    for model in MODELS:
        name = _concept_column(model)
        for piece in pieces(sorted(among)):
            rows = _histories(model).filter(**{f"{name}__in": piece}, history_change_reason=job.reason)
            found |= set(rows.values_list(name, flat=True).distinct())
    return found


def _concept_column(model: type[models.Model]) -> str:
    return "id" if model is Concept else "concept_id"


def _histories(model: Any) -> "models.QuerySet[Any]":
    rows: models.QuerySet[Any] = model.history.order_by()
    return rows


def _before(rows: Rows) -> Rows:
    """Give for each row the history that says what stood there before; None where nothing did."""
    before: Rows = dict.fromkeys(rows)
    others: dict[type[models.Model], list[int]] = defaultdict(list)
    for (model, key), row in rows.items():
        others[model] += [key] if row.history_type != "+" else []
    for model, keys in others.items():
        for row in _told_of(model, keys):
            if row.history_id < rows[model, row.id].history_id:
                before[model, row.id] = row if row.history_type != "-" else None
    return before


def _told_of(model: Any, keys: list[int]) -> Iterable[Any]:
    for piece in pieces(keys):
        yield from model.history.filter(id__in=piece).order_by("history_id")


def _keys(concepts: Collection[int]) -> list[str]:
    rows = (Concept.history.filter(id__in=piece).order_by("history_id") for piece in pieces(sorted(concepts)))
    return sorted({row.id: row.key for piece in rows for row in piece}.values())
