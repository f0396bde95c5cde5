"""Glossaries as a user dictionary of Pleco: ``简[繁]⇥pin1yin1⇥gloss; gloss`` a line; lines with // name categories."""

import re
from collections.abc import Iterable, Iterator

from glossary.formats.csv import decode
from glossary.formats.headwords import Headword, gather, headwords, numbered
from glossary.formats.rows import BadFileError, ConceptRow

WORD = re.compile(r"(?P<simplified>[^\[\]]+)(?:\[(?P<traditional>[^\[\]]+)\])?")


def read(content: bytes) -> list[ConceptRow]:
    """Read a file into rows; the reading is left to the engine. Raises BadFileError with line numbers."""
    return gather(_words(decode(content).splitlines()))


def _words(lines: Iterable[str]) -> Iterator[Headword]:
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("//"):
            continue
        cells = line.split("\t")
        word = WORD.fullmatch(cells[0].strip())
        if len(cells) != 3 or not word:
            raise BadFileError([f"Line {number}: “{line[:60]}” is not 简[繁], tab, pin1yin1, tab, gloss."])
        glosses = tuple(filter(None, (gloss.strip() for gloss in cells[2].split(";"))))
        yield Headword(number, word["simplified"].strip(), glosses, word["traditional"] or "")


def write(rows: Iterable[ConceptRow]) -> str:
    """Write every word with all glosses of its concept."""
    lines = []
    for word in headwords(rows):
        both = word.simplified if word.traditional == word.simplified else f"{word.simplified}[{word.traditional}]"
        lines.append(f"{both}\t{''.join(numbered(word))}\t{'; '.join(word.glosses)}\n")
    return "".join(lines)
