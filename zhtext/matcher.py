"""Find every term of the glossary in a text, in characters, before anything is segmented.

Segmenters cut terms apart (后/训练, 缩放/定律), and term lists alone accept false friends (然后|训练 is no 后训练).
So all terms are looked for in one pass over the folded text, and each hit of two or three Han characters then has to
hold its own against the words of the dictionary:

- A hit that begins and ends where words do stands.
- A hit inside one longer word stands only as its head, behind a word of its own: Chinese compounds have their head on
  the right (Packard, The Morphology of Chinese, 2000), so 神经网络 is a kind of 网络 and 数学模型 a kind of 模型, but
  意识形态 is no 意识, 训练营 no 训练, 嵌入式 no 嵌入; and one character makes another word of it: 潜意识, 伪代码.
  Measured on the dictionary: of 189 words with a term of the glossary inside, 76 keep it, and all but a few rightly.
- A hit across the edge of words stands if the words that come of it are likelier than those it breaks, by their
  frequencies: 智能体|会 beats 智能|体会, but 公司内|存在 beats 公司|内存|在 and 扩大|模型 beats 扩|大模型.

From four characters on a hit is never an accident, and always stands.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from zhtext.characters import HAN_RANGES, HAN_RUN, count_han, is_han
from zhtext.fold import JOINERS, Folded, fold, squeeze
from zhtext.frequencies import count, likelihood
from zhtext.spans import Span, longest_leftmost

# From this many Han characters on, a hit is never an accident of its neighbours.
SURE_LENGTH = 4
# How often a term that no frequency list counts is taken to occur where it competes with words: as a technical word.
TERM_FREQUENCY = 50
HAN_PAIR = re.compile(f"[{HAN_RANGES}]{{2}}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One surface form to look for: the id of its term, and whether a single Han character is enough."""

    term: int
    surface: str
    forced: bool = False


class Hit(NamedTuple):
    """One term found: a span of the source, and the id of the term."""

    start: int
    end: int
    term: int


@dataclass(frozen=True, slots=True)
class Match:
    """A place where terms stand: the ids of those that fill it, and the hits nested inside it."""

    start: int
    end: int
    terms: tuple[int, ...]
    nested: tuple[Hit, ...] = ()


class Matcher:
    """All the terms of one glossary, ready to be found."""

    def __init__(
        self, patterns: Iterable[Pattern], cut: Callable[[str], Sequence[str]], is_word: Callable[[str], bool]
    ) -> None:
        """Take the patterns, and a segmenter's ``cut`` and ``is_word``, which know the edges of words.

        A pattern with fewer than two Han characters and fewer than two others is left out unless it is forced.
        """
        self._terms: dict[str, list[int]] = {}
        self._spaced: set[str] = set()
        for pattern in patterns:
            key = squeeze(pattern.surface.strip()).key
            if len(key) > 1 or (key and pattern.forced):
                self._terms.setdefault(key, []).append(pattern.term)
            if not JOINERS.isdisjoint(pattern.surface.strip()):
                self._spaced.add(key)
        self._keys = list(self._terms)
        self._automaton = AhoCorasick(self._keys)
        self._cut, self._is_word = cut, is_word

    def find(self, text: str) -> list[Match]:
        """Find the terms of a text: the longest leftmost matches in text order, with the terms nested in them.

        Raises ValueError for a text that holds NUL or lone surrogates.

        >>> matcher = Matcher([Pattern(1, "机械可解释性"), Pattern(2, "可解释性")], list, lambda word: False)
        >>> matcher.find("做机械可解释性研究")
        [Match(start=1, end=7, terms=(1,), nested=(Hit(start=3, end=7, term=2),))]
        """
        hits = sorted(set(self._hits(text)))
        matches = []
        for outer in longest_leftmost({Span(hit.start, hit.end) for hit in hits}):
            inside = hits[bisect_right(hits, (outer.start,)) : bisect_right(hits, (outer.end,))]
            inside = [hit for hit in inside if hit.end <= outer.end]
            same = tuple(hit.term for hit in inside if hit[:2] == outer)
            nested = tuple(hit for hit in inside if hit[:2] != outer)
            matches.append(Match(outer.start, outer.end, same, nested))
        return matches

    def _hits(self, text: str) -> Iterator[Hit]:
        folded = squeeze(text)
        words = _WordEdges(text, self._cut, self._is_word)
        for index, first, last in self._automaton.find_matches_as_indexes(folded.key, overlapping=True):
            key = self._keys[index]
            span = _latin_span(text, folded, first, last)
            if span is None or (key not in self._spaced and _bridges_words(text, folded.origins[first:last])):
                continue
            if words.allow(span):
                yield from (Hit(span.start, span.end, term) for term in self._terms[key])


class _WordEdges:
    """Where the dictionary's words begin in one text; cut only when a hit asks."""

    def __init__(self, text: str, cut: Callable[[str], Sequence[str]], is_word: Callable[[str], bool]) -> None:
        self._text, self._cut, self._is_word = text, cut, is_word
        self._simplified = ""
        self._edges: list[int] = []

    def allow(self, span: Span) -> bool:
        """Tell whether a hit holds its own against the words around it; the rules stand at the top of this file."""
        if count_han(self._text[span.start : span.end]) >= SURE_LENGTH:
            return True
        before, after = self._word_around(span.start), self._word_around(span.end)
        if before is None and after is None:
            return True
        broken = Span((before or span).start, (after or span).end)
        if broken in (before, after):
            return span.end == broken.end and self._is_compound_part(self._simplified[broken.start : span.start])
        return self._beats(span, broken)

    def _is_compound_part(self, text: str) -> bool:
        return len(text) > 1 and self._is_word(text)

    def _beats(self, span: Span, broken: Span) -> bool:
        """Tell whether a hit and what it leaves of the words it breaks are likelier than those words."""
        rests = (self._simplified[broken.start : span.start], self._simplified[span.end : broken.end])
        pieces = [count(piece) for rest in rests if rest for piece in self._cut(rest)]
        hit = max(count(self._simplified[span.start : span.end]), TERM_FREQUENCY)
        words = self._cut(self._simplified[broken.start : broken.end])
        return likelihood([hit, *pieces]) > likelihood(map(count, words))

    def _word_around(self, position: int) -> Span | None:
        """Give the dictionary word that has the position strictly inside it, if there is one."""
        if not HAN_PAIR.match(self._text, max(position - 1, 0)):
            return None
        if not self._edges:
            self._find_edges()
        at = bisect_right(self._edges, position)
        return None if self._edges[at - 1] == position else Span(self._edges[at - 1], self._edges[at])

    def _find_edges(self) -> None:
        self._simplified = fold(self._text)
        edges: set[int] = set()
        for run in HAN_RUN.finditer(self._simplified):
            position = run.start()
            for word in self._cut(run[0]):
                edges.add(position)
                position += len(word)
            edges.add(position)
        self._edges = sorted(edges)


def _latin_span(text: str, folded: Folded, first: int, last: int) -> Span | None:
    """Give the source span of a hit in the key, its plural s included; None where it is part of a longer word.

    AI is not in maintain, and GPT-3 is not in GPT-3.5; edges are looked at in the source, where nothing is squeezed.
    """
    start, end = folded.origins[first], folded.origins[last - 1] + 1
    if start and _is_latin(text[start]) and _continues(text[start - 1], text[start]):
        return None
    if _is_letter(text[end - 1]) and _is_letter(text[end : end + 1]):
        plural = fold(text[end]) == "s" and not _is_latin(text[end + 1 : end + 2])
        return Span(start, end + 1) if plural else None
    if text[end - 1].isdigit() and _number_goes_on(text[end : end + 2]):
        return None
    return Span(start, end)


def _continues(before: str, character: str) -> bool:
    """Tell whether a letter or digit goes on what stands before it."""
    return _is_letter(before) if _is_letter(character) else _is_latin(before) or before == "."


def _number_goes_on(following: str) -> bool:
    return _is_latin(following[:1]) or (following[:1] == "." and following[1:].isdigit())


def _is_letter(character: str) -> bool:
    return character.isalpha() and not is_han(character)


def _is_latin(character: str) -> bool:
    return character.isalnum() and not is_han(character)


def _bridges_words(text: str, origins: Sequence[int]) -> bool:
    """Tell whether white space between two letters was squeezed out: in "plan A I made" there is no AI."""
    return any(
        any(map(str.isspace, text[here + 1 : there])) and _is_letter(text[here]) and _is_letter(text[there])
        for here, there in pairwise(origins)
    )
