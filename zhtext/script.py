"""Script as a view: the same text in simplified or traditional characters, never a second text.

OpenCC's ``s2t``, ``s2tw``, ``s2hk`` and ``t2s`` map code point to code point (measured: 0 of 671 lines of two real
texts changed length), so one set of offsets serves every script. The ``…p`` configurations also replace words and
are never used: 参数 would become 引數, which is wrong in machine learning. Words that differ by region come from the
glossary's own forms. Text is always converted from its source and by the whole line: character by character 9 to 23 %
of lines come out wrong.
"""

from enum import StrEnum
from functools import cache

from opencc import OpenCC

from zhtext.characters import REFUSED, is_han


class Script(StrEnum):
    """How the Han characters of a page are shown; the values are those of URLs, cookies and the command line."""

    HANS = "hans"
    HANT = "hant"
    HANT_TW = "hant-tw"
    HANT_HK = "hant-hk"

    @property
    def lang(self) -> str:
        """Give the BCP 47 language tag that makes a browser choose the right glyphs."""
        return {"hans": "zh-Hans", "hant": "zh-Hant", "hant-tw": "zh-Hant-TW", "hant-hk": "zh-Hant-HK"}[self]

    @property
    def is_traditional(self) -> bool:
        """Tell whether the script is one of the traditional kinds."""
        return self is not Script.HANS


CONFIGURATIONS = {
    (Script.HANS, Script.HANT): "s2t",
    (Script.HANS, Script.HANT_TW): "s2tw",
    (Script.HANS, Script.HANT_HK): "s2hk",
    (Script.HANT, Script.HANS): "t2s",
    (Script.HANT, Script.HANT_TW): "t2tw",
    (Script.HANT, Script.HANT_HK): "t2hk",
}

# Characters that OpenCC's t2s changes only in phrases: 瞭解, 藉口, 答覆; all of its table TSPhrases.
CHANGING_IN_PHRASES = frozenset("坏瞭藉覆沈哩甦衹")


@cache
def _converter(configuration: str) -> OpenCC:
    return OpenCC(configuration, include_tofu_risk_dictionaries=False)


def convert(text: str, target: Script, source: Script = Script.HANS) -> str:
    """Show a text, given by the whole line, in a script; the result has as many code points as the text.

    ``source`` is the script the text is written in, HANS or HANT. Raises ValueError for NUL, at which OpenCC would
    stop without a word, and for lone surrogates.

    >>> convert("机械可解释性", Script.HANT_TW)
    '機械可解釋性'
    """
    if target is source:
        return text
    if "\x00" in text:
        raise ValueError("A text with a NUL character cannot be converted.")
    converter = _converter(CONFIGURATIONS[source, target])
    try:
        converted = converter.convert(text)
    except UnicodeEncodeError as error:
        raise ValueError("A text with half a surrogate pair cannot be converted.") from error
    return converted if len(converted) == len(text) else _by_character(text, converter)


def simplify(text: str) -> str:
    """Bring a text in any script to simplified characters, for comparing; as many code points as the text."""
    if REFUSED.search(text):
        return convert(text, Script.HANS, source=Script.HANT)
    # Converting is a tenth of all that a page costs, and most lines of a simplified text need it not.
    changing = _changing()
    lines = text.split("\n")
    places = [at for at, line in enumerate(lines) if not changing.isdisjoint(line)]
    if places:
        converted = convert("\n".join([lines[at] for at in places]), Script.HANS, source=Script.HANT)
        for at, line in zip(places, converted.split("\n"), strict=True):
            lines[at] = line
    return "\n".join(lines)


@cache
def _changing() -> frozenset[str]:
    """Give the characters that may change on the way to simplified; a line without any of them stays as it is."""
    every = list(filter(is_han, map(chr, range(0x2E80, 0x33480))))
    changed = _converter(CONFIGURATIONS[Script.HANT, Script.HANS]).convert("\n".join(every)).split("\n")
    return frozenset(old for old, new in zip(every, changed, strict=True) if old != new) | CHANGING_IN_PHRASES


def _by_character(text: str, converter: OpenCC) -> str:
    """Convert character by character: the last resort which keeps offsets should a phrase ever change its length."""
    shown = (converter.convert(character) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, shown, strict=True))


def source_script(text: str) -> Script:
    """Tell in which script a text is written: traditional where more characters change on the way to simplified.

    >>> source_script("機器學習"), source_script("机器学习")
    (<Script.HANT: 'hant'>, <Script.HANS: 'hans'>)
    """
    simplified, traditional = simplify(text), convert(text, Script.HANT)
    from_traditional = sum(a != b for a, b in zip(text, simplified, strict=True))
    from_simplified = sum(a != b for a, b in zip(text, traditional, strict=True))
    return Script.HANT if from_traditional > from_simplified else Script.HANS
