"""The words of a dictionary as one array, and the likeliest way to cut a whole page into them.

A dictionary of a hundred thousand words takes a second to read into a segmenter, and sixty megabytes to hold. Here it
is one table that lies in a file: mapped into memory in a millisecond, and shared by all processes. A page is cut at
once: all spans that are words are looked up together, and the cheapest cut is found for all runs of Han characters
side by side. A word costs the negative logarithm of how often it occurs, as in jieba: the words of the cut are the
likeliest, were each drawn by itself.
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from zhtext import cutting
from zhtext.characters import HAN_RUN
from zhtext.cutting import pieces, runs
from zhtext.hashed import INVERSE, ODD, Bools, Codes, Hashes, Ints, mix

# Of each word its key, its cost in nats (infinite where only longer words begin so), its number of senses, and
# whether longer words begin so.
SLOT = np.dtype([("key", "<u8"), ("cost", "<f4"), ("senses", "u1"), ("longer", "u1")], align=True)
NOTHING = np.array((0, np.inf, 0, 0), dtype=SLOT)
# A key has two slots to choose from: fuller than this, they begin to drive each other out in circles.
FULLEST = 0.45
MOST_ROUNDS = 500
MOST_SENSES = 255
# Runs longer than this are cut in pieces first, so that no text takes more than linear time.
LONGEST_RUN = 240
# What the words of a page cost is kept for the next question, unless the page is too great to be kept.
LONGEST_KEPT = 200_000


# For each length that words of a page have: what the word of this length costs that ends at each offset.
Costs = dict[int, NDArray[np.float32]]


class Word(NamedTuple):
    """A word of a dictionary: how often it occurs, at least once, and how many senses the dictionary gives it."""

    text: str
    frequency: int
    senses: int = 0


class WordList:
    """The words of one dictionary, ready to be looked up and to cut pages."""

    def __init__(self, slots: NDArray[Any]) -> None:
        """Take a table as ``build`` makes it, perhaps mapped from a file; its last slot costs what a rare word does."""
        self._slots = slots[:-1]
        self._once = float(slots[-1]["cost"])
        self._shift = np.uint64(64 - (self._slots.size.bit_length() - 1))
        self._mask = np.uint64(self._slots.size - 1)
        self._last: tuple[str, Costs] = ("", {})

    @classmethod
    def build(cls, words: Iterable[Word]) -> Self:
        """Lay words into a table; of a word that is given twice the last counts."""
        chosen = list({word.text: word for word in words if word.text}.values())
        once = math.log(max(2, sum(word.frequency for word in chosen)))
        slots = _settle(_entries(chosen, once))
        return cls(np.append(slots, np.array((0, once, 0, 0), dtype=SLOT)))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Map a table that was saved into memory. Raises OSError or ValueError where there is none."""
        try:
            slots = np.load(path, mmap_mode="r", allow_pickle=False)
        except EOFError as error:
            raise ValueError(f"{path} is empty.") from error
        if slots.dtype != SLOT or (slots.size - 1) & (slots.size - 2):
            raise ValueError(f"{path} holds no list of words.")
        return cls(slots)

    def save(self, path: Path) -> None:
        """Write the table to a file, whole or not at all."""
        draft = path.with_name(f"{path.name}.{id(self)}.npy")
        np.save(draft, np.append(self._slots, np.array((0, self._once, 0, 0), dtype=SLOT)), allow_pickle=False)
        draft.replace(path)

    def is_word(self, text: str) -> bool:
        """Tell whether the list holds a word."""
        return bool(text) and self.hold([text])[0]

    def hold(self, words: Sequence[str]) -> list[bool]:
        """Tell of each word whether the list holds it; no word may be empty."""
        held: list[bool] = np.isfinite(self._look_up(words)["cost"]).tolist() if words else []
        return held

    def senses(self, words: Sequence[str]) -> list[int]:
        """Give the number of senses of each word, 0 where the list does not hold it; no word may be empty."""
        counts: list[int] = self._look_up(words)["senses"].tolist() if words else []
        return counts

    def costs(self, words: Sequence[str]) -> list[float]:
        """Give what each word costs, in nats; one that the list does not hold costs as much as one seen once."""
        if not words:
            return []
        costs = self._look_up(words)["cost"]
        shown: list[float] = np.where(np.isfinite(costs), costs, self._once).tolist()
        return shown

    def cost_of(self, frequency: int) -> float:
        """Give what a word of a frequency costs, in nats."""
        return self._once - math.log(frequency)

    def cut(self, texts: Sequence[str]) -> list[list[str]]:
        """Cut each of some texts of Han characters into words."""
        page = "\n".join(texts)
        edges = set(self.edges(page, han_mask(page)).tolist())
        cuts, start = [], 0
        for text in texts:
            inside = [at for at in range(start, start + len(text) + 1) if at in edges]
            cuts.append([page[here:there] for here, there in pairwise(inside)])
            start += len(text) + 1
        return cuts

    def cut_costs(self, texts: Sequence[str]) -> list[float]:
        """Give what the words of the cheapest cut of each text cost together; only its Han characters cost."""
        page = "\n".join(texts)
        starts, stops = pieces(*runs(han_mask(page)), LONGEST_RUN)
        _last, best = _cheapest(starts, stops, self._costs(page))
        begins = np.cumsum([0] + [len(text) + 1 for text in texts[:-1]])
        of = np.searchsorted(begins, starts, "right") - 1
        totals: list[float] = np.bincount(of, best[stops] if stops.size else None, len(texts)).tolist()
        return totals

    def edges(self, text: str, within: Bools) -> Ints:
        """Cut the stretches of a text which ``within`` marks into words; give where one begins or ends, in order.

        A character that no word of the list covers is a word by itself.
        """
        starts, stops = pieces(*runs(within), LONGEST_RUN)
        last, _best = _cheapest(starts, stops, self._costs(text))
        return np.flatnonzero(cutting.edges(starts, stops, last, len(text)))

    def _find(self, keys: Hashes) -> NDArray[Any]:
        """Return the slot of each key, NOTHING where the table does not have it."""
        found = self._slots[(keys >> self._shift).astype(np.int64)]
        missed = np.flatnonzero(found["key"] != keys)
        others = self._slots[(keys[missed] & self._mask).astype(np.int64)]
        others[others["key"] != keys[missed]] = NOTHING
        found[missed] = others
        return found

    def _look_up(self, words: Sequence[str]) -> NDArray[Any]:
        stops = np.cumsum([len(word) for word in words])
        starts = np.concatenate(([0], stops[:-1]))
        return self._find(_Spans("".join(words)).keys(starts, stops))

    def _costs(self, text: str) -> Costs:
        """Return what the words of a page cost; a page is asked for twice, with its terms and without."""
        last, costs = self._last
        if last != text:
            costs = self._look_up_all(text)
            self._last = (text, costs) if len(text) <= LONGEST_KEPT else ("", {})
        return costs

    def _look_up_all(self, text: str) -> Costs:
        """Look all spans of a page up that may be words: each character, and what goes on as longer words begin."""
        spans = _Spans(text)
        starts, stops = runs(han_mask(text))
        lengths = stops - starts
        at = np.flatnonzero(han_mask(text))
        room = np.repeat(stops, lengths) - at
        costs: Costs = {}
        size = 1
        while at.size:
            found = self._find(spans.keys(at, at + size))
            known = np.isfinite(found["cost"])
            if size == 1 or known.any():
                costs[size] = np.full(len(text) + 1, np.inf, dtype=np.float32)
                costs[size][at + size] = np.where(known | (size > 1), found["cost"], self._once)
            going = (found["longer"] > 0) & (room > size)
            at, room, size = at[going], room[going], size + 1
        return costs


class _Spans:
    """The hash of any span of a text."""

    def __init__(self, text: str) -> None:
        codes: Codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        powers = np.cumprod(np.full(codes.size + 1, ODD[0]), dtype=np.uint64)
        self._inverses: Hashes = np.cumprod(np.full(codes.size + 1, INVERSE), dtype=np.uint64)
        self._sums = np.zeros(codes.size + 1, dtype=np.uint64)
        np.cumsum(mix(codes.astype(np.uint64) + ODD[1]) * powers[:-1], out=self._sums[1:])

    def keys(self, starts: Ints, stops: Ints) -> Hashes:
        """Return the key of each span, the same wherever its characters stand; 0 is no key."""
        keys: Hashes = mix((self._sums[stops] - self._sums[starts]) * self._inverses[starts])
        return np.maximum(keys, np.uint64(1))


@lru_cache(maxsize=2)
def han_mask(text: str) -> Bools:
    """Tell of each code point of a text whether it is a Han character; not to be written to."""
    steps = np.zeros(len(text) + 1, dtype=np.int8)
    bounds = np.array([run.span() for run in HAN_RUN.finditer(text)], dtype=np.int64).reshape(-1, 2)
    steps[bounds[:, 0]], steps[bounds[:, 1]] = 1, -1
    mask: Bools = np.cumsum(steps[:-1], dtype=np.int8).astype(np.bool_)
    mask.setflags(write=False)
    return mask


def _entries(words: Sequence[Word], once: float) -> NDArray[Any]:
    """Return one slot for each word and for each beginning of one."""
    lengths = np.array([len(word.text) for word in words], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    spans = _Spans("".join(word.text for word in words))
    whole = np.zeros(len(words), dtype=SLOT)
    whole["key"] = spans.keys(starts, starts + lengths)
    whole["cost"] = once - np.log(np.array([max(1, word.frequency) for word in words], dtype=np.float64))
    whole["senses"] = [min(MOST_SENSES, word.senses) for word in words]
    sizes = range(1, int(lengths.max(initial=1)))
    longer = [(starts[lengths > size], size) for size in sizes]
    none: Hashes = np.zeros(0, dtype=np.uint64)
    begun = np.unique(np.concatenate([none, *(spans.keys(at, at + size) for at, size in longer)]))
    whole["longer"] = np.isin(whole["key"], begun)
    parts = np.full(begun.size, NOTHING)
    parts["key"], parts["longer"] = begun, 1
    return np.concatenate((whole, parts[~np.isin(begun, whole["key"])]))


def _settle(entries: NDArray[Any]) -> NDArray[Any]:
    """Lay entries into a table, each into one of its two slots: all at once, and those driven out again.

    Raises ValueError in the rare case that this fails.
    """
    bits = max(2, math.ceil(math.log2((entries.size + 1) / FULLEST)))
    choices = np.stack([entries["key"] >> np.uint64(64 - bits), entries["key"] & np.uint64((1 << bits) - 1)])
    choices = choices.astype(np.int64)
    owners = np.full(1 << bits, -1)
    side = np.zeros(entries.size, dtype=np.int64)
    homeless = np.arange(entries.size)
    for _round in range(MOST_ROUNDS):
        wanted = choices[side[homeless], homeless]
        before = owners[wanted]
        owners[wanted] = homeless
        # Of several that want one slot the last has got it.
        won = owners[wanted] == homeless
        driven_out = np.unique(before[won])
        homeless = np.concatenate((homeless[~won], driven_out[driven_out >= 0]))
        side[homeless] = 1 - side[homeless]
        if not homeless.size:
            break
    else:
        raise ValueError("The table is too small for its keys.")
    slots = np.full(owners.size, NOTHING)
    taken = np.flatnonzero(owners >= 0)
    slots[taken] = entries[owners[taken]]
    return slots


def _cheapest(starts: Ints, stops: Ints, costs: Costs) -> tuple[Ints, NDArray[np.float32]]:
    """Return what ``cutting.cheapest`` does; a page without words costs nothing."""
    if not starts.size:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    sizes = sorted(costs)
    return cutting.cheapest(starts, stops, np.array(sizes), np.stack([costs[size] for size in sizes]))
