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
        # … also where the line takes it for "only", and never in front of "word".
        ("他家养了几十只鸭子", "他家養了幾十隻鴨子"),
        ("他只字不提昨天的事", "他隻字不提昨天的事"),
        ("别只顾着玩", "別只顧著玩"),
        # A phrase of whole words is right, one that cuts a word is not.
        ("余光中是诗人", "余光中是詩人"),
        ("听到十分钟以后", "聽到十分鐘以後"),
        # 干: dry as a result, to do.
        ("他一口气喝干了水", "他一口氣喝乾了水"),
        ("他什么都肯干", "他什麼都肯幹"),
        # 系: to tie, a department.
        ("把绳子系在柱子上", "把繩子繫在柱子上"),
        ("系里的老师", "系裡的老師"),
        # 冲: with water, to rush.
        ("用热水冲一杯咖啡", "用熱水沖一杯咖啡"),
        # 签: to sign, a lot.
        ("签了名，又抽了一支签", "簽了名，又抽了一支籤"),
        # 表: a watch, a table.
        ("他手上的表很快", "他手上的錶很快"),
        ("结果都在这张表里", "結果都在這張表裡"),
        # 划: to row, a plan.
        ("他把船划到了对岸", "他把船划到了對岸"),
        # 困: sleepy, trapped.
        ("他很困，早早睡了", "他很睏，早早睡了"),
        ("他被困在山里", "他被困在山裡"),
        # 不准: not permitted, inexact.
        ("谁也不准离开", "誰也不准離開"),
        ("这个算得不准", "這個算得不準"),
        # 姜: ginger, a surname.
        ("他切了一块姜放在锅里", "他切了一塊薑放在鍋裡"),
        ("姜老师教我们数学", "姜老師教我們數學"),
        # 游 through water, 周 behind a number, 回复 a state, 自制 things.
        ("他游过了那条河", "他游過了那條河"),
        ("不到3周就完成了", "不到3週就完成了"),
        ("一切回复正常", "一切回復正常"),
        ("那些自制的点心", "那些自製的點心"),
        ("他有很强的自制力", "他有很強的自制力"),
        # Surnames are written as such.
        ("范先生和余小姐", "范先生和余小姐"),
        ("于是于谦说了话", "於是于謙說了話"),
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
