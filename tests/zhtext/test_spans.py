"""Spans are half-open, in code points, and do not get into each other's way."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zhtext.texts import texts, thoroughly
from zhtext.spans import Span, code_point_offset, gaps, longest_leftmost, utf16_length

spans = st.lists(st.builds(lambda start, size: Span(start, start + size), st.integers(0, 30), st.integers(1, 8)))


@pytest.mark.parametrize(
    ("items", "kept"),
    [
        # Nothing comes of nothing.
        ([], []),
        # Neighbours do not overlap: the end does not belong to a span.
        ([(0, 2), (2, 4)], [(0, 2), (2, 4)]),
        # Of those that begin together the longest stays.
        ([(0, 2), (0, 4), (0, 3)], [(0, 4)]),
        # The leftmost stays, though the one it overlaps is longer.
        ([(1, 9), (0, 2)], [(0, 2)]),
        # What lies inside another goes; what comes after it stays.
        ([(0, 5), (1, 2), (4, 5), (5, 6)], [(0, 5), (5, 6)]),
        # The order in which they come does not matter, and equal ones stay once.
        ([(4, 6), (0, 3), (4, 6)], [(0, 3), (4, 6)]),
    ],
)
def test_longest_leftmost(items: list[tuple[int, int]], kept: list[tuple[int, int]]) -> None:
    assert longest_leftmost([Span(*item) for item in items]) == kept


@pytest.mark.parametrize(
    ("taken", "start", "end", "expected"),
    [
        # All is open where nothing stands.
        ([], 0, 4, [(0, 4)]),
        # Nothing is open in nothing.
        ([], 3, 3, []),
        # Before, between and after.
        ([(1, 2), (3, 4)], 0, 6, [(0, 1), (2, 3), (4, 6)]),
        # Neighbours leave no gap between them, and none of length zero is told.
        ([(0, 2), (2, 4)], 0, 4, []),
        # What stands before the beginning opens nothing.
        ([(0, 2)], 3, 5, [(3, 5)]),
    ],
)
def test_gaps(taken: list[tuple[int, int]], start: int, end: int, expected: list[tuple[int, int]]) -> None:
    assert list(gaps([Span(*span) for span in taken], start, end)) == expected


@pytest.mark.parametrize(
    ("text", "utf16", "code_points"),
    [
        # Up to U+FFFF the two counts are one.
        ("注解", 1, 1),
        ("\uffff好", 2, 2),
        # An astral character is two units: a rare Han character, an emoji.
        ("𠮷野家", 2, 1),
        ("𠮷野家", 4, 3),
        ("好😀好", 3, 2),
        # A cut inside a pair falls before the character.
        ("𠮷野家", 1, 0),
        ("好😀好", 2, 1),
        # Beginning and end.
        ("", 0, 0),
        ("😀", 0, 0),
        ("😀", 2, 1),
    ],
)
def test_code_point_offset(text: str, utf16: int, code_points: int) -> None:
    assert code_point_offset(text, utf16) == code_points


@pytest.mark.parametrize(("text", "offset"), [("注解", 3), ("注解", -1), ("😀", 3), ("", 1)])
def test_an_offset_outside_the_text_is_refused(text: str, offset: int) -> None:
    with pytest.raises(ValueError, match=f"Offset {offset} lies outside a text of {utf16_length(text)} UTF-16 units"):
        code_point_offset(text, offset)


@thoroughly
@given(spans)
def test_what_is_kept_does_not_overlap_and_what_goes_overlaps_what_is_kept(items: list[Span]) -> None:
    kept = longest_leftmost(items)
    assert all(left.end <= right.start for left, right in pairwise(kept))
    assert all(any(item.start < other.end and other.start < item.end for other in kept) for item in items)


@thoroughly
@given(spans)
def test_spans_and_gaps_cover_the_text_together(items: list[Span]) -> None:
    taken = longest_leftmost(items)
    pieces = sorted([*taken, *gaps(taken, 0, 40)])
    assert [offset for piece in pieces for offset in range(*piece)] == list(range(40))


@thoroughly
@given(texts)
def test_javascript_and_python_agree_on_every_offset(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2
    for offset in range(len(text) + 1):
        assert code_point_offset(text, utf16_length(text[:offset])) == offset
