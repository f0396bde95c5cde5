"""What the reader must know of the glossary and the dictionary, held in memory at one revision.

``current()`` costs one small query; it builds anew only when the revision has moved on. The dictionary's words, of
which there are a hundred thousand and which seldom change, are kept apart from the few terms that editors change.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeVar

from django.db.models import QuerySet

from glossary import edition
from glossary.models import Concept, Term
from glossary.regions import Regions
from glossary.words import Words, words_of
from zhtext.keys import Pattern
from zhtext.matcher import Match, Matcher
from zhtext.regional import Regional
from zhtext.script import Script

Row = TypeVar("Row", Concept, Term)

# So many terms may have changed before all are built anew; that takes a second at 120,000 terms.
MOST_FRESH = 1_000
# Histories are numbered before they are committed: so many of those seen already are looked at again.
OVERLAP = 200


class Rows(dict[int, Row]):
    """Rows of a table by their keys, fetched when they are asked for: few of a great glossary stand in one text."""

    def __init__(self, rows: QuerySet[Row]) -> None:
        """Take the rows that may be asked for."""
        super().__init__()
        self._rows: QuerySet[Row] = rows
        self._expected: set[int] = set()

    def draw(self, keys: Iterable[int]) -> None:
        """Fetch what of some rows is not at hand yet, all at once; those that there are not are left out."""
        wanted = set(keys) - self.keys()
        if wanted:
            self.update(self._rows.in_bulk(wanted))

    def expect(self, keys: Iterable[int]) -> None:
        """Say which rows will be asked for, if any is: then they are fetched together."""
        self._expected.update(keys)

    def __missing__(self, key: int) -> Row:
        """Fetch one row, and all that are expected. Raises KeyError where there is none."""
        self.draw({key, *self._expected})
        self._expected.clear()
        if key not in self:
            raise KeyError(key)
        return self[key]


@dataclass(frozen=True)
class Lexicon:
    """The published concepts and their terms at one revision, ready to be found in texts."""

    edition: int
    words: Words
    matcher: Matcher
    terms: Rows[Term]
    concepts: Rows[Concept]
    # The names of the concepts found so far, which is all that a page has to know of most.
    keys: dict[int, str] = field(default_factory=dict)
    regions: Regions = field(default_factory=Regions)
    # The last changes of terms and of concepts that went into the matcher.
    seen: tuple[int, int] = (0, 0)

    def regional(self, script: Script, source: Script) -> Regional:
        """Give the words that are others in a script than in a text's own, also those that texts do not mark."""
        return self.regions.of(script, source)

    def designating(self, word: str) -> Match | None:
        """Give the terms that a whole word is, with those nested in it; None where it is none."""
        return next((match for match in self.find(word) if (match.start, match.end) == (0, len(word))), None)

    def concept_of(self, term: int) -> int:
        """Give the id of the concept that a term designates."""
        return self.terms[term].concept_id

    def concepts_of(self, terms: Sequence[int]) -> list[Concept]:
        """Give the concepts that terms designate, each once: those that prefer the term come first."""
        ranked = sorted((self.terms[term] for term in terms), key=lambda term: term.rank)
        return list({term.concept_id: self.concepts[term.concept_id] for term in ranked}.values())

    def key_of(self, terms: Sequence[int]) -> str:
        """Give the key of the concept that goes first of those that terms found in a text designate."""
        first = min((self.terms[term] for term in terms), key=attrgetter("rank"))
        return self.keys[first.concept_id]

    def find(self, text: str, simplified: str | None = None) -> list[Match]:
        """Find the terms of a text, and fetch them and their concepts.

        ``simplified`` is the same text so written, where the caller has it already.
        """
        matches = self.matcher.find(text, simplified)
        found = {term for match in matches for term in match.all_terms()}
        self.terms.draw(found)
        concepts = {self.terms[term].concept_id for term in found if term in self.terms}
        self.concepts.expect(concepts)
        unnamed = concepts - self.keys.keys()
        if unnamed:
            self.keys.update(Concept.objects.filter(pk__in=unnamed).values_list("pk", "key"))
        # An editor may have taken a term away since this revision: then it is not marked any more.
        gone = {term for term in found if term not in self.terms}
        return [left for match in matches if (left := match.without(gone))] if gone else matches


_lock = threading.Lock()
# The one lexicon this process holds; empty before the first is built.
_kept: list[Lexicon] = []


def current(number: int | None = None) -> Lexicon:
    """Give the lexicon of the glossary's current revision, whose number the caller may have at hand already."""
    number = edition.current() if number is None else number
    kept = next(iter(_kept), None)
    if kept is not None and kept.edition == number:
        return kept
    with _lock:
        kept = next(iter(_kept), None)
        if kept is None or kept.edition != number:
            kept = _build(number, kept)
            _kept[:] = [kept]
    return kept


def forget() -> None:
    """Forget what is held; tests begin so."""
    _kept.clear()


def _build(number: int, last: Lexicon | None) -> Lexicon:
    words = words_of(last.words if last else None)
    # Asked for first: what changes meanwhile is seen again with the next revision.
    seen = _last(Term), _last(Concept)
    terms = Term.objects.matchable()
    concepts = Concept.objects.published().select_related("subject").prefetch_related("terms", "sources")
    matcher = _renewed(last) if last and last.words is words else None
    matcher = matcher or Matcher(_patterns(terms), words.segmenter)
    return Lexicon(number, words, matcher, Rows(terms), Rows(concepts), seen=seen)


def _last(model: type[Term] | type[Concept]) -> int:
    return model.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0


def _renewed(last: Lexicon) -> Matcher | None:
    """Renew the matcher by what has changed since, as the histories tell; None where that is too much."""
    of_terms, of_concepts = last.seen
    rows = Term.history.filter(history_id__gt=of_terms - OVERLAP).values_list("id", flat=True)[: MOST_FRESH + 1]
    touched = Concept.history.filter(history_id__gt=of_concepts - OVERLAP).values("id")
    theirs = Term.objects.filter(concept__in=touched).values_list("pk", flat=True)[: MOST_FRESH + 1]
    changed = {*rows, *theirs}
    if len(changed | last.matcher.changed) > MOST_FRESH:
        return None
    return last.matcher.renewed(_patterns(Term.objects.matchable().filter(pk__in=changed)), changed)


def _patterns(terms: QuerySet[Term]) -> Iterator[Pattern]:
    """Yield every form of some terms that an editor wrote down."""
    columns = ("pk", "forced", "text", "hant", "hant_tw", "hant_hk")
    for pk, forced, *forms in terms.order_by("pk").values_list(*columns).iterator(10_000):
        for surface in {*forms} - {""}:
            yield Pattern(pk, surface, forced)
