"""Harvest what may be terms from one text, so that an editor sees what the glossary lacks.

Kinds of evidence: a name given in two languages, a name that the text says is one, a compound used again and
again, and words in Latin letters. All are ranked in one list, by how often they stand and how much each kind tells.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhtext.apposition import Pair, pairs
from zhtext.characters import HAN_RANGES, count_han
from zhtext.compounds import compounds
from zhtext.phrases import Piece, latin_key, pieces, runs, speakers
from zhtext.segment import Segmenter, Token
from zhtext.spans import HasSpan, Span

# So many places are told of each candidate.
MOST_SPANS = 20
NAMED = re.compile(
    rf"(?:所谓|所謂|叫做|叫作|称为|稱為|称之为|稱之為|称作|稱作|名为|名為|术语|術語|概念)(?:的|是)?\s*"
    rf"[“「『\"](?P<name>[{HAN_RANGES}A-Za-z0-9 ·-]{{2,14}})[”」』\"]"
)
# What is called by an English title in Chinese marks: Rich Sutton's《Bitter Lesson》.
TITLED = re.compile(r"《\s*(?P<name>[A-Za-z][A-Za-z0-9 ,.:'’&-]{1,60}[A-Za-z0-9])\s*》")


class Evidence(StrEnum):
    """What a candidate is taken for a term by."""

    BILINGUAL = "bilingual"
    PERSON = "person"
    NAMED = "named"
    COMPOUND = "compound"
    LATIN = "latin"

    @property
    def weight(self) -> float:
        """Give what this kind of evidence counts."""
        return {"bilingual": 3.0, "person": 0.7, "named": 1.5, "compound": 1.0, "latin": 0.8}[self]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a term: its Chinese and its English name, of which one may be empty, and how sure it is.

    ``count`` is how often it stands, or of a pair how often it is given in both languages; ``spans`` are the first
    places, of a pair those of the Chinese name.
    """

    kind: Evidence
    zh: str
    en: str
    short: str
    count: int
    spans: tuple[Span, ...]
    score: float


def harvest(
    text: str, simplified: str, tokens: Sequence[Token], known: Iterable[HasSpan], segmenter: Segmenter
) -> list[Candidate]:
    """Find what may be terms in a text, the best first.

    ``simplified`` is the same text in simplified characters, ``tokens`` cover it, and ``known`` are the terms that the
    glossary has in it, each of which is one token.
    """
    terms = {(span.start, span.end) for span in known}
    laid = pieces(text, simplified, tokens, {start for start, _end in terms})
    bilingual = list(_bilingual(text, simplified, pairs(text, laid), terms))
    named = list(_named(text, simplified, terms, segmenter))
    seen = {latin_key(name) for found in (*bilingual, *named) for name in (found.zh, found.en, found.short) if name}
    others = [*_compounds(text, laid, segmenter), *_latin(text, laid, terms)]
    found = [*bilingual, *named, *(other for other in others if latin_key(other.zh or other.en) not in seen)]
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.spans[0]))


def _candidate(kind: Evidence, names: tuple[str, str, str], spans: Sequence[Span], value: float) -> Candidate:
    score = kind.weight * math.log2(1 + value)
    return Candidate(kind, *names, len(spans), tuple(spans[:MOST_SPANS]), score)


def _bilingual(text: str, simplified: str, found: Sequence[Pair], terms: set[tuple[int, int]]) -> Iterator[Candidate]:
    """Yield the pairs of which the glossary lacks a name, each once; what stands often counts more."""
    groups: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in found:
        if not {tuple(pair.zh), tuple(pair.en)} <= terms:
            groups[simplified[slice(*pair.zh)], latin_key(text[slice(*pair.en)])].append(pair)
    for (zh, _english), group in groups.items():
        first = group[0]
        names = text[slice(*first.zh)], text[slice(*first.en)], next((pair.short for pair in group if pair.short), "")
        kind = Evidence.PERSON if "·" in zh else Evidence.BILINGUAL
        yield _candidate(kind, names, [pair.zh for pair in group], 1 + simplified.count(zh))


def _named(text: str, simplified: str, terms: set[tuple[int, int]], segmenter: Segmenter) -> Iterator[Candidate]:
    """Yield what stands in quotation marks behind a word such as 所谓, and English titles; no terms or words."""
    for name, spans in _said(TITLED, text, text, terms).items():
        yield _candidate(Evidence.NAMED, ("", name, ""), spans, 1 + text.count(name))
    for name, spans in _said(NAMED, text, simplified, terms).items():
        if count_han(name) and not segmenter.is_word(name):
            yield _candidate(Evidence.NAMED, (text[slice(*spans[0])], "", ""), spans, 1 + simplified.count(name))


def _said(pattern: re.Pattern[str], text: str, simplified: str, terms: set[tuple[int, int]]) -> dict[str, list[Span]]:
    """Give the places of each name that a pattern finds, but for the terms."""
    groups: dict[str, list[Span]] = defaultdict(list)
    for said in pattern.finditer(text):
        place = Span(*said.span("name"))
        if place not in terms:
            groups[simplified[slice(*place)]].append(place)
    return groups


def _compounds(text: str, laid: Sequence[Piece], segmenter: Segmenter) -> Iterator[Candidate]:
    for spans, value in compounds(runs(laid), segmenter):
        name = text[slice(*spans[0])]
        if count_han(name):
            yield _candidate(Evidence.COMPOUND, (name, "", ""), spans, value)


def _latin(text: str, laid: Sequence[Piece], terms: set[tuple[int, int]]) -> Iterator[Candidate]:
    """Yield the words and phrases in Latin letters which are no terms and nobody who speaks."""
    groups: dict[str, list[Span]] = defaultdict(list)
    for piece in laid:
        if piece.latin and not piece.parts and (piece.start, piece.end) not in terms and len(piece.key) > 1:
            groups[piece.key].append(Span(piece.start, piece.end))
    for speaker in speakers(text):
        groups.pop(speaker, None)
    for spans in groups.values():
        name = _commonest(Counter(text[slice(*span)] for span in spans))
        # A word written small is often but a word of English.
        weight = 0.5 if name.isalpha() and name.islower() else math.log2(1 + len(name.split()))
        yield _candidate(Evidence.LATIN, ("", name, ""), spans, len(spans) * weight)


def _commonest(spellings: Mapping[str, int]) -> str:
    """Give the spelling that is used most, the first of equals."""
    return max(spellings, key=spellings.__getitem__)
