"""Cut again what frequencies alone cannot cut right, by what stands beside it.

Each rule looks for one shape in the text and moves the edges of words inside it: 你|的话|很对 is 你|的|话, 二十|一个 is
二十一|个. Rows of words that are only counted together, and shown apart, stand with a bar in ``data/corrections.tsv``.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick

from zhtext.characters import HAN_RANGES
from zhtext.frequencies import phrases
from zhtext.hashed import Bools, Ints

# 的话 is "if" (吕叔湘, 现代汉语八百词) in a clause with one of these, and before a comma or what a main clause begins
# with, unless it is somebody's words that are meant.
CONDITION = re.compile("如果|要是|假如|假使|假设|若|万一|倘|只要|不然|否则|^[这那]样$")
SAYING = re.compile("[说讲写听]|[我你您他她它们己]$")
MAIN_CLAUSE = frozenset("，,就那会可应也我你他她它咱这")
MARK = re.compile(r"[，。！？；：,\n]")
CLAUSE = 30
# 才能 is "talent" behind one of these, and where nothing follows that one is able to do.
PERSON = re.compile("[的个些]人")
BEFORE_TALENT = frozenset("的有和与其种项")
AFTER_TALENT = frozenset("的和与是够")
NUMERALS = re.compile("第?[〇零一二两三四五六七八九十百千万亿几]{2,}")
COUNTED_PEOPLE = re.compile(r"(?<=[\d〇零一二两三四五六七八九十百千万亿几])\s?(个人)(?!信息|资料|数据|账户|账号|隐私)")
YES = re.compile(f"(?<![{HAN_RANGES}])[是对]的(?![{HAN_RANGES}])")
# 四|五|十 is from forty to fifty: its tens are no fifty.
NUMERAL = re.compile("第|(?<![一二三四五六七八九])[二三四五六七八九]十|十[一二三四五六七八九]|.")


def recut(text: str, edges: Ints, free: Bools, hold: Callable[[Sequence[str]], list[bool]]) -> Ints:
    """Move the edges of the words of a simplified text where a rule says so.

    ``free`` marks the Han characters that are no part of a term; what holds any other stays as it is. ``hold`` tells
    of some texts whether each is a word.
    """
    marks = np.zeros(len(text) + 1, dtype=np.bool_)
    marks[edges] = True
    page = _Page(text, bytearray(marks.tobytes()), free.tobytes() + b"\0", hold)
    for rule in RULES:
        rule(page)
    return np.flatnonzero(np.frombuffer(page.begins, dtype=np.bool_))


class _Page(NamedTuple):
    """A text, a byte for each offset where a word begins or ends, and one for each character that may be cut."""

    text: str
    begins: bytearray
    free: bytes
    hold: Callable[[Sequence[str]], list[bool]]

    def set_words(self, start: int, *lengths: int) -> None:
        """Lay words of these lengths from an offset on."""
        self.begins[start : start + sum(lengths)] = b"".join(b"\1" + bytes(length - 1) for length in lengths)
        self.begins[start + sum(lengths)] = 1

    def is_token(self, start: int, end: int) -> bool:
        """Tell whether a stretch is one word."""
        return bool(self.begins[start] and self.begins[end]) and self.begins.find(1, start + 1, end) < 0

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether a stretch may be cut."""
        return self.free.find(0, start, end) < 0


@cache
def _phrases() -> tuple[AhoCorasick, list[tuple[int, ...]]]:
    return AhoCorasick(list(phrases())), [tuple(map(len, parts)) for parts in phrases().values()]


def _split_phrases(page: _Page) -> None:
    """Show the words of a phrase apart: 很|多."""
    automaton, lengths = _phrases()
    for number, start, end in automaton.find_matches_as_indexes(page.text, overlapping=True):
        if page.is_token(start, end):
            page.set_words(start, *lengths[number])


def _split_if(page: _Page) -> None:
    """Split 的话 where it is no condition: 他说的|话."""
    for found in re.finditer("的话", page.text):
        start, end = found.span()
        clause = MARK.split(page.text[max(start - CLAUSE, 0) : start])[-1]
        if not page.is_token(start, end) or CONDITION.search(clause):
            continue
        if SAYING.search(clause) or page.text[end : end + 1] not in MAIN_CLAUSE:
            page.set_words(start, 1, 1)


def _split_talent(page: _Page) -> None:
    """Split 才能 where something follows that one is only then able to do: 这样|才|能|做到, 这样的|人|才|能."""
    for found in re.finditer("才能", page.text):
        start, end = found.span()
        if not page.is_free(start, end) or not page.free[end] or page.text[end] in AFTER_TALENT:
            continue
        person = PERSON.match(page.text, max(start - 2, 0), start)
        if person and page.is_token(start - 1, start + 1) and page.begins[end] and page.free[start - 1]:
            page.set_words(start - 1, 1, 1, 1)
        elif page.is_token(start, end) and page.text[start - 1 : start] not in BEFORE_TALENT:
            page.set_words(start, 1, 1)


def _part_questions(page: _Page) -> None:
    """Part the halves of a question of the shape A不A: 能|不|能, 可|不|可以."""
    for found in re.finditer("[不没]", page.text[1:-1]):
        at = found.start() + 1
        if page.text[at - 1] != page.text[at + 1] or not page.is_free(at - 1, at + 2):
            continue
        if page.begins[at - 1] and (page.begins[at] or page.begins[at + 1]):
            page.set_words(at - 1, 1, 1)


def _join_doubled(page: _Page) -> None:
    """Join a word of which each character is doubled: 认认真真 from 认真."""
    codes = np.frombuffer(page.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    doubled = codes[1:] == codes[:-1]
    for start in np.flatnonzero(doubled[:-2] & doubled[2:] & ~doubled[1:-1]).tolist():
        whole = page.begins[start] and page.begins[start + 4] and page.is_free(start, start + 4)
        if whole and page.hold([page.text[start] + page.text[start + 2]])[0]:
            page.set_words(start, 4)


def _part_numerals(page: _Page) -> None:
    """Part a number from what it counts, and tens from hundreds: 二十|一|个, 五|百|万."""
    places = [found.span() for found in NUMERALS.finditer(page.text) if _is_torn(page, *found.span())]
    parts = {part for start, end in places for part in (page.text[start:end], *NUMERAL.findall(page.text[start:end]))}
    words = {part for part, held in zip(parts, page.hold(list(parts)), strict=True) if held}
    for start, end in places:
        number = page.text[start:end]
        # What the last numeral was joined to is counted by one character: 二十|一个人.
        if not page.begins[end]:
            page.begins[end + 1] = 1
        shown = [number] if number in words else NUMERAL.findall(number)
        page.set_words(start, *chain.from_iterable([len(part)] if part in words else [1] * len(part) for part in shown))


def _part_people(page: _Page) -> None:
    """Part persons from the word that counts them: 100 |个|人, but 3|个|个人|账户."""
    for found in COUNTED_PEOPLE.finditer(page.text):
        start, end = found.span(1)
        if page.is_token(start, end) and page.is_free(start, end):
            page.set_words(start, 1, 1)


def _join_yes(page: _Page) -> None:
    """Join 是的 where it is an answer, between marks: 是的，他来."""
    for found in YES.finditer(page.text):
        start, end = found.span()
        if page.is_free(start, end) and page.hold([found[0]])[0]:
            page.set_words(start, 2)


def _is_torn(page: _Page, start: int, end: int) -> bool:
    """Tell whether a number begins with a word and goes on in another; a longer word keeps it: 百万富翁."""
    return bool(page.begins[start]) and page.is_free(start, end) and page.begins.find(1, start + 1, end) >= 0


RULES = (
    _split_phrases,
    _split_if,
    _split_talent,
    _part_questions,
    _join_doubled,
    _part_numerals,
    _part_people,
    _join_yes,
)
