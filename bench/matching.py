"""How well terms and words are found, beside the plain ways to find them.

python -m bench.matching TEXT…  (in the project's folder, with the database prepared)

Prints a table: of the terms in our own sets of sentences (bench/data) how many true ones are found and how many false
ones taken, beside a search for the bare characters, the words of jieba and ``\\b`` in a regular expression; and of
the words of the texts how many have an entry in the dictionary or are a term, beside jieba where it is installed.
"""

import importlib
import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from bench.ready import read_texts
from glossary import lexicon
from reader.layers import lay
from zhtext.characters import HAN_RUN
from zhtext.fold import fold
from zhtext.keys import Pattern
from zhtext.matcher import Matcher
from zhtext.script import simplify
from zhtext.segment import Segmenter

DATA = Path(__file__).parent / "data"


class Row(NamedTuple):
    """A term, a sentence, and what of it is the term."""

    term: str
    sentence: str
    quotes: list[str]


def rows(name: str) -> list[list[str]]:
    """Read a table of the data, without its comments; characters that cannot be seen are written as their number."""
    lines = (DATA / name).read_text("utf8").splitlines()
    return [[_unescape(cell) for cell in line.split("\t")] for line in lines if not line.startswith("#")]


def false_friends() -> Iterator[Row]:
    """Read the sentences in which characters meet that may be a term."""
    for term, sentence, verdict in rows("false_friends.tsv"):
        times = simplify(sentence).count(simplify(term)) if verdict == "found" else 0
        yield Row(term, sentence, [simplify(term)] * times)


def latin() -> Iterator[Row]:
    """Read the sentences with Latin terms, in every dress."""
    for term, sentence, quotes in rows("latin.tsv"):
        yield Row(term, sentence, quotes.split("|") if quotes else [])


def ours(row: Row, segmenter: Segmenter) -> list[str]:
    """Find a term as the service does."""
    found = Matcher([Pattern(0, row.term)], segmenter).find(row.sentence)
    return [row.sentence[match.start : match.end] for match in found]


def by_characters(row: Row) -> list[str]:
    """Find a term wherever its characters stand."""
    return re.findall(re.escape(simplify(row.term)), simplify(row.sentence))


def by_borders(row: Row) -> list[str]:
    """Find a Latin term with the borders of words that a regular expression knows."""
    return re.findall(rf"\b{re.escape(row.term)}\b", row.sentence)


def score(given: Iterable[Row], find: Callable[[Row], list[str]], wrong: list[str]) -> str:
    """Count the terms found and the false ones taken; the rows that went wrong are noted."""
    true = found = false = taken = 0
    for row in given:
        got, missed = list(map(fold, find(row))), list(map(fold, row.quotes))
        for quote in missed.copy():
            if quote in got:
                got.remove(quote)
                missed.remove(quote)
        true, found = true + len(row.quotes), found + len(row.quotes) - len(missed)
        false, taken = false + (not row.quotes), taken + bool(got)
        if got or missed:
            wrong.append(f"{row.term}: {row.sentence}")
    return f"{found} of {true} found; false ones in {taken} sentences ({false} have none)"


def with_entry(words: Iterable[str], terms: int) -> str:
    """Tell how many of the words and terms have something to show."""
    shown = [simplify(word) for word in words]
    known = sum(map(bool, lexicon.current().words.senses(shown))) + terms
    return f"{100 * known / (len(shown) + terms):.2f} % of {len(shown) + terms} words"


def our_words(text: str) -> str:
    """Tell how many of our words have an entry."""
    layers = lay(text, lexicon.current())
    tokens = [token for token in layers.tokens if token.start not in layers.matches_by_start]
    words = (text[token.start : token.end] for token in tokens)
    return with_entry(filter(HAN_RUN.fullmatch, words), len(layers.matches))


def find_jieba() -> ModuleType | None:
    """Give jieba where it is installed; nothing depends on it."""
    try:
        module = importlib.import_module("jieba")
    except ImportError:
        return None
    module.setLogLevel(logging.WARNING)
    return module


def by_words(row: Row, jieba: ModuleType) -> list[str]:
    """Find a term where it begins and ends where words of jieba do."""
    edges, at = {0}, 0
    for word in jieba.cut(simplify(row.sentence)):
        at += len(word)
        edges.add(at)
    found = re.finditer(re.escape(simplify(row.term)), simplify(row.sentence))
    return [row.sentence[slice(*place.span())] for place in found if edges.issuperset(place.span())]


def main() -> None:
    """Print the table, and below it the rows that went wrong."""
    segmenter, jieba, wrong = lexicon.current().words.segmenter, find_jieba(), list[str]()
    print("false friends, ours      ", score(false_friends(), lambda row: ours(row, segmenter), wrong))
    print("  by characters          ", score(false_friends(), by_characters, []))
    if jieba:
        print("  by the words of jieba  ", score(false_friends(), lambda row: by_words(row, jieba), []))
    print("Latin terms, ours        ", score(latin(), lambda row: ours(row, segmenter), wrong))
    print("  by \\b                  ", score(latin(), by_borders, []))
    if sys.argv[1:]:
        text = read_texts(sys.argv[1:])
        print("words with an entry, ours", our_words(text))
        if jieba:
            print("  jieba                  ", with_entry(filter(HAN_RUN.fullmatch, jieba.cut(text)), 0))
    print(*wrong, sep="\n")


def _unescape(cell: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), cell)


if __name__ == "__main__":
    main()
