"""Bring rows of a file into the glossary and out again: all or nothing, with a report of what changed."""

from collections.abc import Callable, Iterator, Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from glossary import edition
from glossary.formats.rows import ConceptRow
from glossary.incoming import Changes
from glossary.incoming_terms import term_row
from glossary.models import Concept
from glossary.relation_rows import targets_of
from glossary.reports import Progress, Report
from glossary.writing import Hand

__all__ = ["Report", "export_rows", "import_rows"]


def import_rows(
    rows: Sequence[ConceptRow],
    *,
    dry_run: bool = False,
    user: AbstractBaseUser | None = None,
    reason: str = "import",
    progress: Progress = lambda _done, _total: None,
    finish: Callable[[Report], None] = lambda _report: None,
) -> Report:
    """Bring rows in, in one transaction; a second import of the same rows changes nothing.

    A concept is found again by its key. What the file does not say of a concept stays as it is, and its terms become
    those of the file. Histories name the user and the reason. ``finish`` is called at the end of the transaction, and
    what it writes stands or falls with the rest. Raises BadFileError with line numbers, having changed nothing.
    """
    number = edition.current()
    # Gathering is a good part of the work: done before the transaction, it keeps nobody else from writing.
    changes = Changes(rows, progress)
    if not dry_run:
        with transaction.atomic():
            # Where somebody has changed the glossary meanwhile, what was gathered may not hold any more.
            changes = changes if edition.current() == number else Changes(rows, progress)
            changes.write(Hand(user, reason, timezone.now()))
            if changes.report.created or changes.report.changed:
                edition.advance()
            finish(changes.report)
    return changes.report


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
            terms=tuple(term_row(term) for term in sorted(concept.terms.all(), key=lambda term: term.pk)),
            subject=concept.subject.slug,
            status=concept.status,
            definition_zh=concept.definition_zh,
            definition_en=concept.definition_en,
            source=sources[0].title if sources else "",
            **targets_of(concept, published=published),
        )
