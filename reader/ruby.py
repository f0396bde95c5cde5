"""Write the reading above a run of Han characters: pinyin for the word as one, or zhuyin for each character.

The page's script builds the same elements (``ruby.js``); one style sheet sets both.
"""

import re
import unicodedata
from collections.abc import Sequence
from html import escape
from itertools import zip_longest

from zhtext import zhuyin

OPENS_WITH_VOWEL = re.compile(r"^[aāáǎàoōóǒòeēéěè]")
TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
NEUTRAL = 5
ZHUYIN_TONES = "ˊˇˋ"


def join_syllables(syllables: Sequence[str]) -> str:
    """Write the reading of a word in one, with the apostrophe before a, o, e (GB/T 16159—2012, 5.6).

    >>> join_syllables(["xī", "ān"])
    "xī'ān"
    """
    return "".join(_parts(syllables))


def _parts(syllables: Sequence[str]) -> list[str]:
    return [("'" if at and OPENS_WITH_VOWEL.match(s) else "") + s for at, s in enumerate(syllables)]


def tone_of(syllable: str) -> int:
    """Give the tone of a syllable, 5 for the neutral one.

    >>> tone_of("lǜ"), tone_of("de")
    (4, 5)
    """
    return next((TONES[mark] for mark in unicodedata.normalize("NFD", syllable) if mark in TONES), NEUTRAL)


def write(run: str, syllables: Sequence[str], style: str = "") -> str:
    """Write a run of Han characters as ruby; ``style`` may hold the words ``zhuyin`` and ``tones``.

    >>> write("测试", ["cè", "shì"])
    '<ruby>测试<rt>cèshì</rt></ruby>'
    >>> write("了", ["le"], "zhuyin")
    '<ruby>了<rt><i class="dot">˙</i>ㄌㄜ</rt></ruby>'
    """
    colours = "tones" in style
    if "zhuyin" in style:
        pairs = zip_longest(run, syllables[: len(run)], fillvalue="")
        return f"<ruby>{''.join(han + _column(syllable, colours=colours) for han, syllable in pairs)}</ruby>"
    parts = [escape(part, quote=False) for part in _parts(syllables)]
    if colours:
        coloured = zip(parts, syllables, strict=True)
        parts = [f'<span class="tone-{tone_of(syllable)}">{part}</span>' for part, syllable in coloured]
    return f"<ruby>{run}<rt>{''.join(parts)}</rt></ruby>"


def _column(syllable: str, *, colours: bool) -> str:
    """Write one syllable in zhuyin: the letters in a column, the tone beside it, the dot of the neutral tone above."""
    if not syllable:
        return "<rt></rt>"
    written = zhuyin.from_pinyin(syllable)
    letters = written.strip(ZHUYIN_TONES + zhuyin.NEUTRAL)
    tone = written.replace(letters, "", 1)
    classes = [f"tone-{tone_of(syllable)}"] if colours else []
    if tone == zhuyin.NEUTRAL:
        inside = f'<i class="dot">{tone}</i>{letters}'
    else:
        classes += ["toned"] if tone else []
        inside = f"{letters}<i>{tone}</i>" if tone else letters
    return f'<rt class="{" ".join(classes)}">{inside}</rt>' if classes else f"<rt>{inside}</rt>"
