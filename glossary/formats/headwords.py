"""What formats of one word a line have in common: TSV, CC-CEDICT, Pleco. Lines with one English name are one concept.

They hold no keys: the key is made of the first English name, as in the least CSV file, so that what went out comes back
to the same concept. What they cannot hold (definitions, statuses, subjects) stays as it is in the glossary.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from glossary.formats.csv import slug
from glossary.formats.rows import BadFileError, ConceptRow, TermRow, each_once
from glossary.models import Concept, Term
from zhtext.characters import count_han, is_han
from zhtext.pinyin import plain_letters, read, read_out
from zhtext.script import Script, convert
from zhtext.tones import Tones

LONGEST_KEY = Concept._meta.get_field("key").max_length or 0
LONGEST_TERM = Term._meta.get_field("text").max_length or 0
# What dictionaries say beside glosses.
NO_GLOSS = ("CL:", "variant of", "old variant of", "see ", "also written", "abbr. for")
SHOWN = ("preferred", "admitted")


@dataclass(frozen=True, slots=True)
class Headword:
    """One line: a word in simplified characters, perhaps in traditional ones and with its reading, and its glosses."""

    line: int
    simplified: str
    glosses: tuple[str, ...]
    traditional: str = ""
    reading: str = ""


def gather(words: Iterable[Headword]) -> list[ConceptRow]:
    """Make one concept of all words with the same first gloss.

    Raises BadFileError with all lines that say too little.
    """
    rows: dict[str, ConceptRow] = {}
    problems = []
    for word in words:
        glosses = [gloss for gloss in word.glosses if not gloss.startswith(NO_GLOSS)] or list(word.glosses)
        key = key_of(glosses[0]) or key_of(plain_letters(word.reading)) if glosses else ""
        if not word.simplified or not key:
            problems.append(f"Line {word.line}: it needs a word and an English name for it.")
            continue
        before = rows.get(key)
        terms = [*(before.terms if before else ()), *_terms(word, glosses, first=before is None)]
        rows[key] = ConceptRow(before.line if before else word.line, key, tuple(each_once(terms)), partial=True)
    if problems:
        raise BadFileError(problems)
    return list(rows.values())


def key_of(gloss: str) -> str:
    """Make a key from an English name; of a long one its beginning and a fingerprint."""
    key = slug(gloss)
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 9].strip('-')}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def _terms(word: Headword, glosses: list[str], *, first: bool) -> Iterator[TermRow]:
    status = "preferred" if first else "admitted"
    language = "zh" if count_han(word.simplified) else "en"
    has_own = language == "zh" and word.traditional != convert(word.simplified, Script.HANT)
    own = word.traditional if has_own else ""
    yield TermRow(language, word.simplified[:LONGEST_TERM], status, reading=word.reading or None, hant=own or None)
    for number, gloss in enumerate(glosses):
        preferred = first and not number and language == "zh"
        yield TermRow("en", gloss[:LONGEST_TERM].strip(), "preferred" if preferred else "admitted")


def headwords(rows: Iterable[ConceptRow]) -> Iterator[Headword]:
    """Give the words of concepts that readers are taught, each with its traditional form, reading and glosses."""
    for row in rows:
        glosses = tuple(term.text for term in taught(row, "en"))
        for term in taught(row, "zh") if glosses else ():
            yield Headword(row.line, term.text, glosses, traditional_form(term), full_reading(term))


def taught(row: ConceptRow, language: str) -> list[TermRow]:
    """Give the terms of a concept that readers are taught in a language, the preferred one first."""
    shown = [term for term in row.terms if term.language == language and term.status in SHOWN]
    return sorted(shown, key=lambda term: term.status != "preferred")


def traditional_form(term: TermRow) -> str:
    """Give a Chinese term in traditional characters: its own form, or the plain conversion."""
    return term.hant or convert(term.text, Script.HANT)


def full_reading(term: TermRow) -> str:
    """Give the reading of a Chinese term: its own, or what the engine reads."""
    return term.reading or " ".join(filter(None, read(term.text)))


def spelled(term: TermRow) -> str:
    """Give the reading of a Chinese term with letters as they are.

    >>> spelled(TermRow("zh", "AI对齐"))
    'AI duì qí'
    """
    return read_out(term.text, full_reading(term).split())


def numbered(word: Headword) -> list[str]:
    """Give what is said for each character of a word: pin1 yin1, and letters as they are."""
    syllables = iter(word.reading.split())
    return [
        Tones.NUMBERS.write(next(syllables, "")) if is_han(character) else character
        for character in "".join(word.simplified.split())
    ]


def without_spaces(word: Headword) -> Headword:
    """Give a word as formats have it in which a space ends the word."""
    return replace(word, simplified="".join(word.simplified.split()), traditional="".join(word.traditional.split()))
