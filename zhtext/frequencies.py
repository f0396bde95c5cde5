"""How often words are used: what a segmenter weighs words by and what tells an easy text from a hard one.

The list is that of jieba (MIT licence, see ``data/NOTICE.md``), cut down to words that a dictionary has. What it
counts wrongly for texts such as ours, and words that the dictionary lacks, stand in ``data/corrections.tsv``.
"""

import gzip
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
FREQUENCIES, CORRECTIONS = DATA / "frequencies.tsv.gz", DATA / "corrections.tsv"
# A count for words which the list lacks: rare, but better than single characters.
RARE = 3
# From this length on, characters that could be a word of the dictionary hardly ever are two by chance: 意识到, 负责任
# are words, but 中的, 都会 and 是的 more often are not.
LONG_WORD = 3


@cache
def frequencies() -> dict[str, int]:
    """Give the number of times each word was counted; words that are not in it are rare or unknown."""
    packed = FREQUENCIES.read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(packed).decode("utf8").splitlines())
    return {word: int(counted) for word, counted in rows} | corrections()


@cache
def corrections() -> dict[str, int]:
    """Give the words whose count was corrected by hand, each with the reason beside it in the file."""
    return {row[0].replace("|", ""): int(row[1]) for row in _corrected()}


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Give the corrections that are words only to be counted, 很|多: each with the words it is shown as."""
    parts = (row[0].split("|") for row in _corrected())
    return {"".join(words): tuple(words) for words in parts if len(words) > 1}


def _corrected() -> list[list[str]]:
    rows = (line.split("\t") for line in CORRECTIONS.read_text("utf8").splitlines())
    return [row for row in rows if not row[0].startswith("#")]


@cache
def total() -> int:
    """Give the number of words that were counted in all."""
    return sum(frequencies().values())


def count(word: str) -> int:
    """Give how often a word is taken to occur: as counted, else a long word as often as its parts by chance."""
    known = frequencies().get(word)
    if known is not None:
        return known
    # A little more than by chance, so that it goes before its parts.
    return max(RARE, math.ceil(_by_chance(word) * 1.01)) if len(word) >= LONG_WORD else RARE


def likelihood(counts: Iterable[int]) -> float:
    """Give the logarithm of how likely words are to follow each other, were each drawn by itself."""
    return sum(math.log(number / total()) for number in counts)


def _by_chance(word: str) -> float:
    """Give how often the likeliest row of counted words that makes up a word is to be expected."""
    known, all_words = frequencies(), total()
    best = [float(all_words)]
    for end in range(1, len(word) + 1):
        # A character that is not even in the list is as rare as can be.
        ways = [best[-1] / all_words]
        ways += [best[start] * known.get(word[start:end], 0) / all_words for start in range(end)]
        best.append(max(ways))
    return best[-1]
