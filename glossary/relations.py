"""What stands around a concept: broader and narrower ones, related ones, and what to see as well."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from glossary.models import Concept, Relation, RelationKind

# What the concept at the other end is called, by the relation and by whether it is read from its target.
LABELS: dict[tuple[str, bool], StrOrPromise] = {
    (RelationKind.BROADER, False): _("Broader"),
    (RelationKind.BROADER, True): _("Narrower"),
    (RelationKind.RELATED, False): _("Related"),
    (RelationKind.SEE_ALSO, False): _("See also"),
}


class _End(NamedTuple):
    """One relation, read from one of its ends."""

    concept: int
    label: tuple[str, bool]
    other: int


@dataclass(frozen=True, slots=True)
class Group:
    """The concepts that stand to one in the same way."""

    label: StrOrPromise
    concepts: list[Concept]


def around(concepts: Collection[int]) -> dict[int, list[Group]]:
    """Give what stands around some published concepts; one query where nothing does, three where something does."""
    rows = Relation.objects.published().filter(Q(concept__in=concepts) | Q(target__in=concepts))
    ends = [end for row in rows.values_list("kind", "concept_id", "target_id") for end in _ends(*row)]
    named = {end.other for end in ends}
    others = Concept.objects.prefetch_related("terms").in_bulk(named) if named else {}
    found: dict[int, dict[tuple[str, bool], list[Concept]]] = {}
    for end in ends:
        found.setdefault(end.concept, {}).setdefault(end.label, []).append(others[end.other])
    return {
        concept: [Group(name, labelled[label]) for label, name in LABELS.items() if label in labelled]
        for concept, labelled in found.items()
    }


def _ends(kind: str, concept: int, target: int) -> Iterator[_End]:
    yield _End(concept, (kind, False), target)
    if kind == RelationKind.BROADER:
        yield _End(target, (kind, True), concept)
    elif kind == RelationKind.RELATED:
        yield _End(target, (kind, False), concept)
