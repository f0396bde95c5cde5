"""Put rows of the glossary back to what their histories say stood there; many at once, with histories."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import models

from glossary.differences import FIELDS, MODELS
from glossary.models import Concept, Relation, Source, Term
from glossary.writing import Hand, pieces

# For each row, by table and key, the history that says what is to stand there; None where nothing is.
Wanted = Mapping[tuple[type[models.Model], int], Any]


def put_back(hand: Hand, wanted: Wanted) -> Iterator[int]:
    """Write what is wanted over what is there; yields how many rows have just been written."""
    work = {model: _Work(model, {key: row for (kind, key), row in wanted.items() if kind is model}) for model in MODELS}
    concepts, terms, sources, relations = (work[model] for model in (Concept, Term, Source, Relation))
    relations.new = _possible(relations.new, {concept.pk for concept in concepts.new} - {*concepts.gone})
    yield from hand.create(Concept, concepts.new)
    yield from hand.update(Concept, concepts.changed, FIELDS[Concept])
    yield from hand.delete(Term, terms.gone)
    yield from hand.delete(Source, sources.gone)
    yield from hand.delete(Relation, relations.gone)
    yield from hand.write_terms(terms.changed, terms.new, FIELDS[Term])
    yield from hand.update(Source, sources.changed, FIELDS[Source])
    yield from hand.create(Source, sources.new)
    yield from hand.update(Relation, relations.changed, FIELDS[Relation])
    yield from hand.create(Relation, relations.new)
    yield from hand.delete(Concept, concepts.gone)


def _possible(relations: list[Any], coming: set[int]) -> list[Any]:
    """Leave out the relations to concepts that are gone and do not come back."""
    targets = {relation.target_id for relation in relations}
    there = coming.union(Concept.objects.filter(pk__in=targets).values_list("pk", flat=True))
    return [relation for relation in relations if relation.target_id in there]


class _Work:
    """What is to be written in one table."""

    def __init__(self, model: type[models.Model], wanted: Mapping[int, Any]) -> None:
        self._model = model
        self.new: list[Any] = []
        self.changed: list[Any] = []
        self.gone: list[int] = []
        for piece in pieces(list(wanted)):
            there = model._default_manager.in_bulk(piece)
            for key in piece:
                self._note(key, there.get(key), wanted[key])

    def _note(self, key: int, there: Any, row: Any) -> None:
        if row is None:
            self.gone += [key] if there else []
            return
        fresh = self._model(**{field.attname: getattr(row, field.attname) for field in row.tracked_fields})
        if there is None:
            self.new.append(fresh)
        elif self._differs(there, fresh, FIELDS[self._model]):
            # Two rows may swap what only one of them can have: both go, and come anew under their keys.
            moved = self._model is not Concept and self._differs(there, fresh, FIELDS[self._model][:2])
            self.gone += [key] if moved else []
            (self.new if moved else self.changed).append(fresh)

    def _differs(self, there: Any, fresh: Any, names: Iterable[str]) -> bool:
        columns = [getattr(self._model._meta.get_field(name), "attname", name) for name in names]
        return any(getattr(there, column) != getattr(fresh, column) for column in columns)
