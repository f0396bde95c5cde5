"""The annotation layer says of every token what the server itself would show, and of what the characters tell nothing.

The decoder here does what the page's layer.js does.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any

import pytest
from django.conf import settings

from glossary import edition, lexicon
from glossary.formats import csv
from glossary.models import Term
from glossary.transfer import import_rows
from reader import annotation_layer, seeds
from reader.annotation_layer import LONGEST_STEP, other_scripts
from reader.documents import Body, body
from reader.formats import markdown
from reader.ingest import add_document
from reader.layers import Layers, lay, runs_of
from reader.models import Document, SourceScript
from zhtext.characters import HAN_RANGES, HAN_RUN
from zhtext.script import simplify
from zhtext.segment import Kind
from zhtext.spans import utf16_length

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("glossary", "dictionary")]
SYLLABLE = re.compile(f"([^{HAN_RANGES}]+)(.*)", re.DOTALL)

# A word of a block: its text, its reading, its three forms, and the readings of forms that are other words.
Word = tuple[str, str, tuple[str, ...], dict[str, str]]
# A token of a block as the page knows it: where it starts and ends in UTF-16 units, and the word it is.
Token = tuple[int, int, Word | None]


@dataclass(frozen=True)
class Decoder:
    """Reads a layer."""

    layer: Mapping[str, Any]

    @cached_property
    def readings(self) -> dict[str, str]:
        groups = (SYLLABLE.fullmatch(group) for group in self.layer["readings"].split(" "))
        return {character: group[1] for group in groups if group for character in group[2]}

    @cached_property
    def forms(self) -> list[dict[str, str]]:
        first, *others = (dict(zip(pairs[::2], pairs[1::2], strict=True)) for pairs in self.layer["forms"].values())
        return [first, *(first | other for other in others)]

    @cached_property
    def usual(self) -> dict[str, list[Any]]:
        return {entry[0]: entry for entry in self.layer["words"][: self.layer["usual"]]}

    def tokens(self, number: int, text: str) -> Iterator[Token]:
        """Cut a block into its tokens."""
        units = text.encode("utf-16-le")
        exceptions = self.layer["exceptions"].get(str(number), [])
        unusual = dict(zip(exceptions[::2], exceptions[1::2], strict=True))
        start = 0
        for at, letters in enumerate(re.findall("z*[a-y]|Z*[A-Y]", self.layer["blocks"][number])):
            end = start + (len(letters) - 1) * LONGEST_STEP + ord(letters[-1].lower()) - ord("a") + 1
            written = units[2 * start : 2 * end].decode("utf-16-le")
            yield start, end, self.word(written, unusual.get(at)) if letters.islower() else None
            start = end
        assert 2 * start == len(units)

    def word(self, text: str, place: int | None) -> Word:
        """Put in what the characters tell."""
        plain = [text, 0, 0, 0, 0]
        entry = self.usual.get(text, plain) if place is None else self.layer["words"][place]
        assert entry[0] == text
        _text, reading, *rest = entry
        forms = (self.write(text, at) if form == 0 else form for at, form in enumerate(rest[:3]))
        return text, self.read(text) if reading == 0 else reading, tuple(forms), rest[3] if rest[3:] else {}

    def read(self, text: str) -> str:
        runs = HAN_RUN.findall(text)
        return "|".join(" ".join(self.readings.get(character, "") for character in run) for run in runs)

    def write(self, text: str, at: int) -> str:
        return "".join(self.forms[at].get(character, character) for character in text)


def written(*paragraphs: str) -> Document:
    text = "---\ntitle: 题\nslug: written\n---\n\n" + "\n\n".join(paragraphs)
    return add_document(markdown.read(text.encode(), "a.md")).document


def laid(document: Document) -> tuple[Layers, Body]:
    found = body(document)
    return lay(found.text, lexicon.current(), SourceScript(document.source_script).script), found


def layer_of(document: Document, *labels: str) -> dict[str, Any]:
    layers, found = laid(document)
    layer: dict[str, Any] = json.loads(annotation_layer.build(layers, found.blocks, labels))
    return layer


def decoded(document: Document) -> list[list[Token]]:
    """Give the tokens of every block as the page has them."""
    decoder = Decoder(layer_of(document))
    found = body(document)
    texts = (found.text[block.start : block.end] for block in found.blocks)
    return [list(decoder.tokens(number, text)) for number, text in enumerate(texts)]


def differing(document: Document) -> list[tuple[Token, Token]]:
    """Give the tokens that the page has otherwise than the server."""
    blocks = zip(decoded(document), expected(document), strict=True)
    return [pair for ours, theirs in blocks for pair in zip_longest(ours, theirs) if pair[0] != pair[1]]


def expected(document: Document) -> list[list[Token]]:
    """Give the tokens of every block as the server has them; what is no word is one up to the next word or term."""
    layers, found = laid(document)
    words = dict(_words(layers))
    blocks: list[list[Token]] = []
    for block in found.blocks:
        tokens: list[Token] = []
        joins = False
        for token in layers.tokens:
            if not block.start <= token.start < block.end:
                continue
            start = utf16_length(layers.text[block.start : token.start])
            end = utf16_length(layers.text[block.start : token.end])
            alone = token.start in words or token.start in layers.matches_by_start
            if joins and not alone:
                start = tokens.pop()[0]
            tokens.append((start, end, words.get(token.start)))
            joins = not alone
        blocks.append(tokens)
    return blocks


def _words(layers: Layers) -> Iterator[tuple[int, Word]]:
    """Give every word that can be clicked by its start."""
    scripts = other_scripts(layers.source)
    forms = zip(*map(layers.shown, scripts), strict=True)
    for token, shown in zip(layers.tokens, forms, strict=True):
        if token.kind is Kind.HAN:
            text = layers.text[token.start : token.end]
            own = {
                script.value: reading(runs_of(form))
                for script, form in zip(scripts, shown, strict=True)
                if layers.own_form(token, script) and simplify(form) != simplify(text)
            }
            yield token.start, (text, reading(layers.runs(token)), shown, own)


def reading(runs: list[list[str]]) -> str:
    return "|".join(" ".join(run) for run in runs)


def word_of(document: Document, text: str) -> Word:
    """Give the first word of a text that is so written."""
    return next(word for block in decoded(document) for _start, _end, word in block if word and word[0] == text)


REGIONAL = """\
key,zh_hans,en,zh_tw,zh_hk,marked
software,软件,software,軟體,,no
parameter,参数,parameter,引數,,no
database,数据库,database,資料庫,數據庫,no
development-kit,训练工具,training tool,練具,,no
processor,图形处理器,graphics processor,GPU,圖像處理器,yes
"""
LONG = "a" * 23


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("缩放定律说明：参数越多，模型越强。", "Scaling Law 并不是自然规律。"),
        # Characters beyond U+FFFF are two units: Han, emoji, mathematical letters; also inside a term.
        ("𠮷田先生训练模型", "👩‍👩‍👧模型", "𝒙和𠮷", "𠮷"),
        ("有 𝐒𝐜𝐚𝐥𝐢𝐧𝐠 𝐋𝐚𝐰 吗",),
        # Nothing but what is no word; the same again and again.
        ("GPT-4.5 …!", "。"),
        ("一行字",) * 3,
        # A traditional text; both scripts in one.
        ("縮放定律與機械可解釋性，智能體會訓練模型。", "機械訓練，訓練機械。"),
        ("他写成縮放定律，也写成缩放定律。", "参数和參數，我们研究模型。"),
        # Words and characters of several readings.
        (
            "重采样很重要，重新重采样。",
            "重量和重复，长大和长短，银行行长行不行",
            "还是还了，我的目的，地地道道地得到了",
        ),
        # Characters of several forms.
        ("头发发展，皇后以后，干净的树干，里面公里", "三只猫只是猫", "发发发"),
        # Forms that are other words: of terms and of what texts do not mark, also over several words.
        ("智能体和软件，智能体软件", "数据库软件很多，一种数据库。", "训练工具和训练，工具", "图形处理器训练"),
        # Stretches of exactly 24 to 26, 49 to 51 units, and more; of words and of what is none.
        *((f"训{'a' * size}练", f"训{'。' * size}") for size in (24, 25, 26, 49, 50, 51, 75, 101)),
        (f"{LONG}𠮷{LONG}😀{LONG}",),
        # A turn of a dialogue, a list, a heading, line ends inside a paragraph.
        ("## 训练之后", "**问：** 推理是什么？", "**答：** 推理。", "- 一\n- 二", "第一行\n第二行"),
        ("〇〇年，我们々，龘䶮㐂",),
    ],
)
def test_the_page_has_every_token_as_the_server_has_it(paragraphs: tuple[str, ...]) -> None:
    import_rows(csv.read(REGIONAL.encode()))
    document = written(*paragraphs)
    assert differing(document) == []


def test_a_term_longer_than_a_letter_says_is_one_word() -> None:
    for size in (25, 26, 50, 51, 60):
        import_rows(csv.read(f"key,zh_hans,en\nlong,{'训' * size},long\n".encode()))
        document = written(f"有{'训' * size}吗")
        assert differing(document) == []
        assert [end - start for start, end, _word in decoded(document)[0]] == [1, size, 1]


def test_the_page_has_the_small_document_as_the_server_has_it(document: Document) -> None:
    assert differing(document) == []


def test_the_page_has_the_documents_that_ship_as_the_server_has_them() -> None:
    seeds.load(settings.SEEDS_DIR)
    documents = list(Document.objects.all())
    assert len(documents) >= 5
    for document in documents:
        assert differing(document) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        # What the characters tell.
        ("训练", ("训练", "xùn liàn", ("訓練",) * 3, {})),
        # Another region's word is read in its own way.
        (
            "智能体",
            (
                "智能体",
                "zhì néng tǐ",
                ("AI代理", "智能代理人", "智能體"),
                {"hant-tw": "dài lǐ", "hant-hk": "zhì néng dài lǐ rén"},
            ),
        ),
        # Also where all its characters, having no other word here, are written so.
        ("参数", ("参数", "cān shù", ("引數", "參數", "參數"), {"hant-tw": "yǐn shù"})),
        # Nothing of it is read where it has no Han character.
        (
            "图形处理器",
            (
                "图形处理器",
                "tú xíng chǔ lǐ qì",
                ("GPU", "圖像處理器", "圖形處理器"),
                {"hant-tw": "", "hant-hk": "tú xiàng chǔ lǐ qì"},
            ),
        ),
        # The term's own reading; what stands between Han characters parts a reading.
        ("重采样", ("重采样", "chóng cǎi yàng", ("重採樣",) * 3, {})),
    ],
)
def test_a_word_has_its_reading_and_its_forms(text: str, word: Word) -> None:
    import_rows(csv.read(REGIONAL.encode()))
    assert word_of(written(f"说{text}，{text}。"), text) == word


def test_runs_of_han_characters_in_one_word_are_parted_by_a_bar() -> None:
    import_rows(csv.read("zh_hans,en\n训A练,mix\n".encode()))
    assert word_of(written("有训A练吗"), "训A练")[1] == "xùn|liàn"


def test_a_traditional_text_has_its_simplified_form_in_the_place_of_its_own() -> None:
    document = written("機械訓練，訓練機械。")
    assert list(layer_of(document)["forms"]) == ["hant-tw", "hant-hk", "hans"]
    assert word_of(document, "訓練") == ("訓練", "xùn liàn", ("訓練", "訓練", "训练"), {})


def test_only_words_are_listed_that_their_characters_do_not_tell() -> None:
    assert layer_of(written("训练和模型，模型训练"))["words"] == []
    layer = layer_of(written("模型和智能体，智能体模型"))
    assert [entry[0] for entry in layer["words"]] == ["智能体"]
    assert (layer["usual"], layer["exceptions"]) == (1, {})


def test_a_word_that_is_read_in_two_ways_is_listed_for_the_rarer_one_only() -> None:
    Term.objects.filter(text="重采样").update(text="长重采样", reading="zhǎng chóng cǎi yàng")
    edition.advance()
    layer = layer_of(written("重要，重要，重要的长重采样"))
    assert [entry[:2] for entry in layer["words"]] == [["长重采样", "zhǎng chóng cǎi yàng"]]


def test_an_exception_says_where_a_word_is_not_what_it_usually_is() -> None:
    document = written("地", "他得地，慢慢地跑，好好地说，大大地好", "地")
    layer = layer_of(document)
    assert differing(document) == []
    said = {word[1] for block in decoded(document) for _start, _end, word in block if word and word[0] == "地"}
    assert len(said) == 2
    assert all(place >= layer["usual"] for pairs in layer["exceptions"].values() for place in pairs[1::2])


def test_a_latin_term_can_be_found_by_itself() -> None:
    assert layer_of(written("有 Scaling Law 吗"))["blocks"] == ["aAKAa"]


def test_labels_are_given_in_every_script() -> None:
    assert layer_of(written("字"), "训练", "训练", "Ann")["labels"] == {
        "训练": ["训练", "訓練", "訓練", "訓練"],
        "Ann": ["Ann"] * 4,
    }


def test_an_empty_text_has_a_layer() -> None:
    layers = lay("", lexicon.current())
    layer = json.loads(annotation_layer.build(layers, [], []))
    assert (layer["readings"], layer["words"], layer["blocks"], layer["labels"]) == ("", [], [], {})
    assert Decoder(layer).word("字", None)[:2] == ("字", "")


def test_the_layer_of_a_long_text_is_smaller_than_the_text() -> None:
    seeds.load(settings.SEEDS_DIR)
    parts = [body(document).text for document in Document.objects.all()]
    document = written(*(part.replace("\n", "\n\n") for part in parts * 5))
    layers, found = laid(document)
    assert len(annotation_layer.build(layers, found.blocks, []).encode()) < len(found.text.encode())
