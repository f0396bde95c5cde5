"""Blocks become HTML: terms are links, readings are ruby, and whatever a text holds is text."""

import re

import pytest

from glossary import lexicon
from reader.documents import body
from reader.formats import markdown
from reader.ingest import add_document
from reader.layers import lay
from reader.models import Document
from reader.render import BlockRenderer, block_words, ruby
from reader.ruby import join_syllables
from tests import small
from zhtext.script import Script

pytestmark = pytest.mark.django_db


def rendered(document: Document, script: Script = Script.HANS, *, pinyin: bool = False) -> str:
    found = body(document)
    current = lexicon.current()
    renderer = BlockRenderer(lay(found.text, current), current, document.slug, script, pinyin=pinyin)
    return renderer.document(found.blocks)


def written(text: str) -> Document:
    return add_document(markdown.read(f"---\ntitle: 题\nslug: written\n---\n\n{text}\n".encode(), "a.md")).document


def plain(html: str) -> str:
    """Take markup and readings away."""
    return re.sub(r"<rt>.*?</rt>|<[^>]+>", "", html)


@pytest.mark.parametrize(
    ("syllables", "word"),
    [
        # Written in one, with an apostrophe before a, o, e inside a word (GB/T 16159—2012).
        (["xùn", "liàn"], "xùnliàn"),
        (["xī", "ān"], "xī'ān"),
        (["ān", "xī"], "ānxī"),
        (["nǚ", "ér"], "nǚ'ér"),
        ([], ""),
        # A character nobody can read leaves nothing.
        (["", "liàn"], "liàn"),
    ],
)
def test_syllables_are_joined(syllables: list[str], word: str) -> None:
    assert join_syllables(syllables) == word


@pytest.mark.parametrize(
    ("shown", "runs", "html"),
    [
        ("训练", [["xùn", "liàn"]], "<ruby>训练<rt>xùnliàn</rt></ruby>"),
        # Latin letters have none.
        ("AB测试x", [["cè", "shì"]], "AB<ruby>测试<rt>cèshì</rt></ruby>x"),
        ("AI", [], "AI"),
        # What cannot be read stands without ruby.
        ("训练", [], "训练"),
        ("龘", [[""]], "龘"),
        # Markup is text.
        ("<训&", [["xùn"]], "&lt;<ruby>训<rt>xùn</rt></ruby>&amp;"),
    ],
)
def test_a_reading_stands_above_its_han_characters(shown: str, runs: list[list[str]], html: str) -> None:
    assert ruby(shown, runs) == html


def test_every_block_has_its_number_kind_and_place(document: Document) -> None:
    html = rendered(document)
    heads = re.findall(r'<(h2|p) class="block (\w+) u\d+" id="b(\d+)" data-start="(\d+)">', html)
    assert [(tag, kind, int(number)) for tag, kind, number, _start in heads] == [
        ("h2", "heading", 0), ("p", "paragraph", 1), ("p", "paragraph", 2),
        ("h2", "heading", 3), ("p", "paragraph", 4), ("p", "paragraph", 5),
    ]  # fmt: skip
    assert [int(start) for *_rest, start in heads] == [block.start for block in body(document).blocks]
    assert html.count('href="/documents/size/paragraphs/') == 6


@pytest.mark.parametrize("pinyin", [False, True])
def test_the_text_is_there_to_the_last_character(document: Document, pinyin: bool) -> None:
    assert plain(rendered(document, pinyin=pinyin)) == body(document).text + "\n"


def test_terms_are_links_to_their_concepts(document: Document) -> None:
    html = rendered(document)
    assert '<a class="term" href="/glossary/scaling-law/">缩放定律</a>' in html
    assert '<a class="term" href="/glossary/scaling-law/">Scaling Law</a>' in html
    assert '<a class="term" href="/glossary/mechanistic-interpretability/">机械可解释性</a>研究' in html
    assert "然后训练" in html


def test_with_pinyin_every_word_has_its_reading(document: Document) -> None:
    html = rendered(document, pinyin=True).replace("<wbr>", "")
    assert '<a class="term" href="/glossary/resampling/"><ruby>重采样<rt>chóngcǎiyàng</rt></ruby></a>' in html
    assert "<ruby>需要<rt>xūyào</rt></ruby>" in html
    assert "Scaling Law</a>" in html


def test_in_another_script_the_regions_own_word_has_its_own_reading(document: Document) -> None:
    html = rendered(document, Script.HANT_TW, pinyin=True).replace("<wbr>", "")
    assert "AI<ruby>代理<rt>dàilǐ</rt></ruby></a>" in html
    assert "<ruby>縮放定律<rt>suōfàngdìnglǜ</rt></ruby>" in html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # A line may break between two words, never inside one, nor behind an opening mark, nor at the beginning.
        ("训练模型", "训练|模型"),
        ("“训练”模型", "“训练”|模型"),
        ("推理（训练）", "推理（训练）"),
    ],
)
@pytest.mark.usefixtures("glossary", "dictionary")
def test_a_line_under_ruby_breaks_between_words(text: str, shown: str) -> None:
    assert plain(rendered(written(text), pinyin=True).replace("<wbr>", "|")) == f"{shown}\n"


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "a < b && c > d", "\"quotes\" and 'others'", "<img src=x onerror=alert(1)>缩放定律"],
)
@pytest.mark.parametrize("pinyin", [False, True])
def test_what_a_text_holds_is_text_and_no_markup(text: str, pinyin: bool) -> None:
    html = rendered(written(text), pinyin=pinyin)
    assert not re.search(r"<(script|img)", html)
    assert "&lt;" in html or "<" not in text


def test_a_speaker_stands_before_the_first_block_of_a_turn_only() -> None:
    turns = "老师：一。\n\n学生：二。\n\n老师：三。\n\n接着说。\n\n学生：四。\n\n老师：五。\n\n学生：六。"
    html = rendered(written(turns))
    assert re.findall(r'<p class="speaker label">(\w+)</p>', html) == ["老师", "学生", "老师", "学生", "老师", "学生"]


def test_a_paragraph_is_shown_word_by_word(document: Document) -> None:
    layers = lay("智能体会推理，AI", lexicon.current())
    words = {word.text: word for word in block_words(layers, Script.HANT_TW)}
    assert (words["智能体"].shown, words["智能体"].reading, words["智能体"].is_term) == ("AI代理", "dàilǐ", True)
    assert (words["推理"].shown, words["推理"].reading) == ("推理", "tuīlǐ")
    assert not words["，"].is_word
    assert not words["AI"].is_word


def test_small_is_what_these_tests_think(document: Document) -> None:
    assert body(document).text.replace("\n", "") in small.DOCUMENT.replace("\n", "").replace("## ", "")
