"""Where concepts occur: all the places in all public texts, found when asked and kept until something changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from glossary import corpus, lexicon
from glossary.corpus import Text
from glossary.latest import Latest
from zhtext.matcher import Match
from zhtext.spans import Span

CONTEXT = 18


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The places of one concept in one text, in text order."""

    text: Text
    spans: tuple[Span, ...]

    @property
    def first(self) -> str:
        """Give the address of the first place."""
        return self.text.place(self.spans[0].start)

    def written(self) -> list[str]:
        """Give the words that stand at each place."""
        return [self.text.text[start:end] for start, end in self.spans]


class Line(NamedTuple):
    """One line of a concordance: what stands before, the term as written, what stands after, and where that is."""

    before: str
    keyword: str
    after: str
    url: str


Index = dict[int, list[Occurrences]]


def occurrences(concept_id: int) -> list[Occurrences]:
    """Give the texts in which a concept occurs, with its places in each."""
    return index().get(concept_id, [])


def index() -> Index:
    """Give, for every concept, where it occurs; two small queries while nothing has changed."""
    return _latest.get()


def _find(current: lexicon.Lexicon) -> Index:
    found: Index = {}
    for text in corpus.texts():
        matches = text.choices.apply(current.find(text.text), text.text, current.concept_of)
        for concept_id, places in spans(current, matches).items():
            found.setdefault(concept_id, []).append(Occurrences(text, tuple(sorted(places))))
    return found


_latest = Latest(_find)
forget = _latest.forget


def spans(current: lexicon.Lexicon, matches: Sequence[Match]) -> dict[int, set[Span]]:
    """Give the places of every concept that terms of a text designate, those nested in others as well."""
    found: dict[int, set[Span]] = {}
    for match in matches:
        for term in match.terms:
            found.setdefault(current.terms[term].concept_id, set()).add(Span(match.start, match.end))
        for hit in match.nested:
            found.setdefault(current.terms[hit.term].concept_id, set()).add(Span(hit.start, hit.end))
    return found


def lines(found: Occurrences, most: int = 20) -> list[Line]:
    """Show the places of a concept in one text with their surroundings, within their paragraphs."""
    return [_line(found.text, span) for span in found.spans[:most]]


def _line(text: Text, span: Span) -> Line:
    before = text.text[max(0, span.start - CONTEXT) : span.start].rpartition("\n")[2]
    after = text.text[span.end : span.end + CONTEXT].partition("\n")[0]
    return Line(before, text.text[span.start : span.end], after, text.place(span.start))
