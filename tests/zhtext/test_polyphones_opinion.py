"""A second opinion is asked where the polyphone model is unsure, holds for a line by itself, and takes little time."""

import time

import numpy as np
import pytest

from zhtext import opinion, polyphones
from zhtext.hashed import MARGIN, Page

# Where the model alone reads otherwise. Sentences of our own.
CORRECTED = [
    # 爪 zhǎo in compounds; zhuǎ by itself
    ("老虎的[爪]牙", "zhǎo"),
    # 扒 bā: to strip off; pá: to rake, to steal
    ("他把墙上的画[扒]下来", "bā"),
    # 仇 qiú: a surname; chóu: hatred
    ("[仇]先生", "qiú"),
    # 捋 lǚ: to stroke; luō: to roll up
    ("他[捋]着胡子", "lǚ"),
]
# Words whose reading the dictionary gives stay as it says.
KNOWN = [("自怨自[艾]", "yì"), ("[殷]红的血", "yān"), ("[蛤]蟆", "há")]


@pytest.mark.parametrize(("marked", "reading"), CORRECTED + KNOWN)
def test_is_weighed_in(marked: str, reading: str) -> None:
    assert polyphones.load().read(marked.replace("[", "").replace("]", ""))[marked.index("[")] == reading


def test_is_asked_about_full_tones_only() -> None:
    model = polyphones.load()
    readings = np.split(np.array(model.readings), model.first[1:-1])
    asked = [each for each, is_asked in zip(readings, model.asked, strict=True) if is_asked]
    assert len(asked) == opinion.load().asked.size
    assert not [each for each in asked if any(reading.isascii() for reading in each)]
    assert not model.asked[model.index[ord("行")]]


def test_looks_no_further_than_the_line() -> None:
    alone, among = Page("扒开草丛"), Page("爪牙。\n扒开草丛\n\n殷红")
    readings = np.zeros((1, 2), dtype=np.int64) + np.arange(2)
    scores = [opinion.load().score(page, np.flatnonzero(page.codes == ord("扒")), readings) for page in (alone, among)]
    assert np.allclose(scores[0], scores[1], atol=1e-4)


def test_reads_many_places_as_each_by_itself() -> None:
    page = Page("他把墙上的画扒下来，老虎的爪牙。" * 50)
    at = MARGIN + np.arange(page.origin.size)
    readings = np.zeros((at.size, 3), dtype=np.int64) + np.arange(3)
    together = opinion.load().score(page, at, readings)
    assert np.allclose(together[100], opinion.load().score(page, at[100:101], readings[:1])[0], atol=1e-4)


# On a great page what is alike is scored once.
def test_reads_a_great_page_as_its_parts() -> None:
    model = polyphones.load()
    line = "她去银行取钱，老虎的爪牙很长，他捋着胡子。\n"
    copies = polyphones.MANY // 4
    assert len(set(line) & set(map(chr, model.characters.tolist()))) > 4
    readings = model.read(line * copies)
    alone = model.read(line)
    assert readings == {copy * len(line) + at: reading for copy in range(copies) for at, reading in alone.items()}


@pytest.mark.parametrize("character", ["的", "扒"])
def test_reads_one_character_a_million_times(character: str) -> None:
    began = time.process_time()
    assert len(polyphones.load().read(character * 1_000_000)) == 1_000_000
    assert time.process_time() - began < 15


def test_loads_once() -> None:
    assert opinion.load() is opinion.load()
