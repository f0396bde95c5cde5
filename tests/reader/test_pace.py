"""One pace for the library, the page and what is left."""

import pytest

from reader import pace


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", 1),
        ("字" * 180, 1),
        ("字" * 900, 5),
        # Marks and spaces take no time; a Latin word takes as long as a character.
        ("，。 " * 900, 1),
        ("GPT-4 Claude 3.5 " * 300, 5),
    ],
)
def test_minutes_follow_what_is_read(text: str, minutes: int) -> None:
    assert pace.minutes(text) == minutes


@pytest.mark.parametrize(("minutes", "words"), [(1, "1 min"), (89, "89 min"), (90, "1 h 30 min"), (700, "12 h")])
def test_the_longer_the_rounder(minutes: int, words: str) -> None:
    assert pace.in_words(minutes) == words
