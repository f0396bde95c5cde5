"""Script is a view: another look of the same text, character for character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small import CEDICT
from tests.zhtext.texts import texts, thoroughly
from zhtext import script
from zhtext.frequencies import frequencies
from zhtext.script import Script, convert, simplify, source_script

S, T, TW, HK = Script.HANS, Script.HANT, Script.HANT_TW, Script.HANT_HK


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        # The words around choose among the traditional characters of one simplified character.
        ("头发发展", T, "頭髮發展"),
        ("皇后以后", T, "皇后以後"),
        ("后训练", T, "後訓練"),
        ("干净的树干", T, "乾淨的樹幹"),
        # Taiwan and Hong Kong have their own shapes …
        ("机械可解释性", TW, "機械可解釋性"),
        ("在这里面", T, "在這裏面"),
        ("在这里面", TW, "在這裡面"),
        ("在这里面", HK, "在這裏面"),
        # … but their own words are the glossary's affair.
        ("参数、软件、信息", TW, "參數、軟件、信息"),
        # Nothing else changes.
        ("Claude 3.5，OK！", T, "Claude 3.5，OK！"),
        ("", T, ""),
        # The script of the source is left alone.
        ("后训练", S, "后训练"),
    ],
)
def test_simplified_text_is_shown(text: str, target: Script, expected: str) -> None:
    assert convert(text, target) == expected


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        # The common way back.
        ("機器學習", S, "机器学习"),
        # Characters that both scripts have stay where traditional text means them.
        ("皇后以後", S, "皇后以后"),
        ("乾隆年間很乾淨", S, "乾隆年间很干净"),
        # From generic traditional to a region's shapes.
        ("在這裏面", TW, "在這裡面"),
        ("在這裡面", T, "在這裡面"),
    ],
)
def test_traditional_text_is_shown(text: str, target: Script, expected: str) -> None:
    assert convert(text, target, source=T) == expected


@pytest.mark.parametrize(
    ("value", "lang", "traditional"),
    [
        ("hans", "zh-Hans", False),
        ("hant", "zh-Hant", True),
        ("hant-tw", "zh-Hant-TW", True),
        ("hant-hk", "zh-Hant-HK", True),
    ],
)
def test_a_script_knows_its_language_tag(value: str, lang: str, traditional: bool) -> None:
    assert Script(value).lang == lang
    assert Script(value).is_traditional is traditional


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("机器学习是什么", S),
        ("機器學習是什麼", T),
        # A few words quoted in the other script do not turn a text.
        ("他把机器学习写成“機器學習”，这是两种写法", S),
        ("他把機器學習寫成“机器学习”，這是兩種寫法", T),
        # Where nothing tells, it is simplified.
        ("大小", S),
        ("GPT-4", S),
        ("", S),
    ],
)
def test_source_script(text: str, expected: Script) -> None:
    assert source_script(text) is expected


def test_simplify_leaves_simplified_text_alone() -> None:
    assert simplify("后训练和机器学习，發展") == "后训练和机器学习，发展"


@pytest.mark.parametrize(
    "text",
    [
        # Lines that change, lines that do not, empty ones, and all ways to end one.
        "機器\n\n学习\n發展\n",
        "\n",
        "後\r\n后\r後\u2028後\x85後\v後",
        # What changes only in phrases, by itself and in them.
        "瞭\n瞭解\n藉口和藉\n答覆\n覆蓋\n沈陽\n甦醒\n坏",
        # A phrase ends where its line does.
        "乾\n隆\n乾隆\n乾淨",
    ],
)
def test_line_by_line_a_text_is_simplified_as_by_the_whole(text: str) -> None:
    assert simplify(text) == convert(text, S, source=T)


def test_so_is_every_headword() -> None:
    words = [word for line in CEDICT.splitlines() if line[:1] not in "#" for word in line.split(" ", 2)[:2]]
    for target in (T, TW, HK):
        words += [convert(word, target) for word in (*words, *list(frequencies())[::50])]
    assert simplify("\n".join(words)) == convert("\n".join(words), S, source=T)
    assert [word for word in words[:200] if simplify(word) != convert(word, S, source=T)] == []


# Often characters that change, also those that change only in phrases, and the phrases themselves.
changing = st.sampled_from(
    [*"坏瞭藉覆沈哩甦衹後發裡乾著學機長髮還", "瞭解", "藉口", "答覆", "沈陽", "甦醒", "乾隆", "\n", "。"]
)


@thoroughly
@given(st.lists(changing | texts, max_size=12).map("".join))
def test_any_text_is_simplified_as_by_the_whole(text: str) -> None:
    assert simplify(text) == convert(text, S, source=T)


@pytest.mark.parametrize("text", ["好\x00好", "好\n\ud83d好", "\udc00", "後\x00"])
def test_what_cannot_be_converted_is_not_simplified_either(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be converted"):
        simplify(text)


@pytest.mark.parametrize(("text", "message"), [("好\x00好", "NUL character"), ("\ud83d好", "half a surrogate pair")])
def test_what_opencc_cannot_take_is_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        convert(text, T)


class Longer:
    """A converter whose phrases change their length, as OpenCC's might some day."""

    def convert(self, text: str) -> str:
        return {"参数": "引數值", "参": "參", "数": "數"}.get(text, text * 2)


def test_a_phrase_that_would_change_its_length_is_converted_by_character(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "_converter", lambda configuration: Longer())
    assert convert("参数", T) == "參數"
    assert convert("参数好", T) == "參數好"


@thoroughly
@given(texts, st.sampled_from([S, T]), st.sampled_from(Script))
def test_no_conversion_changes_the_length(text: str, source: Script, target: Script) -> None:
    assert len(convert(text, target, source)) == len(text)
    assert source_script(text) in (S, T)
