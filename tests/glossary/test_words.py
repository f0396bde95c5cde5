"""The dictionary's words are cut from the database once, and mapped from their file by every process after."""

import logging
import os
from pathlib import Path

import pytest
from django.conf import LazySettings
from pytest_django import DjangoAssertNumQueries

from glossary import words
from glossary.models import DictionaryLoad, Entry
from glossary.words import KEPT, Words, words_of
from tests import small
from zhtext.frequencies import corrections, frequencies
from zhtext.reviewed import reviewed_readings

pytestmark = pytest.mark.django_db
TEXT = "研究者然后训练模型越来越多"


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    """A cache folder of this test alone, not made yet."""
    settings.CACHE_DIR = tmp_path / "cache"
    return tmp_path / "cache"


def files(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.iterdir())


def told(found: Words) -> tuple[object, ...]:
    """Give what words say, to be compared."""
    known = ["训练", "干", "然后", "缩放定律"]
    return (
        found.load_id,
        found.segmenter.cut(TEXT),
        found.senses(known),
        found.listed.hold(known),
        found.listed.costs(known),
        found.readings,
    )


def add(simplified: str, reading: str, *senses: str) -> None:
    Entry.objects.create(
        simplified=simplified,
        traditional=simplified,
        reading=reading,
        senses=list(senses) or ["something"],
        sense_count=len(senses) or 1,
    )


def test_the_words_are_made_once_and_then_mapped(
    dictionary: DictionaryLoad, folder: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = words_of()
    assert files(folder) == [".json", ".npy"]
    with django_assert_num_queries(1):
        mapped = words_of()
    assert told(mapped) == told(made)
    assert mapped is not made


def test_what_is_held_is_kept_while_the_dictionary_is_the_same(dictionary: DictionaryLoad, tmp_path: Path) -> None:
    held = words_of()
    assert words_of(held) is held
    small.build_dictionary(tmp_path)
    assert words_of(held).load_id != held.load_id


def test_another_load_gives_another_file(dictionary: DictionaryLoad, folder: Path, tmp_path: Path) -> None:
    words_of()
    small.build_dictionary(tmp_path)
    add("新词", "xīn cí", "new word")
    assert words_of().senses(["新词"]) == [1]
    assert files(folder) == [".json", ".json", ".npy", ".npy"]


def test_the_same_load_in_another_database_is_told_apart(dictionary: DictionaryLoad, folder: Path) -> None:
    words_of()
    DictionaryLoad.objects.update(loaded="2030-01-01T00:00:00Z")
    words_of()
    assert len(list(folder.glob("*.npy"))) == 2


def test_no_more_files_are_kept_than_a_few_dictionaries(
    dictionary: DictionaryLoad, folder: Path, tmp_path: Path
) -> None:
    for number in range(KEPT + 2):
        small.build_dictionary(tmp_path)
        words_of()
        # So that the order in which they were made can be told.
        for path in folder.glob("words-*"):
            os.utime(path, (path.stat().st_mtime - 60,) * 2)
        assert len(list(folder.iterdir())) == 2 * min(KEPT, number + 1)
    newest = words_of()
    assert newest.load_id == DictionaryLoad.objects.latest("pk").pk
    assert len(list(folder.iterdir())) == 2 * KEPT


@pytest.mark.parametrize("suffix", [".npy", ".json"])
@pytest.mark.parametrize("content", [None, b"", b"broken", b"\xff\xfe", b"\x93NUMPY", b"\x93NUMPY\x01\x00v\x00{"])
def test_a_broken_or_missing_file_is_made_again(
    dictionary: DictionaryLoad,
    folder: Path,
    suffix: str,
    content: bytes | None,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = told(words_of())
    [path] = folder.glob(f"*{suffix}")
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert told(words_of()) == made
    with django_assert_num_queries(1):
        assert told(words_of()) == made


def test_a_file_that_was_cut_short_is_made_again(dictionary: DictionaryLoad, folder: Path) -> None:
    made = told(words_of())
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        assert told(words_of()) == made


def test_a_folder_that_cannot_be_written_does_no_harm(
    dictionary: DictionaryLoad, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made = told(words_of())
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("A file where the folder should be.")
    with caplog.at_level(logging.WARNING, logger=words.__name__):
        assert told(words_of()) == made
    assert "could not be kept" in caplog.text


def test_a_full_disk_does_no_harm(
    dictionary: DictionaryLoad, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(path: Path, *_arguments: object, **_named: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    assert words_of().segmenter.cut("然后训练") == ["然后", "训练"]
    assert "No space left" in caplog.text


def test_without_a_dictionary_the_words_are_those_of_the_frequency_list() -> None:
    found = words_of()
    listed = list(frequencies())[:2_000]
    assert found.load_id == 0
    assert all(found.listed.hold(listed))
    assert set(found.senses(listed)) == {0}
    assert found.readings == reviewed_readings()


def test_a_dictionary_brings_its_words_and_the_corrected_ones(dictionary: DictionaryLoad) -> None:
    found = words_of()
    assert found.listed.hold(["研究", "缩放定律", "人工智能"]) == [True, False, "人工智能" in corrections()]
    assert all(found.listed.hold(list(corrections())))


def test_senses_are_those_of_all_entries_of_a_word(dictionary: DictionaryLoad) -> None:
    add("训练", "xùn liàn", "a", "b", "c")
    assert words_of().senses(["训练", "干", "无此词"]) == [5, 3, 0]


@pytest.mark.parametrize(
    ("entries", "reading"),
    [
        # One reading, with a neutral tone.
        ([("测试儿", "cè shi r")], ("cè", "shi", "r")),
        # Two entries with one reading; a name besides.
        ([("测试", "cè shi"), ("测试", "cè shi")], ("cè", "shi")),
        ([("测试", "cè shi"), ("测试", "Cè Shì")], ("cè", "shi")),
        # Two readings: nothing is certain. None with a neutral tone: nothing is new.
        ([("测试", "cè shi"), ("测试", "cè shì")], None),
        ([("测试", "cè shì")], None),
        # 一 and 不 are left to their own policy; a single character and a name are left alone.
        ([("测一", "cè yi")], None),
        ([("测", "ce")], None),
        ([("测试", "Cè shi")], None),
        # What does not fit its characters, or holds what is no Han character.
        ([("测试儿", "cè shir")], None),
        ([("测A", "cè a")], None),
    ],
)
def test_a_reading_is_certain_if_it_is_the_only_one_and_neutral(
    dictionary: DictionaryLoad, entries: list[tuple[str, str]], reading: tuple[str, ...] | None
) -> None:
    for simplified, said in entries:
        add(simplified, said)
    assert words_of().readings.get(entries[0][0]) == reading


def test_a_reviewed_reading_goes_before_the_dictionarys(dictionary: DictionaryLoad) -> None:
    word, reviewed = next((word, said) for word, said in reviewed_readings().items() if len(word) == len(said) > 1)
    add(word, " ".join(["x"] * len(word)))
    assert words_of().readings[word] == reviewed
    assert words_of().readings.keys() >= reviewed_readings().keys()
