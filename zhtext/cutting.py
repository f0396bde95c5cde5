"""Cut many runs of characters at once, each in the cheapest way: what segmenting by any list of words comes down to."""

import numpy as np
from numpy.typing import NDArray

from zhtext.hashed import Bools, Ints

Prices = NDArray[np.float32]


def runs(marked: Bools) -> tuple[Ints, Ints]:
    """Return where the marked runs of a text start and stop."""
    steps = np.diff(marked.astype(np.int8), prepend=0, append=0)
    return np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)


def pieces(starts: Ints, stops: Ints, longest: int) -> tuple[Ints, Ints]:
    """Return the same runs, those that are too long in pieces, so that no text takes more than linear time."""
    counts = -(-(stops - starts) // longest)
    nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    starts = np.repeat(starts, counts) + nth * longest
    return starts, np.minimum(starts + longest, np.repeat(stops, counts))


def cheapest(starts: Ints, stops: Ints, sizes: Ints, prices: Prices) -> tuple[Ints, Prices]:
    """Return for each offset the last word's length on the cheapest way there, and its cost; all runs side by side.

    ``prices`` has a row for each of the sizes, in rising order: what the word of this length costs that ends at each
    offset.
    """
    lengths = stops - starts
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    best = np.zeros(prices.shape[1], dtype=np.float32)
    last = np.ones(prices.shape[1], dtype=np.int64)
    for step in range(1, int(lengths.max(initial=0)) + 1):
        ends = starts[: np.searchsorted(-lengths, -step, side="right")] + step
        fitting = sizes[: np.searchsorted(sizes, step, side="right")]
        reach = fitting[:, None]
        # Where a run starts nothing has been spent; the offset may be the end of another run.
        totals = np.where(reach == step, 0, best[ends - reach]) + prices[: fitting.size, ends]
        last[ends] = fitting[totals.argmin(axis=0)]
        best[ends] = totals.min(axis=0)
    return last, best


def edges(starts: Ints, stops: Ints, last: Ints, size: int) -> Bools:
    """Mark all edges of words in a text, following the lengths from the end of every run to its start."""
    marked = np.zeros(size + 1, dtype=np.bool_)
    marked[starts] = True
    at = stops
    while at.size:
        marked[at] = True
        at = at - last[at]
        going = at > starts
        at, starts = at[going], starts[going]
    return marked
