"""What editors chose for words of one text: which concept is meant, or none, at one place or throughout.

One word can designate several concepts (推理: reasoning, inference), and not every word that looks like a term is one
(合成数据 as a verb with its object). Where nothing was chosen, all concepts are shown.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from zhtext.fold import squeeze
from zhtext.matcher import Hit, Match
from zhtext.spans import longest_leftmost

# Which concept a term designates, by their ids.
ConceptOf = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Choices:
    """The concepts that were chosen, by place ``(start, end)`` and by written form; None where no mark is wanted."""

    here: dict[tuple[int, int], int | None] = field(default_factory=dict)
    throughout: dict[str, int | None] = field(default_factory=dict)

    def apply(self, matches: Sequence[Match], text: str, concept_of: ConceptOf, base: int = 0) -> Sequence[Match]:
        """Give the matches of a text, which begins at ``base`` in its document, as they were chosen.

        Of a word that is not marked, the terms inside it come forward.
        """
        if not self.here and not self.throughout:
            return matches
        return [left for match in matches for left in self._chosen(match, text, concept_of, base)]

    def _chosen(self, match: Match, text: str, concept_of: ConceptOf, base: int) -> Iterator[Match]:
        match = match._replace(nested=tuple(hit for hit in match.nested if self._is_meant(hit, text, concept_of, base)))
        place, form = (match.start + base, match.end + base), form_of(text[match.start : match.end])
        if place not in self.here and form not in self.throughout:
            yield match
            return
        concept = self.here[place] if place in self.here else self.throughout[form]
        if concept is None:
            for inner in _inside(match):
                yield from self._chosen(inner, text, concept_of, base)
            return
        meant = tuple(term for term in match.terms if concept_of(term) == concept)
        # A concept that has lost the word since is no reason to show nothing.
        yield match._replace(terms=meant or match.terms)

    def _is_meant(self, hit: Hit, text: str, concept_of: ConceptOf, base: int) -> bool:
        """Tell whether a term inside another is what was chosen for its word, or nothing was."""
        place, form = (hit.start + base, hit.end + base), form_of(text[hit.start : hit.end])
        if place in self.here:
            return self.here[place] == concept_of(hit.term)
        return form not in self.throughout or self.throughout[form] == concept_of(hit.term)


def form_of(word: str) -> str:
    """Give what a word is chosen by throughout a text: as terms are found, without regard to case and width."""
    return squeeze(word).key


def _inside(match: Match) -> Iterator[Match]:
    """Yield the terms inside a match as matches by themselves, the longest leftmost."""
    spans = {(hit.start, hit.end) for hit in match.nested}
    alone = [Match(start, end, tuple(hit.term for hit in match.nested if (hit.start, hit.end) == (start, end)))
             for start, end in sorted(spans)]  # fmt: skip
    yield from longest_leftmost(alone)
