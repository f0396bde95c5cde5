"""Lay terms, words, readings and scripts over a text: everything a page shows, none of it stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from glossary.lexicon import Lexicon
from glossary.models import Term
from zhtext.characters import HAN_RUN
from zhtext.matcher import Match
from zhtext.pinyin import FixedReading, read
from zhtext.script import Script, simplify
from zhtext.segment import Kind, Token
from zhtext.typography import widen
from zhtext.wordwise import convert_words


@dataclass(frozen=True)
class Layers:
    """A text with its tokens, the terms found in it, and the reading of every character."""

    text: str
    source: Script
    tokens: Sequence[Token]
    matches: Sequence[Match]
    readings: Sequence[str | None]
    terms: Mapping[int, Term]

    @cached_property
    def matches_by_start(self) -> dict[int, Match]:
        """Give the match that begins at a code point; a match is always exactly one token."""
        return {match.start: match for match in self.matches}

    def shown(self, script: Script) -> list[str]:
        """Give every token as it is written in a script: a term's own form first, else as its line and word have it."""
        converted = convert_words(self.text, self.tokens, script, self.source)
        own = {match.start: self._own_form(match, script) for match in self.matches}
        return [own.get(token.start) or converted[token.start : token.end] for token in self.tokens]

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
        match = self.matches_by_start.get(token.start)
        return self._own_form(match, script) if match else ""

    def _own_form(self, match: Match, script: Script) -> str:
        if script is self.source or not script.is_traditional:
            return ""
        written = self.text[match.start : match.end]
        forms = (self.terms[term].own_form(script) for term in match.terms if self.terms[term].text == written)
        return next(filter(None, forms), "")

    def runs(self, token: Token) -> list[list[str]]:
        """Give the syllables of a token, a list for each run of Han characters in it."""
        text = self.text[token.start : token.end]
        return [
            [syllable or "" for syllable in self.readings[token.start + run.start() : token.start + run.end()]]
            for run in HAN_RUN.finditer(text)
        ]


def runs_of(form: str) -> list[list[str]]:
    """Read a form that stands by itself, a list of syllables for each run of Han characters."""
    readings = read(simplify(form))
    return [[syllable or "" for syllable in readings[run.start() : run.end()]] for run in HAN_RUN.finditer(form)]


def lay(text: str, lexicon: Lexicon, source: Script = Script.HANS) -> Layers:
    """Find the terms of a text, cut it into tokens, and read it; ``source`` is the script it is written in.

    Raises ValueError for a text that holds NUL or lone surrogates.
    """
    simplified = simplify(text)
    matches = lexicon.find(text, simplified)
    tokens = lexicon.words.segmenter.segment(text, simplified, matches)
    fixed = (*_word_readings(simplified, tokens, lexicon), *_term_readings(simplified, matches, lexicon.terms))
    return Layers(text, source, tokens, matches, read(simplified, fixed), lexicon.terms)


def _word_readings(simplified: str, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[FixedReading]:
    """Give the readings that the dictionary or a reviewer knows for certain."""
    known = lexicon.words.readings
    for token in tokens:
        syllables = known.get(simplified[token.start : token.end])
        if syllables:
            yield FixedReading(token.start, syllables)


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
