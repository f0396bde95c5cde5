"""Every Han character has one syllable, in citation tone, and a term's own reading goes first."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zhtext.texts import texts, thoroughly
from zhtext.characters import is_han
from zhtext.pinyin import FixedReading, check_reading, fix, mark_tone, plain_letters, read, split_reading


def spell(text: str, *fixed: FixedReading) -> str:
    """Write the reading of a text in one line; what has none is a dot."""
    return " ".join(syllable or "." for syllable in read(text, fixed))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One syllable a character; nothing for what is not Han.
        ("后训练", "hòu xùn liàn"),
        ("AI对齐。", ". . duì qí ."),
        ("绿色策略", "lǜ sè cè lüè"),
        # The word chooses among the readings of a character.
        ("银行行长", "yín háng háng zhǎng"),
        ("机器学习很重要", "jī qì xué xí hěn zhòng yào"),
        ("重新训练", "chóng xīn xùn liàn"),
        # 一 and 不 keep their citation tone, whatever follows them.
        ("一个", "yī gè"),
        ("一样", "yī yàng"),
        ("不是", "bù shì"),
        ("不对", "bù duì"),
        ("看一看", "kàn yī kàn"),
        # The third tone does too.
        ("你好", "nǐ hǎo"),
        # The neutral tone is written where the dictionary gives it.
        ("我的", "wǒ de"),
        ("我们", "wǒ men"),
        # 〇 is read; a character that nobody can read is left alone.
        ("二〇二五", "èr líng èr wǔ"),
        ("\U000323af", "."),
        ("", ""),
    ],
)
def test_read(text: str, expected: str) -> None:
    assert spell(text) == expected


@pytest.mark.parametrize(
    ("text", "fixed", "expected"),
    [
        # A known reading goes before the phrase, the model and the rule of 一.
        ("长大", FixedReading(0, ("cháng", "dà")), "cháng dà"),
        ("看一看", FixedReading(1, ("yi",)), "kàn yi kàn"),
        # It begins where it says, and skips what is not Han.
        ("做A/B 测试", FixedReading(1, ("cè", "SHÌ")), "zuò . . . . cè SHÌ"),
        # Too few syllables leave the rest to the rules; too many are dropped.
        ("后训练", FixedReading(0, ("HÒU",)), "HÒU xùn liàn"),
        ("训练", FixedReading(1, ("LIÀN", "x", "y")), "xùn LIÀN"),
        ("训练", FixedReading(9, ("x",)), "xùn liàn"),
    ],
)
def test_a_fixed_reading_goes_first(text: str, fixed: FixedReading, expected: str) -> None:
    assert spell(text, fixed) == expected


@pytest.mark.parametrize(
    ("text", "fixed", "expected"),
    [
        # Nothing known leaves all as it is; of two for one character the last holds.
        ("后训练", [], "a b c"),
        ("后训练", [(0, "x y"), (1, "z")], "x z c"),
        ("后训练", [(1, "z"), (0, "x y")], "x y c"),
        # It may reach the end and no further, and begin nowhere.
        ("后训练", [(2, "x y z")], "a b x"),
        ("后训练", [(3, "x")], "a b c"),
        ("", [(0, "x")], ""),
        # What is no Han character is stepped over, also at the beginning; it keeps what it had.
        ("后A训", [(0, "x y")], "x b y"),
        ("A训练", [(0, "x y")], "a x y"),
        ("后𠮷〇", [(1, "x y")], "a x y"),
        # No syllables change nothing.
        ("后训练", [(0, "")], "a b c"),
    ],
)
def test_known_readings_are_laid_over_others(text: str, fixed: list[tuple[int, str]], expected: str) -> None:
    before = list("abc"[: len(text)])
    known = [FixedReading(start, syllables.split()) for start, syllables in fixed]
    assert " ".join(map(str, fix(text, before, known))) == expected
    assert before == list("abc"[: len(text)])


@thoroughly
@given(texts, st.lists(st.tuples(st.integers(0, 70), st.lists(st.sampled_from("XY"), max_size=4)), max_size=4))
def test_reading_with_known_readings_is_reading_and_laying_them_over(
    text: str, fixed: list[tuple[int, list[str]]]
) -> None:
    known = [FixedReading(start, syllables) for start, syllables in fixed]
    assert read(text, known) == fix(text, read(text), known)


@pytest.mark.parametrize(
    ("syllable", "expected"),
    [
        # The mark stands on a, else on e, else on the o of ou, else on the last vowel.
        ("zhong1", "zhōng"),
        ("jiao4", "jiào"),
        ("xue2", "xué"),
        ("dou1", "dōu"),
        ("gui4", "guì"),
        ("liu2", "liú"),
        # ê, and syllables without a vowel.
        ("ê2", "ế"),
        ("ê4", "ề"),
        ("Ê1", "Ê̄"),
        ("m2", "ḿ"),
        ("n2", "ń"),
        ("n4", "ǹ"),
        ("ng3", "ňg"),
        ("hm4", "hm̀"),
        ("hng5", "hng"),
        ("N2", "Ń"),
        # ü in its three spellings.
        ("lu:4", "lǜ"),
        ("lv4", "lǜ"),
        ("nüe4", "nüè"),
        # The fifth tone is neutral: no mark.
        ("de5", "de"),
        ("r5", "r"),
        # Names keep their capital, also a vowel's.
        ("Bei3", "Běi"),
        ("A1", "Ā"),
        ("Ai4", "Ài"),
        ("Ou1", "Ōu"),
        ("E2", "É"),
        ("Lu:3", "Lǚ"),
        # Anything else comes back as it is.
        ("zhōng", "zhōng"),
        ("zhong", "zhong"),
        ("ma6", "ma6"),
        ("GPT4", "GPT4"),
        ("GPU", "GPU"),
        ("zhong1guo2", "zhong1guo2"),
        ("", ""),
    ],
)
def test_mark_tone(syllable: str, expected: str) -> None:
    assert mark_tone(syllable) == expected


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        # Spaces part syllables; so do apostrophes, hyphens, points and commas.
        ("suō fàng", ("suō", "fàng")),
        ("  suo1\tfang4 ", ("suō", "fàng")),
        ("Xī'ān", ("Xī", "ān")),
        ("Xī’ān", ("Xī", "ān")),
        ("ā-lā-bó", ("ā", "lā", "bó")),
        ("Dá·wén, xī", ("Dá", "wén", "xī")),
        # Accents may come as characters of their own.
        ("lu\u0308\u0300 se\u0300", ("lǜ", "sè")),
        ("", ()),
        (" - ", ()),
    ],
)
def test_split_reading(reading: str, expected: tuple[str, ...]) -> None:
    assert split_reading(reading) == expected


def test_a_reading_that_fits_is_split() -> None:
    assert check_reading("A/B 测试", "ce4 shì") == ("cè", "shì")
    assert check_reading("GPT", "") == ()
    # Every syllable that a number can be written for is one with its mark, too.
    assert check_reading("欸诶呣嗯", "ê1 ê2 m4 ng3") == ("ê\u0304", "ế", "m\u0300", "ňg")
    assert check_reading("欸诶呣嗯", "ê\u0304 ế m\u0300 ňg") == ("ê\u0304", "ế", "m\u0300", "ňg")


@pytest.mark.parametrize(
    ("text", "reading", "message"),
    [
        # Too few and too many: both numbers are told, and what to do.
        ("后训练", "hòu xùn", "has 2 syllables, but 后训练 has 3 Han characters: write one syllable per character"),
        ("训练", "hòu xùn liàn", "has 3 syllables, but 训练 has 2"),
        ("训练", "xùnliàn", "has 1 syllables, but 训练 has 2"),
        ("训练", "", "has 0 syllables"),
        # What is no syllable is quoted.
        ("训练", "xun4 lian6", "“lian6” is not a syllable: write letters with tone marks or a tone number"),
        ("训练", "训 liàn", "“训” is not a syllable"),
        ("训练", "xun4lian4", "“xun4lian4” is not a syllable"),
        ("训练", "<b> liàn", "“<b>” is not a syllable"),
    ],
)
def test_a_reading_that_does_not_fit_is_refused_in_human_words(text: str, reading: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        check_reading(text, reading)


@pytest.mark.parametrize(
    ("reading", "expected"),
    [("hòu xùn liàn", "hou xun lian"), ("lǜ", "lü"), ("Ěr", "Er"), ("ḿ ń", "m n"), ("abc", "abc"), ("", "")],
)
def test_plain_letters(reading: str, expected: str) -> None:
    assert plain_letters(reading) == expected


@thoroughly
@given(texts)
def test_only_han_characters_are_read_and_one_syllable_each(text: str) -> None:
    syllables = read(text)
    assert len(syllables) == len(text)
    for character, syllable in zip(text, syllables, strict=True):
        assert syllable is None or (is_han(character) and re.fullmatch(r"[^\W\d_]+[\u0300-\u030c]?", syllable))


@thoroughly
@given(texts, st.integers(0, 70), st.lists(st.just("X"), max_size=5))
def test_a_fixed_reading_lands_on_han_characters_only(text: str, start: int, syllables: list[str]) -> None:
    readings = read(text, [FixedReading(start, syllables)])
    han = [offset for offset, character in enumerate(text) if is_han(character) and offset >= start]
    assert [offset for offset, syllable in enumerate(readings) if syllable == "X"] == han[: len(syllables)]


@thoroughly
@given(texts)
def test_marking_tones_of_anything_never_fails(text: str) -> None:
    assert all(mark_tone(syllable) for syllable in split_reading(text))
    assert isinstance(plain_letters(text), str)


def test_a_bar_between_words_is_not_read() -> None:
    assert read("新闻丨模型")[2] is None
