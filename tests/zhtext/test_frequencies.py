"""The frequency list weighs words."""

from zhtext.frequencies import frequencies
from zhtext.script import simplify


def test_common_words_outweigh_rare_ones() -> None:
    words = frequencies()
    assert max(words, key=words.__getitem__) == "的"
    assert words["我们"] > words["模型"] > words["饕餮"] > 0


def test_the_list_is_large_and_every_count_is_positive() -> None:
    assert len(frequencies()) > 50_000
    assert min(frequencies().values()) > 0


def test_the_words_are_simplified_and_without_spaces() -> None:
    words = "\n".join(frequencies())
    assert simplify(words) == words
    assert not any(map(str.isspace, words.replace("\n", "")))


def test_the_list_is_read_once() -> None:
    assert frequencies() is frequencies()
