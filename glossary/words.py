"""The dictionary's words as the engine needs them: cut from the database once, then mapped from a file.

The file is named after everything that goes into it, so that a stale one can never be read; every process maps the
same. Where it cannot be written, each process makes its own.
"""

import hashlib
import json
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings

from glossary.models import DictionaryLoad, Entry
from zhtext.characters import HAN_RUN
from zhtext.frequencies import CORRECTIONS, FREQUENCIES, corrections, count, frequencies
from zhtext.pinyin import CITATION
from zhtext.reviewed import reviewed_readings
from zhtext.segment import Segmenter
from zhtext.wordlist import Word, WordList

log = logging.getLogger(__name__)

# Raise it whenever what is in the files changes.
VERSION = 1
# So many dictionaries' files are kept; older ones are deleted.
KEPT = 4


@dataclass(frozen=True)
class Words:
    """The dictionary's headwords, and the readings that are known for certain.

    ``readings`` are those of words that have but one, with a neutral tone in it (时候 shí hou), and the reviewed ones:
    phrase tables and models write the full tone there.
    """

    load_id: int
    listed: WordList
    readings: dict[str, tuple[str, ...]]

    @cached_property
    def segmenter(self) -> Segmenter:
        """Cut text into these words; without a dictionary, into the words of the frequency list."""
        return Segmenter(self.listed)

    def senses(self, words: Sequence[str]) -> list[int]:
        """Give the number of senses that the dictionary has for each word, written in simplified characters."""
        return self.listed.senses(words)


def words_of(last: Words | None = None) -> Words:
    """Give the words of the dictionary that is loaded; ``last`` are those held so far, kept if they still are it."""
    load = DictionaryLoad.objects.order_by("-pk").first()
    if last and last.load_id == (load.pk if load else 0):
        return last
    path = Path(settings.CACHE_DIR) / f"words-{_name(load)}.npy"
    try:
        return _read(load.pk if load else 0, path)
    except (OSError, ValueError):
        return _make(load.pk if load else 0, path)


def _name(load: DictionaryLoad | None) -> str:
    """Name the files of a dictionary after all that goes into them."""
    loaded = f"{load.pk} {load.name} {load.released} {load.loaded.isoformat()}" if load else "none"
    parts = [f"{VERSION} {loaded}".encode(), *(path.read_bytes() for path in (FREQUENCIES, CORRECTIONS))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:20]


def _read(load_id: int, path: Path) -> Words:
    """Read the files that were made before. Raises OSError or ValueError where there are none."""
    return _whole(load_id, WordList.load(path), json.loads(path.with_suffix(".json").read_bytes()))


def _make(load_id: int, path: Path) -> Words:
    """Make the words from the database, and the files for the next process."""
    listed, readings = WordList.build(_words()), _neutral_readings()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in sorted(path.parent.glob("words-*"), key=lambda file: file.stat().st_mtime)[: -2 * (KEPT - 1)]:
            old.unlink(missing_ok=True)
        path.with_suffix(".json").write_text(json.dumps(readings, ensure_ascii=False), encoding="utf8")
        listed.save(path)
    except OSError as error:
        log.warning("The words of the dictionary could not be kept in %s: %s", path.parent, error)
    return _whole(load_id, listed, readings)


def _whole(load_id: int, listed: WordList, readings: dict[str, str]) -> Words:
    neutral = {word: tuple(reading.split()) for word, reading in readings.items()}
    return Words(load_id, listed, neutral | reviewed_readings())


def _words() -> list[Word]:
    """List the words that texts are cut into: headwords and corrections, or the frequency list for want of them."""
    senses: Counter[str] = Counter()
    for word, number in Entry.objects.order_by().values_list("simplified", "sense_count").iterator(10_000):
        senses[word] += number
    known = frequencies()
    if not senses:
        return [Word(word, frequency) for word, frequency in known.items()]
    return [Word(word, known.get(word) or count(word), senses[word]) for word in {*senses, *corrections()}]


def _neutral_readings() -> dict[str, str]:
    """List the words that have one reading, with a neutral tone in it; names, written with a capital, do not count."""
    found: dict[str, set[str]] = {}
    rows = Entry.objects.order_by().values_list("simplified", "reading")
    for word, reading in rows.iterator(10_000):
        if not reading[:1].isupper():
            found.setdefault(word, set()).add(reading)
    single = {word: readings.pop() for word, readings in found.items() if len(readings) == 1}
    return {word: reading for word, reading in single.items() if _has_neutral_tone(word, reading.split())}


def _has_neutral_tone(word: str, syllables: Sequence[str]) -> bool:
    """Tell whether a syllable carries no tone mark; words with 一 or 不 are left to the policy of citation tones."""
    if not any(syllable.isascii() and syllable.isalpha() for syllable in syllables):
        return False
    return len(syllables) == len(word) > 1 and HAN_RUN.fullmatch(word) is not None and CITATION.keys().isdisjoint(word)
