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

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick

from zhtext.characters import is_han
from zhtext.fold import JOINERS, Folded, fold, squeeze
from zhtext.frequencies import LONG_WORD
from zhtext.hashed import Bools, Ints
from zhtext.script import simplify
from zhtext.segment import Segmenter
from zhtext.spans import Span
from zhtext.wordlist import han_mask

# From this many Han characters on, a hit is never an accident of its neighbours.
SURE_LENGTH = 4
# How often a term that no frequency list counts is taken to occur where it competes with words: as a technical word.
TERM_FREQUENCY = 50


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

    def all_terms(self) -> Iterator[int]:
        """Give the ids of all terms that stand here."""
        yield from self.terms
        yield from (hit.term for hit in self.nested)

    def without(self, gone: Container[int]) -> "Match | None":
        """Give what is left of the match without some terms, None where none is left that fills it."""
        terms = tuple(term for term in self.terms if term not in gone)
        nested = tuple(hit for hit in self.nested if hit.term not in gone)
        return Match(self.start, self.end, terms, nested) if terms else None


class Matcher:
    """All the terms of one glossary, ready to be found."""

    def __init__(self, patterns: Iterable[Pattern], segmenter: Segmenter) -> None:
        """Take the patterns, and the segmenter that knows the edges of words.

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
        self._segmenter = segmenter

    def find(self, text: str, simplified: str | None = None) -> list[Match]:
        """Find the terms of a text: the longest leftmost matches in text order, with the terms nested in them.

        ``simplified`` is the same text in simplified characters, where the caller has it already. Raises ValueError
        for a text that holds NUL or lone surrogates.

        >>> matcher = Matcher([Pattern(1, "机械可解释性"), Pattern(2, "可解释性")], Segmenter(WordList.build([])))
        >>> matcher.find("做机械可解释性研究")
        [Match(start=1, end=7, terms=(1,), nested=(Hit(start=3, end=7, term=2),))]
        """
        simplified = simplify(text) if simplified is None else simplified
        found = self._found(text, simplified)
        return list(self._nest(found[_standing(found, simplified, self._segmenter)]))

    def _found(self, text: str, simplified: str) -> Ints:
        """Return every place where a key stands as whole words of its script, a row each: start, end, key."""
        folded = squeeze(text, simplified)
        rows = self._automaton.find_matches_as_indexes(folded.key, overlapping=True)
        hits = np.array(rows, dtype=np.int64).reshape(-1, 3)
        origins, han = np.array(folded.origins, dtype=np.int64), han_mask(text)
        found = np.stack([origins[hits[:, 1]], origins[hits[:, 2] - 1] + 1, hits[:, 0]], axis=1) if rows else hits
        starts, ends = found[:, 0], found[:, 1]
        plain = han[starts] & han[ends - 1] & (ends - starts == hits[:, 2] - hits[:, 1])
        # What begins or ends with a letter, or holds a space, is looked at in the source, where nothing is squeezed.
        for at in np.flatnonzero(~plain).tolist():
            key, first, last = rows[at]
            span = _latin_span(text, folded, first, last)
            bridging = self._keys[key] not in self._spaced and _bridges_words(text, folded.origins[first:last])
            found[at, :2] = span if span and not bridging else (0, 0)
        return found[found[:, 1] > 0]

    def _nest(self, found: Ints) -> Iterator[Match]:
        """Yield the longest leftmost of the hits, each with all terms that fill it and those that stand inside it."""
        hits = found[np.lexsort((found[:, 2], -found[:, 1], found[:, 0]))].tolist()
        at = 0
        while at < len(hits):
            start, end, _key = hits[at]
            terms: list[int] = []
            nested: list[Hit] = []
            while at < len(hits) and hits[at][0] < end:
                first, last, key = hits[at]
                at += 1
                if (first, last) == (start, end):
                    terms += self._terms[self._keys[key]]
                elif last <= end:
                    nested += [Hit(first, last, term) for term in self._terms[self._keys[key]]]
            yield Match(start, end, tuple(sorted(set(terms))), tuple(sorted(set(nested))))


def _standing(found: Ints, simplified: str, segmenter: Segmenter) -> Bools:
    """Tell of each hit whether it holds its own against the words around it; the rules stand at the top of this file.

    The text is cut into words only if there is a hit to be judged.
    """
    starts, ends = found[:, 0], found[:, 1]
    han = han_mask(simplified)
    counts = np.concatenate(([0], np.cumsum(han)))
    standing: Bools = counts[ends] - counts[starts] >= SURE_LENGTH
    if standing.all():
        return standing
    edges = segmenter.edges(simplified)
    # Inside a word: at a Han character that begins none.
    inside = np.append(han, False)
    inside[edges] = False
    standing |= ~inside[starts] & ~inside[ends]
    torn = np.flatnonzero(~standing)
    first, last = starts[torn], ends[torn]
    # The words that a hit breaks, from the edge before it to the edge behind it.
    after_first, before_last = np.searchsorted(edges, first, "right"), np.searchsorted(edges, last, "left")
    begin = np.where(inside[first], edges[after_first - 1], first)
    stop = np.where(inside[last], edges[np.minimum(before_last, edges.size - 1)], last)
    in_one_word = np.where(inside[first], edges[np.minimum(after_first, edges.size - 1)] == stop, False)
    in_one_word |= np.where(inside[last], edges[before_last - 1] == begin, False)
    hits = [
        _Torn(*(simplified[here:there] for here, there in ((one, two), (two, three), (three, four))))
        for one, two, three, four in zip(begin.tolist(), first.tolist(), last.tolist(), stop.tolist(), strict=True)
    ]
    standing[torn[in_one_word]] = _are_heads([hits[at] for at in np.flatnonzero(in_one_word)], segmenter)
    standing[torn[~in_one_word]] = _beat_words([hits[at] for at in np.flatnonzero(~in_one_word)], segmenter)
    return standing


class _Torn(NamedTuple):
    """A hit that breaks words: what it leaves of them before it, itself, and what it leaves behind it."""

    before: str
    hit: str
    after: str

    @property
    def words(self) -> str:
        return self.before + self.hit + self.after


def _are_heads(hits: Sequence[_Torn], segmenter: Segmenter) -> list[bool]:
    """Tell of each hit inside one longer word whether it is its head, behind a word of two characters or more."""
    words = segmenter.words.hold([hit.before or hit.hit for hit in hits])
    return [known and len(hit.before) > 1 and not hit.after for hit, known in zip(hits, words, strict=True)]


def _beat_words(hits: Sequence[_Torn], segmenter: Segmenter) -> list[bool]:
    """Tell of each hit across words whether it and what it leaves of them are likelier than the words it breaks."""
    words = segmenter.words
    parts = list({part for hit in hits for part in (*hit, hit.words) if part})
    cheapest = dict(zip(parts, words.cut_costs(parts), strict=True)) | {"": 0.0}
    as_words = words.costs([hit.hit for hit in hits])
    standing = []
    for hit, cost in zip(hits, as_words, strict=True):
        by_chance = cheapest[hit.hit] if len(hit.hit) >= LONG_WORD else cost
        own = min(cost, by_chance, words.cost_of(TERM_FREQUENCY))
        standing.append(own + cheapest[hit.before] + cheapest[hit.after] < cheapest[hit.words])
    return standing


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
