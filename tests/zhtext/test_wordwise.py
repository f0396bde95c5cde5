"""Traditional characters where OpenCC's phrases reach across the borders of words."""

import pytest
from hypothesis import given

from tests.zhtext.texts import texts, thoroughly
from zhtext.script import Script
from zhtext.segment import Segmenter
from zhtext.wordwise import convert_words


def shown(segmenter: Segmenter, text: str, script: Script = Script.HANT_TW) -> str:
    """Cut a text and show it."""
    return convert_words(text, segmenter.segment(text, text), script)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A word of two characters is written as it is by itself, whatever stands before it.
        ("他还是只是看看", "他還是只是看看"),
        ("机器执行复杂任务", "機器執行複雜任務"),
        ("大雨又一条条几乎停了", "大雨又一條條幾乎停了"),
        # 并 as a word of its own joins: 並.
        ("公司成立并成为第一", "公司成立並成為第一"),
        # 了 as a word of its own is no 瞭.
        ("这里展示了如何去做", "這裡展示了如何去做"),
        # 只 before a verb is "only" …
        ("这只会让人着急", "這只會讓人著急"),
        ("这只适用于小船", "這只適用於小船"),
        # … and behind a number, or before a noun, a measure.
        ("树上有一只会飞的鸟", "樹上有一隻會飛的鳥"),
        ("这只猫有两只耳朵", "這隻貓有兩隻耳朵"),
        # 里 behind a word and before a mark is "inside" …
        ("答案在文本里。", "答案在文本裡。"),
        # … but not in a name, nor as a measure.
        ("他住在里奥", "他住在里奧"),
        ("走了三里，才到", "走了三里，才到"),
    ],
)
def test_words_have_their_say(segmenter: Segmenter, text: str, expected: str) -> None:
    assert shown(segmenter, text) == expected


def test_hong_kong_writes_its_own_characters(segmenter: Segmenter) -> None:
    assert shown(segmenter, "大家都在里面", Script.HANT_HK) == "大家都在裏面"


def test_simplified_stays_as_it_is(segmenter: Segmenter) -> None:
    assert shown(segmenter, "还是只是", Script.HANS) == "还是只是"


def test_a_traditional_source_is_not_touched_by_the_rules(segmenter: Segmenter) -> None:
    text = "這隻貓只會睡"
    tokens = segmenter.segment(text, "这只猫只会睡")
    assert convert_words(text, tokens, Script.HANT_TW, Script.HANT) == text


@thoroughly
@given(texts)
def test_the_length_never_changes(segmenter: Segmenter, text: str) -> None:
    for script in (Script.HANT_TW, Script.HANT_HK, Script.HANT):
        assert len(shown(segmenter, text, script)) == len(text)
