"""What the polyphone model learns from: marked sentences, and for characters that these show seldom, words and guesses.

A lesson from a dictionary word shows the word alone: what stands around it is unknown, and its own hints are hidden,
lest the model learn that the dictionary agrees with itself.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from tools.polyphone_sources import Example, Reviewed, Word
from tools.polyphone_teacher import Odds, Place, Teacher

# A character with fewer marked examples is taught by words and by the teacher too.
THIN = 100
WORDS_EACH, GUESSES_EACH = 500, 1000
LONGEST_WORD, LONGEST_UNREAD = 6, 5
# What a reviewed example counts, a word, and a guess of the teacher in a sentence.
REVIEWED_WEIGHT, WORD_WEIGHT, GUESS_WEIGHT = 3.0, 1.0, 0.5

Ask = Callable[[Sequence[Place]], dict[Place, Odds]]


class Lesson(NamedTuple):
    """A polyphone in a text, the odds of its readings, and what it counts.

    ``alone``: the text is a word by itself. ``guessed``: the odds are the teacher's.
    """

    text: str
    offset: int
    odds: Odds
    weight: float = 1.0
    alone: bool = False
    guessed: bool = False


def from_marked(marked: Iterable[Example], written: Iterable[Example]) -> list[Lesson]:
    """Return the lessons of the marked sentences, and of the examples that were written by hand."""
    certain = [Lesson(text, offset, {reading: 1.0}) for text, offset, reading in marked]
    return certain + [Lesson(text, offset, {reading: 1.0}, REVIEWED_WEIGHT) for text, offset, reading in written]


def teach(
    teacher: Teacher,
    marked: Sequence[Example],
    reviewed: Reviewed,
    sources: Sequence[dict[str, Word]],
    unread: Iterable[str],
) -> list[Lesson]:
    """Return the lessons on the characters that the marked examples show seldom."""
    thin = thin_characters(marked, reviewed, sources)
    return from_words(sources, unread, thin, teacher.ask_words) + from_sentences(marked, thin, teacher.ask)


def thin_characters(marked: Sequence[Example], reviewed: Reviewed, sources: Sequence[dict[str, Word]]) -> set[str]:
    """Return the characters that the marked examples show seldom, for dictionary and teacher to add to.

    Left out are those with reviewed examples, and those that have a neutral tone in any word or example: the teacher
    gives 过 and 子 full tones.
    """
    counts = Counter(text[offset] for text, offset, _ in marked)
    settled = {text[offset] for text, offset, _ in reviewed.examples}
    settled |= {text[offset] for text, offset, reading in marked if reading.endswith("5")}
    read = (
        zip(word.text, reading, strict=True)
        for source in sources
        for word in source.values()
        for reading in word.readings
    )
    settled |= {character for pairs in read for character, reading in pairs if reading.endswith("5")}
    return {character for character, count in counts.items() if count < THIN} - settled


def from_words(sources: Sequence[dict[str, Word]], unread: Iterable[str], thin: set[str], ask: Ask) -> list[Lesson]:
    """Return the lessons of words: as the first dictionary reads them, the unread ones as the teacher does."""
    read = {word: source[word].readings for source in reversed(sources) for word in source}
    words = sorted(
        {word for word in read if 1 < len(word) <= LONGEST_WORD}
        | {word for word in unread if 1 < len(word) <= LONGEST_UNREAD}
    )
    places = _sample([(word, offset) for word in words for offset in _of(word, thin)], WORDS_EACH)
    known = [
        Lesson(word, offset, {reading: 1.0}, WORD_WEIGHT, True)
        for word, offset in places
        for reading in _certain(read.get(word, ()), offset)
    ]
    guesses = ask([place for place in places if place[0] not in read])
    return known + [Lesson(*place, odds, WORD_WEIGHT, True, True) for place, odds in guesses.items()]


def from_sentences(marked: Iterable[Example], thin: set[str], ask: Ask) -> list[Lesson]:
    """Return what the teacher says of the thin characters that stand unmarked in the marked sentences."""
    marks = {(text, offset) for text, offset, _ in marked}
    texts = sorted({text for text, _ in marks})
    places = [(text, offset) for text in texts for offset in _of(text, thin) if (text, offset) not in marks]
    return [
        Lesson(*place, odds, GUESS_WEIGHT, False, True) for place, odds in ask(_sample(places, GUESSES_EACH)).items()
    ]


def taught(lessons: Iterable[Lesson]) -> list[tuple[str, str]]:
    """Return each character with each reading that guesses give it, all odds together, at least once."""
    totals: defaultdict[tuple[str, str], float] = defaultdict(float)
    for lesson in lessons:
        for reading, share in lesson.odds.items():
            totals[lesson.text[lesson.offset], reading] += share
    return sorted(pair for pair, total in totals.items() if total >= 1)


def _of(text: str, characters: set[str]) -> Iterator[int]:
    return (offset for offset, character in enumerate(text) if character in characters)


def _certain(readings: Iterable[tuple[str, ...]], offset: int) -> set[str]:
    """Return the one full-toned reading that a word gives a character, if it is one."""
    found = {reading[offset] for reading in readings}
    return found if len(found) == 1 and not any(reading.endswith("5") for reading in found) else set()


def _sample(places: Iterable[Place], most: int) -> list[Place]:
    """Return at most so many places of each character, the same every time."""
    by_character: defaultdict[str, list[Place]] = defaultdict(list)
    for text, offset in places:
        by_character[text[offset]].append((text, offset))
    chosen = random.Random(2)  # noqa: S311 - a sample, no secret
    for found in by_character.values():
        chosen.shuffle(found)
    return sorted(place for found in by_character.values() for place in found[:most])
