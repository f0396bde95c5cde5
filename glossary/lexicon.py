"""What the reader must know of the glossary and the dictionary, held in memory at one revision.

``current()`` costs one small query; it builds anew only when the revision has moved on. The dictionary's words, of
which there are a hundred thousand and which seldom change, are kept apart from the few terms that editors change.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from glossary import edition
from glossary.models import Concept, Term
from glossary.words import Words, words_of
from zhtext.matcher import Match, Matcher, Pattern


@dataclass(frozen=True)
class Lexicon:
    """The published concepts and their terms at one revision, ready to be found in texts."""

    edition: int
    words: Words
    terms: dict[int, Term]
    concepts: dict[int, Concept]

    @cached_property
    def matcher(self) -> Matcher:
        """Find all marked terms, in every form an editor wrote down."""
        return Matcher(self._patterns(), self.words.segmenter)

    def _patterns(self) -> list[Pattern]:
        patterns = []
        for term in self.terms.values():
            for surface in {term.text, term.hant, term.hant_tw, term.hant_hk} - {""}:
                patterns.append(Pattern(term.pk, surface, term.forced))
        return patterns

    def concepts_of(self, terms: Sequence[int]) -> list[Concept]:
        """Give the concepts that terms designate, each once: those that prefer the term come first."""
        ranked = sorted((self.terms[term] for term in terms), key=lambda term: term.rank)
        return list({term.concept_id: self.concepts[term.concept_id] for term in ranked}.values())

    def find(self, text: str, simplified: str | None = None) -> list[Match]:
        """Find the terms of a text; ``simplified`` is the same text so written, where the caller has it already."""
        return self.matcher.find(text, simplified)


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
    terms = {term.pk: term for term in Term.objects.matchable().order_by("pk")}
    concepts = Concept.objects.published().select_related("subject").prefetch_related("terms", "sources")
    return Lexicon(number, words, terms, {concept.pk: concept for concept in concepts})
