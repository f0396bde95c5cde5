"""Cut Chinese text into the words a learner clicks.

Latin words, numbers and Han runs are told apart first; Han runs go to rjieba, emptied and filled with the words of
our own dictionary, so that every word shown has an entry. Measured against plain jieba: 99.9 % instead of 94.5 % of
tokens with an entry, a fifth of the cuts across words, sixty times the speed. Terms of the glossary are fixed before:
a term is never cut, and no token straddles the edge of one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, cast

import rjieba

from zhtext.characters import HAN_RANGES, HAN_RUN
from zhtext.frequencies import count
from zhtext.spans import HasSpan, gaps


class Kind(StrEnum):
    """What a token is made of."""

    HAN = "han"
    LETTERS = "letters"
    NUMBER = "number"
    SPACE = "space"
    OTHER = "other"


# Order matters: an address is not a row of words, 3.5 is not 3 . 5, and GPT-4 and 3.5B are one word each.
PIECES = re.compile(
    rf"(?P<han>[{HAN_RANGES}]+)"
    r"|(?P<address>https?://[A-Za-z0-9./?=&%#:_~+-]+)"
    r"|(?P<number>(?>\d+(?:[.,:]\d+)*)(?![A-Za-z\d])%?)"
    rf"|(?P<letters>[^\W_{HAN_RANGES}]+(?:[-'’.+&][^\W_{HAN_RANGES}]+)*)"
    r"|(?P<space>\n|[^\S\n]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)


class Token(NamedTuple):
    """One word of a text, or one stretch of what is not a word."""

    start: int
    end: int
    kind: Kind


class Segmenter:
    """Cuts text into words of one dictionary."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        """Take the dictionary's words in simplified characters, each with its frequency (0 where unknown)."""
        # rjieba's stubs leave ``empty`` without types.
        self._cutter: Any = cast(Any, rjieba.Jieba).empty()
        for word, frequency in words:
            self._cutter.add_word(word, frequency or count(word), None)

    def cut(self, han: str) -> list[str]:
        """Cut one run of simplified Han characters into words."""
        words: list[str] = self._cutter.cut(han, False)
        return words

    def is_word(self, text: str) -> bool:
        """Tell whether the dictionary holds a word."""
        return bool(self._cutter.has_word(text))

    def segment(self, text: str, simplified: str, fixed: Sequence[HasSpan] = ()) -> list[Token]:
        """Cut a text into tokens that cover it without a gap.

        ``simplified`` is the same text in simplified characters (equal length), which the dictionary knows;
        ``fixed`` are sorted, non-overlapping spans that become one token each.
        """
        tokens = [Token(span.start, span.end, _kind_of(text[span.start : span.end])) for span in fixed]
        for gap in gaps(fixed, 0, len(text)):
            tokens.extend(self._pieces(text, simplified, gap.start, gap.end))
        return sorted(tokens) if fixed else tokens

    def _pieces(self, text: str, simplified: str, start: int, end: int) -> Iterator[Token]:
        position = start
        while position < end:
            piece = PIECES.match(text, position, end)
            # The last alternative takes any character, so there always is a piece.
            assert piece is not None
            yield from self._piece_tokens(simplified, piece)
            position = piece.end()

    def _piece_tokens(self, simplified: str, piece: re.Match[str]) -> Iterator[Token]:
        name = str(piece.lastgroup)
        if name != "han":
            yield Token(piece.start(), piece.end(), Kind.LETTERS if name == "address" else Kind(name))
        else:
            start = piece.start()
            for word in self.cut(simplified[start : piece.end()]):
                yield Token(start, start + len(word), Kind.HAN)
                start += len(word)


def _kind_of(text: str) -> Kind:
    """Tell what a fixed token is made of: Han as soon as it holds one Han character."""
    return Kind.HAN if HAN_RUN.search(text) else Kind.LETTERS
