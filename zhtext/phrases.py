"""Lay a text out as the pieces that terms are made of: words with their class, and whole phrases in Latin letters.

Latin words that only spaces part are one piece, Scaling Law, Claude 3.5 Sonnet. What is no word at all, and what a
term never holds, a mark, a number, a speaker's name, the words of an address, is a piece of class function: it parts.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from zhtext.characters import HAN_RANGES, is_han
from zhtext.fold import fold, squeeze
from zhtext.segment import Kind, Token
from zhtext.wordclass import WordClass, class_of

ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s\u3000-\u303f\uff00-\uffef]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
    r"|(?<![\w.-])[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,5}\.(?:com|org|net|edu|gov|cn|html?)\b"
    r"(?:/[A-Za-z0-9./?=&%#_~-]*)?",
    re.ASCII,
)
# A turn of a dialogue, perhaps behind its time: Dario Amodei: …
TURN = re.compile(
    rf"^[ \t\u00a0\u3000>*•-]{{0,9}}(?:[\[(（]?\d{{1,3}}[:：.\d]{{0,12}}[\])）]?[ \t]{{0,3}})?"
    rf"([^\W\d_{HAN_RANGES}][^\n:：,，{HAN_RANGES}]{{0,40}}?)[ \t]{{0,3}}[:：](?!//)",
    re.MULTILINE,
)
FOREIGN_LINE = re.compile(rf"^[^\n{HAN_RANGES}]+$", re.MULTILINE)
# Behind such a number something is counted: Claude 3 年.
COUNTED = re.compile(r"\s*[年月日号天周岁个名位人家种次倍万亿千百元美点分秒小块台张款代项%-]")
QUANTITY = re.compile(r"\d[\d.,]*(?:[A-CE-Za-z]|[kKMGT]B|ms|[kK]?Hz|[kcm]m|kg)\+?")
# English words that neither begin nor end a phrase, and are none.
SMALL = frozenset(
    "a an the of to in on at by for from with as and or but not is are was were be been it its this that these those "
    "i you he she we they my your his her our their me us them so if then than yes no ok okay hi hey oh well just very "
    "ceo cto cfo coo vs etc ie eg am pm pdf p s t d ll re ve".split()
)
MOST_WORDS = 6


class Piece(NamedTuple):
    """A stretch of a text, what it is compared by, its class, and whether it is a phrase in Latin letters."""

    start: int
    end: int
    key: str
    kind: WordClass
    latin: bool = False

    @property
    def parts(self) -> bool:
        """Tell whether no term goes on across this piece."""
        return self.kind is WordClass.FUNCTION


def pieces(text: str, simplified: str, tokens: Sequence[Token], known: Collection[int]) -> list[Piece]:
    """Lay a text out in pieces, in order; spaces between Latin and Han words are left out.

    ``known`` are the starts of tokens that are terms: they are nouns, whatever the tables say.
    """
    silent = _silent(text)
    found: list[Piece] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind is Kind.LETTERS:
            index, piece = _phrase(text, tokens, index)
            found.append(piece._replace(kind=WordClass.FUNCTION) if piece.start in silent else piece)
            continue
        index += 1
        if token.kind is Kind.HAN:
            word = simplified[token.start : token.end]
            found.append(
                Piece(token.start, token.end, word, WordClass.NOUN if token.start in known else class_of(word))
            )
        elif not _is_glue(text, token) or _stands_in_han(text, token):
            found.append(Piece(token.start, token.end, "", WordClass.FUNCTION))
    return found


def runs(laid: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the longest rows of pieces that nothing parts."""
    run: list[Piece] = []
    for piece in laid:
        if not piece.parts:
            run.append(piece)
        elif run:
            yield run
            run = []
    if run:
        yield run


def is_small(word: str) -> bool:
    """Tell whether an English word makes no term; a capital by itself may: S 曲线."""
    return (word if len(word) == 1 else fold(word)) in SMALL


def latin_key(phrase: str) -> str:
    """Give what the spellings of a Latin phrase have in common: no case, space, hyphen or plural.

    >>> latin_key("Scaling-Laws") == latin_key("scaling law")
    True
    """
    key = squeeze(phrase).key
    return key[:-1] if len(key) > 3 and key.endswith("s") and key[-2] not in "sui" else key


def _phrase(text: str, tokens: Sequence[Token], index: int) -> tuple[int, Piece]:
    """Give the Latin phrase that begins with a token, and the index of the token behind it."""
    words = [tokens[index]]
    index += 1
    while index + 1 < len(tokens) and _is_glue(text, tokens[index]) and _goes_on(text, tokens[index + 1]):
        words.append(tokens[index + 1])
        index += 2
    count = sum(len(text[word.start : word.end].split()) for word in words)
    small = [is_small(text[word.start : word.end]) for word in words]
    if all(small) or count > MOST_WORDS:
        return index, Piece(words[0].start, words[-1].end, "", WordClass.FUNCTION, True)
    start = words[small.index(False)].start
    end = words[len(small) - 1 - small[::-1].index(False)].end
    return index, Piece(start, end, latin_key(text[start:end]), _class_of_latin(text, start, end), True)


def _class_of_latin(text: str, start: int, end: int) -> WordClass:
    """Tell the class of a Latin phrase: one letter stands before a word, S 曲线, and a quantity makes no term."""
    if QUANTITY.fullmatch(text, start, end) or (end - start == 1 and text[start - 1 : start] in ("/", "&")):
        return WordClass.FUNCTION
    return WordClass.PREFIX if end - start == 1 else WordClass.NOUN


def _is_glue(text: str, token: Token) -> bool:
    """Tell whether a token is white space that parts no phrase."""
    return token.kind is Kind.SPACE and token.end - token.start <= 2 and "\n" not in text[token.start : token.end]


def _stands_in_han(text: str, space: Token) -> bool:
    """Tell whether white space parts two Han words: a heading and its text, a column of names."""
    return is_han(text[space.start - 1 : space.start] or "一") and is_han(text[space.end : space.end + 1] or "一")


def _goes_on(text: str, token: Token) -> bool:
    """Tell whether a Latin phrase goes on with a word or a version."""
    if token.kind is Kind.NUMBER:
        return "." in text[token.start : token.end] or not COUNTED.match(text, token.end)
    return token.kind is Kind.LETTERS


def speakers(text: str) -> set[str]:
    """Give the words of the names that open turns of a dialogue, as they are compared."""
    names = [turn[1] for turn in TURN.finditer(text)]
    sure = {name for name in names if names.count(name) > 1 or (" " in name and name.istitle())}
    return {latin_key(word) for name in sure for word in (name, *re.split(r"[\s\u00a0]+", name))}


def _silent(text: str) -> set[int]:
    """Give the offsets at which a Latin word is part of an address, opens a turn, or stands in a line of English."""
    spans = [address.span() for address in ADDRESS.finditer(text)] + [turn.span(1) for turn in TURN.finditer(text)]
    spans += [line.span() for line in FOREIGN_LINE.finditer(text) if len(line[0].split()) > MOST_WORDS]
    return {offset for start, end in spans for offset in range(start, end)}
