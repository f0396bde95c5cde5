"""What a term would do to the texts if it were saved now: shown to editors before they save."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from glossary import corpus, lexicon
from glossary.corpus import Text
from glossary.formats.rows import ConceptRow
from glossary.models import Concept, Term
from zhtext.keys import Pattern
from zhtext.matcher import Match, Matcher
from zhtext.spans import Span

# So many terms are named of those that a new one meets.
MOST_NAMED = 20


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

    @classmethod
    def of_json(cls, stored: dict[str, Any]) -> "Impact":
        """Give back what was stored as JSON."""
        lists = {name: tuple(stored[name]) for name in ("inside", "holds", "shared")}
        return cls(places=tuple(Place(**place) for place in stored["places"]), notes=stored["notes"], **lists)

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
    return _foresee(current, matcher, own, _shared(current, surface, concept))


def impact_of_rows(rows: Sequence[ConceptRow]) -> Impact:
    """Foresee what the terms of a file do to the public texts, those that are marked in them already left out."""
    current = lexicon.current()
    given = {term.text: row.key for row in rows for term in row.terms if term.annotate is not False}
    there: dict[str, set[str]] = defaultdict(set)
    for text, key in Term.objects.matchable().values_list("text", "concept__key").iterator(10_000):
        there[text].add(key)
    patterns = (Pattern(number, text) for number, text in enumerate(given.keys() - there.keys()))
    shared = sorted(f"{text} ({key})" for text, own in given.items() for key in there.get(text, ()) if key != own)
    return _foresee(current, Matcher(patterns, current.words.segmenter), frozenset(), tuple(shared[:MOST_NAMED]))


def _foresee(current: lexicon.Lexicon, matcher: Matcher, own: frozenset[int], shared: tuple[str, ...]) -> Impact:
    places, inside, holds, notes = [], set[str](), set[str](), 0
    for text in corpus.texts():
        found = [Span(match.start, match.end) for match in matcher.find(text.text)]
        if found:
            places.append(Place(text.title, text.url, len(found)))
            notes += corpus.noted(text.url, found)
            for match in _others(current, text, own):
                _meet(text.text, found, match, inside, holds)
    named_inside, named_holds = (tuple(sorted(names)[:MOST_NAMED]) for names in (inside, holds))
    return Impact(tuple(places), named_inside, named_holds, shared, notes)


def _others(current: lexicon.Lexicon, text: Text, own: frozenset[int]) -> Iterator[Match]:
    """Yield the places of the terms of other concepts."""
    yield from (match for match in current.find(text.text) if not own.issuperset(match.terms))


def _meet(text: str, found: Sequence[Span], match: Match, inside: set[str], holds: set[str]) -> None:
    """Note how a place that is marked already lies to those of new terms, which are in text order."""
    first = bisect_right(found, match.start, key=attrgetter("end"))
    for span in found[first : bisect_left(found, match.end, key=attrgetter("start"))]:
        if span == (match.start, match.end):
            continue
        if match.start <= span.start and span.end <= match.end:
            inside.add(text[match.start : match.end])
        elif span.start <= match.start and match.end <= span.end:
            holds.add(text[match.start : match.end])


def _shared(current: lexicon.Lexicon, surface: str, concept: int | None) -> tuple[str, ...]:
    """Give the keys of the other concepts that a surface form designates."""
    whole = current.designating(surface)
    keys = dict(Concept.objects.filter(terms__in=whole.terms if whole else ()).values_list("pk", "key"))
    return tuple(sorted(key for pk, key in keys.items() if pk != concept))
