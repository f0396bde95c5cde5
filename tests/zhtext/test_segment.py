"""Tokens are the words a learner clicks; they cover the text, and no term is cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zhtext.texts import texts, thoroughly
from zhtext.characters import is_han
from zhtext.script import simplify
from zhtext.segment import Kind, Segmenter
from zhtext.spans import Span, longest_leftmost
from zhtext.wordlist import Word, WordList


def of(*words: tuple[str, int]) -> Segmenter:
    """Make a segmenter of a few words, each with its frequency."""
    return Segmenter(WordList.build(Word(word, frequency) for word, frequency in words))


def cut(segmenter: Segmenter, text: str, *fixed: Span) -> str:
    """Show the tokens of a text with bars between them."""
    return "|".join(text[token.start : token.end] for token in segmenter.segment(text, simplify(text), fixed))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Words of the dictionary.
        ("我们研究人工智能", "我们|研究|人工智能"),
        ("他然后训练模型", "他|然后|训练|模型"),
        # Traditional text is cut where its simplified self is.
        ("我們研究計算機", "我們|研究|計算機"),
        # What no dictionary knows is cut into characters.
        ("𠮷々", "𠮷|々"),
        # Han, letters, numbers, marks.
        ("用GPU训练3天。", "用|GPU|训练|3|天|。"),
        # One Latin word may hold digits, hyphens, points and an apostrophe.
        ("GPT-4、v1.2.3、don't、Rock&Roll", "GPT-4|、|v1.2.3|、|don't|、|Rock&Roll"),
        # One number may hold a point, commas, a colon, a percent sign.
        ("3.5、1,000、08:30、12.5%", "3.5|、|1,000|、|08:30|、|12.5%"),
        # A number with its unit is one word; a full stop behind it is none of it.
        ("3.5B参数，7B，10w+", "3.5B|参数|，|7B|，|10w|+"),
        ("等于3.", "等于|3|."),
        # An address is one word and ends where Chinese goes on.
        ("见https://example.org/a?b=1&c=2#d，好", "见|https://example.org/a?b=1&c=2#d|，|好"),
        # White space is a token; every line feed is one of its own.
        ("好 \u3000好\n\n好", "好| \u3000|好|\n|\n|好"),
        ("x_y", "x|_|y"),
        # A bar is no word and parts a name from what follows.
        ("百度丨GPU丨训练", "百度|丨|GPU|丨|训练"),
        ("", ""),
    ],
)
def test_a_text_is_cut_into_words(segmenter: Segmenter, text: str, expected: str) -> None:
    assert cut(segmenter, text) == expected


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("模型", Kind.HAN),
        ("GPT-4", Kind.LETTERS),
        ("3.5B", Kind.LETTERS),
        ("https://example.org/3", Kind.LETTERS),
        ("3.5", Kind.NUMBER),
        ("12%", Kind.NUMBER),
        ("\n", Kind.SPACE),
        ("\u3000 ", Kind.SPACE),
        ("。", Kind.OTHER),
        ("😀", Kind.OTHER),
    ],
)
def test_a_token_knows_what_it_is_made_of(segmenter: Segmenter, token: str, kind: Kind) -> None:
    assert segmenter.segment(token, simplify(token)) == [(0, len(token), kind)]


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        # A term is one token, though the dictionary would cut it.
        ("所谓后训练很重要", "后训练", "所谓|后训练|很|重要"),
        # At the edges of the text.
        ("后训练", "后训练", "后训练"),
        # No token straddles its edge, even where the dictionary's word is longer.
        ("人工智能", "智能", "人工|智能"),
        # A term may hold spaces and letters.
        ("看 Scaling Law 吗", "Scaling Law", "看| |Scaling Law| |吗"),
        ("做A/B 测试", "A/B 测试", "做|A/B 测试"),
    ],
)
def test_a_term_is_never_cut(segmenter: Segmenter, text: str, term: str, expected: str) -> None:
    start = text.index(term)
    assert cut(segmenter, text, Span(start, start + len(term))) == expected


def test_a_term_is_han_as_soon_as_it_holds_one_han_character(segmenter: Segmenter) -> None:
    text = "A/B测试和GPT-4"
    tokens = segmenter.segment(text, text, [Span(0, 5), Span(6, 11)])
    assert [token.kind for token in tokens] == [Kind.HAN, Kind.HAN, Kind.LETTERS]


def test_the_dictionary_decides_what_a_word_is() -> None:
    small = of(("甲乙", 5), ("丙丁", 1))
    assert small.cut("甲乙丙丁戊") == ["甲乙", "丙丁", "戊"]
    assert small.is_word("丙丁")
    assert not small.is_word("乙丙")


def test_the_more_frequent_words_win() -> None:
    singles = [(character, 10) for character in "甲乙丙"]
    assert of(*singles, ("甲乙", 900), ("乙丙", 20)).cut("甲乙丙") == ["甲乙", "丙"]
    assert of(*singles, ("甲乙", 20), ("乙丙", 900)).cut("甲乙丙") == ["甲", "乙丙"]


@thoroughly
@given(text=texts)
def test_tokens_cover_the_text_without_a_gap(segmenter: Segmenter, text: str) -> None:
    tokens = segmenter.segment(text, simplify(text))
    assert "".join(text[token.start : token.end] for token in tokens) == text
    assert all(left.end == right.start for left, right in pairwise(tokens))
    assert all(token.start < token.end for token in tokens)


@thoroughly
@given(text=texts, data=st.data())
def test_fixed_spans_are_tokens_and_the_others_fill_the_gaps(
    segmenter: Segmenter, text: str, data: st.DataObject
) -> None:
    pairs = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(1, 6)), max_size=4))
    fixed = longest_leftmost(Span(start, start + size) for start, size in pairs if start + size <= len(text))
    tokens = segmenter.segment(text, simplify(text), fixed)
    assert set(fixed) <= {Span(token.start, token.end) for token in tokens}
    assert [offset for token in tokens for offset in range(token.start, token.end)] == list(range(len(text)))


def test_a_segmenter_tells_the_edges_of_words_for_terms(segmenter: Segmenter) -> None:
    assert segmenter.edges("他然后，GPU训练").tolist() == [0, 1, 3, 7, 9]
    assert segmenter.edges("GPU").tolist() == segmenter.edges("").tolist() == []


def test_an_edge_of_a_term_cuts_no_word_into_the_text_behind_it(segmenter: Segmenter) -> None:
    # Three Han terms in a row, and one at each end.
    text = "训练模型参数"
    spans = [Span(0, 2), Span(2, 4), Span(4, 6)]
    assert cut(segmenter, text, *spans) == "训练|模型|参数"
    assert cut(segmenter, text, spans[0], spans[2]) == "训练|模型|参数"
    assert cut(segmenter, text, Span(1, 5)) == "训|练模型参|数"


@thoroughly
@given(text=texts)
def test_only_han_tokens_hold_han_characters(segmenter: Segmenter, text: str) -> None:
    for start, end, kind in segmenter.segment(text, simplify(text)):
        assert all(map(is_han, text[start:end])) if kind is Kind.HAN else not any(map(is_han, text[start:end]))
