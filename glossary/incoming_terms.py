"""What one row of a file says of the terms of its concept, held against those that are there."""

from dataclasses import replace

from django.db import models

from glossary.formats.rows import AVOIDED, ConceptRow, TermRow, each_once
from glossary.models import Concept, Term, TermKind, TermStatus

TERM_FIELDS = ("status", "kind", "reading", "hant", "hant_tw", "hant_hk", "annotate")


def check(row: models.Model, *related: str) -> None:
    """Check the fields of a row; what concerns other rows is kept by how rows are gathered, and by the database."""
    row.full_clean(exclude=related, validate_unique=False, validate_constraints=False)


def terms_of(concept: Concept, row: ConceptRow) -> tuple[list[Term], list[int]]:
    """Give the terms of a known concept that a row adds or changes, and the keys of those that go."""
    present = {_name(term): term for term in concept.terms.all()}
    wanted = each_once(row.terms)
    if row.partial:
        wanted = [replace(term, status=TermStatus.ADMITTED) for term in wanted if _name(term) not in present]
    names = present.keys() if row.partial else {_name(term) for term in wanted}
    gone = [term.pk for name, term in present.items() if name not in names]
    changed = [term for term in wanted if _differs(present.get(_name(term)), term)]
    return [written(concept, present.get(_name(term)), term) for term in changed], gone


def _differs(term: Term | None, row: TermRow) -> bool:
    return term is None or term_row(term) != _completed(row, term)


def written(concept: Concept, term: Term | None, row: TermRow) -> Term:
    """Write what a row says into a term, a new one where there is none."""
    completed = _completed(row, term)
    term = term or Term(concept=concept, language=row.language, text=row.text)
    for name in TERM_FIELDS:
        setattr(term, name, getattr(completed, name))
    check(term, "concept")
    return term


def _name(term: Term | TermRow) -> tuple[str, str]:
    return term.language, term.text


def _completed(row: TermRow, term: Term | None) -> TermRow:
    """Fill in what a row does not say: from the term that is there, else with what is usual."""
    kind = TermKind.FULL_FORM if row.status == TermStatus.PREFERRED else TermKind.VARIANT
    known = term_row(term or Term(language=row.language, text=row.text, kind=kind, status=TermStatus.DEPRECATED))
    if row.status == AVOIDED:
        forbidden = known.status == TermStatus.FORBIDDEN
        row = replace(row, status=(TermStatus.FORBIDDEN if forbidden else TermStatus.DEPRECATED).value)
    return replace(row, **{name: getattr(known, name) for name in TERM_FIELDS if getattr(row, name) is None})


def term_row(term: Term) -> TermRow:
    """Give a term as a row of a file."""
    return TermRow(term.language, term.text, **{name: getattr(term, name) for name in TERM_FIELDS})
