"""Lay terms, words, readings and scripts over a text: everything a page shows, none of it stored."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from glossary.lexicon import Lexicon
from glossary.models import Term
from zhtext import erhua
from zhtext.characters import HAN_RUN
from zhtext.doubled import doubles
from zhtext.fold import squeeze
from zhtext.matcher import Match
from zhtext.names import find_names
from zhtext.pinyin import FixedReading, fix, read
from zhtext.regional import Form, Regional, lay_over
from zhtext.script import Script, simplify
from zhtext.segment import Kind, Token
from zhtext.spans import longest_leftmost
from zhtext.typography import widen
from zhtext.wordwise import convert_words

Chosen = Callable[[Sequence[Match]], Sequence[Match]]


@dataclass(frozen=True)
class Layers:
    """A text with its tokens, the terms found in it, and the reading of every character."""

    text: str
    source: Script
    tokens: Sequence[Token]
    matches: Sequence[Match]
    readings: Sequence[str | None]
    terms: Mapping[int, Term]
    regional: Callable[[Script, Script], Regional]

    @cached_property
    def matches_by_start(self) -> dict[int, Match]:
        """Give the match that begins at a code point; a match is always exactly one token."""
        return {match.start: match for match in self.matches}

    def shown(self, script: Script) -> list[str]:
        """Give every token as it is written in a script: a term's own form first, else as its line and word have it."""
        return self._scripts[script][0]

    @cached_property
    def _scripts(self) -> "_Scripts":
        return _Scripts(self)

    def set_in_print(self, script: Script) -> list[str]:
        """Give every token as it is written in a script, with the marks of print."""
        marks = widen(self.text)
        shown = self.shown(script)
        return [
            marks[token.start : token.end] if token.kind is Kind.OTHER else form
            for token, form in zip(self.tokens, shown, strict=True)
        ]

    def own_form(self, token: Token, script: Script) -> str:
        """Give the form that an editor wrote down for the term a token is, if there is one in this script."""
        return self.own(script).get(token.start, "")

    def own(self, script: Script) -> Mapping[int, str]:
        """Give the tokens that forms of editors are in, by where they begin, each as it is written."""
        return self._scripts[script][1]

    def own_forms(self, script: Script) -> list[Form]:
        """Give the spans that editors wrote down for a script: whole terms first, then words wherever they stand."""
        if script is self.source:
            return []
        own = [Form(match.start, match.end, self._own_form(match, script)) for match in self.matches]
        simplified = self.text if self.source is Script.HANS else simplify(self.text)
        words = self.regional(script, self.source).find(simplified, self.tokens, self.matches_by_start)
        # Of two forms of one span the first stays: that of the term.
        return longest_leftmost([*filter(attrgetter("text"), own), *words])

    def _own_form(self, match: Match, script: Script) -> str:
        """Give the own form of the term that stands here, in whatever spelling."""
        written = self.text[match.start : match.end]
        for term in map(self.terms.__getitem__, match.terms):
            form = term.own_form(script)
            if form and (term.text == written or squeeze(term.text).key == squeeze(written).key):
                return form
        return ""

    def runs(self, token: Token) -> list[list[str]]:
        """Give the syllables of a token, a list for each run of Han characters in it."""
        text = self.text[token.start : token.end]
        return [
            [syllable or "" for syllable in self.readings[token.start + run.start() : token.start + run.end()]]
            for run in HAN_RUN.finditer(text)
        ]


class _Scripts(dict[Script, tuple[list[str], dict[int, str]]]):
    """Per script what every token shows, and by its start each token that an own form is in; made when asked for."""

    def __init__(self, layers: Layers) -> None:
        super().__init__()
        self._layers = layers

    def __missing__(self, script: Script) -> tuple[list[str], dict[int, str]]:
        layers = self._layers
        converted = convert_words(layers.text, layers.tokens, script, layers.source)
        shown = [converted[start:end] for start, end, _kind in layers.tokens]
        forms = layers.own_forms(script)
        characters = list(converted)
        lay_over(characters, forms)
        starts = [token.start for token in layers.tokens]
        own: dict[int, str] = {}
        for form in forms:
            first, last = bisect_right(starts, form.start) - 1, bisect_left(starts, form.end)
            for index in range(first, last):
                start, end, _kind = layers.tokens[index]
                own[start] = shown[index] = "".join(characters[start:end])
        self[script] = shown, own
        return self[script]


def runs_of(form: str) -> list[list[str]]:
    """Read a form that stands by itself, a list of syllables for each run of Han characters."""
    return readings_of([form])[0]


def readings_of(forms: Sequence[str]) -> list[list[list[str]]]:
    """Read forms that stand by themselves, all at once: of each a list of syllables for each run of Han characters."""
    page = "\n".join(forms)
    readings = read(simplify(page))
    found, start = [], 0
    for form in forms:
        runs = HAN_RUN.finditer(page, start, start + len(form))
        found.append([[syllable or "" for syllable in readings[run.start() : run.end()]] for run in runs])
        start += len(form) + 1
    return found


def lay(
    text: str,
    lexicon: Lexicon,
    source: Script = Script.HANS,
    unfixed: Sequence[str | None] | None = None,
    chosen: Chosen | None = None,
) -> Layers:
    """Find the terms of a text, cut it into tokens, and read it; ``source`` is the script it is written in.

    ``unfixed`` are the readings without the terms', where the caller has them already; ``chosen`` takes the terms that
    are found and gives those that are meant. Raises ValueError for a text that holds NUL or lone surrogates.
    """
    simplified = simplify(text)
    matches: Sequence[Match] = lexicon.find(text, simplified)
    matches = chosen(matches) if chosen else matches
    tokens = lexicon.words.segmenter.segment(text, simplified, matches)
    fixed = (
        *erhua.suffixes(simplified, tokens),
        *doubles(simplified, tokens),
        *_surnames(simplified, tokens),
        *_word_readings(simplified, tokens, lexicon),
        *_readings_inside(simplified, matches, lexicon),
        *_term_readings(simplified, matches, lexicon.terms),
    )
    readings = fix(simplified, read(simplified) if unfixed is None else unfixed, fixed)
    return Layers(text, source, tokens, matches, readings, lexicon.terms, lexicon.regional)


def _surnames(simplified: str, tokens: Sequence[Token]) -> Iterator[FixedReading]:
    """Give the readings of surnames that are read in their own way: 任 Rén, 单 Shàn."""
    for name in find_names(simplified, tokens):
        if name.surname.reading:
            yield FixedReading(name.start, name.surname.reading.lower().split())


def _word_readings(simplified: str, tokens: Sequence[Token], lexicon: Lexicon) -> list[FixedReading]:
    """Give the readings that the dictionary or a reviewer knows for certain."""
    known = lexicon.words.readings
    return [
        FixedReading(start, known[word]) for start, end, _kind in tokens if (word := simplified[start:end]) in known
    ]


def _readings_inside(simplified: str, matches: Sequence[Match], lexicon: Lexicon) -> Iterator[FixedReading]:
    """Give the same readings for the words inside a term: 任务 is rèn wu in 编码任务, too."""
    known = lexicon.words.readings
    written = [simplified[match.start : match.end] for match in matches]
    terms = [text for text in dict.fromkeys(written) if HAN_RUN.fullmatch(text)]
    words = dict(zip(terms, lexicon.words.listed.cut(terms), strict=True))
    for match, text in zip(matches, written, strict=True):
        start = match.start
        for word in words.get(text, ()):
            if word in known:
                yield FixedReading(start, known[word])
            start += len(word)


def _term_readings(simplified: str, matches: Sequence[Match], terms: Mapping[int, Term]) -> Iterator[FixedReading]:
    """Give the readings that editors wrote: those of nested terms first, so that the outer term has the last word."""
    for match in matches:
        for hit in match.nested:
            yield from _term_reading(simplified[hit.start : hit.end], hit.start, terms[hit.term])
        for term in match.terms:
            yield from _term_reading(simplified[match.start : match.end], match.start, terms[term])


def _term_reading(written: str, start: int, term: Term) -> Iterator[FixedReading]:
    """Give a term's own reading where its own characters stand: another region's word is read in another way."""
    if term.reading and HAN_RUN.findall(written) == HAN_RUN.findall(term.text):
        yield FixedReading(start, term.reading.split())
