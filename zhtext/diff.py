"""Two versions of a Chinese text must be matched without words, spaces or a bound on the change.

A character diff by itself is slow on long texts and, on rewritten ones, full of coincidences: some 的 of a deleted
sentence always meets some 的 of the sentence put in its place. So the surest things are matched first and confine what
may match between them: lines that occur once on either side, then sentences, then ever shorter strings, and single
characters only in the small gaps left over. What then stands alone in a sea of change is taken for coincidence and
dropped. Everything here keeps the order of both texts; `zhtext.alignment` adds what has moved.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, takewhile
from operator import eq
from typing import NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

LINES = re.compile(r"[^\n]*\n|[^\n]+")
SENTENCES = re.compile(r"[^。！？；\n]*[。！？；\n]|[^。！？；\n]+")
# Long strings first, as they are surest; four characters are rarely the same by chance within one sentence.
SHINGLES = (16, 4)
SHINGLE_LEVEL = 2
DIFF_LEVEL = SHINGLE_LEVEL + len(SHINGLES)
# In a longer stretch shingles are sampled: memory stays bounded, and long runs are still met many times.
MANY_SHINGLES = 100_000
# A Latin word is one token: letters shared by two different words mean nothing.
WORD = re.compile(r"[0-9A-Za-z_]+")
TOKENS = re.compile(r"[0-9A-Za-z_]+|.", re.DOTALL)
# A diff works in bits: 10⁸ pairs are 12 MB and some milliseconds. Where sentences and shingles leave more, hardly
# anything could be told apart.
MOST_PAIRS = 10**8
FEW_EDITS = 1_000

# What counts as evidence: a Han character, or six letters of a Latin word. Punctuation is none.
EVIDENCE = re.compile(r"[0-9A-Za-z_]{1,6}|\w")
MOST_EVIDENCE = 200
# By chance, one pair of places in some tens shows the same character, and of those again one in ten the same next one.
CHANCE = 20
RARITY = 10

Stretch = tuple[int, int]
Pieces = Iterable[tuple[str, int]]


class Run(NamedTuple):
    """Characters that stand in both texts: old[old:old + size] == new[new:new + size]."""

    old: int
    new: int
    size: int

    @property
    def old_end(self) -> int:
        """Return where the run ends in the old text."""
        return self.old + self.size

    @property
    def new_end(self) -> int:
        """Return where the run ends in the new text."""
        return self.new + self.size


class Gap(NamedTuple):
    """A stretch of the old text and one of the new, in which nothing is matched yet."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def pairs(self) -> int:
        """Return how many pairs of places there are, one in each text."""
        return (self.old_end - self.old) * (self.new_end - self.new)


def match(old: str, new: str, gap: Gap) -> list[Run]:
    """Return what the two sides of a gap have in common, in order of both and without overlaps."""
    return _without_islands(old, new, _join(_descend(old, new, gap, 0)), gap)


def evidence(text: str, start: int, end: int) -> int:
    """Count what makes a stretch recognisable: its Han characters and Latin words, up to a sentence's length."""
    return len(EVIDENCE.findall(text, start, min(end, start + MOST_EVIDENCE)))


def pieces_in(pattern: re.Pattern[str], text: str, stretches: Iterable[Stretch]) -> Pieces:
    """Return what a pattern finds in some stretches of a text, and where."""
    found = chain.from_iterable(pattern.finditer(text, start, end) for start, end in stretches)
    return ((piece.group(), piece.start()) for piece in found)


def once_in_both(here: Pieces, there: Pieces) -> list[Run]:
    """Return the pieces that occur once here and once there, in order of here."""
    left, right = _once(here), _once(there)
    return _join(Run(left[piece], right[piece], len(piece)) for piece in left if piece in right)


def shingles_in_both(old: str, new: str, here: Sequence[Stretch], there: Sequence[Stretch], size: int) -> list[Run]:
    """Return the strings of at least a size that occur once in some stretches of either text."""
    longest = max(sum(end - start for start, end in stretches) for stretches in (here, there))
    step = 1 + longest // MANY_SHINGLES
    return once_in_both(_shingles(old, here, size, step), _shingles(new, there, size, step))


def _descend(old: str, new: str, gap: Gap, level: int) -> Iterator[Run]:
    """Yield the runs of a gap in order: pins of this level, and between them those of the levels below."""
    if gap.pairs == 0:
        return
    if level == DIFF_LEVEL:
        yield from _diff(old, new, gap)
    elif level == SHINGLE_LEVEL and gap.pairs > MOST_PAIRS:
        yield from _trim(old, new, gap)
    else:
        yield from _pin(old, new, gap, level)


def _pin(old: str, new: str, gap: Gap, level: int) -> Iterator[Run]:
    here = gap
    for pin in _heaviest_chain(_pins(old, new, gap, level)):
        # Pins made of shingles may overlap: what the one before covers is cut off.
        cut = max(0, here.old - pin.old, here.new - pin.new)
        if cut < pin.size:
            run = Run(pin.old + cut, pin.new + cut, pin.size - cut)
            yield from _descend(old, new, Gap(here.old, run.old, here.new, run.new), level + 1)
            yield run
            here = Gap(run.old_end, gap.old_end, run.new_end, gap.new_end)
    yield from _descend(old, new, here, level + 1)


def _trim(old: str, new: str, gap: Gap) -> Iterator[Run]:
    """Yield the runs of one endless sentence, in which perhaps no shingle occurs only once: head and tail first."""
    head, tail = _common_ends(old, new, gap)
    middle = Gap(head.old_end, tail.old, head.new_end, tail.new)
    if head.size:
        yield head
    if middle.pairs:
        yield from _few_edits(old, new, middle) or _pin(old, new, middle, SHINGLE_LEVEL)
    if tail.size:
        yield tail


def _few_edits(old: str, new: str, gap: Gap) -> list[Run]:
    """Return the runs between few single edits, or nothing where they are not few: fast at any length."""
    source, target = old[gap.old : gap.old_end], new[gap.new : gap.new_end]
    distance = Levenshtein.distance(source, target, score_cutoff=FEW_EDITS)
    if distance > FEW_EDITS:
        return []
    codes = Levenshtein.opcodes(source, target, score_hint=distance)
    return [
        Run(gap.old + code.src_start, gap.new + code.dest_start, code.src_end - code.src_start)
        for code in codes
        if code.tag == "equal"
    ]


def _common_ends(old: str, new: str, gap: Gap) -> tuple[Run, Run]:
    """Return what both sides of a gap share at their beginning and, beyond that, at their end; either may be empty."""
    source, target = old[gap.old : gap.old_end], new[gap.new : gap.new_end]
    head = _common_head(source, target)
    tail = _common_head(source[head:][::-1], target[head:][::-1])
    return Run(gap.old, gap.new, head), Run(gap.old_end - tail, gap.new_end - tail, tail)


def _common_head(left: str, right: str) -> int:
    return sum(takewhile(bool, map(eq, left, right)))


def _diff(old: str, new: str, gap: Gap) -> Iterator[Run]:
    """Yield the runs of a gap by the shortest edit of its tokens."""
    here = gap
    for run in _common_tokens(old, new, gap):
        yield from _word_ends(old, new, Gap(here.old, run.old, here.new, run.new))
        yield run
        here = Gap(run.old_end, gap.old_end, run.new_end, gap.new_end)
    yield from _word_ends(old, new, here)


def _common_tokens(old: str, new: str, gap: Gap) -> Iterator[Run]:
    source = TOKENS.findall(old, gap.old, gap.old_end)
    target = TOKENS.findall(new, gap.new, gap.new_end)
    if len(source) * len(target) > MOST_PAIRS:
        return
    i, j = gap.old, gap.new
    for code in Indel.opcodes(source, target):
        size = sum(map(len, source[code.src_start : code.src_end]))
        if code.tag == "equal":
            yield Run(i, j, size)
        i += size
        j += sum(map(len, target[code.dest_start : code.dest_end]))


def _word_ends(old: str, new: str, gap: Gap) -> Iterator[Run]:
    """Yield what is left of one Latin word in the word put in its place, if that is at least half: props for prop."""
    words = WORD.fullmatch(old, gap.old, gap.old_end), WORD.fullmatch(new, gap.new, gap.new_end)
    if not all(words):
        return
    head, tail = _common_ends(old, new, gap)
    if 2 * (head.size + tail.size) >= max(gap.old_end - gap.old, gap.new_end - gap.new):
        yield from (run for run in (head, tail) if run.size)


def _pins(old: str, new: str, gap: Gap, level: int) -> list[Run]:
    """Return what occurs exactly once on either side: lines, sentences or shingles, by level."""
    here, there = (gap.old, gap.old_end), (gap.new, gap.new_end)
    if level < SHINGLE_LEVEL:
        pattern = (LINES, SENTENCES)[level]
        return once_in_both(pieces_in(pattern, old, [here]), pieces_in(pattern, new, [there]))
    return shingles_in_both(old, new, [here], [there], SHINGLES[level - SHINGLE_LEVEL])


def _shingles(text: str, stretches: Iterable[Stretch], size: int, step: int) -> Pieces:
    """Return the strings of a size: all of them, or those that begin with one character in so many."""
    places = chain.from_iterable(range(start, end - size + 1) for start, end in stretches)
    return ((text[i : i + size], i) for i in places if step == 1 or ord(text[i]) % step == 0)


def _once(pieces: Pieces) -> dict[str, int]:
    """Map each piece that occurs only once to its place, in order."""
    places: dict[str, int] = {}
    again: set[str] = set()
    for piece, place in pieces:
        if piece in places:
            again.add(piece)
        places[piece] = place
    for piece in again:
        del places[piece]
    return places


def _join(runs: Iterable[Run]) -> list[Run]:
    """Join neighbouring runs that touch or overlap and are equally far apart in both texts."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else run
        if run.old <= last.old_end and run.old - last.old == run.new - last.new:
            joined[-1:] = [Run(last.old, last.new, run.old_end - last.old)]
        else:
            joined.append(run)
    return joined


def _heaviest_chain(pins: Sequence[Run]) -> list[Run]:
    """Return those pins, in order of both texts, which together hold the most characters.

    The pins come in order of the old text.
    """
    ends: list[int] = []  # rising places in the new text at which an ever heavier chain ends …
    best: list[tuple[int, int]] = []  # … its weight, and the number of its last pin
    before: list[int] = []
    for number, pin in enumerate(pins):
        at = bisect_left(ends, pin.new)
        weight, previous = best[at - 1] if at else (0, -1)
        before.append(previous)
        weight += pin.size
        beaten = at
        while beaten < len(ends) and best[beaten][0] <= weight:
            beaten += 1
        ends[at:beaten] = [pin.new]
        best[at:beaten] = [(weight, number)]
    chosen, number = [], best[-1][1] if best else -1
    while number >= 0:
        chosen.append(pins[number])
        number = before[number]
    return chosen[::-1]


def _without_islands(old: str, new: str, runs: Iterable[Run], gap: Gap) -> list[Run]:
    """Drop the runs that are likely coincidences."""
    kept = [Run(gap.old, gap.new, 0)]
    for run in [*runs, Run(gap.old_end, gap.new_end, 0)]:
        while len(kept) > 1 and _is_island(old, new, kept[-2], kept[-1], run):
            kept.pop()
        kept.append(run)
    return kept[1:-1]


def _is_island(old: str, new: str, before: Run, run: Run, after: Run) -> bool:
    """Tell whether so much is changed around a run that a string as short would meet its like by chance."""
    if run.old == run.new == 0 or (run.old_end, run.new_end) == (len(old), len(new)):
        return False
    shifts = (after.old - before.old_end - run.size + 1) * (after.new - before.new_end - run.size + 1)
    return shifts > CHANCE and shifts > CHANCE * RARITY ** evidence(old, run.old, run.old_end)
