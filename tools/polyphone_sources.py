"""Read what the polyphone model is made from: marked sentences, dictionaries, frequencies and the reviewed list.

Syllables are written with a tone digit here, whatever the source writes: zhong4, lv4, de5.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from pypinyin.contrib.tone_convert import to_tone, to_tone3
from pypinyin.phrases_dict import phrases_dict

HAN = re.compile("[\u3400-\u9fff]+")
CEDICT_LINE = re.compile(r"\S+ (\S+) \[([^\]]*)\] /")
MARK = "\u2581"


class Example(NamedTuple):
    """A sentence, the offset of one polyphone in it, and its reading with a tone digit: zhong4, lv4, de5."""

    text: str
    offset: int
    reading: str


class Word(NamedTuple):
    """A dictionary word and its possible readings."""

    text: str
    readings: frozenset[tuple[str, ...]]


def digits(reading: str) -> str:
    """Write a syllable with a tone digit, ü as v, 5 for the neutral tone: lǜ → lv4, lu:4 → lv4, de → de5."""
    plain = to_tone3(reading.lower().replace("u:", "v"), v_to_u=False, neutral_tone_with_five=True)
    return plain if plain[-1:].isdigit() else plain + "5"


def marks(reading: str) -> str:
    """Write a syllable with a tone mark: lv4 → lǜ, de5 → de."""
    return to_tone(reading.replace("v", "ü")) if reading[-1] != "5" else reading[:-1].replace("v", "ü")


def read_examples(stem: Path) -> list[Example]:
    """Read ``stem.sent`` and ``stem.lb``: a sentence a line with the polyphone between two U+2581, and its reading."""
    sentences = stem.with_suffix(".sent").read_text(encoding="utf8").split("\n")
    labels = stem.with_suffix(".lb").read_text(encoding="utf8").split()
    return [
        Example(sentence.replace(MARK, ""), sentence.index(MARK), digits(label))
        for sentence, label in zip(sentences, labels, strict=False)
    ]


class Reviewed(NamedTuple):
    """What ``polyphones_reviewed.txt`` says: examples, words that are always read so, and what is no word."""

    examples: list[Example]
    fixed: dict[str, Word]
    borders: frozenset[str]


def read_reviewed(path: Path) -> Reviewed:
    """Read the reviewed list; its head explains the lines."""
    lines = path.read_text(encoding="utf8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    marked = [(text, digits(reading)) for text, reading in rows if "[" in text]
    return Reviewed(
        [Example(text.replace("[", "").replace("]", ""), text.index("["), reading) for text, reading in marked],
        {
            text: Word(text, frozenset({tuple(map(digits, reading.split()))}))
            for text, reading in rows
            if text != "-" and "[" not in text
        },
        frozenset(word for mark, word in rows if mark == "-"),
    )


def read_phrase_examples(path: Path) -> list[Example]:
    """Read lines of a character, a reading, and phrases with ~ for the character, each place of it an example."""
    rows = [line.split() for line in path.read_text(encoding="utf8").splitlines() if not line.startswith("#")]
    return [
        Example(phrase.replace("~", character), place.start(), digits(reading))
        for character, reading, *phrases in rows
        for phrase in phrases
        for place in re.finditer("~", phrase)
    ]


def read_cedict(path: Path) -> dict[str, Word]:
    """Read the simplified headwords of CC-CEDICT that are all Han, with all their readings."""
    found: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for line in path.read_text(encoding="utf8").splitlines():
        match = CEDICT_LINE.match(line)
        if match and HAN.fullmatch(match[1]) and len(match[2].split()) == len(match[1]):
            found[match[1]].add(tuple(digits(syllable) for syllable in match[2].split()))
    return {text: Word(text, frozenset(readings)) for text, readings in found.items()}


def read_phrases() -> dict[str, Word]:
    """Return pypinyin's phrases, each with the reading that pypinyin gives first."""
    return {
        text: Word(text, frozenset({tuple(digits(syllables[0]) for syllables in readings)}))
        for text, readings in phrases_dict.items()
        if HAN.fullmatch(text) and len(text) == len(readings)
    }


def read_frequencies(path: Path) -> dict[str, tuple[int, str]]:
    """Read a list of words in jieba's format: word, frequency, word class."""
    rows = (line.split(" ") for line in path.read_text(encoding="utf8").splitlines())
    return {word: (int(frequency), kind[:1]) for word, frequency, kind in rows if HAN.fullmatch(word)}
