"""The tone of a syllable: which it is, how to change it, and the three ways to write it.

A syllable is what ``zhtext.pinyin`` gives: pinyin with its tone as a mark, the neutral tone without one. Whatever else
comes in (a number, a Latin word) goes out as it came.
"""

import unicodedata
from enum import StrEnum
from functools import lru_cache

from zhtext import zhuyin
from zhtext.pinyin import TONE_MARKS, TONES

NEUTRAL = 5
# Macron, acute, caron, grave: U+0308 (ü) and U+0302 (ê) belong to the letter.
MARKS = {mark: int(tone) for tone, mark in TONES.items()}


class Tones(StrEnum):
    """How tones are written."""

    MARKS = "marks"
    NUMBERS = "numbers"
    ZHUYIN = "zhuyin"

    def write(self, syllable: str) -> str:
        """Write a tone-marked syllable in this way.

        >>> [tones.write("lǜ") for tones in Tones]
        ['lǜ', 'lü4', 'ㄌㄩˋ']
        """
        if self is Tones.NUMBERS:
            return number(syllable)
        return zhuyin.from_pinyin(syllable) if self is Tones.ZHUYIN else syllable


@lru_cache(maxsize=8_192)
def tone(syllable: str) -> int:
    """Tell the tone of a syllable, 1 to 5; 5 is the neutral tone, which has no mark.

    >>> tone("hǎo"), tone("de")
    (3, 5)
    """
    mark = TONE_MARKS.search(unicodedata.normalize("NFD", syllable))
    return MARKS[mark[0]] if mark else NEUTRAL


@lru_cache(maxsize=8_192)
def change(syllable: str, to: int) -> str:
    """Give a marked syllable another tone; one without a mark stays as it is.

    >>> change("hǎo", 2), change("yī", 5)
    ('háo', 'yi')
    """
    marks = {number: mark for mark, number in MARKS.items()}
    return unicodedata.normalize(
        "NFC", TONE_MARKS.sub(marks.get(to, ""), unicodedata.normalize("NFD", syllable), count=1)
    )


@lru_cache(maxsize=8_192)
def number(syllable: str) -> str:
    """Write the tone as a number behind the syllable, 5 for the neutral tone.

    >>> number("zhōng"), number("lǜ"), number("de"), number("r")
    ('zhong1', 'lü4', 'de5', 'r5')
    """
    if zhuyin.from_pinyin(syllable) == syllable:
        return syllable
    return f"{change(syllable, NEUTRAL)}{tone(syllable)}"
