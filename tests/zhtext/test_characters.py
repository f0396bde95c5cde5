"""What a Han character is, and in which form a text is stored."""

import unicodedata

import pytest
from hypothesis import given

from tests.zhtext.texts import texts, thoroughly
from zhtext.characters import count_han, is_han, normalise


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        # The common ideographs, in both scripts.
        ("注", True),
        ("機", True),
        # Extension A, a compatibility ideograph, the astral planes up to extension H.
        ("㐂", True),
        ("\uf900", True),
        ("𠮷", True),
        ("\U000323af", True),
        # 〇 and 々 are written inside words.
        ("〇", True),
        ("々", True),
        # Marks, letters, digits, kana, radicals and pictures are none.
        ("。", False),
        ("　", False),
        ("A", False),
        ("3", False),
        ("の", False),
        ("⼈", False),
        ("😀", False),
        # Nor is the stroke that is written as a bar between words, or nothing.
        ("丨", False),
        ("", False),
    ],
)
def test_is_han(character: str, expected: bool) -> None:
    assert is_han(character) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("GPT-4", 0), ("AI 对齐", 2), ("𠮷野家，一〇一！", 6), ("注\n解", 2)],
)
def test_count_han(text: str, expected: int) -> None:
    assert count_han(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Lines end with a line feed, whichever system wrote them.
        ("一\r\n二\r三\n四", "一\n二\n三\n四"),
        ("\r\r\n\n", "\n\n\n"),
        # Letters and their accents are one code point.
        ("lu\u0308\u0300", "lǜ"),
        # Width and script are the writer's: they stay.
        ("ＡＩ機器", "ＡＩ機器"),
        # So do spaces of any kind, at the edges too.
        ("\u00a0好\u3000", "\u00a0好\u3000"),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        # The first that cannot be stored is named, and where it stands.
        ("好\x00好\x00", "a NUL character at position 1"),
        ("\ud83d", "half a surrogate pair at position 0"),
        ("好的\udc00", "half a surrogate pair at position 2"),
    ],
)
def test_what_cannot_be_stored_is_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        normalise(text)


@thoroughly
@given(texts)
def test_a_normal_form_stays_as_it_is(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert "\r" not in once
    assert unicodedata.is_normalized("NFC", once)
