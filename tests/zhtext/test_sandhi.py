"""Tones as they are spoken: each rule a row, each row a word and how it sounds."""

from itertools import accumulate

import pytest
from hypothesis import given

from tests.zhtext.texts import texts, thoroughly
from zhtext.pinyin import FixedReading, read
from zhtext.sandhi import speak
from zhtext.segment import Segmenter
from zhtext.spans import Span
from zhtext.tones import tone

KNOWN = {"展览", "老虎", "产品", "水产", "洗脸", "解释", "水果"}


def sound(written: str, *fixed: FixedReading) -> str:
    """Give what is heard: the words of a text are parted by spaces."""
    words = written.split()
    ends = list(accumulate(map(len, words)))
    spans = [Span(end - len(word), end) for word, end in zip(words, ends, strict=True)]
    text = "".join(words)
    return " ".join(syllable or "." for syllable in speak(text, read(text, fixed), spans, KNOWN.__contains__))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # 一 is yí before the fourth tone and before 个, yì before the others.
        ("一样", "yí yàng"),
        ("一 个", "yí gè"),
        ("一 天", "yì tiān"),
        ("一 年", "yì nián"),
        ("一起", "yì qǐ"),
        ("一百", "yì bǎi"),
        ("一万", "yí wàn"),
        # It keeps its tone alone, at the end of a word or sentence, …
        ("一", "yī"),
        ("统一", "tǒng yī"),
        ("唯一 的", "wéi yī de"),
        ("万一 是", "wàn yī shì"),
        ("之一 ， 是", "zhī yī . shì"),
        # … in ordinals and dates, …
        ("第一 次", "dì yī cì"),
        ("初一", "chū yī"),
        ("一月 一日", "yī yuè yī rì"),
        ("一 楼", "yī lóu"),
        ("星期一 是", "xīng qī yī shì"),
        # … inside numbers and digit by digit.
        ("十一 个", "shí yī gè"),
        ("一百一十一", "yì bǎi yī shí yī"),
        ("一九九八年", "yī jiǔ jiǔ bā nián"),
        ("一点五 倍", "yī dián wǔ bèi"),
        # Behind 这, 每, 进 … it counts what follows, also at the end of a word.
        ("这一 点", "zhè yì diǎn"),
        ("进一步", "jìn yí bù"),
        ("最初 一 次", "zuì chū yí cì"),
        ("一点 一点", "yì diǎn yì diǎn"),
        ("千万 一定", "qiān wàn yí dìng"),
        # Between a verb and itself it is neutral; counted things are no verbs.
        ("看一看", "kàn yi kàn"),
        ("试 一 试", "shì yi shì"),
        ("一 步 一 步", "yí bù yí bù"),
        # 不 is bú before the fourth tone, bù elsewhere.
        ("不是", "bú shì"),
        ("不 对", "bú duì"),
        ("不 好", "bù hǎo"),
        ("不", "bù"),
        ("不 ， 是", "bù . shì"),
        # Between a verb and itself or its complement it is neutral.
        ("是 不 是", "shì bu shì"),
        ("喜 不 喜欢", "xǐ bu xǐ huān"),
        ("看不见", "kàn bu jiàn"),
        ("差不多", "chà bu duō"),
        ("看不出来", "kàn bu chū lái"),
        # Not so behind an adverb or a number, and in an idiom.
        ("并不是", "bìng bú shì"),
        ("四不像", "sì bú xiàng"),
        ("毫不犹豫", "háo bù yóu yù"),
        # What stands behind has changed already.
        ("不一样", "bù yí yàng"),
        ("一不小心", "yí bù xiǎo xīn"),
        # 七 and 八 keep their tone.
        ("七 个", "qī gè"),
        ("八 次", "bā cì"),
    ],
)
def test_yi_and_bu(written: str, expected: str) -> None:
    assert sound(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # In a word of two the first changes.
        ("你好", "ní hǎo"),
        ("语法", "yú fǎ"),
        # In longer words the part that is a word goes first.
        ("展览馆", "zhán lán guǎn"),
        ("小老虎", "xiǎo láo hǔ"),
        ("水产品", "shuí chán pǐn"),
        ("可解释性", "ké jiě shì xìng"),
        # Without such parts, two by two.
        ("岂有此理", "qí yǒu cí lǐ"),
        # Single words are paired from the left.
        ("我 很", "wó hěn"),
        ("我 也 很 好", "wó yě hén hǎo"),
        # One left over leans on the word behind it, at the end on the one before it.
        ("我 很 好", "wó hén hǎo"),
        ("我 可以", "wǒ ké yǐ"),
        ("我 理解", "wǒ lí jiě"),
        ("我 想念", "wó xiǎng niàn"),
        ("展览 馆", "zhán lán guǎn"),
        # Between words of two or more nothing changes.
        ("水果 展览", "shuí guǒ zhán lǎn"),
        # Nor across a mark, a space or a Latin word.
        ("你 ， 我", "nǐ . wǒ"),
        ("五 GPU 好", "wǔ . . . hǎo"),
        # A neutral tone changes nothing before it …
        ("我 的 水果", "wǒ de shuí guǒ"),
    ],
)
def test_the_third_tone(written: str, expected: str) -> None:
    assert sound(written) == expected


def test_the_r_of_a_suffix_is_no_syllable() -> None:
    assert speak("哪儿有", ["nǎ", "r", "yǒu"], [Span(0, 2), Span(2, 3)], lambda word: True) == ["ná", "r", "yǒu"]


@pytest.mark.parametrize(
    ("written", "reading", "expected"),
    [
        # … unless it comes from a third itself and is 里, 起, or a verb said twice.
        ("手里", "shǒu li", "shóu li"),
        ("想起", "xiǎng qi", "xiáng qi"),
        ("想想", "xiǎng xiang", "xiáng xiang"),
        ("小姐", "xiǎo jie", "xiáo jie"),
        # Not so in the names of relatives and before 子.
        ("姐姐", "jiě jie", "jiě jie"),
        ("椅子", "yǐ zi", "yǐ zi"),
        ("耳朵", "ěr duo", "ěr duo"),
        # A neutral 个 comes from the fourth tone.
        ("一个", "yī ge", "yí ge"),
        # A reading that an editor wrote otherwise stays.
        ("一样", "yi yàng", "yi yàng"),
    ],
)
def test_neutral_tones(written: str, reading: str, expected: str) -> None:
    assert sound(written, FixedReading(0, reading.split())) == expected


@thoroughly
@given(text=texts)
def test_any_text_keeps_its_length_and_only_tones_change(segmenter: Segmenter, text: str) -> None:
    readings = read(text)
    heard = speak(text, readings, segmenter.segment(text, text), segmenter.is_word)
    assert len(heard) == len(text)
    for before, after in zip(readings, heard, strict=True):
        assert (before is None) == (after is None)
        if before and after and before != after:
            assert before in ("yī", "bù") or (tone(before), tone(after)) == (3, 2)
