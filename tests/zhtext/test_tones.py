"""A tone can be told, changed, and written in three ways."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zhtext.texts import HAN, texts, thoroughly
from zhtext.pinyin import mark_tone, read
from zhtext.tones import Tones, change, number, tone


@pytest.mark.parametrize(
    ("syllable", "expected"),
    [("mā", 1), ("má", 2), ("mǎ", 3), ("mà", 4), ("ma", 5), ("lǜ", 4), ("lü", 5), ("ế", 2), ("ê", 5), ("r", 5)],
)
def test_tone(syllable: str, expected: int) -> None:
    assert tone(syllable) == expected


@pytest.mark.parametrize(
    ("syllable", "to", "expected"),
    [
        ("nǐ", 2, "ní"),
        ("yī", 4, "yì"),
        ("bù", 5, "bu"),
        # The two points of ü stay.
        ("nǚ", 2, "nǘ"),
        # A neutral tone has no place for a mark.
        ("de", 2, "de"),
    ],
)
def test_change(syllable: str, to: int, expected: str) -> None:
    assert change(syllable, to) == expected


@pytest.mark.parametrize(
    ("syllable", "expected"),
    [
        ("zhōng", "zhong1"),
        ("lǜ", "lü4"),
        ("Běi", "Bei3"),
        # The neutral tone is the fifth, also that of the suffix 儿.
        ("de", "de5"),
        ("r", "r5"),
        # Syllables without a vowel, and ê.
        ("ńg", "ng2"),
        ("ḿ", "m2"),
        ("ề", "ê4"),
        # What is no syllable comes back as it is.
        ("", ""),
        ("·", "·"),
        ("11", "11"),
        ("GPU", "GPU"),
        ("call", "call"),
    ],
)
def test_number(syllable: str, expected: str) -> None:
    assert number(syllable) == expected


@pytest.mark.parametrize(("tones", "expected"), [("marks", "lǜ"), ("numbers", "lü4"), ("zhuyin", "ㄌㄩˋ")])
def test_tones_are_written_in_three_ways(tones: str, expected: str) -> None:
    assert Tones(tones).write("lǜ") == expected


@thoroughly
@given(st.text(st.sampled_from(HAN + "我们银行长短重新学得还好绿女略语言嗯"), max_size=20))
def test_numbers_say_what_marks_say(text: str) -> None:
    for syllable in filter(None, read(text)):
        assert mark_tone(number(syllable)) == syllable


@thoroughly
@given(texts)
def test_anything_can_be_written_and_changed(text: str) -> None:
    assert all(isinstance(tones.write(text), str) for tones in Tones)
    assert tone(text) in range(1, 6)
    assert unicodedata.is_normalized("NFC", change(text, 2))
