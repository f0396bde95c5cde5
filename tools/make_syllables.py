"""Make ``zhtext/data/syllables.tsv.gz``: what pypinyin knows and the engine needs, ready to be read in a moment.

python -m tools.make_syllables

Importing pypinyin takes a third of a second and fifty megabytes. Of its 47,000 phrases only those matter that correct
the reading of a character which the polyphone model leaves alone, and those that a longer phrase would hide.
"""

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from zhtext import polyphones
from zhtext.characters import is_han
from zhtext.pinyin import CITATION, SYLLABLES


def content() -> bytes:
    """Give the file's bytes: a row for each syllable with its characters, an empty line, a row for each phrase.

    A phrase has, behind tabs, the offset and the syllable of each correction; one without any only hides others.
    """
    characters = _characters()
    by_syllable: dict[str, list[str]] = defaultdict(list)
    for character, syllable in characters.items():
        by_syllable[syllable].append(character)
    rows = [f"{syllable}\t{''.join(sorted(found))}" for syllable, found in sorted(by_syllable.items())]
    corrections = {phrase: found for phrase in PHRASES_DICT if (found := list(_corrections(phrase, characters)))}
    rows.append("")
    rows += ["\t".join([phrase, *corrections.get(phrase, ())]) for phrase in sorted(_needed(corrections))]
    # Without a time in its head the same data gives the same file.
    return gzip.compress("\n".join(rows).encode(), 9, mtime=0)


def _characters() -> dict[str, str]:
    alone = ((chr(code_point), readings.split(",")[0]) for code_point, readings in PINYIN_DICT.items())
    return {character: reading for character, reading in alone if is_han(character)} | CITATION


def _corrections(phrase: str, characters: dict[str, str]) -> Iterator[str]:
    """Yield the syllables of a phrase which differ from those its characters have alone: offset and syllable."""
    readings = [readings[0] for readings in PHRASES_DICT[phrase]]
    if len(readings) != len(phrase):
        return
    for offset, (character, syllable) in enumerate(zip(phrase, readings, strict=True)):
        settled = character in CITATION or polyphones.load().covers(character)
        if not settled and syllable != characters.get(character):
            yield f"{offset}{syllable}"


def _needed(corrections: Iterable[str]) -> set[str]:
    """Give the phrases that correct, and those that hold one or end as one begins, and so hide it."""
    wanted = set(corrections)
    begins = {phrase[:size] for phrase in wanted for size in range(1, len(phrase) + 1)}
    return wanted | {phrase for phrase in PHRASES_DICT if _hides(phrase, wanted, begins)}


def _hides(phrase: str, wanted: set[str], begins: set[str]) -> bool:
    size = len(phrase)
    if any(phrase[start:] in begins for start in range(1, size)):
        return True
    return any(phrase[start:end] in wanted for start in range(size) for end in range(start + 2, size + 1))


if __name__ == "__main__":
    SYLLABLES.write_bytes(content())
    print(f"{SYLLABLES.name}: {SYLLABLES.stat().st_size:,} bytes")
