"""What terms are looked for by: the folded spellings of their surface forms, in one automaton."""

from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from zhtext.fold import JOINERS, search_keys
from zhtext.latin import spellings


@dataclass(frozen=True, slots=True)
class Pattern:
    """One surface form to look for: the id of its term, and whether a single Han character is enough."""

    term: int
    surface: str
    forced: bool = False


class Keys:
    """The spellings of some terms, and the automaton that finds them."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        """Take the patterns; one with fewer than two characters is left out unless it is forced."""
        known = [(pattern, surface) for pattern in patterns if (surface := pattern.surface.strip())]
        terms: dict[str, set[int]] = {}
        self.spaced: set[str] = set()
        for (pattern, surface), key in zip(known, search_keys([surface for _pattern, surface in known]), strict=True):
            for spelling in spellings(key) if len(key) > 1 or (key and pattern.forced) else ():
                terms.setdefault(spelling, set()).add(pattern.term)
            if not JOINERS.isdisjoint(surface):
                self.spaced.update(spellings(key))
        self.keys = list(terms)
        # By the number of the key.
        self.terms = [tuple(sorted(found)) for found in terms.values()]
        self.automaton = AhoCorasick(self.keys)
