"""Every word is looked up: itself, then the longest headwords inside it."""

from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from glossary import dictionary as words
from glossary import edition
from glossary.models import DictionaryLoad, Entry
from tests import small

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("word", "headwords"),
    [
        # A headword goes first, then what it is made of.
        ("机械", ["机械", "机"]),
        ("推理", ["推理"]),
        # One character stands there once.
        ("机", ["机"]),
        # A word the dictionary lacks is explained by its parts, the longest first from where the last one ended.
        ("机械可解释性", ["机械", "可", "解释", "性"]),
        ("研究模型", ["研究", "模型"]),
        # What nobody knows is stepped over; what comes twice is explained once.
        ("训练龘训练", ["训练"]),
        ("龘", []),
        ("", []),
        # Traditional characters find the same.
        ("訓練", ["訓練"]),
        # Also a long phrase, as it is pasted.
        ("然后训练模型" * 6, ["然后", "训练", "模型"]),
    ],
)
def test_a_word_is_looked_up_the_longest_headword_first(
    word: str, headwords: list[str], dictionary: DictionaryLoad
) -> None:
    assert [lookup.headword for lookup in words.look_up(word)] == headwords


def test_one_query_looks_a_word_up(
    dictionary: DictionaryLoad, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        words.look_up("机械可解释性")


def test_common_words_go_before_surnames(dictionary: DictionaryLoad) -> None:
    [lookup] = words.look_up("干")
    assert [entry.reading for entry in lookup.entries] == ["gān", "Gān"]


def test_senses_come_with_their_links(dictionary: DictionaryLoad) -> None:
    assert Entry.objects.get(traditional="乾").linked_senses == [[("dry", "", "")], [("see ", "干", "gàn")]]


def test_a_load_says_what_it_is_and_replaces_the_last(dictionary: DictionaryLoad, tmp_path: Path) -> None:
    assert (dictionary.entries, dictionary.released, str(dictionary)) == (18, "2026-05-01", "CC-CEDICT (2026-05-01)")
    before = edition.current()
    told: list[int] = []
    path = tmp_path / "new.u8"
    path.write_text("\ufeff好 好 [hao3] /good/\n", encoding="utf8")
    words.load(path, progress=told.append)
    assert [str(entry) for entry in Entry.objects.all()] == ["好 [hǎo]"]
    assert told == [1]
    assert edition.current() == before + 1


@pytest.mark.parametrize("content", [b"", b"# only a comment\n", "好 好 [hao3] /good/\n坏\n".encode(), b"\xff\xfe\xff"])
def test_a_bad_file_changes_nothing(content: bytes, dictionary: DictionaryLoad, tmp_path: Path) -> None:
    path = tmp_path / "bad.u8"
    path.write_bytes(content)
    before = edition.current()
    with pytest.raises(ValueError):  # the words differ by what is wrong
        words.load(path)
    assert (Entry.objects.count(), DictionaryLoad.objects.count(), edition.current()) == (18, 1, before)


def test_the_small_dictionary_is_what_these_tests_think(dictionary: DictionaryLoad) -> None:
    assert dictionary.entries == sum(not line.startswith("#") for line in small.CEDICT.splitlines())
