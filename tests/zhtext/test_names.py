"""Names of persons, found by what stands around them."""

import pytest
from hypothesis import given

from tests.zhtext.texts import texts, thoroughly
from zhtext.names import find_names, surnames
from zhtext.segment import Segmenter


def found(segmenter: Segmenter, text: str) -> list[str]:
    """Give the longest name at each place."""
    names = find_names(text, segmenter.segment(text, text))
    return [text[start:end] for start, end in sorted({name.start: name.end for name in names}.items())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A title behind a surname.
        ("范先生来了", ["范"]),
        ("他和于博士一起写书", ["于"]),
        # 姓 before it.
        ("他姓任", ["任"]),
        # A turn of a dialogue.
        ("主持人：您好\n余然：您好", ["余然"]),
        # A profession before, a verb of saying behind.
        ("作家余华，写小说", ["余华"]),
        ("余秋雨说他读过", ["余秋雨"]),
        # The same name without evidence, elsewhere on the page.
        ("余然：您好\n后来余然走了", ["余然", "余然"]),
        # Words are no names.
        ("于是他走了", []),
        ("任何人都可以", []),
        ("这个单位很大", []),
        # A preposition is no surname.
        ("他工作于本院", []),
        ("请于法官面前说明", []),
        ("相对于先生", []),
        # A number is none either.
        ("三十余岁", []),
    ],
)
def test_names_are_found_by_evidence(segmenter: Segmenter, text: str, expected: list[str]) -> None:
    assert found(segmenter, text) == expected


def test_surnames_know_their_readings() -> None:
    readings = {text: surname.reading for text, surname in surnames().items()}
    assert readings["任"] == "Rén"
    assert readings["单"] == "Shàn"
    assert readings["尉迟"] == "Yù chí"


@thoroughly
@given(texts)
def test_every_name_lies_inside_its_text(segmenter: Segmenter, text: str) -> None:
    for name in find_names(text, segmenter.segment(text, text)):
        assert text[name.start : name.end].startswith(name.surname.text)
