"""Look words up, the longest headword first, and load the dictionary."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from glossary import cedict, edition
from glossary.models import DictionaryLoad, Entry

LONGEST_HEADWORD = 20
BATCH = 5_000
NAME = "CC-CEDICT"


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the dictionary says of one headword."""

    headword: str
    entries: list[Entry]


def look_up(word: str) -> list[Lookup]:
    """Look a word up: itself, then the headwords inside it, the longest first from where the last one ended.

    ``word`` may be simplified or traditional. A word the dictionary lacks is explained by its parts.
    """
    wanted = {word[i:j] for i in range(len(word)) for j in range(i + 1, min(i + LONGEST_HEADWORD, len(word)) + 1)}
    found = entries_of(wanted)
    whole = [Lookup(word, found[word])] if word in found else []
    return whole + [Lookup(part, found[part]) for part in _parts(word, found)]


def entries_of(words: Iterable[str]) -> dict[str, list[Entry]]:
    """Give the entries of many words at once, simplified headwords before traditional ones; one query."""
    wanted = set(words)
    entries = Entry.objects.filter(simplified__in=wanted) | Entry.objects.filter(traditional__in=wanted)
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for headword in {entry.simplified, entry.traditional} & wanted:
            found.setdefault(headword, []).append(entry)
    return {headword: sorted(rows, key=_plainness) for headword, rows in found.items()}


def _plainness(entry: Entry) -> tuple[bool, bool, int]:
    """Order entries of one headword: common words before surnames, names and mere variants."""
    senses = entry.senses or [""]
    return entry.reading[:1].isupper(), senses[0].startswith(("variant of", "old variant", "surname")), entry.pk


def _parts(word: str, found: dict[str, list[Entry]]) -> list[str]:
    parts: list[str] = []
    start = 0
    while start < len(word):
        ends = range(len(word), start, -1)
        part = next(
            (word[start:end] for end in ends if word[start:end] in found and word[start:end] != word), word[start]
        )
        if part in found and part != word and part not in parts:
            parts.append(part)
        start += len(part)
    return parts


def load(path: Path, *, progress: Callable[[int], None] = lambda done: None) -> DictionaryLoad:
    """Load a CC-CEDICT file in place of the dictionary there is, in one transaction.

    ``progress`` is told the number of entries written so far. Raises ValueError with the line number for a bad file,
    OSError where it cannot be read, having changed nothing.
    """
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    head = cedict.properties(line for line in lines[:60])
    entries = [
        Entry(
            simplified=entry.simplified,
            traditional=entry.traditional,
            reading=entry.reading,
            senses=entry.senses,
            sense_count=len(entry.senses),
        )
        for entry in cedict.parse(lines)
    ]
    if not entries:
        raise ValueError("The file holds no entries.")
    with transaction.atomic():
        Entry.objects.all().delete()
        for start in range(0, len(entries), BATCH):
            Entry.objects.bulk_create(entries[start : start + BATCH])
            progress(min(start + BATCH, len(entries)))
        edition.advance()
        return DictionaryLoad.objects.create(
            name=NAME, released=head.get("date", "")[:10], licence="CC BY-SA 4.0", entries=len(entries)
        )
