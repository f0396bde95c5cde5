"""The search key of a text: what two spellings of one term have in common.

``Scaling Law``, ``scaling-law`` and ``ＳＣＡＬＩＮＧ ＬＡＷ`` are one term; so are ``A/B 测试`` and ``AB测试``,
機器學習 and 机器学习. Folding keeps the way back: every character of the key knows where it stood in the source.
"""

import re
import unicodedata
from typing import NamedTuple

from zhtext.characters import is_han
from zhtext.script import simplify

# Spaces, hyphens and slashes join or part Latin words at the writer's whim.
JOINERS = frozenset(" \u00a0\u3000\u2009\u202f-\u2010\u2011\u2012\u2013/_'’·")
JOINER_RUN = re.compile(f"[{re.escape(''.join(sorted(JOINERS)))}]+")


class Folded(NamedTuple):
    """A search key and, for each of its characters, the code point of the source it came from."""

    key: str
    origins: list[int]


class _FoldTable(dict[int, str]):
    """A table for str.translate that folds the width and case of each character into exactly one character."""

    def __missing__(self, code_point: int) -> str:
        character = chr(code_point)
        folded = unicodedata.normalize("NFKC", character).casefold()
        self[code_point] = folded = folded if len(folded) == 1 else character
        return folded


_FOLD_TABLE = _FoldTable()


def fold(text: str, simplified: str | None = None) -> str:
    """Fold width, case and script of a text; the result has as many code points as the text.

    ``simplified`` is the same text in simplified characters, where the caller has it already. Raises ValueError for a
    text that holds NUL or lone surrogates.

    >>> fold("機器學習 ＡＩ")
    '机器学习 ai'
    """
    return (simplify(text) if simplified is None else simplified).translate(_FOLD_TABLE)


def squeeze(text: str, simplified: str | None = None) -> Folded:
    """Fold a text and leave out the joiners which touch anything but two Han characters.

    Space between two Han characters stays: it parts two phrases (a heading from its English, a name from a title).

    >>> squeeze("A/B 测试")
    Folded(key='ab测试', origins=[0, 2, 4, 5])
    """
    folded = fold(text, simplified)
    left_out = [at for run in JOINER_RUN.finditer(folded) if not _parts_han(folded, run) for at in range(*run.span())]
    origins: list[int] = []
    start = 0
    for at in left_out:
        origins.extend(range(start, at))
        start = at + 1
    origins.extend(range(start, len(folded)))
    return Folded("".join(map(folded.__getitem__, origins)) if left_out else folded, origins)


def _parts_han(text: str, run: re.Match[str]) -> bool:
    """Tell whether a run of joiners stands between two Han characters, or at an end of the text."""
    start, end = run.span()
    return not 0 < start < end < len(text) or (is_han(text[start - 1]) and is_han(text[end]))
