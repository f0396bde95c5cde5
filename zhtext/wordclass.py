"""What class of word a word is, as far as terms are made of some and not of others.

The table is that of jieba (MIT licence, see ``data/NOTICE.md``), cut down by ``tools/make_classes.py`` to what no noun
is; what it has wrongly for texts such as ours stands in ``data/classes.tsv``.
"""

import gzip
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "classes.tsv.gz"
CORRECTIONS = DATA.with_suffix("")
# Single characters that are more than a word of grammar: they make terms of words before or behind them.
PREFIXES = frozenset("大小超微多单双反预后前半子元零高低深浅强弱软硬伪非自全可")
SUFFIXES = frozenset("性化器率度力层型集库量式法论学机体值端图网链流树栈码者员师家数点线面域态类群组词表图元符")


class WordClass(StrEnum):
    """What a word can do in a term."""

    NOUN = "noun"
    VERB = "verb"
    # An adjective.
    QUALITY = "quality"
    # A noun or verb so general that a term neither begins nor ends with it.
    VAGUE = "vague"
    PREFIX = "prefix"
    SUFFIX = "suffix"
    FUNCTION = "function"


@cache
def _classes() -> dict[str, WordClass]:
    packed = gzip.decompress(DATA.read_bytes()).decode("utf8")
    return {word: name for table in (packed, CORRECTIONS.read_text("utf8")) for name, word in _rows(table)}


def _rows(table: str) -> Iterator[tuple[WordClass, str]]:
    for line in table.splitlines():
        if not line.startswith("#"):
            name, words = line.split("\t")
            yield from ((WordClass(name), word) for word in words.split())


def class_of(word: str) -> WordClass:
    """Tell the class of a simplified word; what no table has is a noun.

    >>> class_of("但是"), class_of("打开"), class_of("定律")
    (<WordClass.FUNCTION: 'function'>, <WordClass.VERB: 'verb'>, <WordClass.NOUN: 'noun'>)
    """
    if len(word) == 1:
        return WordClass.PREFIX if word in PREFIXES else WordClass.SUFFIX if word in SUFFIXES else WordClass.FUNCTION
    return _classes().get(word, WordClass.NOUN)
