"""Measure how long notes take to follow an edit: python bench/reanchor.py OLD NEW [NOTES].

OLD and NEW are two versions of one text, in UTF-8. That many notes (1,000 unless told) of 2 to 30 characters are spread
evenly over the old one and carried to the new one; printed are the CPU time, best of seven, and how many were placed.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from zhtext.anchor import reanchor


def spread(length: int, number: int) -> list[tuple[int, int]]:
    """Return evenly spread spans of a text of a length, in code points."""
    starts = (length * index // number for index in range(number))
    return [(start, min(length, start + 2 + index % 29)) for index, start in enumerate(starts)]


def cpu_seconds(old: str, new: str, spans: Sequence[tuple[int, int]]) -> float:
    """Return the CPU time of carrying the spans once, in seconds."""
    began = time.process_time()
    reanchor(old, new, spans)
    return time.process_time() - began


def main(old_path: str, new_path: str, number: str = "1000") -> None:
    """Print the figures for two files."""
    old, new = (Path(path).read_text(encoding="utf-8") for path in (old_path, new_path))
    spans = spread(len(old), int(number))
    best = min(cpu_seconds(old, new, spans) for _ in range(7))
    placed = sum(place is not None for place in reanchor(old, new, spans))
    print(f"{len(old)} → {len(new)} characters, {len(spans)} notes: {1000 * best:.1f} ms of CPU, {placed} placed")


if __name__ == "__main__":
    main(*sys.argv[1:])
