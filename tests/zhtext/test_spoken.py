"""Digits and the signs beside them are said as a Chinese speaker says them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zhtext.texts import texts, thoroughly
from zhtext.spoken import Spoken, speak, spoken


def said(text: str) -> str:
    """Write a text with what stands in digits replaced by what is said."""
    for stretch in reversed(spoken(text)):
        text = text[: stretch.start] + stretch.hanzi + text[stretch.end :]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Quantities.
        ("3.5", "三点五"),
        ("2.5倍", "二点五倍"),
        ("1,000个", "一千个"),
        ("170万", "一百七十万"),
        ("２０个", "二十个"),
        ("-2", "负二"),
        ("007", "零零七"),
        # 2 before a measure word is 两, but not in ordinals, names of days and floors.
        ("2个", "两个"),
        ("2 种", "两 种"),
        ("2年", "两年"),
        ("2万", "两万"),
        ("2个月", "两个月"),
        ("2点", "两点"),
        ("12个", "十二个"),
        ("第2个", "第二个"),
        ("2号", "二号"),
        ("2月2日", "二月二日"),
        ("2年级", "二年级"),
        ("第3次", "第三次"),
        # Percentages and fractions.
        ("80%", "百分之八十"),
        ("3.5％", "百分之三点五"),
        ("-3%", "负百分之三"),
        ("5‰", "千分之五"),
        ("100%", "百分之百"),
        ("1/2", "二分之一"),
        ("3/2", "二分之三"),
        # Ranges, scores and ratios.
        ("3–5个", "三到五个"),
        ("2-3次", "两到三次"),
        ("3–5%", "百分之三到五"),
        ("3%~5%", "百分之三到百分之五"),
        ("5-3", "五比三"),
        ("3:1", "三比一"),
        ("16:9", "十六比九"),
        # Years are said digit by digit, spans of years counted.
        ("2026年", "二零二六年"),
        ("2026 年", "二零二六 年"),
        ("1990年代", "一九九零年代"),
        ("90年代", "九十年代"),
        ("2024-2026年", "二零二四到二零二六年"),
        ("（2020）", "（二零二零）"),
        ("98年3月", "九八年三月"),
        ("5000年", "五千年"),
        # Dates and times.
        ("2026-03-08", "二零二六年三月八日"),
        ("2026/3/8", "二零二六年三月八日"),
        ("08:00", "八点"),
        ("8:05", "八点零五分"),
        ("2:30", "两点三十分"),
        ("00:18:25", "零点十八分二十五秒"),
        ("14:30-15:30", "十四点三十分到十五点三十分"),
        # Powers and products.
        ("10⁶", "十的六次方"),
        ("10^-3", "十的负三次方"),
        ("1e-4", "一乘以十的负四次方"),
        ("3×3", "三乘三"),
        # Degrees and money.
        ("-5℃", "零下五摄氏度"),
        ("25°C", "二十五摄氏度"),
        ("90°", "九十度"),
        ("$5万", "五万美元"),
        ("￥99.9", "九十九点九元"),
        ("$1.5B", "$一点五B"),
        # Telephone numbers are said digit by digit, 1 as 幺.
        ("13812345678", "幺三八幺二三四五六七八"),
        ("010-12345678", "零幺零幺二三四五六七八"),
        ("拨打110", "拨打幺幺零"),
        # Behind letters: up to three digits are counted, more are said one by one; the letters are left alone.
        ("GPT-4", "GPT-四"),
        ("GPT-3.5", "GPT-三点五"),
        ("Qwen2.5-72B", "Qwen二点五-七十二B"),
        ("H100", "H一百"),
        ("RTX4090", "RTX四零九零"),
        ("v1.2.3", "v一点二点三"),
        ("3D", "三D"),
        ("B轮", "B轮"),
        # Enclosed and Roman numbers.
        ("③Ⅲ", "三三"),
        # Left alone: addresses, English ordinals, numbers of standards, a superscript by itself.
        ("https://a.cn/3?b=4", "https://a.cn/3?b=4"),
        ("1st", "1st"),
        ("24/7", "24/7"),
        ("GB/T 16159—2012", "GB/T 16159—2012"),
        ("m²", "m²"),
        # Numbers beside each other stay apart.
        ("1,2,3", "一,二,三"),
        ("1，200", "一，二百"),
        ("1-2-3", "一-二-三"),
    ],
)
def test_spoken(text: str, expected: str) -> None:
    assert said(text) == expected


def test_a_stretch_has_its_place_and_a_syllable_for_each_character() -> None:
    assert spoken("约80%。") == [Spoken(1, 4, "百分之八十", ("bǎi", "fēn", "zhī", "bā", "shí"))]


@pytest.mark.parametrize(
    ("text", "before", "behind", "syllable", "expected"),
    [
        # 一 goes by what follows it, but not behind 第, in numbers and dates, or at the end.
        ("1", "", "个", "gè", "yí"),
        ("1", "", "天", "tiān", "yì"),
        ("1", "第", "个", "gè", "yī"),
        ("1", "", "月", "yuè", "yī"),
        ("21", "", "个", "gè", "èr shí yī"),
        ("3.1", "", "倍", "bèi", "sān diǎn yī"),
        ("1", "", "", None, "yī"),
        # The third tone changes between a digit and its unit, and before what follows.
        ("9900", "", "", None, "jiǔ qiān jiú bǎi"),
        ("5", "", "种", "zhǒng", "wú"),
    ],
)
def test_tones_change_as_they_do_in_words(
    text: str, before: str, behind: str, syllable: str | None, expected: str
) -> None:
    assert " ".join(speak(spoken(text)[0], before, behind, syllable)) == expected


NUMERIC = st.text(st.sampled_from("0123456789.,:/-–~%‰+^×$¥℃°⁶eE １２年月日个第（）aB ①拨打"), max_size=30)


@thoroughly
@given(texts | NUMERIC)
def test_stretches_lie_in_order_inside_any_text(text: str) -> None:
    edge = 0
    for stretch in spoken(text):
        assert edge <= stretch.start < stretch.end <= len(text)
        assert len(stretch.hanzi) == len(stretch.syllables) > 0
        assert len(speak(stretch, "", "个", "gè")) == len(stretch.hanzi)
        edge = stretch.end
