"""Glossaries as two columns, source⇥target, as DeepL and Pontoon take them: Chinese, then English."""

from collections.abc import Iterable, Iterator

from glossary.formats.csv import decode
from glossary.formats.headwords import Headword, gather, headwords
from glossary.formats.rows import BadFileError, ConceptRow
from zhtext.characters import count_han

HEADERS = {("zh_hans", "en"), ("zh", "en"), ("source", "target"), ("en", "zh"), ("en", "zh_hans")}


def read(content: bytes) -> list[ConceptRow]:
    """Read a file into rows; either column may be the Chinese one. Raises BadFileError with line numbers."""
    return gather(_words(decode(content).splitlines()))


def _words(lines: Iterable[str]) -> Iterator[Headword]:
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or (number == 1 and tuple(cells) in HEADERS):
            continue
        if len(cells) != 2:
            raise BadFileError(
                [f"Line {number}: it has {len(cells)} columns; write a word, a tab and its translation."]
            )
        chinese, english = cells if count_han(cells[0]) or not count_han(cells[1]) else reversed(cells)
        yield Headword(number, chinese, (english,) if english else ())


def write(rows: Iterable[ConceptRow]) -> str:
    """Write every word with its first gloss."""
    return "".join(f"{word.simplified}\t{word.glosses[0]}\n" for word in headwords(rows))
