"""Glossaries as lines of CC-CEDICT: ``繁 简 [pin1 yin1] /gloss/gloss/``."""

from collections.abc import Iterable

from glossary import cedict
from glossary.formats.csv import decode
from glossary.formats.headwords import Headword, gather, headwords, numbered, without_spaces
from glossary.formats.rows import BadFileError, ConceptRow
from zhtext.characters import is_han
from zhtext.pinyin import check_reading

# A slash parts glosses, and cannot stand in one: A∕B testing.
SLASH, DIVISION_SLASH = "/", "∕"


def read(content: bytes) -> list[ConceptRow]:
    """Read a file into rows. Raises BadFileError with line numbers."""
    lines = decode(content).splitlines()
    numbers = [number for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    try:
        entries = list(cedict.parse(lines))
    except ValueError as error:
        raise BadFileError([str(error)]) from error
    return gather(
        Headword(
            number,
            entry.simplified,
            tuple(sense.replace(DIVISION_SLASH, SLASH) for sense in entry.senses),
            entry.traditional,
            _reading(entry),
        )
        for number, entry in zip(numbers, entries, strict=True)
    )


def _reading(entry: cedict.CedictEntry) -> str:
    """Give the syllables of the Han characters, nothing where they do not fit one to one."""
    syllables = entry.reading.split()
    if len(syllables) != len(entry.simplified):
        return ""
    read = " ".join(
        syllable for syllable, character in zip(syllables, entry.simplified, strict=True) if is_han(character)
    )
    try:
        return " ".join(check_reading(entry.simplified, read))
    except ValueError:
        return ""


def write(rows: Iterable[ConceptRow]) -> str:
    """Write every word with all glosses of its concept."""
    lines = []
    for word in map(without_spaces, headwords(rows)):
        glosses = "/".join(gloss.replace(SLASH, DIVISION_SLASH) for gloss in word.glosses)
        lines.append(
            f"{word.traditional} {word.simplified} [{' '.join(numbered(word)).replace('ü', 'u:')}] /{glosses}/\n"
        )
    return "".join(lines)
