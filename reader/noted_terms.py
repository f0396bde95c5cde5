"""Which terms of the glossary stand in the passages that a reader has noted."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from glossary import concordance, lexicon

# So many passages are remembered with the concepts they touch.
MOST_KEPT = 20_000
Words = tuple[str, str, str]
Known = dict[Words, frozenset[int]]


class Passage(NamedTuple):
    """Where a note stands, by its words and those around them."""

    pk: int
    prefix: str
    quote: str
    suffix: str

    @property
    def words(self) -> Words:
        """Give the words alone."""
        return self.prefix, self.quote, self.suffix


def concepts_noted(passages: Sequence[Passage], current: lexicon.Lexicon) -> dict[int, frozenset[int]]:
    """Give for each note the concepts whose terms its passage touches, seen with the words around it.

    What was found is kept while the glossary stays as it is: looking for its terms is most of what the page costs.
    """
    known = _known(current)
    fresh = list({passage.words: passage for passage in passages if passage.words not in known}.values())
    if len(known) + len(fresh) > MOST_KEPT:
        known.clear()
    known.update(zip((passage.words for passage in fresh), _look(fresh, current), strict=True))
    return {passage.pk: known[passage.words] for passage in passages}


# By passage, what was found with one lexicon: the last that was asked.
_kept: list[tuple[lexicon.Lexicon, Known]] = []


def _known(current: lexicon.Lexicon) -> Known:
    kept = next((known for of, known in _kept if of is current), None)
    if kept is None:
        kept = {}
        _kept[:] = [(current, kept)]
    return kept


def _look(passages: Sequence[Passage], current: lexicon.Lexicon) -> Iterator[frozenset[int]]:
    """Yield for each passage the concepts it touches.

    All go through the matcher as one text; no term reaches over the end of a line.
    """
    places = concordance.spans(current, current.find("\n".join("".join(passage.words) for passage in passages)))
    touched = sorted((span, concept) for concept, spans in places.items() for span in spans)
    start, index = 0, 0
    for passage in passages:
        begin = start + len(passage.prefix)
        end = begin + len(passage.quote)
        start = end + len(passage.suffix) + 1
        found = set()
        while index < len(touched) and touched[index][0].start < start:
            span, concept = touched[index]
            if span.start < end and span.end > begin:
                found.add(concept)
            index += 1
        yield frozenset(found)
