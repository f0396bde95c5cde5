"""The frequency list weighs words."""

from zhtext.characters import count_han
from zhtext.frequencies import frequencies


def test_common_words_outweigh_rare_ones() -> None:
    words = frequencies()
    assert words["我们"] > words["模型"] > words["饕餮"] > 0


def test_the_list_is_large_and_every_count_is_positive() -> None:
    assert len(frequencies()) > 50_000
    assert min(frequencies().values()) > 0


def test_every_entry_is_a_chinese_word() -> None:
    assert all(count_han(word) for word in frequencies())
    assert not any(map(str.isspace, "".join(frequencies())))


def test_the_list_is_read_once() -> None:
    assert frequencies() is frequencies()
