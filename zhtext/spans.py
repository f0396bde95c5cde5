"""One coordinate system for everything that points into a text.

A span is half-open, ``[start, end)``, in Unicode code points of the text it belongs to. Tokens, terms, notes and
blocks all use it, so that what one part of the house finds another can show.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar


class Span(NamedTuple):
    """A half-open stretch of a text, in code points."""

    start: int
    end: int


class HasSpan(Protocol):
    """Anything that knows where it stands."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Spanned = TypeVar("Spanned", bound=HasSpan)


def longest_leftmost(items: Iterable[Spanned]) -> list[Spanned]:
    """Keep the items that do not overlap, the leftmost first and of those the longest, in text order.

    >>> longest_leftmost([Span(2, 5), Span(0, 3), Span(0, 5), Span(5, 6)])
    [Span(start=0, end=5), Span(start=5, end=6)]
    """
    kept: list[Spanned] = []
    edge = 0
    for item in sorted(items, key=lambda item: (item.start, -item.end)):
        if item.start >= edge:
            kept.append(item)
            edge = max(edge, item.end)
    return kept


def gaps(spans: Sequence[HasSpan], start: int, end: int) -> Iterator[Span]:
    """Yield what of ``[start, end)`` the sorted, non-overlapping spans leave open.

    >>> list(gaps([Span(2, 4)], 0, 6))
    [Span(start=0, end=2), Span(start=4, end=6)]
    """
    for span in spans:
        if start < span.start:
            yield Span(start, span.start)
        start = max(start, span.end)
    if start < end:
        yield Span(start, end)


def utf16_length(text: str) -> int:
    """Count the UTF-16 units of a text, which is how JavaScript counts: characters beyond U+FFFF are two."""
    return len(text) + sum(character > "\uffff" for character in text)


def code_point_offset(text: str, utf16_offset: int) -> int:
    """Convert an offset as JavaScript counts it into code points; a cut inside a pair falls before the character.

    Raises ValueError where the offset lies outside the text.
    """
    if not 0 <= utf16_offset <= utf16_length(text):
        raise ValueError(f"Offset {utf16_offset} lies outside a text of {utf16_length(text)} UTF-16 units.")
    encoded = text.encode("utf-16-le")[: utf16_offset * 2]
    return len(encoded.decode("utf-16-le", "ignore"))
