"""Bring rows of a file into the glossary and out again: all or nothing, with a report of what changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from glossary import edition
from glossary.formats.rows import AVOIDED, BadFileError, ConceptRow, TermRow, each_once
from glossary.models import Concept, ConceptStatus, Source, SubjectField, Term, TermKind, TermStatus
from glossary.relation_rows import RelationChanges, targets_of

GENERAL = "general"
BATCH = 1_000
TERM_FIELDS = ("status", "kind", "reading", "hant", "hant_tw", "hant_hk", "annotate")
Row = TypeVar("Row", bound=models.Model)


@dataclass
class Report:
    """What an import did, or would do: the keys of the concepts it touches."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{len(self.created)} concepts new, {len(self.changed)} changed, {len(self.unchanged)} unchanged"

    def __add__(self, other: "Report") -> "Report":
        return Report(self.created + other.created, self.changed + other.changed, self.unchanged + other.unchanged)


class _DryRunError(Exception):
    """Undoes the transaction of an import that was only tried."""


def import_rows(rows: Sequence[ConceptRow], *, dry_run: bool = False) -> Report:
    """Bring rows in, in one transaction; a second import of the same rows changes nothing.

    A concept is found again by its key. What the file does not say of a concept stays as it is, and its terms become
    those of the file. Raises BadFileError with line numbers, having changed nothing.
    """
    report = Report()
    try:
        with transaction.atomic():
            changes = _Changes(rows)
            changes.write()
            report = changes.report
            if dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    return report


class _Changes:
    """What has to be written for the rows of one file; gathered first, written at once, in few queries."""

    def __init__(self, rows: Sequence[ConceptRow]) -> None:
        self.report = Report()
        self._new: list[Concept] = []
        self._changed: list[Concept] = []
        self._terms: list[Term] = []
        self._gone: list[int] = []
        self._sources: list[Source] = []
        self._subjects = {subject.slug: subject for subject in SubjectField.objects.all()}
        rows = _keyed(rows)
        self._relations = RelationChanges(rows)
        known = Concept.objects.filter(key__in=[row.key for row in rows]).prefetch_related("terms", "sources")
        self._known = {concept.key: concept for concept in known}
        problems = list(_repeated_keys(rows))
        for row in rows:
            problems.extend(f"Line {row.line}: {message}" for message in self._gather(row))
        problems.extend(self._relations.problems())
        if problems:
            raise BadFileError(problems)

    def _gather(self, row: ConceptRow) -> list[str]:
        """Note what one row changes; gives what is wrong with it, in words for an editor."""
        concept = self._known.get(row.key)
        try:
            if concept is None:
                self._gather_new(row)
            else:
                self._gather_known(concept, row)
        except ValidationError as error:
            said = [(name, text) for name, texts in error.message_dict.items() for text in texts]
            return [text if name == NON_FIELD_ERRORS else f"{name}: {text}" for name, text in said]
        return []

    def _gather_new(self, row: ConceptRow) -> None:
        concept = Concept(
            key=row.key,
            subject=self._subject(row.subject or GENERAL),
            status=row.status or ConceptStatus.PUBLISHED,
            definition_zh=row.definition_zh or "",
            definition_en=row.definition_en or "",
        )
        _check(concept, "subject")
        self._new.append(concept)
        self._terms += [_term(concept, None, term) for term in each_once(row.terms)]
        self._sources += [Source(concept=concept, title=row.source)] if row.source else []
        self.report.created.append(row.key)

    def _gather_known(self, concept: Concept, row: ConceptRow) -> None:
        fields = _changed_fields(concept, row, self._subject(row.subject) if row.subject else concept.subject)
        for name, value in fields.items():
            setattr(concept, name, value)
        if fields:
            _check(concept, "subject")
            self._changed.append(concept)
        present = {_name(term): term for term in concept.terms.all()}
        wanted = each_once(row.terms)
        if row.partial:
            wanted = [replace(term, status=TermStatus.ADMITTED) for term in wanted if _name(term) not in present]
        names = present.keys() if row.partial else {_name(term) for term in wanted}
        gone = [term.pk for name, term in present.items() if name not in names]
        changed = [term for term in wanted if _differs(present.get(_name(term)), term)]
        self._gone += gone
        self._terms += [_term(concept, present.get(_name(term)), term) for term in changed]
        new_source = bool(row.source) and all(source.title != row.source for source in concept.sources.all())
        self._sources += [Source(concept=concept, title=row.source)] if row.source and new_source else []
        touched = fields or gone or changed or new_source or row.key in self._relations.touched
        (self.report.changed if touched else self.report.unchanged).append(row.key)

    def _subject(self, slug: str) -> SubjectField:
        if slug not in self._subjects:
            names = {"name_zh": slug, "name_en": slug.replace("-", " ").capitalize()}
            subject = SubjectField(slug=slug, **names)
            try:
                _check(subject)
            except ValidationError as error:
                raise ValidationError({"subject": error.messages}) from error
            subject.save()
            self._subjects[slug] = subject
        return self._subjects[slug]

    def write(self) -> None:
        """Write everything, with history; the glossary's revision goes on if anything changed."""
        bulk_create_with_history(self._new, Concept, batch_size=BATCH)
        fields = ["subject", "status", "definition_zh", "definition_en"]
        bulk_update_with_history(self._changed, Concept, fields, batch_size=BATCH)
        for term in Term.objects.filter(pk__in=self._gone):
            term.delete()
        # A preferred term that steps down makes room for the one that takes its place.
        for preferred in (False, True):
            self._write_terms([term for term in self._terms if (term.status == TermStatus.PREFERRED) is preferred])
        Source.objects.bulk_create(self._sources, batch_size=BATCH)
        self._relations.write()
        if self.report.created or self.report.changed:
            edition.advance()

    def _write_terms(self, terms: Sequence[Term]) -> None:
        bulk_update_with_history([term for term in terms if term.pk], Term, list(TERM_FIELDS), batch_size=BATCH)
        bulk_create_with_history([term for term in terms if not term.pk], Term, batch_size=BATCH)


def _check(row: models.Model, *related: str) -> None:
    """Check the fields of a row; what concerns other rows is kept by how rows are gathered, and by the database."""
    row.full_clean(exclude=related, validate_unique=False, validate_constraints=False)


def _keyed(rows: Sequence[ConceptRow]) -> list[ConceptRow]:
    """Give rows of a format without keys the keys of the concepts that are meant: with the same name and one word."""
    names = {term.text for row in rows if row.partial for term in row.terms if term.language == "en"}
    named = Term.objects.filter(language="en", status=TermStatus.PREFERRED, text__in=names)
    concepts = Concept.objects.filter(terms__in=named).prefetch_related("terms") if names else []
    meant: dict[tuple[str, str], str] = {
        (concept.gloss, term.text): concept.key
        for concept in concepts
        for term in concept.terms.all()
        if term.text != concept.gloss
    }
    return [replace(row, key=_key_meant(row, meant)) if row.partial else row for row in rows]


def _key_meant(row: ConceptRow, meant: dict[tuple[str, str], str]) -> str:
    english = next((term.text for term in row.terms if term.language == "en"), "")
    return next((meant[english, term.text] for term in row.terms if (english, term.text) in meant), row.key)


def _name(term: Term | TermRow) -> tuple[str, str]:
    return term.language, term.text


def _repeated_keys(rows: Iterable[ConceptRow]) -> Iterator[str]:
    first: dict[str, int] = {}
    for row in rows:
        if row.key in first:
            yield f"Line {row.line}: the key {row.key} stands on line {first[row.key]} already."
        first.setdefault(row.key, row.line)


def _changed_fields(concept: Concept, row: ConceptRow, subject: SubjectField) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        "subject": subject,
        "status": row.status,
        "definition_zh": row.definition_zh,
        "definition_en": row.definition_en,
    }
    return {name: value for name, value in wanted.items() if value is not None and getattr(concept, name) != value}


def _differs(term: Term | None, row: TermRow) -> bool:
    return term is None or _term_row(term) != _completed(row, term)


def _term(concept: Concept, term: Term | None, row: TermRow) -> Term:
    completed = _completed(row, term)
    term = term or Term(concept=concept, language=row.language, text=row.text)
    for name in TERM_FIELDS:
        setattr(term, name, getattr(completed, name))
    _check(term, "concept")
    return term


def _completed(row: TermRow, term: Term | None) -> TermRow:
    """Fill in what a row does not say: from the term that is there, else with what is usual."""
    kind = TermKind.FULL_FORM if row.status == TermStatus.PREFERRED else TermKind.VARIANT
    known = _term_row(term or Term(language=row.language, text=row.text, kind=kind, status=TermStatus.DEPRECATED))
    if row.status == AVOIDED:
        forbidden = known.status == TermStatus.FORBIDDEN
        row = replace(row, status=(TermStatus.FORBIDDEN if forbidden else TermStatus.DEPRECATED).value)
    return replace(row, **{name: getattr(known, name) for name in TERM_FIELDS if getattr(row, name) is None})


def export_rows(*, published: bool = False) -> Iterator[ConceptRow]:
    """Give every concept as a row, by key; if asked so, only what readers see."""
    concepts = Concept.objects.published() if published else Concept.objects.all()
    concepts = (
        concepts.select_related("subject").prefetch_related("terms", "sources", "relations__target").order_by("key")
    )
    for concept in concepts.iterator(chunk_size=500):
        sources = list(concept.sources.all())
        yield ConceptRow(
            line=0,
            key=concept.key,
            terms=tuple(_term_row(term) for term in sorted(concept.terms.all(), key=lambda term: term.pk)),
            subject=concept.subject.slug,
            status=concept.status,
            definition_zh=concept.definition_zh,
            definition_en=concept.definition_en,
            source=sources[0].title if sources else "",
            **targets_of(concept, published=published),
        )


def _term_row(term: Term) -> TermRow:
    return TermRow(term.language, term.text, **{name: getattr(term, name) for name in TERM_FIELDS})
