"""Find compounds that a text uses again and again, by their C-value.

Frantzi, Ananiadou and Mima, "Automatic recognition of multi-word terms: the C-value/NC-value method" (2000): a row of
words counts the more, the more often it stands by itself and not inside longer ones, and the longer it is. Here it
also counts the more, the rarer its words are in general and the better their classes make a term. Of the longer ones
only the most frequent is taken off, not their mean: in texts so short a mean leaves fragments, 解释性 of 可解释性.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from zhtext.phrases import Piece
from zhtext.segment import Segmenter
from zhtext.spans import Span
from zhtext.wordclass import WordClass

LONGEST = 4
LEAST = 2
# What a compound is worth that begins or ends with a word of a class; the others neither begin nor end one.
FIRST = {WordClass.NOUN: 1.0, WordClass.PREFIX: 0.8, WordClass.QUALITY: 0.6, WordClass.VERB: 0.4}
LAST = {WordClass.NOUN: 1.0, WordClass.SUFFIX: 0.9, WordClass.VERB: 0.25}
# What a word costs, in nats, that is neither common nor rare.
USUAL = 10.0

Key = tuple[str, ...]


class Compound(NamedTuple):
    """A compound: where it stands, and what it is worth."""

    spans: tuple[Span, ...]
    value: float


def compounds(rows: Iterable[Sequence[Piece]], segmenter: Segmenter) -> list[Compound]:
    """Find the compounds of two to four words that stand at least twice in rows of pieces."""
    places = _places(rows)
    values = _c_values({key: len(found) for key, found in places.items()})
    valued = [key for key, value in values.items() if value > 0]
    new = [not held for held in segmenter.words.hold(["".join(key) for key in valued])]
    kept = [key for key, is_new in zip(valued, new, strict=True) if is_new]
    weights = _rareness(kept, segmenter)
    return [_compound(places[key], values[key] * weights[key]) for key in kept]


def _compound(found: Sequence[Sequence[Piece]], value: float) -> Compound:
    spans = tuple(Span(pieces[0].start, pieces[-1].end) for pieces in found)
    return Compound(spans, value * FIRST[found[0][0].kind] * LAST[found[0][-1].kind])


def _places(rows: Iterable[Sequence[Piece]]) -> dict[Key, list[Sequence[Piece]]]:
    """Give the rows of words that may be compounds and stand often enough, with every place."""
    places: dict[Key, list[Sequence[Piece]]] = defaultdict(list)
    for row in rows:
        keys = tuple(piece.key for piece in row)
        firsts, lasts = ([piece.kind in table for piece in row] for table in (FIRST, LAST))
        for start, stop in _windows(len(row)):
            if firsts[start] and lasts[stop - 1]:
                places[keys[start:stop]].append(row[start:stop])
    return {key: found for key, found in places.items() if len(found) >= LEAST}


def _windows(size: int) -> Iterator[tuple[int, int]]:
    for start in range(size):
        for stop in range(start + 2, min(size, start + LONGEST) + 1):
            yield start, stop


def _c_values(counts: dict[Key, int]) -> dict[Key, float]:
    """Give the C-value of each row of words."""
    within: dict[Key, int] = defaultdict(int)
    for key, count in counts.items():
        for part in (key[start:stop] for start, stop in _windows(len(key)) if stop - start < len(key)):
            within[part] = max(within[part], count)
    return {key: math.log2(len(key) + 1) * (count - within[key]) for key, count in counts.items()}


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _rareness(keys: Sequence[Key], segmenter: Segmenter) -> dict[Key, float]:
    """Give how rare the words of each row are in general, about 1; the square, for that tells most."""
    words = list({word for key in keys for word in key})
    costs = dict(zip(words, segmenter.words.costs(words), strict=True))
    return {key: (_mean([costs[word] for word in key]) / USUAL) ** 2 for key in keys}
