"""Write many rows with their histories, all in one person's name, for one reason, at one moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from glossary.models import Term, TermStatus

BATCH = 1_000
# So many rows are written between two reports of how far it has come; some databases take few more keys in one query.
PIECE = 2_000
Item = TypeVar("Item")


def pieces(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Cut a list into pieces that one query can hold."""
    return (items[start : start + PIECE] for start in range(0, len(items), PIECE))


@dataclass(frozen=True)
class Hand:
    """Who writes, why, and when; every method yields how many rows it has just written."""

    user: AbstractBaseUser | None
    reason: str | None
    moment: datetime

    @property
    def _signs(self) -> dict[str, Any]:
        return {
            "default_user": self.user,
            "default_change_reason": self.reason,
            "default_date": self.moment,
            "batch_size": BATCH,
        }

    def create(self, model: type[models.Model], rows: Sequence[models.Model]) -> Iterator[int]:
        """Write new rows."""
        for piece in pieces(rows):
            bulk_create_with_history(piece, model, **self._signs)
            yield len(piece)

    def update(self, model: type[models.Model], rows: Sequence[models.Model], fields: Sequence[str]) -> Iterator[int]:
        """Write some fields of rows that are there."""
        for piece in pieces(rows):
            bulk_update_with_history(piece, model, fields, **self._signs)
            yield len(piece)

    def write_terms(self, changed: Sequence[Term], new: Sequence[Term], fields: Sequence[str]) -> Iterator[int]:
        """Write terms; a preferred one that steps down makes room for the one that takes its place."""
        for preferred in (False, True):
            yield from self.update(Term, [term for term in changed if _is_preferred(term) is preferred], fields)
            yield from self.create(Term, [term for term in new if _is_preferred(term) is preferred])

    def delete(self, model: type[models.Model], keys: Sequence[int]) -> Iterator[int]:
        """Delete rows; their terms and sources, which have histories of their own, are deleted before."""
        for piece in pieces(keys):
            _let_go(model, piece)
            rows = model._default_manager.filter(pk__in=piece)
            self._say_gone(model, rows)
            # The histories are written already, all at once: no row has to be told one by one that it goes.
            rows._raw_delete(rows.db)
            yield len(piece)

    def _say_gone(self, model: Any, rows: "models.QuerySet[Any]") -> None:
        signs = {"history_user": self.user, "history_change_reason": self.reason, "history_date": self.moment}
        history = model.history.model
        names = [field.attname for field in history.tracked_fields]
        told = (history(**signs, history_type="-", **{name: getattr(row, name) for name in names}) for row in rows)
        history.objects.bulk_create(told, batch_size=BATCH)


def _is_preferred(term: Term) -> bool:
    return term.status == TermStatus.PREFERRED


def dependents(model: type[models.Model]) -> list[Any]:
    """Give the relations by which rows of other tables name those of one; histories only tell of them."""
    relations = model._meta.get_fields(include_hidden=True)
    return [
        each for each in relations if isinstance(each, models.ManyToOneRel) and each.on_delete is not models.DO_NOTHING
    ]


def _let_go(model: type[models.Model], keys: Sequence[int]) -> None:
    """Do what other tables want when rows go that they name: go, too, or name none any more."""
    for relation in dependents(model):
        rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": keys})
        if relation.on_delete is models.CASCADE:
            rows.delete()
        elif relation.on_delete is models.SET_NULL:
            rows.update(**{relation.field.name: None})
