"""Marks in Chinese take a full square; marks in Latin text and numbers do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zhtext.texts import texts, thoroughly
from zhtext.typography import WIDE, widen


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Marks between or beside Han characters.
        ("快,好;是:对!真?", "快，好；是：对！真？"),
        ("用GPT-4,很好", "用GPT-4，很好"),
        ("你好,GPT-4", "你好，GPT-4"),
        # Several in a row, and marks beside wide marks.
        ("真的吗?!是", "真的吗？！是"),
        ("他说:“好!”", "他说：“好！”"),
        ("《注解》(第二版),好", "《注解》（第二版），好"),
        # A pair of brackets has one width, that of its Chinese side.
        ("后训练(Post-training)很重要", "后训练（Post-training）很重要"),
        ("RLHF(强化学习)", "RLHF（强化学习）"),
        ("见 (图 1)", "见 （图 1）"),
        # Latin text and numbers keep theirs.
        ("Hello, world! (OK)", "Hello, world! (OK)"),
        ("约1,000个,比例 1:2,在08:30", "约1,000个，比例 1:2，在08:30"),
        ("3.5", "3.5"),
        # So do addresses.
        ("https://example.org/a?b=1,2", "https://example.org/a?b=1,2"),
        # A full stop and quotes are left to the writer.
        ('好."是"', '好."是"'),
        ("", ""),
    ],
)
def test_widen(text: str, expected: str) -> None:
    assert widen(text) == expected


@thoroughly
@given(texts)
def test_nothing_changes_but_the_width_of_marks(text: str) -> None:
    wide = widen(text)
    assert len(wide) == len(text)
    assert all(new in (old, old.translate(WIDE)) for old, new in zip(text, wide, strict=True))


@thoroughly
@given(st.text(st.sampled_from("abc 0123.,;:!?()/-"), max_size=40))
def test_text_without_chinese_is_left_alone(text: str) -> None:
    assert widen(text) == text
