"""Two spellings of one term have one key, and every character of the key knows where it came from."""

import pytest
from hypothesis import given

from tests.zhtext.texts import texts, thoroughly
from zhtext.fold import LIGATURES, Folded, fold, squeeze


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Case.
        ("Scaling LAW", "scaling law"),
        # Width, of letters, digits, marks and the space.
        ("ＧＰＴ－３　（ａ）", "gpt-3 (a)"),
        # Script.
        ("機器學習", "机器学习"),
        # What would become two characters stays one: the length is sacred.
        ("ﬁne", "ﬁne"),
        ("İ", "İ"),
        ("ß…", "ß…"),
        ("", ""),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    "spellings",
    [
        # Case and width; space, none or more of it, and hyphens.
        ["Scaling Law", "scaling law", "SCALING LAW", "ＳＣＡＬＩＮＧ　ＬＡＷ"],
        ["scaling law", "scaling-law", "ScalingLaw", "scaling  law"],
        # Slash, and the space before Han characters.
        ["A/B 测试", "AB测试", "a/b测试", "A／B　測試", "A / B 测试"],
        # Hyphens of all kinds.
        ["GPT-4", "GPT‑4", "GPT–4", "GPT 4", "gpt4"],
        # Script.
        ["机器学习", "機器學習"],
        # Apostrophes.
        ["Moore's Law", "Moore’s law"],
    ],
)
def test_spellings_of_one_term_have_one_key(spellings: list[str]) -> None:
    assert len({squeeze(spelling).key for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Space between two Han characters parts two phrases, however much of it there is.
        ("机器 学习", "机器学习"),
        ("机器  学习", "机器学习"),
        ("机器 - 学习", "机器学习"),
        ("A机 器学习", "A机器学习"),
        # So does the point between a foreigner's names.
        ("达里奥·阿莫代伊", "达里奥阿莫代伊"),
        # A full stop joins nothing.
        ("GPT-3.5", "GPT-35"),
        # Nor does the end of a line.
        ("Scaling\nLaw", "Scaling Law"),
    ],
)
def test_other_words_have_other_keys(one: str, other: str) -> None:
    assert squeeze(one).key != squeeze(other).key


def test_every_character_of_the_key_knows_its_origin() -> None:
    assert squeeze("用 A/B 測試") == Folded("用ab测试", [0, 2, 4, 6, 7])
    assert squeeze("后训练") == Folded("后训练", [0, 1, 2])
    assert squeeze("") == Folded("", [])


def test_joiners_at_the_ends_of_a_text_stay() -> None:
    assert squeeze("-law-").key == "-law-"


@pytest.mark.parametrize("text", ["好\x00好", "好\ud800"])
def test_what_cannot_be_converted_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be converted"):
        fold(text)


@thoroughly
@given(texts)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@thoroughly
@given(texts)
def test_the_way_back_from_a_key_is_right(text: str) -> None:
    key, origins = squeeze(text)
    folded = fold(text)
    whole = sorted(set(origins))
    assert origins == sorted(origins)
    assert key == "".join(LIGATURES.get(folded[origin], folded[origin]) for origin in whole)
    assert len(key) == len(origins)
