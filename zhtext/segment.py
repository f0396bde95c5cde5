"""Cut Chinese text into the words a learner clicks.

Latin words, numbers and Han runs are told apart first; Han runs are cut into the words of our own dictionary, so that
every word shown has an entry. Measured against plain jieba: 99.9 % instead of 94.5 % of tokens with an entry, and a
fifth of the cuts across words. Terms of the glossary are fixed before: a term is never cut, and no token straddles
the edge of one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np

from zhtext.characters import HAN_RANGES, HAN_RUN
from zhtext.cutting import runs
from zhtext.hashed import Ints
from zhtext.recut import recut
from zhtext.spans import HasSpan
from zhtext.wordlist import WordList, han_mask


class Kind(StrEnum):
    """What a token is made of."""

    HAN = "han"
    LETTERS = "letters"
    NUMBER = "number"
    SPACE = "space"
    OTHER = "other"


# Order matters: an address is not a row of words, 3.5 is not 3 . 5, and GPT-4 and 3.5B are one word each.
PIECES = re.compile(
    r"(?P<address>https?://[A-Za-z0-9./?=&%#:_~+-]+)"
    r"|(?P<number>(?>\d+(?:[.,:]\d+)*)(?![A-Za-z\d])%?)"
    rf"|(?P<letters>[^\W_丨{HAN_RANGES}]+(?:[-'’.+&][^\W_丨{HAN_RANGES}]+)*)"
    r"|(?P<space>\n|[^\S\n]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
KINDS = {kind.value: kind for kind in Kind} | {"address": Kind.LETTERS}


class Token(NamedTuple):
    """One word of a text, or one stretch of what is not a word."""

    start: int
    end: int
    kind: Kind


class Segmenter:
    """Cuts text into words of one dictionary."""

    def __init__(self, words: WordList) -> None:
        """Take the dictionary's words, in simplified characters."""
        self.words = words

    def cut(self, han: str) -> list[str]:
        """Cut one run of simplified Han characters into words."""
        return self.words.cut([han])[0]

    def is_word(self, text: str) -> bool:
        """Tell whether the dictionary holds a word."""
        return self.words.is_word(text)

    def edges(self, simplified: str) -> Ints:
        """Give where a word of Han characters begins or ends in a text, in order."""
        return self.words.edges(simplified, han_mask(simplified))

    def segment(self, text: str, simplified: str, fixed: Sequence[HasSpan] = ()) -> list[Token]:
        """Cut a text into tokens that cover it without a gap.

        ``simplified`` is the same text in simplified characters (equal length), which the dictionary knows;
        ``fixed`` are sorted, non-overlapping spans that become one token each.
        """
        han, free = han_mask(text), np.ones(len(text), dtype=np.bool_)
        for span in fixed:
            free[span.start : span.end] = False
        edges = recut(simplified, self.words.edges(simplified, han & free), han & free, self.words.hold)
        # An edge where a marked run stops begins no word.
        begin = np.flatnonzero(np.append(han & free, False)[edges])
        starts, stops = edges[begin].tolist(), edges[begin + 1].tolist()
        tokens = _tokens(starts, stops, repeat(Kind.HAN))
        tokens += [Token(span.start, span.end, _kind_of(text[span.start : span.end])) for span in fixed]
        starts, stops = (bounds.tolist() for bounds in runs(free & ~han))
        single = [start for start, stop in zip(starts, stops, strict=True) if stop - start == 1]
        tokens += _tokens(single, [start + 1 for start in single], [_kind_of_one(text[start]) for start in single])
        longer = ((start, stop) for start, stop in zip(starts, stops, strict=True) if stop - start > 1)
        tokens.extend(chain.from_iterable(_pieces(text, start, stop) for start, stop in longer))
        return sorted(tokens)


def _tokens(starts: Iterable[int], stops: Iterable[int], kinds: Iterable[Kind]) -> list[Token]:
    """Make many tokens; past the constructor, which takes five times as long."""
    return list(map(tuple.__new__, repeat(Token), zip(starts, stops, kinds, strict=False)))


def _pieces(text: str, start: int, end: int) -> Iterator[Token]:
    """Cut a stretch without Han characters into words, numbers, spaces and marks."""
    for piece in PIECES.finditer(text, start, end):
        yield Token(piece.start(), piece.end(), KINDS[str(piece.lastgroup)])


@lru_cache(maxsize=4_096)
def _kind_of_one(character: str) -> Kind:
    piece = PIECES.match(character)
    return KINDS[str(piece.lastgroup)] if piece else Kind.OTHER


def _kind_of(text: str) -> Kind:
    """Tell what a fixed token is made of: Han as soon as it holds one Han character."""
    return Kind.HAN if HAN_RUN.search(text) else Kind.LETTERS
