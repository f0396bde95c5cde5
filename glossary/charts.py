"""Bars of charts in numbers; a template draws them as SVG, which prints as it is shown and needs no script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH = 1000
# What is there at all is seen.
LEAST = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: where it begins, how wide it is, and the class by which the stylesheet colours it."""

    start: int
    width: int
    role: str
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its parts side by side, what it is of, and what it shows in words."""

    title: str
    parts: Sequence[Part]

    @property
    def words(self) -> str:
        """Say what the bar shows, for those who do not see it."""
        return ", ".join(part.label for part in self.parts)


def bar(title: str, counts: Iterable[tuple[str, str, int]], most: int = 0) -> Bar:
    """Draw counts, each with its role and its name, as one bar, whose full width is ``most`` or the sum of all.

    >>> bar("law", [("preferred", "law", 3), ("admitted", "rule", 1)]).parts[1]
    Part(start=750, width=250, role='admitted', label='rule 1')
    """
    given = [(role, name, count) for role, name, count in counts if count]
    whole = most or sum(count for _role, _name, count in given)
    parts: list[Part] = []
    done = 0
    for role, name, count in given:
        start, done = round(done * WIDTH / whole), done + count
        width = max(LEAST, round(count * WIDTH / whole))
        parts.append(Part(min(start, WIDTH - width), width, role, f"{name} {count}"))
    return Bar(title, parts)
