"""儿 behind a word is the suffix r, or a child."""

import pytest
from hypothesis import given

from tests.zhtext.texts import texts, thoroughly
from zhtext.erhua import suffixes
from zhtext.pinyin import read
from zhtext.segment import Segmenter
from zhtext.spans import Span


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # Behind a word that takes it: the suffix, and 儿's own place carries the r.
        ("这个 词 儿", "r"),
        ("一溜烟 儿 跑", "r"),
        # Behind a word of children: a child.
        ("早产 儿", None),
        ("脑瘫 儿", None),
        # Owned or counted: a child.
        ("我 儿", None),
        ("一 儿 一 女", None),
        # At the head of a sentence, behind a mark or a Latin word: a child, or left to others.
        ("儿 啊", None),
        ("来 ， 儿", None),
        ("APP 儿", None),
    ],
)
def test_suffixes(words: str, expected: str | None) -> None:
    parts = words.split()
    spans = [Span(len("".join(parts[:at])), len("".join(parts[: at + 1]))) for at in range(len(parts))]
    found = list(suffixes("".join(parts), spans))
    assert [reading.syllables for reading in found] == ([(expected,)] if expected else [])
    assert all("".join(parts)[reading.start] == "儿" for reading in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Children; the suffix is told by the dictionary.
        ("儿子", "ér zi"),
        ("女儿", "nǚ ér"),
        ("婴儿", "yīng ér"),
        ("新生儿", "xīn shēng ér"),
        ("少儿编程", "shào ér biān chéng"),
    ],
)
def test_words_that_are_known(text: str, expected: str) -> None:
    assert " ".join(syllable or "." for syllable in read(text)) == expected


@thoroughly
@given(text=texts)
def test_any_text_may_be_asked(segmenter: Segmenter, text: str) -> None:
    assert all(text[reading.start] == "儿" for reading in suffixes(text, segmenter.segment(text, text)))
