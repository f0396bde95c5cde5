"""The same reading in zhuyin (bopomofo), as readers from Taiwan write it.

Source of the rules: 國語注音符號手冊 of the Ministry of Education, Taiwan: the first tone is not marked, the dot of the
neutral tone stands before the syllable, and the suffix 兒 is a ㄦ behind the syllable it colours.
"""

import re
import unicodedata
from functools import lru_cache

from pypinyin.style.bopomofo import BopomofoConverter

NEUTRAL = "˙"
MARKS = {"\u0304": "", "\u0301": "ˊ", "\u030c": "ˇ", "\u0300": "ˋ"}
# Syllables without a vowel follow no rule: ㄫ is the letter of 1918 for ng, which the standard of today has no more.
WITHOUT_VOWEL = {"m": "ㄇ", "n": "ㄣ", "ng": "ㄫ", "hm": "ㄏㄇ", "hng": "ㄏㄫ"}
ERHUA = {"r": "ㄦ"}
# A syllable has a vowel.
PINYIN = re.compile("(?=.*[aeiou])[a-z][a-z\u0300-\u030c]*")
# At most an initial, a medial and a final: GPU is no syllable.
SYLLABLE = re.compile("(?!$)[ㄅ-ㄙ]?[ㄧㄨㄩ]?[ㄚ-ㄦ]?[ˊˇˋ˙]?")
NUE = re.compile("(?<=^[nl])u(?=[eēéěè])")
_converter = BopomofoConverter()


@lru_cache(maxsize=8_192)
def from_pinyin(syllable: str) -> str:
    """Write one tone-marked pinyin syllable in zhuyin; what is no syllable, such as GPU or A, comes back as it is.

    >>> from_pinyin("zhōng"), from_pinyin("lǜ"), from_pinyin("de"), from_pinyin("r")
    ('ㄓㄨㄥ', 'ㄌㄩˋ', '˙ㄉㄜ', 'ㄦ')
    """
    if syllable.isupper() and syllable.isascii():
        return syllable
    small = NUE.sub("ü", unicodedata.normalize("NFC", syllable.lower()))
    written = ERHUA.get(small) or _without_vowel(small) or _converted(small)
    return NEUTRAL + written.removesuffix(NEUTRAL) if written.endswith(NEUTRAL) else written or syllable


def _without_vowel(syllable: str) -> str:
    """Write an interjection without a vowel, ńg as ㄫˊ; nothing where the syllable has one."""
    parts = unicodedata.normalize("NFD", syllable)
    letters = "".join(part for part in parts if part not in MARKS)
    mark = next((MARKS[part] for part in parts if part in MARKS), NEUTRAL)
    return WITHOUT_VOWEL[letters] + mark if letters in WITHOUT_VOWEL else ""


def _converted(syllable: str) -> str:
    """Write any other syllable; nothing where it is none."""
    if not PINYIN.fullmatch(unicodedata.normalize("NFD", syllable)):
        return ""
    written = str(_converter.to_bopomofo(syllable))
    return written if SYLLABLE.fullmatch(written) else ""
