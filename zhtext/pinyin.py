"""The reading of a text: one syllable per Han character, in context.

The tone policy is one: citation tones. 一 is yī and 不 is bù wherever they stand, as in 现代汉语词典, and the learner
applies the sandhi when speaking; the neutral tone is written where the dictionary gives it (的 de, 东西 dōngxi).
A term's own reading goes first, then the polyphone model, then the longest phrase that pypinyin knows.
"""

import gzip
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from zhtext import polyphones
from zhtext.characters import HAN_RUN, count_han, is_han

SYLLABLES = Path(__file__).parent / "data" / "syllables.tsv.gz"
# 现代汉语词典 gives citation tones; pypinyin's phrases mix them with sandhi.
CITATION = {"一": "yī", "不": "bù"}
# A capital begins a name (Bei3); GPT4 is no syllable.
NUMBERED_SYLLABLE = re.compile(r"[a-zA-ZüÜêÊ][a-zü]*[1-5]")
# 汉语拼音方案: the mark stands on a or e, else on the o of ou, else on the last vowel; without a vowel, on m or n.
MARKED_VOWEL = re.compile("[aeê]|o(?=u)|[iouü](?![aeiouü])")
VOICED_CONSONANT = re.compile("[mn]")
TONES = {"1": "\u0304", "2": "\u0301", "3": "\u030c", "4": "\u0300"}
MARKED_LETTERS = "a-zA-ZüÜêÊếềẾỀāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙǕǗǙǛ"
TONE_MARKS = re.compile("[\u0300\u0301\u0304\u030c]")
# Unicode has no letters of their own for the other tones of ê and m.
MARKED_SYLLABLE = re.compile(f"(?:[{MARKED_LETTERS}]|[êÊmM][\u0300\u0304\u030c])+")
# A space that no writer puts before a mark that closes or pauses.
BEFORE_MARK = re.compile(r" (?=[，。、：；？！）》」』”’…,.:;?!)\]])")


class FixedReading(NamedTuple):
    """A reading that is known beforehand: where it begins, and its syllables, one per Han character."""

    start: int
    syllables: Sequence[str]


def read(text: str, fixed: Iterable[FixedReading] = ()) -> list[str | None]:
    """Read a text: for each code point its tone-marked syllable, or None where it is not a Han character.

    ``fixed`` readings go before all others.

    >>> read("银行 GPU")
    ['yín', 'háng', None, None, None, None]
    """
    table = _table()
    syllables: list[str | None] = list(map(table.characters.get, text))
    for phrase, start, _end in table.automaton.find_matches_as_indexes(text):
        for offset, syllable in table.corrections.get(phrase, ()):
            syllables[start + offset] = syllable
    for offset, syllable in polyphones.load().read(text).items():
        syllables[offset] = syllable
    return fix(text, syllables, fixed)


def fix(text: str, syllables: Iterable[str | None], fixed: Iterable[FixedReading]) -> list[str | None]:
    """Lay readings that are known beforehand over those of a text; of two for one character the last holds."""
    laid = list(syllables)
    for reading in fixed:
        _fix(text, laid, reading)
    return laid


def read_out(text: str, syllables: Iterable[str | None]) -> str:
    """Write a text as it is read: the next syllable for each Han character, letters and marks as they are.

    >>> read_out("AI对齐，难", ["duì", "qí", "nán"])
    'AI duì qí， nán'
    """
    each = iter(syllables)
    parts: list[str] = []
    for han, characters in groupby(text, is_han):
        run = "".join(characters)
        parts += [next(each, None) or "" for _ in run] if han else run.split()
    return BEFORE_MARK.sub("", " ".join(filter(None, parts)))


class _Table(NamedTuple):
    """What pypinyin knows, ready for whole pages; ``tools/make_syllables.py`` takes it from there.

    All phrases are matched, the longest leftmost, as pypinyin does, for a longer phrase hides a shorter one inside or
    across it (关于|思考 hides 于思).
    """

    characters: dict[str, str]
    automaton: AhoCorasick
    corrections: dict[int, list[tuple[int, str]]]


@cache
def _table() -> _Table:
    alone, phrases = gzip.decompress(SYLLABLES.read_bytes()).decode().split("\n\n")
    rows = [row.split("\t") for row in alone.split("\n")]
    characters = {character: syllable for syllable, having in rows for character in having}
    known = [row.split("\t") for row in phrases.split("\n")]
    automaton = AhoCorasick([phrase for phrase, *_corrections in known], matchkind=MatchKind.LeftmostLongest)
    corrections = {
        number: [(int(correction[0]), correction[1:]) for correction in found]
        for number, (_phrase, *found) in enumerate(known)
        if found
    }
    return _Table(characters, automaton, corrections)


def _fix(text: str, syllables: list[str | None], reading: FixedReading) -> None:
    """Lay known syllables over the Han characters from where the reading begins; too many are dropped."""
    end = reading.start + len(reading.syllables)
    if HAN_RUN.match(text, reading.start, end) and count_han(text[reading.start : end]) == len(reading.syllables):
        syllables[reading.start : end] = reading.syllables
        return
    places = (at for at in range(reading.start, len(text)) if is_han(text[at]))
    for at, syllable in zip(places, reading.syllables, strict=False):
        syllables[at] = syllable


def split_reading(reading: str) -> tuple[str, ...]:
    """Split a written reading into tone-marked syllables; numbers become marks.

    >>> split_reading("suo1 fang4 dìng lǜ")
    ('suō', 'fàng', 'dìng', 'lǜ')
    """
    parts = re.split(r"[\s'’·,，-]+", unicodedata.normalize("NFC", reading).strip())
    return tuple(mark_tone(part) for part in parts if part)


@lru_cache(maxsize=8_192)
def mark_tone(syllable: str) -> str:
    """Write the tone of a syllable as a mark: zhong1 → zhōng, lu:4 → lǜ, de5 → de; anything else comes back as it is.

    >>> mark_tone("lu:4"), mark_tone("Bei3"), mark_tone("GPU")
    ('lǜ', 'Běi', 'GPU')
    """
    plain = syllable.replace("u:", "ü").replace("U:", "Ü").replace("v", "ü")
    if not NUMBERED_SYLLABLE.fullmatch(plain):
        return syllable
    letters, tone = plain[:-1].lower(), plain[-1]
    vowel = MARKED_VOWEL.search(letters) or VOICED_CONSONANT.search(letters)
    marked = letters
    if vowel and tone in TONES:
        marked = unicodedata.normalize("NFC", letters[: vowel.end()] + TONES[tone] + letters[vowel.end() :])
    return marked.capitalize() if plain[0].isupper() else marked


def check_reading(text: str, reading: str) -> tuple[str, ...]:
    """Split the reading of a term and hold it against its Han characters.

    Raises ValueError, in words for an editor, where their numbers differ or a syllable holds anything but letters.
    """
    syllables = split_reading(reading)
    strange = next((s for s in syllables if not MARKED_SYLLABLE.fullmatch(s)), None)
    if strange:
        raise ValueError(f"“{strange}” is not a syllable: write letters with tone marks or a tone number, jī or ji1.")
    characters = sum(map(is_han, text))
    if len(syllables) != characters:
        raise ValueError(
            f"The reading has {len(syllables)} syllables, but {text} has {characters} Han characters: "
            "write one syllable per character, separated by spaces."
        )
    return syllables


def plain_letters(reading: str) -> str:
    """Take the tones off a reading: what it is sorted and searched by.

    >>> plain_letters("lǜ sè")
    'lü se'
    """
    letters = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", TONE_MARKS.sub("", letters))
