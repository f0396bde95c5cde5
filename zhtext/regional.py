"""Words that differ by region, wherever a glossary has them: 软件 is 軟體 in Taiwan, also inside 软件包.

The forms are those an editor wrote down; everything else is converted character by character. A word holds where words
begin and end: as a whole word or several, at the beginning or end of a longer one (数据库: 資料庫), and anywhere inside
a term. 国内|存在 has no 内存. From four characters on it always holds.
"""

from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from zhtext.segment import Token
from zhtext.spans import longest_leftmost

SURE_LENGTH = 4


class Form(NamedTuple):
    """A span of a text and how it is written in another region."""

    start: int
    end: int
    text: str


class Regional:
    """The forms of one region, by the words they stand for."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        """Take the form of each word, the word in simplified characters."""
        self._words, self._forms = list(forms), list(forms.values())
        self._automaton = AhoCorasick(self._words)

    def find(self, text: str, tokens: Sequence[Token], terms: Container[int] = ()) -> list[Form]:
        """Find the words of a simplified text that have a form; ``terms`` are the starts of tokens that are terms.

        >>> tokens = [Token(0, 3, "han"), Token(3, 5, "han")]
        >>> Regional({"数据": "資料"}).find("数据库数据", tokens)
        [Form(start=0, end=2, text='資料'), Form(start=3, end=5, text='資料')]
        """
        if not self._words:
            return []
        starts = [token.start for token in tokens]
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        held = (hit for hit in hits if _holds(hit[1], hit[2], tokens, starts, terms))
        return longest_leftmost(Form(start, end, self._forms[word]) for word, start, end in held)


def _holds(start: int, end: int, tokens: Sequence[Token], starts: Sequence[int], terms: Container[int]) -> bool:
    first, last = tokens[bisect_right(starts, start) - 1], tokens[bisect_right(starts, end - 1) - 1]
    begins, ends = first.start == start, last.end == end
    if (begins and ends) or end - start >= SURE_LENGTH:
        return True
    return first == last and (begins or ends or first.start in terms)


def lay_over(shown: list[str], forms: Sequence[Form]) -> None:
    """Write forms into a text given by its characters; what is longer or shorter is made up for at the end of each."""
    for start, end, text in forms:
        size = end - start
        letters = [*text[: size - 1], text[size - 1 :]]
        shown[start:end] = letters + [""] * (size - len(letters))
