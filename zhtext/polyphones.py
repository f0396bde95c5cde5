"""Choose the reading of a character that has several, from the text around it.

银行 is yínháng and 步行 is bùxíng; 长大 is zhǎngdà and 长度 is chángdù. A dictionary settles
the words it holds, but 还 in 还能 or 得 in 学得快 depends on the sentence. This module holds one
small linear model per character, over the character n-grams and the words around it, and answers
for a whole page at once. The training is told in ``data/POLYPHONES.md``.

Readings are citation tones. 一 and 不 are not covered, and neither is text in traditional
characters beyond those that both scripts share: convert it first, offset for offset.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint64]
Floats = NDArray[np.float64]

DATA = Path(__file__).with_name("data") / "polyphones.npz"

# Positions are scored in slices of this many, so that memory does not grow with the text.
BATCH = 4096
WINDOW = 4
# Zeros on both sides of the page, so that no window and no phrase runs off its edge.
MARGIN = 12
LONGEST_WORD = 7
LONGEST_PHRASE = 4
# A run of Han characters is segmented in pieces no longer than this: time stays linear.
LONGEST_RUN = 60
UNKNOWN_COST = 250
# In the table of phrases: this much more than the number of the reading says that the word is always read so.
FIXED = 128
CERTAIN = 1000

GRAMS = tuple(
    (size, start) for size in (1, 2, 3, 4) for start in range(-WINDOW, WINDOW - size + 2) if (size, start) != (1, 0)
)

BREAK, DROPPED, LATIN, DIGIT, QUOTE = 0, 1, ord("A"), ord("0"), ord('"')
_ODD = np.array([0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xBF58476D1CE4E5B9], dtype=np.uint64)


def mix(values: Hashes) -> Hashes:
    """Scatter 64-bit values so that every bit of the result depends on every bit of them."""
    values = values * _ODD[1]
    values ^= values >> np.uint64(32)
    values *= _ODD[2]
    values ^= values >> np.uint64(29)
    return values


def salts(count: int, seed: int) -> Hashes:
    """Return ``count`` fixed odd numbers that keep the features of different kinds apart."""
    return mix(np.arange(1, count + 1, dtype=np.uint64) * _ODD[0] + np.uint64(seed)) | np.uint64(1)


@lru_cache(maxsize=1)
def _folding() -> Codes:
    """Map every code point to the one that stands for it in features: width, case and digits do not matter."""
    table = np.arange(0x110000, dtype=np.uint32)
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)
    latin = [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x250)]
    table[[*latin, *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]] = LATIN
    table[[*range(0x30, 0x3A), *range(0xFF10, 0xFF1A)]] = DIGIT
    table[[ord(mark) for mark in " \t\xa0\u3000\u200b\ufeff"]] = DROPPED
    table[[0, 1, *(ord(mark) for mark in "\n\r\v\f\x85\u2028\u2029")]] = BREAK
    table[[ord(mark) for mark in "\"'“”‘’「」『』＂＇"]] = QUOTE
    return table


class Page:
    """A text prepared for features: folded code points between margins, and the hash of any span of them.

    ``codes`` holds the folded text without spaces, a run of Latin letters, digits or line ends as one;
    ``origin[k]`` is the offset in the text of ``codes[MARGIN + k]``.
    """

    def __init__(self, text: str) -> None:
        raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        folded = _folding()[raw]
        before = np.concatenate(([np.uint32(BREAK)], folded[:-1])) if folded.size else folded
        repeated = (folded == before) & ((folded == LATIN) | (folded == DIGIT) | (folded == BREAK))
        self.origin: Ints = np.flatnonzero((folded != DROPPED) & ~repeated)
        self.codes: Codes = np.zeros(self.origin.size + 2 * MARGIN, dtype=np.uint32)
        self.codes[MARGIN : MARGIN + self.origin.size] = folded[self.origin]
        self.powers = np.cumprod(np.full(self.codes.size + 1, _ODD[0], dtype=np.uint64))
        self.inverses = np.cumprod(np.full(self.codes.size + 1, np.uint64(pow(int(_ODD[0]), -1, 2**64))))
        self.sums = np.zeros(self.codes.size + 1, dtype=np.uint64)
        np.cumsum(mix(self.codes.astype(np.uint64) + _ODD[1]) * self.powers[:-1], out=self.sums[1:])

    def hashes(self, starts: Ints, stops: Ints) -> Hashes:
        """Return the hash of each span, the same wherever its characters stand."""
        return (self.sums[stops] - self.sums[starts]) * self.inverses[starts]

    @cached_property
    def han(self) -> NDArray[np.bool_]:
        """True where a Han character stands."""
        codes = self.codes
        return ((codes >= 0x3400) & (codes <= 0x9FFF)) | ((codes >= 0x20000) & (codes < 0x33480)) | (codes == 0x3007)


class Table(NamedTuple):
    """A hash table in arrays: a key has two possible slots, and is there when its 16-bit stamp is in one."""

    stamps: NDArray[np.uint16]
    values: NDArray[np.generic]

    def slots(self, keys: Hashes) -> tuple[Ints, Ints, NDArray[np.uint16]]:
        """Return both slots of each key, and its stamp, which is never 0: that marks an empty slot."""
        bits = np.uint64(self.stamps.size.bit_length() - 1)
        first = (keys >> (np.uint64(64) - bits)).astype(np.int64)
        second = ((keys >> np.uint64(16)) & np.uint64(self.stamps.size - 1)).astype(np.int64)
        return first, second, (keys & np.uint64(0xFFFF)).astype(np.uint16) | np.uint16(1)

    def find(self, keys: Hashes) -> NDArray[np.generic]:
        """Return the value of each key, 0 where it is not in the table."""
        first, second, stamps = self.slots(keys)
        found = self.values[first] * (self.stamps[first] == stamps)
        return np.where(self.stamps[second] == stamps, self.values[second], found)


class Words(NamedTuple):
    """The words of a page: where each begins and ends, its class, and which word each character belongs to."""

    starts: Ints
    stops: Ints
    kinds: Ints
    of: Ints


def _runs(page: Page) -> tuple[Ints, Ints]:
    """Return start and length of the runs of Han characters, the long ones cut in pieces, longest first."""
    edges = np.flatnonzero(np.diff(page.han.astype(np.int8))) + 1
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    pieces = -(-lengths // LONGEST_RUN)
    nth = np.arange(pieces.sum()) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    starts, lengths = np.repeat(starts, pieces) + nth * LONGEST_RUN, np.repeat(lengths, pieces) - nth * LONGEST_RUN
    order = np.argsort(-lengths, kind="stable")
    return starts[order], np.minimum(lengths, LONGEST_RUN)[order]


def _costs(page: Page, lexicon: Table) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Return cost and class of the word of each length (row) that ends before each position (column)."""
    ends = np.arange(page.codes.size + 1)
    costs = np.full((LONGEST_WORD + 1, ends.size), np.inf, dtype=np.float32)
    kinds = np.zeros(costs.shape, dtype=np.uint8)
    for length in range(1, LONGEST_WORD + 1):
        known = lexicon.find(mix(page.hashes(ends[:-length], ends[length:])))
        costs[length, length:] = np.where(known > 0, known & 0xFF, np.inf)
        kinds[length, length:] = known >> 8
    costs[1, 1:][~np.isfinite(costs[1, 1:])] = UNKNOWN_COST
    return costs, kinds


def _lengths(page: Page, costs: NDArray[np.float32]) -> Ints:
    """Return at each word's end the length of the word, 0 elsewhere: the cheapest way to cut every run."""
    starts, lengths = _runs(page)
    best = np.zeros(page.codes.size + 1, dtype=np.float32)
    back = np.ones(best.size, dtype=np.int64)
    for step in range(1, int(lengths.max(initial=0)) + 1):
        ends = starts[: np.searchsorted(-lengths, -step, side="right")] + step
        reach = np.arange(1, min(step, LONGEST_WORD) + 1)[:, None]
        before = np.where(reach == step, 0, best[ends - reach])
        totals = before + costs[reach, ends]
        back[ends] = totals.argmin(axis=0) + 1
        best[ends] = totals.min(axis=0)
    return _walk(page, starts + lengths, starts, back)


def _walk(page: Page, ends: Ints, starts: Ints, back: Ints) -> Ints:
    """Follow ``back`` from the end of every run to its start; what is not Han is a word of its own."""
    words = np.zeros(page.codes.size + 1, dtype=np.int64)
    words[1:][~page.han] = 1
    while ends.size:
        words[ends] = back[ends]
        ends = ends - back[ends]
        going = ends > starts
        ends, starts = ends[going], starts[going]
    return words


def segment(page: Page, lexicon: Table) -> Words:
    """Cut a page into words: the cheapest cut of each run of Han characters by the costs of the lexicon."""
    costs, kinds = _costs(page, lexicon)
    lengths = _lengths(page, costs)
    stops = np.flatnonzero(lengths)
    sizes = lengths[stops]
    known = np.where(page.han[stops - 1], kinds[sizes, stops], 256 + page.codes[stops - 1].astype(np.int64))
    return Words(stops - sizes, stops, known, np.repeat(np.arange(stops.size), sizes))


# What is said of the words around a polyphone: each line of ``context`` is one kind of feature.
KINDS = len(GRAMS) + 16
_SALTS = salts(KINDS, 1)


def context(page: Page, words: Words, at: Ints) -> Hashes:
    """Return what stands around each position, one row a position and one hash a kind of feature."""
    of = words.of[at]
    starts, stops = words.starts[of], words.stops[of]
    shape = (at - starts) * 64 + (stops - starts)
    whole = mix(page.hashes(words.starts, words.stops))
    word, before, after = whole[of], whole[of - 1], whole[of + 1]
    kind = [words.kinds[of + step].astype(np.uint64) * _ODD[0] for step in (-2, -1, 0, 1, 2)]
    inside = shape.astype(np.uint64)
    columns = [page.hashes(at + start, at + start + size) for size, start in GRAMS]
    columns += [
        word + inside,
        before,
        after,
        before * _ODD[1] + word,
        word * _ODD[1] + after,
        inside,
        kind[1] + inside,
        kind[3] + inside,
        kind[1] * _ODD[1] + kind[3] + inside,
        kind[0] * _ODD[1] + kind[1],
        kind[3] * _ODD[1] + kind[4],
        kind[2] + inside,
        whole[of - 2],
        whole[of + 2],
        before * _ODD[1] + kind[3],
        kind[1] * _ODD[1] + after,
    ]
    return mix(np.stack(columns, axis=1) * _SALTS)


def within(spans: Hashes, offsets: Ints) -> Hashes:
    """Return the key of a character in the phrase table: the phrase it stands in, and where."""
    return mix(spans + mix(offsets.astype(np.uint64) + _ODD[0]))


def hints(page: Page, words: Words, at: Ints, phrases: Table) -> tuple[Ints, Ints]:
    """Return which reading (1, 2 …; 0 for none) the word and the longest short phrase around give each position.

    A word that is always read so gives FIXED more.
    """
    of = words.of[at]
    starts, stops = words.starts[of], words.stops[of]
    by_word = phrases.find(within(page.hashes(starts, stops), at - starts)).astype(np.int64)
    by_phrase = np.zeros_like(by_word)
    for size in range(2, LONGEST_PHRASE + 1):
        for offset in range(size):
            spans = page.hashes(at - offset, at - offset + size)
            found = phrases.find(within(spans, np.full(at.size, offset))).astype(np.int64)
            by_phrase = np.where(found > 0, found % FIXED, by_phrase)
    return by_word, by_phrase


def pairs(contexts: Hashes, rows: Ints) -> Hashes:
    """Return the keys under which the weights of each context for the reading ``rows`` are kept."""
    return mix(contexts + mix(rows.astype(np.uint64))[:, None])


class Polyphones:
    """The polyphones that the model knows, and which reading each has where."""

    def __init__(self, path: Path = DATA) -> None:
        with np.load(path) as data:
            arrays = {name: data[name] for name in data.files}
        self.characters: Codes = arrays["characters"]
        self.readings: list[str] = arrays["readings"].tolist()
        # Of reading r of character c the row is first[c] + r.
        self.first: Ints = np.concatenate(([0], np.cumsum(arrays["counts"], dtype=np.int64)))
        self.priors: NDArray[np.float32] = arrays["priors"].astype(np.float32)
        self.scale = float(arrays["scale"])
        self.lexicon, self.phrases, self.weights = (
            Table(arrays[f"{name}_stamps"], arrays[f"{name}_values"]) for name in ("lexicon", "phrases", "weights")
        )
        self.index: Ints = np.full(0x110000, -1, dtype=np.int16).astype(np.int64)
        self.index[self.characters] = np.arange(self.characters.size)

    def covers(self, character: str) -> bool:
        """Tell whether the model reads this character."""
        return len(character) == 1 and bool(self.index[ord(character)] >= 0)

    def read(self, text: str) -> dict[int, str]:
        """Read every polyphone of a text that is covered: its offset in code points, and its tone-marked syllable.

        >>> load().read("银行在步行街")
        {1: 'háng', 4: 'xíng'}
        """
        page = Page(text)
        at = np.flatnonzero(self.index[page.codes] >= 0)
        words = segment(page, self.lexicon)
        rows = [self._choose(page, words, at[start : start + BATCH]) for start in range(0, at.size, BATCH)]
        chosen = np.concatenate(rows).tolist() if rows else []
        return {offset: self.readings[row] for offset, row in zip(page.origin[at - MARGIN].tolist(), chosen)}

    def _choose(self, page: Page, words: Words, at: Ints) -> Ints:
        """Return the row of the best reading of each position."""
        which = self.index[page.codes[at]]
        by_word, by_phrase = hints(page, words, at, self.phrases)
        fixed, by_word = by_word >= FIXED, by_word % FIXED
        counts = self.first[which + 1] - self.first[which]
        scores = np.full((at.size, self.priors.shape[1] - 1), -np.inf, dtype=np.float32)
        contexts = context(page, words, at)
        for nth in range(scores.shape[1]):
            having = np.flatnonzero(counts > nth)
            rows = self.first[which[having]] + nth
            scores[having, nth] = self.priors[rows, by_word[having], by_phrase[having]]
            # The first reading is what the others are weighed against: it has no weights of its own.
            if nth:
                found = self.weights.find(pairs(contexts[having], rows))
                scores[having, nth] += found.sum(axis=1, dtype=np.int64) * self.scale
        certain = np.flatnonzero(fixed)
        scores[certain, by_word[certain] - 1] = CERTAIN
        return self.first[which] + scores.argmax(axis=1)


@lru_cache(maxsize=1)
def load() -> Polyphones:
    """Return the model that ships, read from its file once per process."""
    return Polyphones()
