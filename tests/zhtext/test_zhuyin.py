"""Zhuyin says what pinyin says."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zhtext.texts import HAN, thoroughly
from zhtext.pinyin import read
from zhtext.zhuyin import from_pinyin


@pytest.mark.parametrize(
    ("syllable", "expected"),
    [
        # The first tone has no mark, the others have theirs behind.
        ("zhōng", "ㄓㄨㄥ"),
        ("xué", "ㄒㄩㄝˊ"),
        ("wǒ", "ㄨㄛˇ"),
        ("xùn", "ㄒㄩㄣˋ"),
        # The dot of the neutral tone stands before the syllable.
        ("de", "˙ㄉㄜ"),
        ("men", "˙ㄇㄣ"),
        # A whole syllable that is only its initial.
        ("zhī", "ㄓ"),
        ("shì", "ㄕˋ"),
        ("rì", "ㄖˋ"),
        ("cí", "ㄘˊ"),
        # ü, written or meant.
        ("lǜ", "ㄌㄩˋ"),
        ("jù", "ㄐㄩˋ"),
        ("yuǎn", "ㄩㄢˇ"),
        ("lüè", "ㄌㄩㄝˋ"),
        # y and w are no sounds; un, ui, iu are contracted in pinyin only.
        ("yī", "ㄧ"),
        ("wǔ", "ㄨˇ"),
        ("yǒu", "ㄧㄡˇ"),
        ("duì", "ㄉㄨㄟˋ"),
        ("liú", "ㄌㄧㄡˊ"),
        ("lún", "ㄌㄨㄣˊ"),
        # o after a lip is no uo.
        ("bō", "ㄅㄛ"),
        ("fēng", "ㄈㄥ"),
        ("wēng", "ㄨㄥ"),
        # er.
        ("ér", "ㄦˊ"),
        # A capital letter sounds like a small one.
        ("Běi", "ㄅㄟˇ"),
    ],
)
def test_from_pinyin(syllable: str, expected: str) -> None:
    assert from_pinyin(syllable) == expected


@thoroughly
@given(st.text(st.sampled_from(HAN + "我们银行长短重新学得还好绿女略语言"), max_size=20))
def test_whatever_is_read_can_be_written_in_zhuyin(text: str) -> None:
    for syllable in filter(None, read(text)):
        assert re.fullmatch("˙[ㄅ-ㄩ]{1,3}|[ㄅ-ㄩ]{1,3}[ˊˇˋ]?", from_pinyin(syllable))
