"""Numbers are said by the rules of counting; what is made of digits alone is said digit by digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zhtext.texts import thoroughly
from zhtext.numerals import DIGITS, count, one_by_one, say, syllables


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("0", "零"),
        ("2", "二"),
        ("10", "十"),
        ("11", "十一"),
        ("20", "二十"),
        ("100", "一百"),
        ("101", "一百零一"),
        ("110", "一百一十"),
        ("170", "一百七十"),
        # 二 before 十 and 百, 两 at the head before 千, 万, 亿, 二 again inside.
        ("200", "二百"),
        ("2000", "两千"),
        ("2222", "两千二百二十二"),
        ("12000", "一万二千"),
        ("20000", "两万"),
        ("200000", "二十万"),
        ("200000000", "两亿"),
        # One zero for a gap, however wide.
        ("1001", "一千零一"),
        ("10010", "一万零一十"),
        ("100000", "十万"),
        ("110000", "十一万"),
        ("100000001", "一亿零一"),
        ("123456789", "一亿二千三百四十五万六千七百八十九"),
        ("1000000000000", "一万亿"),
        # A zero at the head, or more than sixteen digits: a code.
        ("007", "零零七"),
        ("12345678901234567", "一二三四五六七八九零一二三四五六七"),
    ],
)
def test_count(digits: str, expected: str) -> None:
    assert count(digits) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("3.5", "三点五"),
        ("0.50", "零点五零"),
        ("1,000", "一千"),
        ("-3", "负三"),
        ("+3", "正三"),
        ("1.2.3", "一点二点三"),
    ],
)
def test_say(written: str, expected: str) -> None:
    assert say(written) == expected


def test_digits_one_by_one() -> None:
    assert one_by_one("2026") == "二零二六"
    assert one_by_one("119", telephone=True) == "幺幺九"


@thoroughly
@given(st.integers(0, 10**16 - 1))
def test_what_is_counted_can_be_counted_back(number: int) -> None:
    said = count(str(number))
    assert _value(said.replace("两", "二")) == number
    assert len(syllables(said)) == len(said)


def _value(said: str) -> int:
    """Count back: the largest unit parts what is multiplied from what is added."""
    for unit, size in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        head, found, tail = said.rpartition(unit)
        if found:
            return (_value(head) if head else 1) * size + (_value(tail.lstrip("零")) if tail else 0)
    return DIGITS.index(said)
