"""Words of other regions, wherever they stand."""

import pytest

from zhtext.regional import Form, Regional, lay_over
from zhtext.segment import Segmenter

WORDS = Regional({"数据": "資料", "数据集": "資料集", "内存": "記憶體", "人工智能": "人工智慧", "应用程序": "應用程式"})


def shown(segmenter: Segmenter, text: str, terms: frozenset[int] = frozenset()) -> str:
    """Write the forms into a text that is else left as it is."""
    characters = list(text)
    lay_over(characters, WORDS.find(text, segmenter.segment(text, text), terms))
    return "".join(characters)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A word, the longest, one at the beginning of a longer one.
        ("数据很多", "資料很多"),
        ("数据集很大", "資料集很大"),
        ("数据库", "資料库"),
        # Several words of the dictionary.
        ("人工智能的应用程序", "人工智慧的應用程式"),
        # No accident of two words.
        ("国内存在问题", "国内存在问题"),
        ("没有", "没有"),
        ("", ""),
    ],
)
def test_words_are_written_as_the_region_has_them(segmenter: Segmenter, text: str, expected: str) -> None:
    assert shown(segmenter, text) == expected


def test_without_words_nothing_is_found(segmenter: Segmenter) -> None:
    assert Regional({}).find("数据", segmenter.segment("数据", "数据")) == []


@pytest.mark.parametrize(("form", "expected"), [("甲乙丙丁", ["好", "甲", "乙丙丁"]), ("甲", ["好", "甲", ""])])
def test_what_is_longer_or_shorter_is_made_up_for_at_the_end(form: str, expected: list[str]) -> None:
    characters = list("好数据")
    lay_over(characters, [Form(1, 3, form)])
    assert characters == expected
