"""What a term would do to the texts if it were saved now: shown to editors before they save."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glossary import corpus, lexicon
from glossary.corpus import Text
from glossary.models import Concept, Term
from zhtext.keys import Pattern
from zhtext.matcher import Match, Matcher
from zhtext.spans import Span


@dataclass(frozen=True, slots=True)
class Place:
    """One text in which a term would be marked: what it is called, where it is read, and how often."""

    title: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Impact:
    """Where a term would be marked, what it meets there, whose designation it is already, and the notes it touches."""

    places: tuple[Place, ...]
    # Terms that it would stand inside of, and terms that would stand inside it.
    inside: tuple[str, ...]
    holds: tuple[str, ...]
    # The other concepts that it designates.
    shared: tuple[str, ...]
    # How many notes stand on these places; whose they are is not said.
    notes: int

    @property
    def count(self) -> int:
        """Count the places in all texts."""
        return sum(place.count for place in self.places)


def impact(surface: str, *, forced: bool = False, concept: int | None = None) -> Impact:
    """Foresee what a term does to the public texts; ``concept`` is whose it is, or will be, if that is known.

    Raises ValueError for a text that holds NUL or lone surrogates.
    """
    current = lexicon.current()
    own = frozenset(Term.objects.filter(concept=concept).values_list("pk", flat=True)) if concept else frozenset()
    matcher = Matcher([Pattern(0, surface, forced)], current.words.segmenter)
    places, inside, holds, notes = [], set[str](), set[str](), 0
    for text in corpus.texts():
        found = [Span(match.start, match.end) for match in matcher.find(text.text)]
        if found:
            places.append(Place(text.title, text.url, len(found)))
            notes += corpus.noted(text.url, found)
            for match in _others(current, text, own):
                _meet(text.text, found, match, inside, holds)
    return Impact(tuple(places), tuple(sorted(inside)), tuple(sorted(holds)), _shared(current, surface, concept), notes)


def _others(current: lexicon.Lexicon, text: Text, own: frozenset[int]) -> Iterator[Match]:
    """Yield the places of the terms of other concepts."""
    yield from (match for match in current.find(text.text) if not own.issuperset(match.terms))


def _meet(text: str, found: Sequence[Span], match: Match, inside: set[str], holds: set[str]) -> None:
    """Note how a place that is marked already lies to those of the new term."""
    for span in found:
        if (span.start, span.end) == (match.start, match.end):
            continue
        if match.start <= span.start and span.end <= match.end:
            inside.add(text[match.start : match.end])
        elif span.start <= match.start and match.end <= span.end:
            holds.add(text[match.start : match.end])


def _shared(current: lexicon.Lexicon, surface: str, concept: int | None) -> tuple[str, ...]:
    """Give the keys of the other concepts that a surface form designates."""
    whole = [match for match in current.find(surface) if (match.start, match.end) == (0, len(surface))]
    terms = {term for match in whole for term in match.terms}
    keys = dict(Concept.objects.filter(terms__in=terms).values_list("pk", "key"))
    return tuple(sorted(key for pk, key in keys.items() if pk != concept))
