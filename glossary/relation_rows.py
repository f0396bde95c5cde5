"""The relations that the rows of a file name: checked all together, for they may be to concepts of the same file."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from glossary.formats.rows import ConceptRow
from glossary.models import Concept, Relation, RelationKind
from glossary.models.relation import reaches
from glossary.writing import Hand


class Edge(NamedTuple):
    """A relation between two concepts, by their keys."""

    kind: str
    concept: str
    target: str

    @property
    def name(self) -> tuple[str, ...]:
        """Give what two rows for one relation have in common: related concepts are so in both directions."""
        ends = (self.concept, self.target)
        return self.kind, *(sorted(ends) if self.kind == RelationKind.RELATED else ends)


class RelationChanges:
    """What has to be written for the relations of one file; what a row does not say stays as it is."""

    def __init__(self, rows: Sequence[ConceptRow]) -> None:
        """Compare the rows with what is there; without a row that names relations nothing is asked for."""
        self._lines = {row.key: row.line for row in rows}
        said = {(kind.value, row.key) for row in rows for kind in RelationKind if _targets(row, kind) is not None}
        wanted = [
            Edge(kind, row.key, key) for row in rows for kind in RelationKind for key in _targets(row, kind) or ()
        ]
        columns = ("pk", "kind", "concept__key", "target__key")
        relations = Relation.objects.order_by("pk").values_list(*columns) if said else ()
        present = {pk: Edge(*edge) for pk, *edge in relations}
        names = {edge.name for edge in wanted}
        self._gone = {pk for pk, edge in present.items() if edge[:2] in said and edge.name not in names}
        there = {edge.name for edge in present.values()}
        first = {edge.name: edge for edge in reversed(wanted) if edge.name not in there}
        self._new = list(reversed(first.values()))
        self._kept = [edge for pk, edge in present.items() if pk not in self._gone]
        self.touched = {edge.concept for edge in (*self._new, *(present[pk] for pk in self._gone))}

    def problems(self) -> Iterator[str]:
        """Say what is wrong with the relations, with the lines they stand on."""
        known = self._lines.keys() | set(
            Concept.objects.filter(key__in={edge.target for edge in self._new}).values_list("key", flat=True)
        )
        above: dict[str, list[str]] = {}
        for edge in (*self._kept, *self._new):
            if edge.kind == RelationKind.BROADER and edge.concept != edge.target:
                above.setdefault(edge.concept, []).append(edge.target)
        for edge in self._new:
            problem = _problem(edge, known, above)
            if problem:
                yield f"Line {self._lines[edge.concept]}: {RelationKind(edge.kind).field}: {problem}"

    def write(self, hand: Hand) -> Iterator[int]:
        """Write the relations, with histories, once all concepts are there; yields how many were just written."""
        yield from hand.delete(Relation, sorted(self._gone))
        keys = {key for edge in self._new for key in (edge.concept, edge.target)}
        pks = dict(Concept.objects.filter(key__in=keys).values_list("key", "pk"))
        rows = [
            Relation(kind=edge.kind, concept_id=pks[edge.concept], target_id=pks[edge.target]) for edge in self._new
        ]
        yield from hand.create(Relation, rows)


def _targets(row: ConceptRow, kind: RelationKind) -> tuple[str, ...] | None:
    targets: tuple[str, ...] | None = getattr(row, kind.field)
    return targets


def _problem(edge: Edge, known: set[str], above: dict[str, list[str]]) -> str:
    if edge.target == edge.concept:
        return "a concept has no relation to itself."
    if edge.target not in known:
        return f"there is no concept with the key “{edge.target}”, neither in the file nor in the glossary."
    if edge.kind == RelationKind.BROADER and reaches(above, edge.target, edge.concept):
        return f"a loop: {edge.target} is itself narrower than {edge.concept}."
    return ""


def targets_of(concept: Concept, *, published: bool) -> dict[str, Any]:
    """Give the relations of a concept as a row has them; if asked so, only those to concepts that readers see."""
    rows = [row for row in concept.relations.all() if not published or row.target.status == "published"]
    rows.sort(key=lambda row: row.pk)
    return {kind.field: tuple(row.target.key for row in rows if row.kind == kind) for kind in RelationKind}
