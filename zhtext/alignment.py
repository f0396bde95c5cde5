"""When a text is edited, most of it stays in order and some of it moves.

The order of what stayed is found first (`zhtext.diff`). What vanished from one place but stands, once, in another is
recognised as moved, and then matched with its sentence, so that a passage may be moved and edited at the same time.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from zhtext.diff import LINES, SENTENCES, Gap, Run, Stretch, evidence, match, once_in_both, pieces_in, shingles_in_both

WHOLE_LINES = re.compile(r"^[^\n]+\n", re.MULTILINE)
# Shorter strings come back by chance: 在上面的例子中 stands in many a text more than once.
MOVED_SHINGLE = 8
MOVED_EVIDENCE = 8
# A whole line is less likely a coincidence: 诱变方法 as a heading.
MOVED_LINE_EVIDENCE = 4
LONGEST_SENTENCE = 200


@dataclass(frozen=True)
class Alignment:
    """What two texts share: every list of runs is in order of both texts and without overlaps.

    `stayed` covers the whole texts; each list in `moved` is one passage that left its place.
    """

    stayed: list[Run]
    moved: list[list[Run]]
    starts: list[int]
    furthest: list[int]

    def around(self, start: int, end: int) -> list[list[Run]]:
        """Return the lists of runs that may hold something of a span of the old text."""
        first, stop = bisect_right(self.furthest, start), bisect_left(self.starts, end)
        return [self.stayed, *self.moved[first:stop]]


def align(old: str, new: str) -> Alignment:
    """Match two versions of a text."""
    stayed = match(old, new, Gap(0, len(old), 0, len(new)))
    matched = (match(old, new, gap) for gap in _moved_passages(old, new, stayed))
    moved = sorted(runs for runs in matched if runs)
    furthest = accumulate((runs[-1].old_end for runs in moved), max)
    return Alignment(stayed, moved, [runs[0].old for runs in moved], list(furthest))


def sentence_around(text: str, start: int, end: int) -> Stretch:
    """Widen a stretch of at least one character to where its sentences begin and end, within reason."""
    earliest, latest = max(0, start - LONGEST_SENTENCE), min(len(text), end + LONGEST_SENTENCE)
    before = max(text.rfind(mark, earliest, start) for mark in "。！？；\n") + 1
    after = SENTENCES.match(text, end - 1, latest)
    return max(earliest, before), after.end() if after else latest


def _moved_passages(old: str, new: str, stayed: Sequence[Run]) -> list[Gap]:
    """Return the sentences around what left one place and stands, once, in another."""
    gone = _holes([(run.old, run.old_end) for run in stayed], len(old))
    come = _holes([(run.new, run.new_end) for run in stayed], len(new))
    if not gone or not come:
        return []
    strings = shingles_in_both(old, new, gone, come, MOVED_SHINGLE)
    telling = [run for run in strings if evidence(old, run.old, run.old_end) >= MOVED_EVIDENCE]
    return sorted({_whole_sentences(old, new, run) for run in [*_moved_lines(old, new, gone, come), *telling]})


def _moved_lines(old: str, new: str, gone: Sequence[Stretch], come: Sequence[Stretch]) -> list[Run]:
    """Return the short lines, headings mostly, that occur once in either text but in no common place."""
    here = {place for _, place in pieces_in(WHOLE_LINES, old, gone)}
    there = {place for _, place in pieces_in(WHOLE_LINES, new, come)}
    lines = once_in_both(pieces_in(LINES, old, [(0, len(old))]), pieces_in(LINES, new, [(0, len(new))]))
    free = (line for line in lines if line.old in here and line.new in there)
    return [line for line in free if evidence(old, line.old, line.old_end) >= MOVED_LINE_EVIDENCE]


def _holes(taken: Sequence[Stretch], end: int) -> list[Stretch]:
    """Return the stretches of a text between those that are taken, which come in order."""
    borders = zip([0, *(stop for _, stop in taken)], [*(start for start, _ in taken), end], strict=True)
    return [(start, stop) for start, stop in borders if start < stop]


def _whole_sentences(old: str, new: str, run: Run) -> Gap:
    return Gap(*sentence_around(old, run.old, run.old_end), *sentence_around(new, run.new, run.new_end))
