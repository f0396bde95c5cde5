"""What the reader must know of the glossary and the dictionary, held in memory at one revision.

``current()`` costs one small query; it builds anew only when the revision has moved on. The dictionary's words, of
which there are a hundred thousand and which seldom change, are kept apart from the few terms that editors change.
"""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from glossary import edition
from glossary.models import Concept, DictionaryLoad, Entry, Term
from zhtext.characters import HAN_RUN
from zhtext.frequencies import corrections, frequencies
from zhtext.matcher import Match, Matcher, Pattern
from zhtext.pinyin import CITATION
from zhtext.reviewed import reviewed_readings
from zhtext.segment import Segmenter


@dataclass(frozen=True)
class Words:
    """The dictionary's headwords, each with its number of senses, and the segmenter made of them.

    ``readings`` are those of words that have but one, with a neutral tone in it (时候 shí hou), and the reviewed ones:
    phrase tables and models write the full tone there.
    """

    load_id: int
    senses: dict[str, int]
    readings: dict[str, tuple[str, ...]]

    @cached_property
    def segmenter(self) -> Segmenter:
        """Cut text into these words; without a dictionary, into the words of the frequency list."""
        known = frequencies()
        words = {*self.senses, *corrections()} if self.senses else known
        return Segmenter((word, known.get(word, 0)) for word in words)


@dataclass(frozen=True)
class Lexicon:
    """The published concepts and their terms at one revision, ready to be found in texts."""

    edition: int
    words: Words
    terms: dict[int, Term]
    concepts: dict[int, Concept]

    @cached_property
    def matcher(self) -> Matcher:
        """Find all marked terms, in every form an editor wrote down."""
        segmenter = self.words.segmenter
        return Matcher(self._patterns(), segmenter.cut, segmenter.is_word)

    def _patterns(self) -> list[Pattern]:
        patterns = []
        for term in self.terms.values():
            for surface in {term.text, term.hant, term.hant_tw, term.hant_hk} - {""}:
                patterns.append(Pattern(term.pk, surface, term.forced))
        return patterns

    def concepts_of(self, terms: Sequence[int]) -> list[Concept]:
        """Give the concepts that terms designate, each once: those that prefer the term come first."""
        ranked = sorted((self.terms[term] for term in terms), key=lambda term: term.rank)
        return list({term.concept_id: self.concepts[term.concept_id] for term in ranked}.values())

    def find(self, text: str) -> list[Match]:
        """Find the terms of a text."""
        return self.matcher.find(text)


_lock = threading.Lock()
# The one lexicon this process holds; empty before the first is built.
_kept: list[Lexicon] = []


def current(number: int | None = None) -> Lexicon:
    """Give the lexicon of the glossary's current revision, whose number the caller may have at hand already."""
    number = edition.current() if number is None else number
    kept = next(iter(_kept), None)
    if kept is not None and kept.edition == number:
        return kept
    with _lock:
        kept = next(iter(_kept), None)
        if kept is None or kept.edition != number:
            kept = _build(number, kept)
            _kept[:] = [kept]
    return kept


def forget() -> None:
    """Forget what is held; tests begin so."""
    _kept.clear()


def _build(number: int, last: Lexicon | None) -> Lexicon:
    load_id = DictionaryLoad.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    words = last.words if last and last.words.load_id == load_id else _words(load_id)
    terms = {term.pk: term for term in Term.objects.matchable().order_by("pk")}
    concepts = Concept.objects.published().select_related("subject").prefetch_related("terms", "sources")
    return Lexicon(number, words, terms, {concept.pk: concept for concept in concepts})


def _words(load_id: int) -> Words:
    """Read the dictionary's headwords; plain columns, for decoding a hundred thousand lists takes a second."""
    counts: Counter[str] = Counter()
    neutral: dict[str, set[str]] = {}
    for word, reading, senses in Entry.objects.order_by().values_list("simplified", "reading", "sense_count"):
        counts[word] += senses
        if not reading[:1].isupper():
            neutral.setdefault(word, set()).add(reading)
    single = {word: tuple(readings.pop().split()) for word, readings in neutral.items() if len(readings) == 1}
    kept = {word: syllables for word, syllables in single.items() if _has_neutral_tone(word, syllables)}
    return Words(load_id, dict(counts), kept | reviewed_readings())


def _has_neutral_tone(word: str, syllables: Sequence[str]) -> bool:
    """Tell whether a syllable carries no tone mark; words with 一 or 不 are left to the policy of citation tones."""
    if not any(syllable.isascii() and syllable.isalpha() for syllable in syllables):
        return False
    return len(syllables) == len(word) > 1 and HAN_RUN.fullmatch(word) is not None and CITATION.keys().isdisjoint(word)
