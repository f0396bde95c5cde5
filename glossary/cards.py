"""What a card says of a word: its concepts, the terms nested in it, and what the dictionary has."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from glossary import concordance, dictionary, lexicon, relations
from glossary.models import Concept, Language, Term
from zhtext.pinyin import read
from zhtext.script import Script, convert, simplify


@dataclass(frozen=True, slots=True)
class ConceptCard:
    """One concept as a card shows it; without its places in all texts where nobody counted them."""

    concept: Concept
    chinese: Term | None
    others: Sequence[Term]
    avoided: Sequence[Term]
    reading: str
    traditional: str
    related: Sequence[relations.Group] = ()
    found: Sequence[concordance.Occurrences] = ()
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """All that is known of a word."""

    word: str
    reading: str
    traditional: str
    concepts: Sequence[ConceptCard]
    nested: Sequence[ConceptCard]
    lookups: Sequence[dictionary.Lookup]


def card(word: str) -> Card:
    """Make the card of a word as it stands in a text, in any script. Raises ValueError for NUL and half surrogates."""
    current = lexicon.current()
    simplified = simplify(word)
    matches = current.find(word)
    whole = next((match for match in matches if (match.start, match.end) == (0, len(word))), None)
    concepts = current.concepts_of(whole.terms) if whole else []
    inside = [hit.term for hit in whole.nested] if whole else [term for match in matches for term in match.terms]
    nested = [concept for concept in current.concepts_of(inside) if concept not in concepts]
    terms = [current.terms[term] for term in whole.terms] if whole else []
    written = next((term for term in terms if term.text == simplified), None)
    return Card(
        word=word,
        reading=(written.reading if written else "") or spell(simplified),
        traditional=written.form(Script.HANT_TW) if written else convert(simplified, Script.HANT_TW),
        concepts=[concept_card(concept) for concept in concepts],
        nested=[concept_card(concept) for concept in nested],
        lookups=dictionary.look_up(simplified),
    )


def concept_card(concept: Concept) -> ConceptCard:
    """Make the card of a concept, with its places in all texts."""
    found = concordance.occurrences(concept.pk)
    total = sum(len(occurrences.spans) for occurrences in found)
    return replace(next(uncounted([concept])), found=found, total=total)


def uncounted(concepts: Sequence[Concept]) -> Iterator[ConceptCard]:
    """Make the cards of many concepts at once, without looking through any text."""
    around = relations.around([concept.pk for concept in concepts])
    firsts = [first_chinese(concept) for concept in concepts]
    spelled = spellings(first.text if first else "" for first in firsts)
    for concept, chinese, spelling in zip(concepts, firsts, spelled, strict=True):
        terms = sorted(concept.terms.all(), key=lambda term: term.rank)
        shown = {chinese, next((term for term in terms if term.language == Language.ENGLISH), None)}
        yield ConceptCard(
            concept=concept,
            chinese=chinese,
            others=[term for term in terms if term not in shown and term.status in ("preferred", "admitted")],
            avoided=[term for term in terms if term not in shown and term.status in ("deprecated", "forbidden")],
            reading=(chinese.reading or spelling) if chinese else "",
            traditional=chinese.form(Script.HANT_TW) if chinese else "",
            related=around.get(concept.pk, ()),
        )


def first_chinese(concept: Concept) -> Term | None:
    """Give the Chinese term under which a concept is shown."""
    chinese = (term for term in concept.terms.all() if term.language == Language.CHINESE)
    return min(chinese, key=lambda term: term.rank, default=None)


def spell(text: str) -> str:
    """Write the reading of a text, its syllables parted by spaces; empty where it has no Han character."""
    return next(iter(spellings([text])))


def spellings(texts: Iterable[str]) -> list[str]:
    """Write the readings of many lines at once: they are read a hundred times faster than one by one."""
    lines = list(texts)
    readings = iter(read("\n".join(lines) + "\n"))
    spelled = (itertools.islice(readings, len(line) + 1) for line in lines)
    return [" ".join(syllable for syllable in syllables if syllable) for syllables in spelled]
