"""Terms are told from their false friends on hundreds of sentences of our own."""

import re
from collections import Counter
from pathlib import Path

import pytest

from zhtext.keys import Pattern
from zhtext.matcher import Matcher
from zhtext.segment import Segmenter

DATA = Path(__file__).parents[2] / "bench/data"


def rows(name: str) -> list[list[str]]:
    """Read a table; characters that cannot be seen are written as their number."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), (DATA / name).read_text("utf8"))
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def test_hundreds_of_terms_are_found_and_few_false_friends_taken(segmenter: Segmenter) -> None:
    found, all_rows = Counter[str](), Counter[str]()
    for term, sentence, verdict in rows("false_friends.tsv"):
        all_rows[verdict] += 1
        found[verdict] += bool(Matcher([Pattern(0, term)], segmenter).find(sentence))
    assert min(all_rows.values()) > 300
    assert found["found"] >= 0.99 * all_rows["found"]
    assert found["not"] <= 0.04 * all_rows["not"]


@pytest.mark.parametrize(("term", "sentence", "quotes"), rows("latin.tsv"))
def test_a_latin_term_is_found_in_any_dress(segmenter: Segmenter, term: str, sentence: str, quotes: str) -> None:
    found = [sentence[match.start : match.end] for match in Matcher([Pattern(0, term)], segmenter).find(sentence)]
    assert found == (quotes.split("|") if quotes else [])
