"""Terms, words, readings and scripts are laid over a text; an editor's word goes before the machine's."""

import pytest

from glossary import edition, lexicon
from glossary.models import DictionaryLoad, Term
from reader.layers import Layers, lay, runs_of
from zhtext.script import Script

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("glossary", "dictionary")]


def laid(text: str, source: Script = Script.HANS) -> Layers:
    return lay(text, lexicon.current(), source)


def words(layers: Layers) -> list[str]:
    return [layers.text[token.start : token.end] for token in layers.tokens]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "缩放定律",
        "研究者做机械可解释性研究，也谈可解释性。\n\n  然后训练 GPT-4.5，𠮷田先生说：https://example.org/?a=1\r\n3.5%",
        "縮放定律與AI代理",
        "\u3000\ufeff👩‍👩‍👧龘\t",
    ],
)
def test_tokens_cover_the_text_without_a_gap(text: str) -> None:
    layers = laid(text)
    edges = [0, *(token.end for token in layers.tokens)]
    assert [token.start for token in layers.tokens] == edges[:-1]
    assert edges[-1] == len(text)
    assert len(layers.readings) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A term is one token, whatever its neighbours.
        ("做机械可解释性研究", ["做", "机械可解释性", "研究"]),
        # No term across the edge of a word.
        ("然后训练模型", ["然后", "训练", "模型"]),
        # A term in Latin letters, too, with its plural.
        ("有Scaling Laws吗", ["有", "Scaling Laws", "吗"]),
    ],
)
def test_a_term_steers_segmentation(text: str, expected: list[str]) -> None:
    assert words(laid(text)) == expected


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        # The term's own reading goes first; without it the machine says zhòng.
        ("重采样", ["chóng", "cǎi", "yàng"]),
        ("重採樣", ["chóng", "cǎi", "yàng"]),
        # Elsewhere the machine reads; what is no Han character has no reading.
        ("重要", ["zhòng", "yào"]),
        ("A 训", [None, None, "xùn"]),
    ],
)
def test_a_terms_own_reading_wins(text: str, reading: list[str | None]) -> None:
    assert list(laid(text).readings) == reading


def test_the_outer_term_has_the_last_word_on_what_is_nested_in_it() -> None:
    Term.objects.filter(text="可解释性").update(reading="kè jiè shì xíng")
    edition.advance()
    assert list(laid("机械可解释性").readings)[2:] == ["kè", "jiè", "shì", "xíng"]
    Term.objects.filter(text="机械可解释性").update(reading="jī xiè kě jiě shì xìng")
    edition.advance()
    assert list(laid("机械可解释性").readings)[2:] == ["kě", "jiě", "shì", "xìng"]


@pytest.mark.parametrize(
    ("text", "source", "script", "shown"),
    [
        # A term's own form for the region, else the converted line.
        ("智能体会训练", Script.HANS, Script.HANT_TW, ["AI代理", "會", "訓練"]),
        ("智能体会训练", Script.HANS, Script.HANT_HK, ["智能代理人", "會", "訓練"]),
        ("智能体会训练", Script.HANS, Script.HANT, ["智能體", "會", "訓練"]),
        ("智能体会训练", Script.HANS, Script.HANS, ["智能体", "会", "训练"]),
        # A traditional text as it is, and simplified.
        ("智能體會訓練", Script.HANT, Script.HANT, ["智能體", "會", "訓練"]),
        ("智能體會訓練", Script.HANT, Script.HANS, ["智能体", "会", "训练"]),
        # Several lines, and what is not Chinese, keep their places.
        ("训练\n\nGPU 训练", Script.HANS, Script.HANT_TW, ["訓練", "\n", "\n", "GPU", " ", "訓練"]),
    ],
)
def test_a_terms_own_form_wins_and_the_line_is_converted(
    text: str, source: Script, script: Script, shown: list[str]
) -> None:
    assert laid(text, source).shown(script) == shown


def test_the_marks_of_print_are_wide_and_never_inside_a_word() -> None:
    assert "".join(laid("训练,模型:v1.5").set_in_print(Script.HANS)) == "训练，模型：v1.5"


@pytest.mark.parametrize(
    ("form", "runs"),
    [
        ("AI代理", [["dài", "lǐ"]]),
        ("訓練", [["xùn", "liàn"]]),
        ("训练GPU模型", [["xùn", "liàn"], ["mó", "xíng"]]),
        ("AI", []),
    ],
)
def test_a_form_is_read_by_its_runs_of_han_characters(form: str, runs: list[list[str]]) -> None:
    assert runs_of(form) == runs


@pytest.mark.parametrize("text", ["训\x00练", "训\ud800练"])
def test_what_no_text_can_hold_is_refused(text: str, dictionary: DictionaryLoad) -> None:
    with pytest.raises(ValueError, match="cannot be converted"):
        laid(text)


@pytest.mark.usefixtures("dictionary")
def test_words_inside_a_term_are_read_as_elsewhere(glossary: None, monkeypatch: pytest.MonkeyPatch) -> None:
    current = lexicon.current()
    monkeypatch.setitem(current.words.readings, "训练", ("xùn", "lian"))
    layers = lay("后训练", current)
    assert [(match.start, match.end) for match in layers.matches] == [(0, 3)]
    assert layers.readings[1:] == ["xùn", "lian"]
