"""Notes must stay with their words while the text around them is edited, and say so when they cannot.

A note points at a span of a document's text. `describe` records enough of it to find it again in a text of which
nothing else is known, which is what `locate` does. Where both versions are at hand, `reanchor` is surer: it follows the
edit itself. A note whose words are gone becomes an orphan (None), because a note at a wrong place misleads and a lost
one can be put back; `propose` names the place to offer for that.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Indel

from zhtext.alignment import Alignment, align, sentence_around
from zhtext.diff import Run, evidence

CONTEXT = 32
CONTEXTS = (32, 16, 8)
ALIKE = 0.5
# What stands in the place of an orphan is offered instead of it unless it is this many times as long.
LONGEST_OFFER = 4
# Comparing takes the product of both lengths.
LONGEST_COMPARED = 2_000
# A text may begin or end right beside the quote; even then, fewer Han characters than this, context included, prove
# nothing.
TELLING = 4

Place = tuple[int, int]


@dataclass(frozen=True)
class Selector:
    """A passage by place and by words: W3C TextPositionSelector and TextQuoteSelector in one."""

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


class Placing(NamedTuple):
    """A place in the new text, and how sure it is: below 1 by likeness, above it by the length of what survived."""

    certainty: float
    place: Place


def describe(text: str, start: int, end: int) -> Selector:
    """Return what finds the span [start, end) of a text again: its words and 32 code points on either side.

    Raises ValueError for a span that is empty or leaves the text.
    """
    _check(text, start, end)
    return Selector(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def locate(text: str, selector: Selector, *, verbatim: bool = False) -> Place | None:
    """Return where the described passage stands in a text, or None where that cannot be told with certainty.

    A passage whose words were changed is looked for, too, unless it shall be verbatim, which is a hundred times faster.
    """
    if _stands_unmoved(text, selector):
        return selector.start, selector.end
    found = _by_window(text, selector)
    return found if found or verbatim else _by_alignment(text, selector)


def reanchor(old: str, new: str, spans: Sequence[Place]) -> list[Place | None]:
    """Return, for every span of the old text, its place in the new one, or None where its words are gone.

    Raises ValueError for a span that is empty or leaves the old text.
    """
    for start, end in spans:
        _check(old, start, end)
    alignment = align(old, new)
    return [_place(old, new, alignment, span) for span in spans]


def propose(old: str, new: str, spans: Sequence[Place]) -> list[Place | None]:
    """Return, for every orphan, the likeliest place, for its author to accept or not; None if the new text is blank.

    Raises ValueError for a span that is empty or leaves the old text.
    """
    for start, end in spans:
        _check(old, start, end)
    alignment = align(old, new)
    return [_place(old, new, alignment, span) or _likeliest(old, new, alignment.stayed, span) for span in spans]


def _check(text: str, start: int, end: int) -> None:
    if not 0 <= start < end <= len(text):
        raise ValueError(
            f"A passage needs at least one character of the text: {start} to {end} does not lie in 0 to {len(text)}."
        )


def _place(old: str, new: str, alignment: Alignment, span: Place) -> Place | None:
    """Return the surest place of a span."""
    start, end = span
    placings = (_carry(old, new, runs, start, end) for runs in alignment.around(start, end))
    best = max((placing for placing in placings if placing), default=None)
    return best.place if best else None


def _carry(old: str, new: str, runs: Sequence[Run], start: int, end: int) -> Placing | None:
    """Carry a span along one list of runs, if at least half of it survives."""
    first, stop = _overlapping(runs, start, end)
    if first == stop:
        return None
    left, right = runs[first], runs[stop - 1]
    if left.old <= start and end <= left.old_end:
        return Placing(1 + left.size, (left.new + start - left.old, left.new + end - left.old))
    before = runs[first - 1] if first else Run(0, 0, 0)
    after = runs[stop] if stop < len(runs) else Run(len(old), len(new), 0)
    place = _carry_start(old, before, left, start), _carry_end(old, right, after, end)
    likeness = _likeness(old, new, runs[first:stop], (start, end), place)
    return Placing(likeness, place) if likeness >= ALIKE else None


def _overlapping(runs: Sequence[Run], start: int, end: int) -> tuple[int, int]:
    """Return which runs, from and up to, share a character with the span."""
    first, stop = bisect_left(runs, (start,)), bisect_left(runs, (end,))
    reaches_in = first > 0 and runs[first - 1].old_end > start
    return first - reaches_in, stop


def _carry_start(old: str, before: Run, left: Run, start: int) -> int:
    """Return where a span begins whose first surviving character lies in the run to its left end."""
    if left.old <= start:
        return left.new + start - left.old
    if evidence(old, start, left.old) == 0:
        return left.new
    # What was put in the place of the first words belongs to the passage: all of it, if the passage began there.
    replaced = left.new - before.new_end
    return left.new - (replaced if start == before.old_end else min(replaced, left.old - start))


def _carry_end(old: str, right: Run, after: Run, end: int) -> int:
    """Return where a span ends whose last surviving character lies in the run to its right end."""
    if end <= right.old_end:
        return right.new + end - right.old
    if evidence(old, right.old_end, end) == 0:
        return right.new_end
    replaced = after.new - right.new_end
    return right.new_end + (replaced if end == after.old else min(replaced, end - right.old_end))


def _likeness(old: str, new: str, shared: Sequence[Run], span: Place, place: Place) -> float:
    """Return how much of a passage is alike in both texts, from 0 to 1."""
    start, end = span
    longest = max(end - start, place[1] - place[0])
    if longest <= LONGEST_COMPARED:
        return Indel.normalized_similarity(old[start:end], new[slice(*place)])
    return sum(min(run.old_end, end) - max(run.old, start) for run in shared) / longest


def _likeliest(old: str, new: str, stayed: Sequence[Run], span: Place) -> Place | None:
    """Return what now stands where an orphan stood, else the same words nearby, else the sentence there."""
    start, end = span
    between = _between_neighbours(stayed, start, end, len(new))
    replaced = _without_blanks(new, between)
    if replaced and replaced[1] - replaced[0] <= LONGEST_OFFER * (end - start):
        return replaced
    return _nearest(new, old[start:end], between[0]) or _sentence_at(new, between[0])


def _between_neighbours(stayed: Sequence[Run], start: int, end: int, length: int) -> Place:
    """Return the stretch of the new text between the surviving characters nearest to a span."""
    first, stop = _overlapping(stayed, start, end)
    before = next((run for run in stayed[first : first + 1] if run.old < start), None)
    after = next((run for run in stayed[max(0, stop - 1) : stop] if run.old_end > end), None)
    left = before.new + start - before.old if before else stayed[first - 1].new_end if first else 0
    right = after.new + end - after.old if after else stayed[stop].new if stop < len(stayed) else length
    return left, right


def _without_blanks(text: str, place: Place) -> Place | None:
    words = text[slice(*place)]
    start = place[0] + len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return (start, end) if start < end else None


def _nearest(text: str, quote: str, here: int) -> Place | None:
    """Return the occurrence of a quote nearest to a place, if there are words in it."""
    found = {text.rfind(quote, 0, here), text.find(quote, here)} - {-1}
    if not found or evidence(quote, 0, len(quote)) == 0:
        return None
    start = min(found, key=lambda place: abs(place - here))
    return start, start + len(quote)


def _sentence_at(text: str, here: int) -> Place | None:
    """Return the sentence at a place, or the nearest one if the place is blank."""
    before = len(text[: here + 1].rstrip())
    start = before - 1 if before else len(text) - len(text.lstrip())
    return _without_blanks(text, sentence_around(text, start, start + 1)) if start < len(text) else None


def _stands_unmoved(text: str, selector: Selector) -> bool:
    start = selector.start - len(selector.prefix)
    return start >= 0 and text.startswith(selector.prefix + selector.quote + selector.suffix, start)


def _by_window(text: str, selector: Selector) -> Place | None:
    """Find the quote within the widest context that still stands, if it stands only once."""
    for size in CONTEXTS:
        before, after = _last(selector.prefix, size), selector.suffix[:size]
        window = before + selector.quote + after
        if _is_unmistakable(text, window):
            start = text.find(window) + len(before)
            return start, start + len(selector.quote)
    return None


def _by_alignment(text: str, selector: Selector) -> Place | None:
    """Carry the quote like an edited text of which only its context is left; without any, nothing can be told."""
    if not selector.prefix + selector.suffix:
        return None
    start, size = len(selector.prefix), len(selector.quote)
    known = selector.prefix + selector.quote + selector.suffix
    place = _place(known, text, align(known, text), (start, start + size))
    if place is None:
        return None
    before, after = _last(text[: place[0]], len(selector.prefix)), text[place[1] :][: len(selector.suffix)]
    likeness = Indel.normalized_similarity(selector.prefix + selector.suffix, before + after)
    window = _last(before, CONTEXTS[-1]) + text[slice(*place)] + after[: CONTEXTS[-1]]
    return place if likeness >= ALIKE and _is_unmistakable(text, window) else None


def _is_unmistakable(text: str, words: str) -> bool:
    """Tell whether words stand exactly once in a text, and are too many to do so by chance."""
    start = text.find(words)
    return start >= 0 and text.find(words, start + 1) < 0 and evidence(words, 0, len(words)) >= TELLING


def _last(text: str, size: int) -> str:
    return text[max(0, len(text) - size) :]
