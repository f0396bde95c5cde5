"""A verb said twice has its second syllable in the neutral tone, where both are words."""

import pytest
from hypothesis import given

from tests.zhtext.texts import texts, thoroughly
from zhtext.doubled import VERBS, doubles
from zhtext.segment import Segmenter
from zhtext.spans import Span


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("来 听 听", "ting"),
        ("想 想 再 说", "xiang"),
        # An adjective, a measure, and what is one word keep their tones.
        ("慢 慢 走", None),
        ("天 天", None),
        ("等等", None),
        # The last of one word and the first of the next are not one verb said twice.
        ("难听 听", None),
        ("听 听说", None),
        ("听 ， 听", None),
    ],
)
def test_doubles(words: str, expected: str | None) -> None:
    parts = words.split()
    spans = [Span(len("".join(parts[:at])), len("".join(parts[: at + 1]))) for at in range(len(parts))]
    found = list(doubles("".join(parts), spans))
    assert [reading.syllables for reading in found] == ([(expected,)] if expected else [])


@thoroughly
@given(text=texts)
def test_any_text_will_do(segmenter: Segmenter, text: str) -> None:
    assert all(text[reading.start] in VERBS for reading in doubles(text, segmenter.segment(text, text)))
