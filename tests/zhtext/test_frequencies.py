"""The frequency list weighs words."""

from zhtext.characters import count_han
from zhtext.frequencies import RARE, corrections, count, frequencies, likelihood, phrases, total


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


def test_a_word_that_was_counted_has_its_count() -> None:
    assert count("模型") == frequencies()["模型"]


def test_a_correction_goes_before_the_list() -> None:
    assert corrections()
    assert all(frequencies()[word] == number for word, number in corrections().items())


def test_a_row_of_words_is_counted_as_one_and_shown_apart() -> None:
    assert phrases()["很多"] == ("很", "多")
    assert frequencies()["很多"] == corrections()["很多"]


def test_an_unknown_word_is_rare_but_a_long_one_as_likely_as_its_parts() -> None:
    assert count("甪甪") == RARE
    assert count("我们的模型") >= RARE
    assert count("的了的") > RARE


def test_every_further_word_makes_a_row_less_likely() -> None:
    assert likelihood([]) == 0
    assert likelihood([5]) > likelihood([4]) > likelihood([4, 100]) > likelihood([4, 100, 1])
    assert likelihood([total()]) == 0
