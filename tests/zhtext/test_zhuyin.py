"""Zhuyin says what pinyin says."""

import re

import pytest
from hypothesis import given
from pypinyin.constants import PINYIN_DICT

from tests.zhtext.texts import texts, thoroughly
from zhtext.pinyin import plain_letters
from zhtext.zhuyin import from_pinyin

EVERY = {syllable for readings in PINYIN_DICT.values() for syllable in readings.split(",")}


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
        # er, and the suffix 儿, which colours the syllable before it: ㄉㄧㄢˇㄦ.
        ("ér", "ㄦˊ"),
        ("r", "ㄦ"),
        # Rare finals, and ê.
        ("yō", "ㄧㄛ"),
        ("lo", "˙ㄌㄛ"),
        ("ēi", "ㄟ"),
        ("ê̄", "ㄝ"),
        ("ề", "ㄝˋ"),
        ("lüán", "ㄌㄩㄢˊ"),
        # nue means nüe.
        ("nuè", "ㄋㄩㄝˋ"),
        # Interjections without a vowel.
        ("ń", "ㄣˊ"),
        ("ńg", "ㄫˊ"),
        ("ǹg", "ㄫˋ"),
        ("ng", "˙ㄫ"),
        ("ḿ", "ㄇˊ"),
        ("hm", "˙ㄏㄇ"),
        ("hng", "˙ㄏㄫ"),
        # What is no syllable comes back as it is.
        ("GPU", "GPU"),
        ("A", "A"),
        ("b", "b"),
        ("coser", "coser"),
        ("·", "·"),
        ("1", "1"),
        ("", ""),
        ("ㄅ", "ㄅ"),
        # A capital letter sounds like a small one.
        ("Běi", "ㄅㄟˇ"),
    ],
)
def test_from_pinyin(syllable: str, expected: str) -> None:
    assert from_pinyin(syllable) == expected


# An initial, a medial and a final at most; a whole syllable without a vowel.
ZHUYIN = re.compile("˙?(?:[ㄅ-ㄙ]?[ㄧㄨㄩ]?[ㄚ-ㄦ]?|ㄏ?[ㄇㄫ])[ˊˇˋ]?")


@pytest.mark.parametrize("syllable", sorted(EVERY), ids=plain_letters)
def test_every_syllable_of_any_character_can_be_written(syllable: str) -> None:
    written = from_pinyin(syllable)
    assert written != syllable
    assert ZHUYIN.fullmatch(written)


def test_different_syllables_are_written_differently() -> None:
    seen: dict[str, str] = {}
    # 瓮 wòng is written as wèng, 嗯 ň as ěn.
    for syllable in sorted(EVERY - {"wòng", "ń", "ň", "ǹ"}):
        assert seen.setdefault(from_pinyin(syllable), syllable) == syllable
    assert len(seen) > 1_200


@thoroughly
@given(texts)
def test_anything_may_come_in(text: str) -> None:
    assert bool(from_pinyin(text)) == bool(text)
