"""Choose the reading of a character that has several, from the text around it.

银行 is yínháng and 步行 is bùxíng; 长大 is zhǎngdà and 长度 is chángdù. A dictionary settles
the words it holds, but 还 in 还能 or 得 in 学得快 depends on the sentence. This module holds one
small linear model per character, over the character n-grams and the words around it, and answers
for a whole page at once; where unsure, it minds a second opinion. ``data/POLYPHONES.md`` tells of the training.

Readings are citation tones. 一 and 不 are not covered, and neither is text in traditional
characters beyond those that both scripts share: convert it first, offset for offset.
"""

from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhtext import cutting, opinion
from zhtext.hashed import MARGIN, ODD, Bools, Codes, Hashes, Ints, Page, Table, mix, salts

DATA = Path(__file__).with_name("data") / "polyphones.npz"

# Positions are scored in slices of this many, so that memory does not grow with the text.
BATCH = 4096
# A page with more of them is looked through for places that are alike: each kind is scored once.
MANY = 1 << 16
WINDOW = 4
LONGEST_WORD = 7
LONGEST_PHRASE = 4
# A run of Han characters is segmented in pieces no longer than this: time stays linear.
LONGEST_RUN = 60
UNKNOWN_COST = 250
# In the table of phrases: this much more than the number of the reading says that the word is always read so.
FIXED = 128
CERTAIN = 1000
# Where the best reading leads the second by less (in nats), the second opinion is asked, and counts so much.
UNSURE = 3.0
TRUST = 0.5
# Of a batch so many are asked at most, the least sure: ten times what ordinary text needs.
MOST = 256

GRAMS = tuple(
    (size, start) for size in (1, 2, 3, 4) for start in range(-WINDOW, WINDOW - size + 2) if (size, start) != (1, 0)
)


Scores = NDArray[np.float32]


class Words(NamedTuple):
    """The words of a page: where each begins and ends, its class, and which word each character belongs to."""

    starts: Ints
    stops: Ints
    kinds: Ints
    of: Ints


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


def segment(page: Page, lexicon: Table) -> Words:
    """Cut a page into words: the cheapest cut of each run of Han characters by the costs of the lexicon."""
    costs, kinds = _costs(page, lexicon)
    runs = cutting.pieces(*cutting.runs(page.han), LONGEST_RUN)
    last, _best = cutting.cheapest(*runs, np.arange(1, LONGEST_WORD + 1), costs[1:])
    ends = cutting.edges(*runs, last, page.codes.size)
    # What is not Han is a word of its own.
    ends[1:][~page.han] = True
    stops = np.flatnonzero(ends)
    sizes = np.diff(stops, prepend=0)
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
    kind = [words.kinds[of + step].astype(np.uint64) * ODD[0] for step in (-2, -1, 0, 1, 2)]
    inside = shape.astype(np.uint64)
    columns = [page.hashes(at + start, at + start + size) for size, start in GRAMS]
    columns += [
        word + inside,
        before,
        after,
        before * ODD[1] + word,
        word * ODD[1] + after,
        inside,
        kind[1] + inside,
        kind[3] + inside,
        kind[1] * ODD[1] + kind[3] + inside,
        kind[0] * ODD[1] + kind[1],
        kind[3] * ODD[1] + kind[4],
        kind[2] + inside,
        whole[of - 2],
        whole[of + 2],
        before * ODD[1] + kind[3],
        kind[1] * ODD[1] + after,
    ]
    return mix(np.stack(columns, axis=1) * _SALTS)


def within(spans: Hashes, offsets: Ints) -> Hashes:
    """Return the key of a character in the phrase table: the phrase it stands in, and where."""
    return mix(spans + mix(offsets.astype(np.uint64) + ODD[0]))


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


def alike(page: Page, words: Words, at: Ints) -> Hashes:
    """Return for each position a hash of what its reading depends on: the text around it, and how it is cut."""
    of = words.of[at]
    key = mix(page.hashes(at - MARGIN, at + MARGIN + 1)) + page.hashes(words.starts[of - 2], words.stops[of + 2])
    for step in range(-2, 4):
        key += (words.starts[of + step] - at).astype(np.uint64)
        key = mix(key)
    return key


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
        self.index: NDArray[np.int16] = np.full(0x110000, -1, dtype=np.int16)
        self.index[self.characters] = np.arange(self.characters.size)

    @cached_property
    def asked(self) -> Bools:
        """Tell of which characters the second opinion is asked."""
        return np.isin(self.characters, opinion.load().asked)

    @cached_property
    def heard(self) -> Ints:
        """Return under which number the second opinion has each reading, -1 where it has none."""
        numbers = {reading: number for number, reading in enumerate(opinion.load().readings)}
        return np.array([numbers.get(reading, -1) for reading in self.readings])

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
        rows = self._rows(page, segment(page, self.lexicon), at).tolist()
        return {offset: self.readings[row] for offset, row in zip(page.origin[at - MARGIN].tolist(), rows, strict=True)}

    def _rows(self, page: Page, words: Words, at: Ints) -> Ints:
        """Return the row of the best reading of each position; on a great page, look once at what is alike."""
        if at.size > MANY:
            _, first, which = np.unique(alike(page, words, at), return_index=True, return_inverse=True)
            # In the order of the text: leaping about in a great page takes far longer.
            places, rank = np.unique(first, return_inverse=True)
            return self._batches(page, words, at[places])[rank][which]
        return self._batches(page, words, at)

    def _batches(self, page: Page, words: Words, at: Ints) -> Ints:
        """Return the row of the best reading of each position, a slice of them at a time."""
        rows = [self._choose(page, words, at[start : start + BATCH]) for start in range(0, at.size, BATCH)]
        return np.concatenate(rows) if rows else at

    def _choose(self, page: Page, words: Words, at: Ints) -> Ints:
        """Return the row of the best reading of each position."""
        which: Ints = self.index[page.codes[at]].astype(np.int64)
        scores, by_word = self._score(page, words, at, which)
        self._reconsider(page, at, which, scores, by_word)
        best: Ints = self.first[which] + scores.argmax(axis=1)
        return best

    def _score(self, page: Page, words: Words, at: Ints, which: Ints) -> tuple[Scores, Ints]:
        """Score the readings of each position, a column a reading; return what the word says (1, 2 …) as well."""
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
        return scores, by_word

    def _reconsider(self, page: Page, at: Ints, which: Ints, scores: Scores, by_word: Ints) -> None:
        """Weigh in the second opinion where no reading leads by much, nor is the word known to be read so."""
        asked = np.flatnonzero(self.asked[which] & (by_word != scores.argmax(axis=1) + 1))
        second, best = np.partition(scores[asked], -2, axis=1)[:, -2:].T
        lead = best - second
        asked = asked[np.argsort(lead, kind="stable")[: min(MOST, np.count_nonzero(lead < UNSURE))]]
        if not asked.size:
            return
        nth = np.arange(scores.shape[1])
        rows = np.minimum(self.first[which[asked]][:, None] + nth, self.heard.size - 1)
        heard = np.where(np.isfinite(scores[asked]), self.heard[rows], -1)
        said = opinion.load().score(page, at[asked], heard)
        # A reading that it does not know keeps its score.
        against = said - said.max(axis=1, keepdims=True, where=heard >= 0, initial=-CERTAIN)
        scores[asked] += TRUST * np.where(heard < 0, 0, against)


@lru_cache(maxsize=1)
def load() -> Polyphones:
    """Return the model that ships, read from its file once per process."""
    return Polyphones()
