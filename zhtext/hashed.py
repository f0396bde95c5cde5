"""Say what stands where in a page, in arrays: the hash of any span at once, and tables that hold what is known of it.

A page has tens of thousands of spans that may be words or phrases. Looking each up in a dictionary costs a call in
Python; hashing them all takes a few operations on arrays, as does looking them up in a table made of arrays.
"""

from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# Zeros on both sides of the page, so that no window and no phrase runs off its edge.
MARGIN = 12
BREAK, DROPPED, LATIN, DIGIT, QUOTE = 0, 1, ord("A"), ord("0"), ord('"')
ODD = np.array([0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xBF58476D1CE4E5B9], dtype=np.uint64)
INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 2**64))


def mix(values: Hashes) -> Hashes:
    """Scatter 64-bit values so that every bit of the result depends on every bit of them."""
    values = values * ODD[1]
    values ^= values >> np.uint64(32)
    values *= ODD[2]
    values ^= values >> np.uint64(29)
    return values


def salts(count: int, seed: int) -> Hashes:
    """Return ``count`` fixed odd numbers that keep the features of different kinds apart."""
    return mix(np.arange(1, count + 1, dtype=np.uint64) * ODD[0] + np.uint64(seed)) | np.uint64(1)


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
    ``letters`` the same unfolded. ``origin[k]`` is the offset in the text of ``codes[MARGIN + k]``.
    """

    def __init__(self, text: str) -> None:
        raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        folded = _folding()[raw]
        before = np.concatenate(([np.uint32(BREAK)], folded[:-1])) if folded.size else folded
        repeated = (folded == before) & ((folded == LATIN) | (folded == DIGIT) | (folded == BREAK))
        self.origin: Ints = np.flatnonzero((folded != DROPPED) & ~repeated)
        self.codes: Codes = np.pad(folded[self.origin], MARGIN)
        self.letters: Codes = np.pad(raw[self.origin], MARGIN)
        self.powers: Hashes = np.cumprod(np.full(self.codes.size + 1, ODD[0]), dtype=np.uint64)
        self.inverses: Hashes = np.cumprod(np.full(self.codes.size + 1, INVERSE), dtype=np.uint64)
        self.sums = np.zeros(self.codes.size + 1, dtype=np.uint64)
        np.cumsum(mix(self.codes.astype(np.uint64) + ODD[1]) * self.powers[:-1], out=self.sums[1:])

    def hashes(self, starts: Ints, stops: Ints) -> Hashes:
        """Return the hash of each span, the same wherever its characters stand."""
        hashes: Hashes = (self.sums[stops] - self.sums[starts]) * self.inverses[starts]
        return hashes

    @cached_property
    def han(self) -> Bools:
        """True where a Han character stands."""
        codes = self.codes
        han: Bools = (
            ((codes >= 0x3400) & (codes <= 0x9FFF)) | ((codes >= 0x20000) & (codes < 0x33480)) | (codes == 0x3007)
        )
        return han


class Table(NamedTuple):
    """A hash table in arrays: a key has two possible slots, and is there when its 16-bit stamp is in one."""

    stamps: NDArray[np.uint16]
    values: NDArray[Any]

    def slots(self, keys: Hashes) -> tuple[Ints, Ints, NDArray[np.uint16]]:
        """Return both slots of each key, and its stamp, which is never 0: that marks an empty slot."""
        bits = np.uint64(self.stamps.size.bit_length() - 1)
        first = (keys >> (np.uint64(64) - bits)).astype(np.int64)
        second = ((keys >> np.uint64(16)) & np.uint64(self.stamps.size - 1)).astype(np.int64)
        return first, second, (keys & np.uint64(0xFFFF)).astype(np.uint16) | np.uint16(1)

    def find(self, keys: Hashes) -> NDArray[Any]:
        """Return the value of each key, 0 where it is not in the table."""
        first, second, stamps = self.slots(keys)
        found = self.values[first] * (self.stamps[first] == stamps)
        return np.where(self.stamps[second] == stamps, self.values[second], found)
