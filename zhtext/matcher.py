"""Find every term of the glossary in a text, in characters, before anything is segmented.

Segmenters cut terms apart (后/训练, 缩放/定律), and term lists alone accept false friends (然后|训练 is no 后训练).
So all terms are looked for in one pass over the folded text, and each hit of Han characters then has to hold its own
against the words of the dictionary:

- A hit that begins and ends where words do stands.
- A hit inside one longer word stands only beside words of their own. Chinese compounds have their head on the right
  (Packard, The Morphology of Chinese, 2000), so 神经网络 is a kind of 网络 and 数学模型 a kind of 模型. As its
  beginning it stands in a compound that is put together for the day, 向量空间, 语义分析, but not in one so common that
  it has a meaning of its own: 意识形态. One character makes another word of it, 训练营, 嵌入式, 潜意识, 伪代码; only
  有 does not.
- A hit across the edge of words stands if the words that come of it are likelier than those it breaks, by their
  frequencies: 智能体|会 beats 智能|体会, but 公司内|存在 beats 公司|内存|在 and 扩大|模型 beats 扩|大模型. A single
  character torn off a word is seldom a word itself, unless it is a particle: 无人机|交互 beats 无|人机交互.

A hit of four characters and more is seldom an accident, but it may be: 神经|科学家 is no 神经科学.
"""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from copy import copy
from typing import NamedTuple

import numpy as np

from zhtext.characters import is_han
from zhtext.fold import squeeze
from zhtext.frequencies import LONG_WORD
from zhtext.hashed import Bools, Ints
from zhtext.keys import Keys, Pattern
from zhtext.latin import bridges_words, latin_span
from zhtext.script import simplify
from zhtext.segment import Segmenter
from zhtext.wordlist import han_mask

# How often a term that no frequency list counts is taken to occur where it competes with words: as a technical word.
TERM_FREQUENCY = 50
# A long term is rarer, and made of words: where it breaks others, it is likely to stand there by accident.
LONG_TERM = 4
LONG_TERM_FREQUENCY = 10
# What one character costs more, in nats, where a hit has torn it off a word; a particle often stands by itself.
TORN = 4.6
TORN_PARTICLE = 1.2
PARTICLES = frozenset(
    "的了在和对被会能后前中与把让给用由从向以为是有不也都就还很更最这那其及或而且但要可到将当时上下内外里"
    "各每某两一几多些等着过地得说没使做只"
)
# A word that was counted so often has a meaning of its own beside that of its parts.
SETTLED = 100
# 中 is "in" before 的 or a mark, or so many characters behind one of these.
PREPOSITIONS = frozenset("在从于")
REACH = 6
ADDRESS = re.compile(r"(?:https?://|www\.)[A-Za-z0-9./?=&%#:_~+@-]+")


class Hit(NamedTuple):
    """One term found: a span of the source, and the id of the term."""

    start: int
    end: int
    term: int


class Match(NamedTuple):
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
    """All the terms of one glossary, ready to be found.

    To build an automaton of 120,000 terms takes a second; so what has changed since has a small one of its own.
    """

    def __init__(self, patterns: Iterable[Pattern], segmenter: Segmenter) -> None:
        """Take the patterns, and the segmenter that knows the edges of words.

        A pattern with fewer than two Han characters and fewer than two others is left out unless it is forced.
        """
        self._base, self._fresh = Keys(patterns), Keys(())
        self._later: tuple[Pattern, ...] = ()
        self.changed: frozenset[int] = frozenset()
        self._segmenter = segmenter

    def renewed(self, patterns: Iterable[Pattern], changed: Collection[int]) -> "Matcher":
        """Give a matcher for which of the changed terms these patterns hold, and no others; the rest is shared."""
        other = copy(self)
        kept = (pattern for pattern in self._later if pattern.term not in changed)
        other._later = (*kept, *patterns)
        other._fresh = Keys(other._later)
        other.changed = self.changed.union(changed)
        return other

    def find(self, text: str, simplified: str | None = None) -> list[Match]:
        """Find the terms of a text: the longest leftmost matches in text order, with the terms nested in them.

        ``simplified`` is the same text in simplified characters, where the caller has it already. Raises ValueError
        for a text that holds NUL or lone surrogates.

        >>> from zhtext.wordlist import WordList
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
        rows = self._rows(folded.key)
        hits = np.array(rows, dtype=np.int64).reshape(-1, 3)
        origins, han = np.array(folded.origins, dtype=np.int64), han_mask(text)
        found = np.stack([origins[hits[:, 1]], origins[hits[:, 2] - 1] + 1, hits[:, 0]], axis=1) if rows else hits
        starts, ends = found[:, 0], found[:, 1]
        plain = han[starts] & han[ends - 1] & (ends - starts == hits[:, 2] - hits[:, 1])
        in_address = np.zeros(len(text) + 1, dtype=np.bool_)
        for address in ADDRESS.finditer(text):
            in_address[slice(*address.span())] = True
        # What begins or ends with a letter, or holds a space, is looked at in the source, where nothing is squeezed.
        for at in np.flatnonzero(~plain).tolist():
            key, first, last = rows[at]
            span = latin_span(text, folded, first, last)
            bridging = not self._is_spaced(key) and bridges_words(text, folded.origins[first:last])
            found[at, :2] = span if span and not bridging and not in_address[span.start] else (0, 0)
        return found[found[:, 1] > 0]

    def _rows(self, text: str) -> list[tuple[int, int, int]]:
        """Find the keys in a folded text, each by its number; those of the fresh terms are counted on."""
        rows = self._base.automaton.find_matches_as_indexes(text, overlapping=True)
        if not self.changed:
            return rows
        fresh = self._fresh.automaton.find_matches_as_indexes(text, overlapping=True)
        first = len(self._base.keys)
        standing = [row for row in rows if not self.changed.issuperset(self._base.terms[row[0]])]
        return standing + [(first + key, start, end) for key, start, end in fresh]

    def _is_spaced(self, key: int) -> bool:
        """Tell whether an editor wrote a key with a space or a hyphen in it."""
        first = len(self._base.keys)
        if key < first:
            return self._base.keys[key] in self._base.spaced
        return self._fresh.keys[key - first] in self._fresh.spaced

    def _terms_of(self, key: int) -> tuple[int, ...]:
        """Give the ids of the terms that a key stands for now."""
        first = len(self._base.keys)
        if key >= first:
            return self._fresh.terms[key - first]
        terms = self._base.terms[key]
        return tuple(term for term in terms if term not in self.changed) if self.changed else terms

    def _nest(self, found: Ints) -> Iterator[Match]:
        """Yield the longest leftmost of the hits, each with all terms that fill it and those that stand inside it."""
        hits = found[np.lexsort((found[:, 2], -found[:, 1], found[:, 0]))].tolist()
        ids = self._terms_of
        at = 0
        while at < len(hits):
            start, end, key = hits[at]
            terms, nested = ids(key), []
            at += 1
            while at < len(hits) and (hit := hits[at])[0] < end:
                first, last, key = hit
                at += 1
                if last < end or first > start:
                    nested += [Hit(first, last, term) for term in ids(key) if last <= end]
                else:
                    terms = tuple(sorted({*terms, *ids(key)}))
            yield Match(start, end, terms, tuple(sorted(set(nested))) if nested else ())


def _standing(found: Ints, simplified: str, segmenter: Segmenter) -> Bools:
    """Tell of each hit whether it holds its own against the words around it; the rules stand at the top of this file.

    The text is cut into words only if there is a hit to be judged.
    """
    starts, ends = found[:, 0], found[:, 1]
    han = han_mask(simplified)
    counts = np.concatenate(([0], np.cumsum(han)))
    standing: Bools = counts[ends] == counts[starts]
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
    bounds = (begin, first, last, stop)
    hits = [_torn(simplified, *places) for places in zip(*(places.tolist() for places in bounds), strict=True)]
    standing[torn[in_one_word]] = _are_compounds([hits[at] for at in np.flatnonzero(in_one_word)], segmenter)
    standing[torn[~in_one_word]] = _beat_words([hits[at] for at in np.flatnonzero(~in_one_word)], segmenter)
    return standing


class _Torn(NamedTuple):
    """A hit that breaks words: what it leaves of them before it, itself, and what it leaves behind it."""

    before: str
    hit: str
    after: str
    # Whether what it leaves behind it is a 中 that means "in": in 在数据集中 and 数据集中的 there is no 集中.
    inside: bool

    @property
    def words(self) -> str:
        return self.before + self.hit + self.after

    @property
    def rests(self) -> list[str]:
        return [rest for rest in (self.before, self.after) if rest]


def _torn(simplified: str, begin: int, first: int, last: int, stop: int) -> _Torn:
    after, following = simplified[last:stop], simplified[stop : stop + 1]
    leading = simplified[max(first - REACH, 0) : first]
    locative = following == "的" or not is_han(following) or not PREPOSITIONS.isdisjoint(leading)
    return _Torn(simplified[begin:first], simplified[first:last], after, after == "中" and locative)


def _are_compounds(hits: Sequence[_Torn], segmenter: Segmenter) -> list[bool]:
    """Tell of each hit inside one longer word whether it stands there beside words, and means what it means alone."""
    words = segmenter.words
    rests = list({rest for hit in hits for rest in hit.rests if len(rest) > 1})
    known = {rest for rest, held in zip(rests, words.hold(rests), strict=True) if held}
    settled = words.cost_of(SETTLED)
    wholes = words.costs([hit.words for hit in hits])
    return [
        (hit.before == "有" and not hit.after) or (known.issuperset(hit.rests) and (not hit.after or whole > settled))
        for hit, whole in zip(hits, wholes, strict=True)
    ]


def _beat_words(hits: Sequence[_Torn], segmenter: Segmenter) -> list[bool]:
    """Tell of each hit across words whether it and what it leaves of them are likelier than the words it breaks."""
    words = segmenter.words
    parts = list({part for hit in hits for part in (hit.hit, hit.words, *hit.rests)})
    cheapest = dict(zip(parts, words.cut_costs(parts), strict=True))
    as_words = words.costs([hit.hit for hit in hits])
    standing = []
    for hit, cost in zip(hits, as_words, strict=True):
        by_chance = cheapest[hit.hit] if len(hit.hit) >= LONG_WORD else cost
        usual = LONG_TERM_FREQUENCY if len(hit.hit) >= LONG_TERM else TERM_FREQUENCY
        own = min(cost, by_chance, words.cost_of(usual))
        rests = sum(cheapest[rest] + _torn_cost(rest) for rest in hit.rests)
        standing.append(hit.inside or own + rests < cheapest[hit.words])
    return standing


def _torn_cost(rest: str) -> float:
    if len(rest) > 1:
        return 0
    return TORN_PARTICLE if rest in PARTICLES else TORN
