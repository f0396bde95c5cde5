"""The annotation of a text as data keeps its contract: see design.md."""

import json
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from glossary import lexicon
from glossary.models import Term
from reader.annotate import Speech, annotate
from zhtext.script import Script
from zhtext.tones import Tones

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("glossary", "dictionary")]
TEXT = "研究者做机械可解释性研究。\r\n推理，Scaling Law；𠮷与智能体。"


def run(*arguments: str | Path) -> dict[str, Any]:
    out = StringIO()
    call_command("annotate", *map(str, arguments), stdout=out)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


@pytest.mark.parametrize("text", [TEXT, "", "\n", "。", "\ufeff后训练", "𠮷" * 3, "機器學習與縮放定律", "  缩放定律  "])
def test_the_text_comes_back_as_it_is_and_tokens_cover_it(text: str) -> None:
    told = annotate(text, lexicon.current())
    assert told["text"] == text
    assert "".join(token["text"] for token in told["tokens"]) == text
    for token in told["tokens"]:
        assert text[token["start"] : token["end"]] == token["text"]
        assert len(token["pinyin"]) == token["end"] - token["start"]


def test_a_token_has_the_keys_of_the_contract_and_a_match_too() -> None:
    told = annotate(TEXT, lexicon.current())
    assert set(told) == {"text", "tokens", "matches"}
    for token in told["tokens"]:
        assert {"start", "end", "text", "shown", "pinyin", "terms", "senses"} <= set(token)
        assert set(token) <= {"start", "end", "text", "shown", "pinyin", "terms", "senses", "pos", "level"}
    for match in told["matches"]:
        assert set(match) == {"start", "end", "term", "concept", "gloss"}


def test_terms_are_told_with_what_is_nested_in_them() -> None:
    told = annotate(TEXT, lexicon.current())
    token = next(token for token in told["tokens"] if token["text"] == "机械可解释性")
    ids = dict(Term.objects.values_list("text", "pk"))
    assert token["terms"] == [
        {"id": ids["机械可解释性"], "concept": "mechanistic-interpretability", "start": 4, "end": 10},
        {"id": ids["可解释性"], "concept": "interpretability", "start": 6, "end": 10},
    ]
    assert token["pinyin"] == ["jī", "xiè", "kě", "jiě", "shì", "xìng"]


def test_matches_are_told_in_order_the_longest_first_and_both_concepts_of_one_word() -> None:
    told = annotate(TEXT, lexicon.current())
    assert [(match["term"], match["concept"], match["gloss"]) for match in told["matches"]] == [
        ("机械可解释性", "mechanistic-interpretability", "mechanistic interpretability"),
        ("可解释性", "interpretability", "interpretability"),
        ("推理", "inference", "inference"),
        ("推理", "reasoning", "reasoning"),
        ("scaling law", "scaling-law", "scaling law"),
        ("Scaling Law", "scaling-law", "scaling law"),
        ("智能体", "agent", "agent"),
    ]
    for match in told["matches"]:
        assert TEXT[match["start"] : match["end"]].casefold() == match["term"].casefold()


def test_senses_are_counted_and_readings_are_null_outside_han_characters() -> None:
    tokens = {token["text"]: token for token in annotate("训练 GPU。推理", lexicon.current())["tokens"]}
    assert (tokens["训练"]["senses"], tokens["推理"]["senses"], tokens["GPU"]["senses"]) == (2, 2, 0)
    assert tokens["GPU"]["pinyin"] == [None, None, None]
    assert tokens["。"]["pinyin"] == [None]


@pytest.mark.parametrize(
    ("script", "shown"),
    [(None, "智能体训练"), (Script.HANS, "智能体训练"), (Script.HANT, "智能體訓練"), (Script.HANT_TW, "AI代理訓練")],
)
def test_words_are_shown_in_a_script(script: Script | None, shown: str) -> None:
    assert "".join(token["shown"] for token in annotate("智能体训练", lexicon.current(), script)["tokens"]) == shown


def readings(text: str, speech: Speech) -> str:
    """Write all readings of a text in one line."""
    tokens = annotate(text, lexicon.current(), None, speech)["tokens"]
    return " ".join(syllable for token in tokens for syllable in token["pinyin"] if syllable)


@pytest.mark.parametrize(
    ("speech", "expected"),
    [
        # Without a wish: citation tones with marks.
        (Speech(), "nǐ hǎo bù shì yī gè lǜ"),
        (Speech(Tones.NUMBERS), "ni3 hao3 bu4 shi4 yi1 ge4 lü4"),
        (Speech(Tones.ZHUYIN), "ㄋㄧˇ ㄏㄠˇ ㄅㄨˋ ㄕˋ ㄧ ㄍㄜˋ ㄌㄩˋ"),
        # As spoken, in any writing.
        (Speech(sandhi=True), "ní hǎo bú shì yí gè lǜ"),
        (Speech(Tones.NUMBERS, sandhi=True), "ni2 hao3 bu2 shi4 yi2 ge4 lü4"),
    ],
)
def test_readings_are_given_as_asked(speech: Speech, expected: str) -> None:
    assert readings("你好，不是一个绿", speech) == expected


def test_tones_are_spoken_in_traditional_script_as_in_simplified() -> None:
    assert readings("一個與綠水裡", Speech(sandhi=True)).startswith("yí gè")


def test_digits_are_read_when_asked() -> None:
    told = annotate("GPT-4有3–5%，2个", lexicon.current(), None, Speech(spoken=True))
    said = {token["text"]: token["spoken"] for token in told["tokens"]}
    assert said["GPT-4"] == [{"start": 4, "end": 5, "hanzi": "四", "pinyin": ["sì"]}]
    # A stretch that reaches over several tokens stands in the one it begins in.
    hundredths = ["bǎi", "fēn", "zhī", "sān", "dào", "wǔ"]
    assert said["3"] == [{"start": 6, "end": 10, "hanzi": "百分之三到五", "pinyin": hundredths}]
    assert said["5%"] == said["有"] == []
    assert said["2"] == [{"start": 11, "end": 12, "hanzi": "两", "pinyin": ["liǎng"]}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1个", ["yí"]), ("1個", ["yí"]), ("第1个", ["yī"]), ("1", ["yī"]), ("1。", ["yī"]), ("5种", ["wú"])],
)
def test_digits_are_spoken_by_what_stands_beside_them(text: str, expected: list[str]) -> None:
    tokens = annotate(text, lexicon.current(), None, Speech(sandhi=True, spoken=True))["tokens"]
    assert [stretch["pinyin"] for token in tokens for stretch in token["spoken"]] == [expected]


def test_the_command_takes_what_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("一个3.5".encode())
    speech = Speech(Tones.ZHUYIN, sandhi=True, spoken=True)
    assert run(path, "--tones", "zhuyin", "--sandhi", "--spoken") == annotate(
        "一个3.5", lexicon.current(), None, speech
    )
    with pytest.raises(CommandError, match="invalid choice: 'wade-giles'"):
        run(path, "--tones", "wade-giles")


def test_the_command_prints_one_object_for_a_file(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(TEXT.encode())
    assert run(path) == annotate(TEXT, lexicon.current())
    assert run(path, "--script", "hant-tw") == annotate(TEXT, lexicon.current(), Script.HANT_TW)


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_the_command_reads_the_standard_input(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(TEXT.encode())))
    assert run(*arguments)["text"] == TEXT


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("后训".encode() + b"\xff", "is not UTF-8: byte 6 cannot be decoded"),
        ("后\x00训".encode(), "NUL"),
    ],
)
def test_what_cannot_be_annotated_is_said_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        run(path)


def test_a_file_that_is_not_there_and_a_script_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        run(tmp_path / "none.txt")
    with pytest.raises(CommandError, match="invalid choice: 'klingon'"):
        run("-", "--script", "klingon")
