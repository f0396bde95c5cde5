"""How two wordings differ, and where words stand in a text: what is shown when a note has to find its place anew."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Indel

from zhtext.fold import fold

# Below this likeness, what two wordings share is chance: showing it would only confuse.
LEAST_ALIKE = 0.3
# Comparing takes the product of both lengths.
LONGEST_COMPARED = 20_000
MOST_PLACES = 50


class Part(NamedTuple):
    """Some words that stand in both wordings ("same"), in the older one only ("gone"), or in the newer one ("new")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a text with those around them."""

    start: int
    end: int
    before: str
    words: str
    after: str


def differing(old: str, new: str) -> list[Part]:
    """Tell where two wordings differ, in the order in which one reads them.

    >>> [" ".join(part) for part in differing("机械可解释性", "机制可解释性")]
    ['same 机', 'gone 械', 'new 制', 'same 可解释性']
    """
    if max(len(old), len(new)) > LONGEST_COMPARED or Indel.normalized_similarity(old, new) < LEAST_ALIKE:
        return [part for part in (Part("gone", old), Part("new", new)) if part.text]
    parts: list[Part] = []
    for step in Indel.opcodes(old, new):
        if step.tag == "insert":
            parts.append(Part("new", new[step.dest_start : step.dest_end]))
            continue
        kind = "same" if step.tag == "equal" else "gone"
        # What went is read before what came in its place.
        at = len(parts) - (kind == "gone" and bool(parts) and parts[-1].kind == "new")
        parts.insert(at, Part(kind, old[step.src_start : step.src_end]))
    return parts


def passage(text: str, start: int, end: int, context: int = 32) -> Passage:
    """Give a span of a text with the words around it."""
    return Passage(start, end, text[max(0, start - context) : start], text[start:end], text[end : end + context])


def places(text: str, words: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Give where words stand between two places of a text, whatever their case, width and script, and line ends.

    >>> places("后训练，後訓練", "後訓練")
    [(0, 3), (4, 7)]
    """
    pieces = fold(words).split()
    if not pieces:
        return []
    pattern = re.compile(r"\s*".join(map(re.escape, pieces)))
    found = pattern.finditer(fold(text), start, len(text) if end is None else end)
    return [match.span() for match, _number in zip(found, range(MOST_PLACES), strict=False)]
