"""The terms of a text or a chapter: which concepts occur, where, in what words, in what order they are listed."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from glossary import concordance
from glossary.browse import sorted_by
from glossary.cards import first_chinese, spellings
from glossary.models import Concept, Term
from reader.pages import Laid
from zhtext.pinyin import plain_letters
from zhtext.script import Script, convert, simplify
from zhtext.spans import Span


class Part(NamedTuple):
    """A chapter with what is laid over it, the address of its page, and where it begins in the whole text."""

    laid: Laid
    url: str
    start: int


@dataclass(frozen=True, slots=True)
class Occurring:
    """A concept that occurs in a text: its places in the whole text, those in other terms included, and its words."""

    concept: Concept
    spans: list[Span]
    words: list[str]


def occurring(parts: Sequence[Part]) -> list[Occurring]:
    """Give the concepts that occur in chapters, in the order of their first mention."""
    found: dict[int, Occurring] = {}
    for (layers, lexicon, _body), _url, base in parts:
        for pk, spans in concordance.spans(lexicon, layers.matches).items():
            one = found.setdefault(pk, Occurring(lexicon.concepts[pk], [], []))
            one.spans.extend(Span(start + base, end + base) for start, end in sorted(spans))
            one.words.extend(layers.text[start:end] for start, end in sorted(spans))
    return sorted(found.values(), key=lambda one: (one.spans[0].start, -one.spans[0].end, one.concept.key))


@dataclass(frozen=True, slots=True)
class Place:
    """The occurrences of a concept in one block: the block's address, its number, the first of them, how many."""

    url: str
    block: int
    first: int
    times: int


@dataclass(frozen=True, slots=True)
class Row:
    """One concept in the list of a text's terms; ``forms`` are the other words that the text has for it."""

    concept: Concept
    shown: str
    reading: str
    forms: tuple[str, ...]
    count: int
    places: tuple[Place, ...]
    mentioned: int
    spelled: str


class Order(TextChoices):
    """The orders in which the terms of a text can be listed."""

    PINYIN = "pinyin", _("Pinyin")
    MENTION = "mention", _("First mention")
    FREQUENCY = "frequency", _("Frequency")

    def sort(self, rows: Iterable[Row]) -> list[Row]:
        """Put rows into this order."""
        return sorted(rows, key=KEYS[self])


KEYS: Mapping[Order, Callable[[Row], tuple[object, ...]]] = {
    Order.PINYIN: lambda row: (not row.spelled[:1].isalpha(), row.spelled, row.mentioned),
    Order.MENTION: lambda row: (row.mentioned,),
    Order.FREQUENCY: lambda row: (-row.count, row.mentioned),
}


def rows(parts: Sequence[Part], script: Script) -> Iterator[Row]:
    """Make the list of the terms of chapters as a script shows them, in the order of their first mention."""
    found = occurring(parts)
    blocks = [(block.start + part.start, block.number, part.url) for part in parts for block in part.laid.body.blocks]
    firsts = [first_chinese(one.concept) for one in found]
    own = [first.own_form(script) if first else "" for first in firsts]
    lines = [simplify(form) or (first.text if first else "") for form, first in zip(own, firsts, strict=True)]
    for at, (one, first, spelled) in enumerate(zip(found, firsts, spellings(lines), strict=True)):
        reading = (first.reading if first and not own[at] else "") or spelled
        yield Row(
            concept=one.concept,
            shown=first.form(script) if first else one.concept.gloss,
            reading=reading,
            forms=_forms(one, first, script, parts[0].laid.layers.source),
            count=len(one.spans),
            places=tuple(_places(one.spans, blocks)),
            mentioned=at,
            spelled=sorted_by(first.text if first else one.concept.gloss, plain_letters(reading)),
        )


def _forms(one: Occurring, first: Term | None, script: Script, source: Script) -> tuple[str, ...]:
    """Give the other words a text has for a concept, each once, in text order."""
    listed = first.text if first else one.concept.gloss
    return tuple(convert(form, script, source) for form in dict.fromkeys(one.words) if simplify(form) != listed)


def _places(spans: Sequence[Span], blocks: Sequence[tuple[int, int, str]]) -> Iterator[Place]:
    """Gather places by the blocks they stand in."""
    counts = Counter(bisect_right(blocks, span.start, key=itemgetter(0)) - 1 for span in spans)
    first = 0
    for at, times in counts.items():
        _start, number, url = blocks[at]
        yield Place(f"{url}#b{number}", number, first, times)
        first += times
