"""Find terms that a text itself gives in two languages: 提示注入（prompt injection）, RAG（检索增强生成）.

A bracket tells where the second name ends on both sides, but only where the first one ends, not where it begins. So
the words before it are taken as far as a term can reach, and cut where the other language says: Scaling Law, with two
words and ten letters, is worth about four characters, and an acronym about two for each of its letters.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

from zhtext.characters import HAN_RANGES, count_han
from zhtext.matcher import PARTICLES
from zhtext.phrases import Piece, is_small
from zhtext.spans import Span
from zhtext.wordclass import WordClass

HAN = f"[{HAN_RANGES}]"
LATIN = r"(?<![A-Za-z0-9-])[A-Za-z][A-Za-z0-9.+&'’/-]{0,30}(?:[ \u00a0]{1,2}[A-Za-z0-9][A-Za-z0-9.+&'’/-]{0,30}){0,6}"
# What may stand before the second name.
LEAD = (
    r"(?:(?:编者注|編者註|译者注|譯者註|注|註)\s*[:：]\s*)?"
    r"(?:(?:即|也就是|亦即|又称|又稱|也称|也稱|也叫|或称|或稱|简称|簡稱|缩写|縮寫|全称|全稱|英文|英语|英語|英文名)(?:为|為|是)?)?\s*[:：]?\s*"
)
BRACKET = re.compile(r"(?P<quote>[”’」』》\"]?)[ \u00a0]*[(（](?P<inside>[^()（）\n]{2,80})[)）]")
INSIDE_LATIN = re.compile(
    rf"{LEAD}(?P<en>{LATIN})(?:\s*[,，;；、:：/]\s*{LEAD}(?P<short>[A-Z][A-Za-z0-9-]{{1,9}}))?\s*"
)
INSIDE_HAN = re.compile(rf"{LEAD}(?P<zh>{HAN}[{HAN_RANGES} ·-]{{1,17}})(?:[,，;；。].*)?")
# In words: 大语言模型，简称 LLM; RLHF，即基于人类反馈的强化学习。
SAID = (
    r"[,，]\s*(?:即|也就是|亦即|(?:又称|又稱|也称|也稱|简称|簡稱)[为為]?|(?:缩写|縮寫)[为為]|英文名?[是为為叫])"
    r"\s*[“「\"]?"
)
SAID_LATIN = re.compile(rf"(?P<quote>[”’」』》\"]?){SAID}(?P<en>{LATIN})")
SAID_HAN = re.compile(rf"(?P<en>{LATIN}){SAID}(?P<zh>{HAN}{{2,16}})(?=[,，。；;”」\n]|$)")
# A heading in both languages, and a person: 达里奥·阿莫代伊Dario Amodei.
HEADING = re.compile(rf"^[ #*]*(?P<zh>{HAN}{{2,12}})[ \u00a0]+(?P<en>{LATIN})[ *]*$", re.MULTILINE)
PERSON = re.compile(
    rf"(?P<zh>{HAN}{{1,16}}(?:·{HAN}{{1,6}}){{1,4}})[ \u00a0]*[(（]?(?P<en>[A-Z][a-z'’-]+(?: [A-Z][A-Za-z.'’-]*)+)"
)
OPENING = {"”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", '"': '"'}
OPENINGS = tuple(OPENING.values())
# 基于人类反馈的强化学习 is one name.
MODIFIERS = frozenset("基于 面向 根据 来自 利用 通过".split())
# A mark that cannot stand inside a name.
MARK = re.compile(r"[，,。；;：:！!？?”」』》、]")
LONGEST_HAN = 16
LONGEST_QUOTED = 20
LETTERS_PER_HAN = 4
# What it costs, in characters, to begin a name with a word of a class; other classes do not begin one.
BEGINS = {
    WordClass.NOUN: 0.0,
    WordClass.PREFIX: 0.0,
    WordClass.QUALITY: 0.0,
    WordClass.VERB: 0.75,
    WordClass.VAGUE: 0.75,
}
# What a name gains, in characters, by standing elsewhere, too.
AGAIN = 1.0


class Pair(NamedTuple):
    """A term in Chinese and in English: the Chinese name's span, the English one, and its short form."""

    zh: Span
    en: Span
    short: str = ""


def pairs(text: str, laid: Sequence[Piece]) -> list[Pair]:
    """Find the pairs of a text, which ``laid`` are the pieces of."""
    ends = [piece.end for piece in laid]
    found = [*_bracketed(text, laid, ends), *_said(text, laid, ends)]
    found += [
        Pair(Span(*line.span("zh")), Span(*line.span("en"))) for line in HEADING.finditer(text) if _is_title(line)
    ]
    found += (_person(person, laid, ends) for person in PERSON.finditer(text))
    # One that is found in two ways is kept as the first has it.
    unique = {(pair.zh.end, pair.en.end): pair for pair in reversed(found)}
    return sorted(pair for pair in unique.values() if _is_pair(text, pair, laid, ends))


def _bracketed(text: str, laid: Sequence[Piece], ends: Sequence[int]) -> Iterator[Pair]:
    for bracket in BRACKET.finditer(text):
        inside = bracket.span("inside")
        quoted = _quoted(text, bracket)
        if latin := INSIDE_LATIN.fullmatch(text, *inside):
            zh = quoted or _reach(text, laid, ends, bracket.start(), latin["en"])
            if zh:
                yield Pair(zh, Span(*latin.span("en")), latin["short"] or "")
        elif han := INSIDE_HAN.fullmatch(text, *inside):
            en = quoted or _phrase_before(laid, ends, bracket.start())
            if en and not count_han(text[en.start : en.end]):
                yield Pair(Span(*han.span("zh")), en)


def _said(text: str, laid: Sequence[Piece], ends: Sequence[int]) -> Iterator[Pair]:
    for said in SAID_LATIN.finditer(text):
        zh = _quoted(text, said) or _reach(text, laid, ends, said.start(), said["en"])
        if zh:
            yield Pair(zh, Span(*said.span("en")))
    for said in SAID_HAN.finditer(text):
        yield Pair(Span(*said.span("zh")), Span(*said.span("en")))


def _quoted(text: str, found: re.Match[str]) -> Span | None:
    """Give what stands in the quotation marks that close before a bracket, or that are still open there."""
    end = found.start("quote")
    line = text[text.rfind("\n", 0, end) + 1 : end][-LONGEST_QUOTED:]
    if found["quote"]:
        at = line.rfind(OPENING[found["quote"]])
    else:
        at = max(map(line.rfind, OPENINGS))
        at = -1 if MARK.search(line, at + 1) else at
    return Span(end - len(line) + at + 1, end) if at >= 0 else None


def _phrase_before(laid: Sequence[Piece], ends: Sequence[int], end: int) -> Span | None:
    """Give the Latin phrase that ends at an offset."""
    at = bisect_left(ends, end)
    piece = laid[at] if at < len(laid) and ends[at] == end else None
    return Span(piece.start, piece.end) if piece and piece.latin and not piece.parts else None


def _reach(text: str, laid: Sequence[Piece], ends: Sequence[int], end: int, english: str) -> Span | None:
    """Give the Chinese name that ends at an offset, as far to the left as the English one asks for."""
    at = bisect_left(ends, end)
    if at == len(laid) or ends[at] != end or laid[at].latin:
        return None
    before = list(takewhile(lambda piece: not piece.parts, reversed(_mended(laid[: at + 1][-LONGEST_HAN:]))))
    starts = {piece.start: BEGINS[piece.kind] for piece in before if piece.kind in BEGINS}
    if before and (modifier := _modifier(laid, bisect_left(ends, before[-1].start))) is not None:
        starts[modifier] = 0.0
    wanted = worth(english)
    misfits = {
        Span(start, end): _misfit(text, Span(start, end), wanted) + cost
        for start, cost in starts.items()
        if end - start <= LONGEST_HAN
    }
    best = min(misfits, key=misfits.__getitem__, default=None)
    # In 第二个方面（安全） nothing is named.
    return None if best and best.start == laid[at].start and laid[at].kind is WordClass.VAGUE else best


def _mended(laid: Sequence[Piece]) -> list[Piece]:
    """Take two or three characters in a row that are no words of grammar as a word the dictionary lacks: 缩|放."""
    found: list[Piece] = []
    for strange, group in groupby(laid, _is_strange):
        row = list(group)
        if strange and 1 < len(row) < 4:
            found.append(Piece(row[0].start, row[-1].end, "".join(piece.key for piece in row), WordClass.NOUN))
        else:
            found += row
    return found


def _is_strange(piece: Piece) -> bool:
    return piece.parts and len(piece.key) == 1 and not piece.latin and piece.key not in PARTICLES


def _modifier(laid: Sequence[Piece], at: int) -> int | None:
    """Give where a name begins that has a modifier with 的 before its head, which stands behind a piece."""
    if at < 1 or laid[at].key != "的":
        return None
    for piece in reversed(laid[max(0, at - 6) : at]):
        if piece.key in MODIFIERS:
            return piece.start
        if piece.parts:
            break
    return None


def worth(english: str) -> float:
    """Tell how many Chinese characters an English name is worth.

    >>> worth("Scaling Law"), worth("RLHF")
    (4.0, 8.0)
    """
    words = [word for word in re.split(r"[\s\u00a0-]+", english) if not is_small(word)]
    if len(words) == 1 and english.isupper():
        return 2.0 * sum(map(str.isalpha, english))
    return max(2.0 * len(words), sum(map(len, words)) / LETTERS_PER_HAN)


def _misfit(text: str, span: Span, wanted: float) -> float:
    """Tell how badly a span fits: its length, less what it gains by standing elsewhere, too."""
    size = span.end - span.start
    again = text.count(text[span.start : span.end]) > 1
    return abs(size - wanted) - (AGAIN if again and size > 1 else 0.0)


def _is_title(line: re.Match[str]) -> bool:
    return len(line["en"].split()) > 1


def _person(person: re.Match[str], laid: Sequence[Piece], ends: Sequence[int]) -> Pair:
    """Give a person's name in both scripts: what are whole words before it is an office, 创始人达里奥."""
    start, end = person.span("zh")
    first = start + person["zh"].index("·")
    before = laid[bisect_left(ends, start + 1) : bisect_left(ends, first) + 1]
    offices = [piece.end for piece in before if piece.end - piece.start > 1 and piece.end < first]
    return Pair(Span(max([start, *offices]), end), Span(*person.span("en")))


def _is_pair(text: str, pair: Pair, laid: Sequence[Piece], ends: Sequence[int]) -> bool:
    """Tell whether both names may be names: no clause, no row of small words, no lone character."""
    zh, english = text[slice(*pair.zh)], text[slice(*pair.en)]
    if not 2 <= count_han(zh) <= LONGEST_HAN or re.search(r"[,，。；;：:！？!?“”\n]", zh):
        return False
    if english.isupper() and len(english) >= 2 * max(2, count_han(zh)):
        return False
    if text[pair.zh.start - 1 : pair.zh.start] in OPENINGS:
        return any(not is_small(word) for word in english.split())
    inside = laid[bisect_left(ends, pair.zh.start + 1) : bisect_left(ends, pair.zh.end) + 1]
    words = [piece for piece in inside if piece.parts and piece.end - piece.start > 1 and piece.key not in MODIFIERS]
    return not words and any(not is_small(word) for word in english.split())
