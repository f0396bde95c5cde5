"""Words with two traditional forms that their neighbours decide: 三隻貓 but 只是, 擦乾 but 能幹.

The rows stand in ``zhtext/data/script.tsv``; each word has a few, and the first that fits has the last word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from zhtext.characters import is_han
from zhtext.script import Script, convert

DATA = Path(__file__).parent / "data" / "script.tsv"
NUMBERS = tuple("0123456789一二两三四五六七八九十百千万亿０１２３４５６７８９")
NUMBER, EDGE = "#", "^"


@dataclass(frozen=True, slots=True)
class Side:
    """What may stand on one side of a word: one of some strings, or the edge of the text or a mark."""

    strings: tuple[str, ...]
    edge: bool

    @classmethod
    def read(cls, cell: str) -> "Side | None":
        """Read a cell; an empty one fits anything."""
        parts = [part for part in cell.split("|") if part]
        strings = tuple(part for part in parts if part not in (NUMBER, EDGE))
        return cls(strings + (NUMBERS if NUMBER in parts else ()), EDGE in parts) if parts else None

    def ends(self, text: str, end: int) -> bool:
        """Tell whether it stands right before a position."""
        return text.endswith(self.strings, 0, end) or (self.edge and not (end and is_han(text[end - 1])))

    def begins(self, text: str, start: int) -> bool:
        """Tell whether it stands right behind a position."""
        return text.startswith(self.strings, start) or (self.edge and not is_han(text[start : start + 1] or " "))


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the form a word has between two sides."""

    form: str
    before: Side | None
    after: Side | None

    def fits(self, text: str, start: int, end: int) -> bool:
        """Tell whether both sides are there."""
        return (self.before is None or self.before.ends(text, start)) and (
            self.after is None or self.after.begins(text, end)
        )


@lru_cache(maxsize=4)
def rows(target: Script) -> dict[str, list[Row]]:
    """Read the rows of each word, with their forms in the characters of a script."""
    words: dict[str, list[Row]] = {}
    for line in DATA.read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            word, form, before, after, _why = line.split("\t")
            row = Row(convert(form, target, source=Script.HANT), Side.read(before), Side.read(after))
            words.setdefault(word, []).append(row)
    return words


def decide(known: Sequence[Row], text: str, start: int, end: int) -> str | None:
    """Give the form of the first row of a word that fits where it stands, if there is one.

    >>> decide(rows(Script.HANT_TW)["只"], "三只猫", 1, 2)
    '隻'
    """
    return next((row.form for row in known if row.fits(text, start, end)), None)
