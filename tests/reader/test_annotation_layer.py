"""The annotation layer counts as JavaScript does, and covers every block."""

import json
from typing import Any

import pytest

from glossary import lexicon
from reader import annotation_layer
from reader.documents import body
from reader.formats import markdown
from reader.ingest import add_document
from reader.layers import lay
from reader.models import Document, SourceScript
from zhtext.spans import utf16_length

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("glossary", "dictionary")]


def written(*paragraphs: str) -> Document:
    text = "---\ntitle: 题\nslug: written\n---\n\n" + "\n\n".join(paragraphs)
    return add_document(markdown.read(text.encode(), "a.md")).document


def layer_of(document: Document, *labels: str) -> dict[str, Any]:
    found = body(document)
    layers = lay(found.text, lexicon.current(), SourceScript(document.source_script).script)
    layer: dict[str, Any] = json.loads(annotation_layer.build(layers, found.blocks, labels))
    return layer


def lengths(layer: dict[str, Any]) -> list[int]:
    """Give the UTF-16 length that the layer says each block has."""
    return [
        sum(-number if number < 0 else utf16_length(layer["words"][number][0]) for number in row)
        for row in layer["blocks"]
    ]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("缩放定律说明：参数越多，模型越强。", "Scaling Law 并不是自然规律。"),
        # Characters beyond U+FFFF are two units: Han, emoji, mathematical letters.
        ("𠮷田先生训练模型", "👩‍👩‍👧模型", "𝒙和𠮷", "𠮷"),
        # Also inside a term in Latin letters.
        ("有 𝐒𝐜𝐚𝐥𝐢𝐧𝐠 𝐋𝐚𝐰 吗",),
        # Nothing but what is no word.
        ("GPT-4.5 …!", "。"),
        ("一行字",) * 3,
        ("縮放定律與機械可解釋性",),
    ],
)
def test_word_lengths_cover_every_block(paragraphs: tuple[str, ...]) -> None:
    document = written(*paragraphs)
    found = body(document)
    expected = [utf16_length(found.text[block.start : block.end]) for block in found.blocks]
    assert lengths(layer_of(document)) == expected


def test_a_word_has_its_reading_and_its_forms_and_0_where_they_are_equal() -> None:
    words = {word[0]: word for word in layer_of(written("推理和训练，智能体，AB训练"))["words"]}
    assert words["推理"] == ["推理", "tuī lǐ", 0, 0, 0]
    assert words["训练"] == ["训练", "xùn liàn", "訓練", "訓練", "訓練"]
    assert words["智能体"][:5] == ["智能体", "zhì néng tǐ", "AI代理", "智能代理人", "智能體"]
    assert words["智能体"][5] == {"hant-tw": "dài lǐ", "hant-hk": "zhì néng dài lǐ rén"}


def test_a_word_stands_there_once_however_often_it_is_used() -> None:
    layer = layer_of(written("训练训练训练", "训练"))
    assert len(layer["words"]) == 1
    assert layer["blocks"] == [[0, 0, 0], [0]]


def test_a_latin_term_can_be_found_by_itself() -> None:
    assert layer_of(written("有 Scaling Law 吗"))["blocks"] == [[0, -1, -11, -1, 1]]


def test_a_traditional_text_has_its_simplified_form_in_the_place_of_its_own() -> None:
    words = {word[0]: word for word in layer_of(written("機械訓練，訓練機械。"))["words"]}
    assert words["訓練"][:5] == ["訓練", "xùn liàn", 0, 0, "训练"]


def test_labels_are_given_in_every_script() -> None:
    assert layer_of(written("字"), "训练", "训练", "Ann")["labels"] == {
        "训练": ["训练", "訓練", "訓練", "訓練"],
        "Ann": ["Ann"] * 4,
    }
