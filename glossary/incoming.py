"""What the rows of a file change in the glossary: gathered first, then written at once, in few queries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from glossary.formats.rows import BadFileError, ConceptRow, each_once
from glossary.incoming_terms import TERM_FIELDS, check, terms_of, written
from glossary.models import Concept, ConceptStatus, Source, SubjectField, Term, TermStatus
from glossary.relation_rows import RelationChanges
from glossary.reports import Progress, Report, state_of, state_with
from glossary.writing import PIECE, Hand, pieces

GENERAL = "general"
CONCEPT_FIELDS = ("subject", "status", "definition_zh", "definition_en")


class Changes:
    """What has to be written for the rows of one file."""

    def __init__(self, rows: Sequence[ConceptRow], progress: Progress) -> None:
        self.report = Report()
        self._new: list[Concept] = []
        self._changed: list[Concept] = []
        self._terms: list[Term] = []
        self._gone: list[int] = []
        self._sources: list[Source] = []
        self._subjects = {subject.slug: subject for subject in SubjectField.objects.all()}
        self._progress = progress
        rows = _keyed(rows)
        self._relations = RelationChanges(rows)
        # Gathering a row and writing it are each half of the work.
        self._rows = len(rows)
        problems = [*_repeated_keys(rows), *_preferred_twice(rows)]
        for number, piece in enumerate(pieces(rows)):
            problems.extend(self._gather_piece(piece))
            progress(min((number + 1) * PIECE, self._rows), 2 * self._rows)
        problems.extend(self._relations.problems())
        if problems:
            raise BadFileError(problems)

    def _gather_piece(self, rows: Sequence[ConceptRow]) -> Iterator[str]:
        known = Concept.objects.filter(key__in=[row.key for row in rows]).select_related("subject")
        there = {concept.key: concept for concept in known.prefetch_related("terms", "sources")}
        for row in rows:
            yield from (f"Line {row.line}: {message}" for message in self._gather(there.get(row.key), row))

    def _gather(self, concept: Concept | None, row: ConceptRow) -> list[str]:
        """Note what one row changes; gives what is wrong with it, in words for an editor."""
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
        check(concept, "subject")
        terms = [written(concept, None, term) for term in each_once(row.terms)]
        sources = [Source(concept=concept, title=row.source)] if row.source else []
        self._new.append(concept)
        self._terms += terms
        self._sources += sources
        self.report.created.append(row.key)
        self.report.tell(row.key, {}, state_with({}, [], [concept, *terms, *sources]))

    def _gather_known(self, concept: Concept, row: ConceptRow) -> None:
        before = {} if self.report.is_full else state_of(concept)
        fields = _changed_fields(concept, row, self._subject(row.subject) if row.subject else concept.subject)
        for name, value in fields.items():
            setattr(concept, name, value)
        if fields:
            check(concept, "subject")
            self._changed.append(concept)
        terms, gone = terms_of(concept, row)
        new_source = bool(row.source) and all(source.title != row.source for source in concept.sources.all())
        sources = [Source(concept=concept, title=row.source)] if row.source and new_source else []
        self._gone += gone
        self._terms += terms
        self._sources += sources
        if not (fields or gone or terms or sources or row.key in self._relations.touched):
            self.report.unchanged.append(row.key)
            return
        self.report.changed.append(row.key)
        self.report.tell(row.key, before, state_with(before, gone, [concept, *terms, *sources]))

    def _subject(self, slug: str) -> SubjectField:
        if slug not in self._subjects:
            names = {"name_zh": slug, "name_en": slug.replace("-", " ").capitalize()}
            subject = SubjectField(slug=slug, **names)
            try:
                check(subject)
            except ValidationError as error:
                raise ValidationError({"subject": error.messages}) from error
            self._subjects[slug] = subject
        return self._subjects[slug]

    def write(self, hand: Hand) -> None:
        """Write everything, with histories."""
        for subject in self._subjects.values():
            if subject.pk is None:
                subject.save()
        written = 0
        work = len(self._new) + len(self._changed) + len(self._terms) + len(self._gone) + len(self._sources)
        for done in self._write(hand):
            written += done
            self._progress(self._rows + self._rows * written // max(1, work), 2 * self._rows)

    def _write(self, hand: Hand) -> Iterator[int]:
        yield from hand.create(Concept, self._new)
        yield from hand.update(Concept, self._changed, CONCEPT_FIELDS)
        yield from hand.delete(Term, self._gone)
        changed, new = ([term for term in self._terms if bool(term.pk) is there] for there in (True, False))
        yield from hand.write_terms(changed, new, TERM_FIELDS)
        yield from hand.create(Source, self._sources)
        yield from self._relations.write(hand)


def _keyed(rows: Sequence[ConceptRow]) -> list[ConceptRow]:
    """Give rows of a format without keys the keys of the concepts that are meant: with the same name and one word."""
    names = {term.text for row in rows if row.partial for term in row.terms if term.language == "en"}
    preferred = Term.objects.filter(language="en", status=TermStatus.PREFERRED)
    named = (preferred.filter(text__in=piece) for piece in pieces(sorted(names)))
    known = (Concept.objects.filter(terms__in=terms).prefetch_related("terms") for terms in named)
    meant: dict[tuple[str, str], str] = {
        (concept.gloss, term.text): concept.key
        for concepts in known
        for concept in concepts
        for term in concept.terms.all()
        if term.text != concept.gloss
    }
    return [replace(row, key=_key_meant(row, meant)) if row.partial else row for row in rows]


def _key_meant(row: ConceptRow, meant: dict[tuple[str, str], str]) -> str:
    english = next((term.text for term in row.terms if term.language == "en"), "")
    return next((meant[english, term.text] for term in row.terms if (english, term.text) in meant), row.key)


def _repeated_keys(rows: Iterable[ConceptRow]) -> Iterator[str]:
    first: dict[str, int] = {}
    for row in rows:
        if row.key in first:
            yield f"Line {row.line}: the key {row.key} stands on line {first[row.key]} already."
        first.setdefault(row.key, row.line)


def _preferred_twice(rows: Iterable[ConceptRow]) -> Iterator[str]:
    for row in rows:
        languages = [term.language for term in each_once(row.terms) if term.status == TermStatus.PREFERRED]
        if len(languages) > len(set(languages)) and not row.partial:
            yield f"Line {row.line}: only one term in each language can be the preferred one."


def _changed_fields(concept: Concept, row: ConceptRow, subject: SubjectField) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        "subject": subject,
        "status": row.status,
        "definition_zh": row.definition_zh,
        "definition_en": row.definition_en,
    }
    return {name: value for name, value in wanted.items() if value is not None and getattr(concept, name) != value}
