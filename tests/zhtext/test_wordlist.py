"""A dictionary's words in one array: looked up, mapped from a file, and cut by what is likeliest."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from tests.zhtext.texts import texts, thoroughly
from zhtext.cutting import runs
from zhtext.wordlist import LONGEST_RUN, Word, WordList, han_mask

WORDS = [Word("机器", 500, 1), Word("学习", 900, 2), Word("机器学习", 400, 1), Word("学", 90, 3), Word("习", 3)]


@pytest.fixture(scope="module")
def words() -> WordList:
    return WordList.build(WORDS)


def test_a_list_knows_its_words_and_no_others(words: WordList) -> None:
    assert words.hold(["机器", "机器学", "学习", "器", "GPU"]) == [True, False, True, False, False]
    assert words.senses(["机器", "学习", "机器学"]) == [1, 2, 0]
    assert words.is_word("学")
    assert not words.is_word("")


def test_rare_words_cost_more_and_unknown_ones_as_much_as_the_rarest(words: WordList) -> None:
    frequent, rare, unknown = words.costs(["学习", "习", "飞"])
    assert frequent < rare < unknown == words.cost_of(1)
    assert words.cost_of(900) == pytest.approx(frequent)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        # The word of four characters is likelier than its two halves by chance.
        ("机器学习", ["机器学习"]),
        ("学机器", ["学", "机器"]),
        # What no word covers stands by itself.
        ("飞机器", ["飞", "机器"]),
        ("", []),
    ],
)
def test_the_likeliest_words_are_chosen(words: WordList, text: str, cut: list[str]) -> None:
    assert words.cut([text, "学习"]) == [cut, ["学习"]]


def test_a_cut_costs_what_its_words_cost_together(words: WordList) -> None:
    costs = words.cut_costs(["学机器", "", "机器，学习"])
    learn, machine, study = words.costs(["学", "机器", "学习"])
    assert costs == pytest.approx([learn + machine, 0, machine + study], abs=1e-4)


def test_only_what_is_marked_is_cut(words: WordList) -> None:
    text = "机器学习"
    marked = np.array([True, True, False, True])
    assert words.edges(text, marked).tolist() == [0, 2, 3, 4]


def test_a_run_without_end_is_cut_in_linear_time_and_loses_nothing(words: WordList) -> None:
    text = "学习" * LONGEST_RUN * 3
    assert words.edges(text, han_mask(text)).tolist() == list(range(0, len(text) + 1, 2))


def test_a_saved_list_is_mapped_from_its_file(words: WordList, tmp_path: Path) -> None:
    words.save(tmp_path / "words.npy")
    again = WordList.load(tmp_path / "words.npy")
    assert again.cut(["学机器学习"]) == words.cut(["学机器学习"])
    assert again.costs(["学习"]) == words.costs(["学习"])
    assert [path.name for path in tmp_path.iterdir()] == ["words.npy"]


@pytest.mark.parametrize("content", [b"", b"not an array", None])
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "words.npy"
    if content is None:
        np.save(path, np.zeros(9))
    else:
        path.write_bytes(content)
    with pytest.raises((ValueError, OSError)):
        WordList.load(path)


def test_of_a_word_that_is_given_twice_the_last_counts_and_an_empty_one_does_not() -> None:
    listed = WordList.build([Word("学习", 3, 1), Word("", 9, 9), Word("学习", 5, 2)])
    assert listed.senses(["学习"]) == [2]
    assert listed.costs(["学习"]) == pytest.approx([listed.cost_of(5)], abs=1e-4)
    assert not listed.is_word("")


@pytest.mark.parametrize(("senses", "told"), [(0, 0), (255, 255), (256, 255), (9_999, 255)])
def test_senses_are_counted_up_to_what_there_is_room_for(senses: int, told: int) -> None:
    assert WordList.build([Word("学习", 3, senses)]).senses(["学习"]) == [told]


def test_words_may_hold_letters_and_characters_beyond_the_first_plane() -> None:
    listed = WordList.build([Word("𠮷田", 5), Word("A型", 5), Word("GPU", 5)])
    assert listed.hold(["𠮷田", "A型", "GPU", "𠮷", "gpu"]) == [True, True, True, False, False]
    assert listed.cut(["𠮷田𠮷"]) == [["𠮷田", "𠮷"]]


def test_a_question_without_words_is_answered_without_any(words: WordList) -> None:
    asked = (words.hold, words.senses, words.costs, words.cut)
    assert [ask([]) for ask in asked] == [[]] * 4
    assert words.cut_costs([""]) == [0]


@thoroughly
@given(text=texts)
def test_asking_twice_about_a_page_changes_nothing(words: WordList, text: str) -> None:
    mask = han_mask(text)
    first = words.edges(text, mask).tolist()
    words.edges("学机器" + text, han_mask("学机器" + text))
    assert words.edges(text, mask).tolist() == words.edges(text, mask).tolist() == first


def test_an_empty_list_cuts_into_characters() -> None:
    assert WordList.build([]).cut(["机器"]) == [["机", "器"]]


def test_thousands_of_words_all_find_a_place() -> None:
    many = [Word(chr(first) + chr(second), 7) for first in range(0x4E00, 0x4E60) for second in range(0x5000, 0x5060)]
    listed = WordList.build(many)
    assert all(listed.hold([word.text for word in many]))
    assert not any(listed.hold([chr(first) for first in range(0x4E00, 0x4E60)]))


@thoroughly
@given(text=texts)
def test_edges_stand_at_every_border_of_a_run(words: WordList, text: str) -> None:
    mask = han_mask(text)
    edges = set(words.edges(text, mask).tolist())
    starts, stops = runs(mask)
    assert {*starts.tolist(), *stops.tolist()} <= edges
    assert all(mask[at] or mask[at - 1] for at in edges if 0 < at < len(text))
