"""The same reading in zhuyin (bopomofo), as readers from Taiwan write it.

Source of the rules: 注音符號 of the Ministry of Education, Taiwan; the first tone is not marked, the dot of the neutral
tone stands before the syllable.
"""

from pypinyin.style.bopomofo import BopomofoConverter

NEUTRAL = "˙"
_converter = BopomofoConverter()


def from_pinyin(syllable: str) -> str:
    """Write one tone-marked pinyin syllable in zhuyin.

    >>> from_pinyin("zhōng"), from_pinyin("lǜ"), from_pinyin("de")
    ('ㄓㄨㄥ', 'ㄌㄩˋ', '˙ㄉㄜ')
    """
    zhuyin = str(_converter.to_bopomofo(syllable.lower()))
    return NEUTRAL + zhuyin.removesuffix(NEUTRAL) if zhuyin.endswith(NEUTRAL) else zhuyin
