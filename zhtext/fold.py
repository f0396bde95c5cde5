"""The search key of a text: what two spellings of one term have in common.

``Scaling Law``, ``scaling-law`` and ``ＳＣＡＬＩＮＧ ＬＡＷ`` are one term; so are ``A/B 测试`` and ``AB测试``,
機器學習 and 机器学习. Folding keeps the way back: every character of the key knows where it stood in the source.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from zhtext.characters import is_han
from zhtext.script import simplify

# Spaces, hyphens and slashes join or part Latin words at the writer's whim; the last six show nothing at all.
JOINERS = frozenset(" \u00a0\u3000\u2009\u202f-\u2010\u2011\u2012\u2013/_'’·\u00ad\u200b\u200c\u200d\u2060\ufeff")
JOINER_RUN = re.compile(f"[{re.escape(''.join(sorted(JOINERS)))}]+")
# Two or three letters in one character, as text taken out of a PDF has them: ﬁne-tuning.
LIGATURES = {character: unicodedata.normalize("NFKC", character) for character in "ﬀﬁﬂﬃﬄ"}
LIGATURE = re.compile("[ﬀﬁﬂﬃﬄ]")
SQUEEZED = re.compile(f"{JOINER_RUN.pattern}|{LIGATURE.pattern}")


class Folded(NamedTuple):
    """A search key and, for each of its characters, the code point of the source it came from."""

    key: str
    origins: list[int]


class _FoldTable:
    """What each code point folds to, in one array; filled as characters are met, for few of a million ever are."""

    def __init__(self) -> None:
        self._table = np.arange(0x110000, dtype=np.uint32)
        self._known: set[str] = set()

    def fold(self, text: str) -> str:
        """Fold the width and case of each character into exactly one character."""
        new = set(text) - self._known
        for character in new:
            folded = unicodedata.normalize("NFKC", character).casefold()
            self._table[ord(character)] = ord(folded if len(folded) == 1 else character)
        self._known |= new
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return self._table[codes].tobytes().decode("utf-32-le", "surrogatepass")


_FOLD_TABLE = _FoldTable()


def fold(text: str, simplified: str | None = None) -> str:
    """Fold width, case and script of a text; the result has as many code points as the text.

    ``simplified`` is the same text in simplified characters, where the caller has it already. Raises ValueError for a
    text that holds NUL or lone surrogates.

    >>> fold("機器學習 ＡＩ")
    '机器学习 ai'
    """
    return _FOLD_TABLE.fold(simplify(text) if simplified is None else simplified)


def squeeze(text: str, simplified: str | None = None) -> Folded:
    """Fold a text and leave out the joiners which touch anything but two Han characters.

    Space between two Han characters stays: it parts two phrases (a heading from its English, a name from a title).

    >>> squeeze("A/B 测试")
    Folded(key='ab测试', origins=[0, 2, 4, 5])
    """
    folded = fold(text, simplified)
    pieces: list[str] = []
    origins: list[int] = []
    start = 0
    for run in JOINER_RUN.finditer(folded):
        if not _parts_han(folded, run):
            pieces.append(folded[start : run.start()])
            origins.extend(range(start, run.start()))
            start = run.end()
    pieces.append(folded[start:])
    origins.extend(range(start, len(folded)))
    if LIGATURE.search(folded):
        origins = [at for at in origins for _letter in LIGATURES.get(folded[at], " ")]
        return Folded(LIGATURE.sub(_letters, "".join(folded[at] for at, _same in groupby(origins))), origins)
    return Folded("".join(pieces), origins)


def _letters(ligature: re.Match[str]) -> str:
    return LIGATURES[ligature[0]]


def search_keys(surfaces: Sequence[str]) -> list[str]:
    """Give the key of each of many surfaces; all are folded at once, for a glossary has a hundred thousand.

    Raises ValueError for one that holds NUL or lone surrogates.
    """
    folded = fold("\n".join(surfaces)).split("\n")
    if len(folded) != len(surfaces):
        folded = list(map(fold, surfaces))
    pairs = zip(surfaces, folded, strict=True)
    return [squeeze(surface).key if SQUEEZED.search(key) else key for surface, key in pairs]


def _parts_han(text: str, run: re.Match[str]) -> bool:
    """Tell whether a run of joiners stands between two Han characters, or at an end of the text."""
    start, end = run.span()
    return not 0 < start < end < len(text) or (is_han(text[start - 1]) and is_han(text[end]))
