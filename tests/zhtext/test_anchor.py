"""Notes stay with their words while a text is edited, and say so when they cannot."""

import random
import time

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from zhtext.anchor import Selector, describe, locate, propose, reanchor

LETTER = """春天的来信
昨天下午，我收到了一封从北方寄来的信。信封上的邮票画着一只白鹤。
写信的人是我小学时的同桌，我们已经十二年没有见面了。
她在信里说，老家门前的那条河今年解冻得特别早。
河边的生活
每天早上，渔夫们坐着小船出门，傍晚才带着鱼回来。
孩子们放学以后，喜欢在河边的石头上写作业。
我想等到夏天，坐火车回去看看那条河。
"""


def span(text: str, quote: str, nth: int = 0) -> tuple[int, int]:
    """Return where a quote stands in a text for the nth time, counted from 0."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return start, start + len(quote)


def after(old: str, new: str, quote: str, nth: int = 0) -> str | None:
    """Return the words that a note on a quote of the old text stands at in the new one."""
    [place] = reanchor(old, new, [span(old, quote, nth)])
    return new[slice(*place)] if place else None


@pytest.mark.parametrize(
    ("cut", "put", "quote", "expected"),
    [
        # An edit elsewhere does not touch the passage.
        ("昨天下午", "前天晚上", "白鹤", "白鹤"),
        # An edit right before or right after it does not widen it.
        ("一只白鹤", "一对白鹤", "白鹤", "白鹤"),
        ("白鹤。", "白鹤和一轮红日。", "白鹤", "白鹤"),
        # A word replaced inside belongs to it.
        ("坐着小船出门", "划着大船出门", "渔夫们坐着小船出门", "渔夫们划着大船出门"),
        # So does what is put in the place of its first word.
        ("渔夫们坐着", "几位老人坐着", "渔夫们坐着小船出门", "几位老人坐着小船出门"),
        # A word put in inside belongs to it.
        ("喜欢在河边", "总是喜欢在河边", "孩子们放学以后，喜欢在河边", "孩子们放学以后，总是喜欢在河边"),
        # A word cut out inside is missed, and the rest holds.
        ("十二年没有见面", "没有见面", "我们已经十二年没有见面", "我们已经没有见面"),
        # What is put in the place of its last words belongs to it.
        ("特别早", "比往年早", "那条河今年解冻得特别", "那条河今年解冻得比往年"),
        # A mark of punctuation at its end carries nothing.
        ("白鹤。", "白鹤！", "画着一只白鹤。", "画着一只白鹤"),
        # A passage that is gone, in its own place or as a whole, is an orphan.
        ("信封上的邮票画着一只白鹤。", "", "白鹤", None),
        ("画着一只白鹤", "已经被人撕掉", "画着一只白鹤", None),
        # Punctuation that survives where the words do not is no passage.
        ("昨天下午，", "清晨，", "下午，", None),
        # The same words right beside the cut are not the words that were cut.
        ("傍晚才带着鱼回来。\n孩子们", "孩子们", "带着鱼", None),
    ],
)
def test_an_edit(cut: str, put: str, quote: str, expected: str | None) -> None:
    assert LETTER.count(cut) == 1
    assert after(LETTER, LETTER.replace(cut, put), quote) == expected


@pytest.mark.parametrize(
    ("old", "new", "quote", "expected"),
    [
        # A Latin word may take or lose an ending.
        ("每个组件都可以使用 prop 接收数据。", "每个组件都可以使用 props 接收数据。", "prop", "prop"),
        ("每个组件都可以使用 props 接收数据。", "每个组件都可以使用 prop 接收数据。", "props", "prop"),
        ("id", "ids", "id", "id"),
        # But letters shared by chance are no word: null is not number.
        ("它返回一个 number 类型的值。", "它返回一个 null 类型的值。", "number", None),
        # An astral character is one code point.
        ("𠮷野家在街角。", "你看，𠮷野家在街角。", "𠮷野家", "𠮷野家"),
        ("我喜欢😀这个表情。", "我一直都喜欢😀这个表情。", "😀", "😀"),
        # A lone combining mark is a character like any other.
        ("\u0301这里有一个孤零零的重音符。", "注意：\u0301这里有一个孤零零的重音符。", "\u0301这里", "\u0301这里"),
        # A passage may be the whole text.
        ("床前明月光", "窗前明月光", "床前明月光", "窗前明月光"),
        # Nothing is left of a text that is emptied.
        ("床前明月光", "", "明月", None),
    ],
)
def test_characters(old: str, new: str, quote: str, expected: str | None) -> None:
    assert after(old, new, quote) == expected


def test_a_paragraph_is_put_in_above() -> None:
    new = "编者按：这封信写于去年春天。\n" + LETTER
    shift = len(new) - len(LETTER)
    old_spans = [span(LETTER, "白鹤"), span(LETTER, "河边", 1), (0, 1), (len(LETTER) - 1, len(LETTER))]
    assert reanchor(LETTER, new, old_spans) == [(start + shift, end + shift) for start, end in old_spans]


def test_words_are_deleted_while_the_same_words_stand_elsewhere() -> None:
    new = LETTER.replace("她在信里说，老家门前的那条河今年解冻得特别早。\n", "")
    assert "那条河" in new
    assert after(LETTER, new, "那条河", 0) is None
    assert after(LETTER, new, "那条河", 1) == "那条河"


def test_words_are_deleted_and_put_in_elsewhere_by_chance() -> None:
    new = LETTER.replace("画着一只白鹤", "已经褪色").replace("小船出门", "画着白鹤的小船出门")
    assert after(LETTER, new, "白鹤") is None


def test_a_block_moves() -> None:
    block = "河边的生活\n每天早上，渔夫们坐着小船出门，傍晚才带着鱼回来。\n孩子们放学以后，喜欢在河边的石头上写作业。\n"
    new = block + LETTER.replace(block, "")
    quotes = ["河边的生活", "小船", "河边的石头", "白鹤", "火车"]
    assert reanchor(LETTER, new, [span(LETTER, quote) for quote in quotes]) == [span(new, quote) for quote in quotes]


def test_a_sentence_moves_and_is_edited() -> None:
    sentence = "孩子们放学以后，喜欢在河边的石头上写作业。\n"
    new = "孩子们放学以后，最喜欢在河边的石头上写作业。\n" + LETTER.replace(sentence, "")
    assert after(LETTER, new, "石头") == "石头"
    assert after(LETTER, new, "放学以后，喜欢在河边") == "放学以后，最喜欢在河边"


def test_a_sentence_stands_twice_and_each_note_keeps_its_own() -> None:
    old = "第一章讲声母。\n在下面试一试。\n第二章讲韵母。\n在下面试一试。\n第三章讲声调。\n"
    new = old.replace("第二章讲韵母", "第二章讲单韵母和复韵母")
    assert reanchor(old, new, [span(old, "试一试", 0), span(old, "试一试", 1)]) == [
        span(new, "试一试", 0),
        span(new, "试一试", 1),
    ]


def test_one_of_two_equal_sentences_goes_with_its_chapter() -> None:
    old = "第一章讲声母的发音部位。\n在下面试一试。\n第二章讲韵母的口形变化。\n在下面试一试。\n第三章讲声调。\n"
    new = old.replace("第一章讲声母的发音部位。\n在下面试一试。\n", "")
    assert reanchor(old, new, [span(old, "试一试", 0), span(old, "试一试", 1)]) == [None, span(new, "试一试")]


def test_a_paragraph_rewritten_in_place_holds_no_note_by_a_common_word() -> None:
    old = "她在信里说，老家门前的那条河今年解冻得特别早，我们小时候常去的渡口已经修成了一座石桥，两岸种满了柳树。\n"
    new = "这是谁寄的呢？信纸被雨水打湿，字迹模糊，落款也看不清楚，只好等我们放假以后，一起去邮局打听寄件地址。\n"
    assert after(LETTER + old, LETTER + new, "我们", 1) is None
    assert after(LETTER + old, LETTER + new, "小时候") is None


def test_a_heading_moves_alone() -> None:
    new = LETTER.replace("河边的生活\n", "") + "河边的生活\n完\n"
    assert after(LETTER, new, "生活") == "生活"


def test_a_name_is_deleted_here_and_put_in_there() -> None:
    old = "我们先学 JavaScript 的语法。\n" + LETTER
    new = LETTER.replace("作业", "作业和 JavaScript 程序")
    assert after(old, new, "JavaScript") is None


def test_no_spans_and_no_text() -> None:
    assert reanchor("", "", []) == []
    assert reanchor("", "有字", []) == []


@pytest.mark.parametrize("outside", [(-1, 2), (0, 5), (3, 3), (3, 2), (4, 5)])
def test_a_span_outside_the_text_is_refused_in_words(outside: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="at least one character"):
        reanchor("四个汉字", "四个汉字", [(0, 2), outside])
    with pytest.raises(ValueError, match="at least one character"):
        describe("四个汉字", *outside)
    with pytest.raises(ValueError, match="at least one character"):
        propose("四个汉字", "四个汉字", [outside])


def test_describe_cuts_context_from_the_text() -> None:
    text = "甲" * 40 + "白鹤" + "乙" * 5
    assert describe(text, 40, 42) == Selector(40, 42, "白鹤", "甲" * 32, "乙" * 5)


@pytest.mark.parametrize(
    ("new", "quote", "nth", "expected"),
    [
        # Nothing has changed.
        (LETTER, "那条河", 1, "那条河"),
        # The text has shifted: the words stand in their whole context.
        ("前言\n" + LETTER, "那条河", 1, "那条河"),
        # Only the near context still stands.
        (LETTER.replace("昨天下午", "今天").replace("小学时", "从前"), "白鹤", 0, "白鹤"),
        # The quote itself was edited within its context.
        (LETTER.replace("坐着小船", "划着大船"), "渔夫们坐着小船出门", 0, "渔夫们划着大船出门"),
        # The words are gone; two characters elsewhere are not they.
        (LETTER.replace("她在信里说，老家门前的那条河今年解冻得特别早。\n", ""), "那条河", 0, None),
        # The words stand in other company.
        ("他昨天去公园散步，看见湖边的墙上画着一只白鹤和两条金鱼，觉得非常好看，于是拍了照片。", "白鹤", 0, None),
        # The words and their context stand twice: it cannot be told which.
        ("前言\n" + LETTER + LETTER, "白鹤", 0, None),
        ("", "白鹤", 0, None),
    ],
)
def test_locate(new: str, quote: str, nth: int, expected: str | None) -> None:
    place = locate(new, describe(LETTER, *span(LETTER, quote, nth)))
    assert (new[slice(*place)] if place else None) == expected


@pytest.mark.parametrize(
    ("quote", "found"), [("后训练", None), ("推理需", None), ("推理需要", "推理需要"), ("预训练之后", None)]
)
def test_words_without_context_are_found_verbatim_or_not_at_all(quote: str, found: str | None) -> None:
    text = "后训练在预训练结束之后，后训练开始。推理，推理需要算力。"
    place = locate(text, Selector(-1, -1, quote, "", ""))
    assert (text[slice(*place)] if place else None) == found


def test_locate_keeps_apart_what_is_repeated() -> None:
    new = "前言\n" + LETTER
    for nth in (0, 1):
        assert locate(new, describe(LETTER, *span(LETTER, "那条河", nth))) == span(new, "那条河", nth)


@pytest.mark.parametrize(
    ("cut", "put", "quote", "expected"),
    [
        # What stands in the place of the passage is offered.
        ("画着一只白鹤", "早就不见了", "画着一只白鹤", "早就不见了"),
        # Where nothing does, the same words nearby are.
        ("她在信里说，老家门前的那条河今年解冻得特别早。\n", "", "那条河", "那条河"),
        # Where there are none, the sentence that now stands there.
        ("画着一只白鹤", "", "白鹤", "信封上的邮票。"),
        # A passage that has its place is offered that.
        ("昨天", "前天", "白鹤", "白鹤"),
    ],
)
def test_propose(cut: str, put: str, quote: str, expected: str) -> None:
    new = LETTER.replace(cut, put)
    [place] = propose(LETTER, new, [span(LETTER, quote)])
    assert place is not None
    assert new[slice(*place)] == expected


@pytest.mark.parametrize("blank", ["", "\n \n"])
def test_nothing_is_proposed_in_a_blank_text(blank: str) -> None:
    assert propose(LETTER, blank, [span(LETTER, "白鹤")]) == [None]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # One endless sentence of one character, edited once or a few times.
        ("的" * 1_000_000, "的" * 500_000 + "一" + "的" * 500_000),
        ("的" * 1_000_000, "的" * 300_000 + "一二" + "的" * 300_000 + "三" + "的" * 399_000),
        # Nothing in common at all.
        ("的" * 1_000_000, "一" * 1_000_000),
    ],
    ids=["one edit", "a few edits", "nothing in common"],
)
def test_a_long_monotonous_text_takes_seconds_at_most(old: str, new: str) -> None:
    spans = [(start, start + 5) for start in range(0, len(old) - 5, len(old) // 1000)]
    began = time.process_time()
    places = reanchor(old, new, spans)
    assert time.process_time() - began < 20
    assert [place is None for place in places] == ["的" not in new] * len(spans)


def test_a_long_text_without_sentences_keeps_its_notes_through_many_edits() -> None:
    chance = random.Random(6)
    old = "".join(chance.choices([chr(0x4E00 + i) for i in range(3000)], k=60_000))
    new = "".join("改" if i % 30 == 0 else character for i, character in enumerate(old))
    spans = [(start, start + 9) for start in range(10, 60_000, 30)]
    assert reanchor(old, new, spans) == spans


texts = st.text(st.sampled_from("的一是不了我你，。\n ab𠮷\u0301"), min_size=1, max_size=60)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """Return a text and some spans of it."""
    text = draw(texts)
    start = st.integers(0, len(text) - 1)
    spans = st.lists(start.flatmap(lambda i: st.tuples(st.just(i), st.integers(i + 1, len(text)))), max_size=5)
    return text, draw(spans)


@given(texts_with_spans())
def test_a_text_that_does_not_change_keeps_every_note(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = case
    assert reanchor(text, text, spans) == spans


@given(texts_with_spans(), st.text(st.sampled_from("新增段落"), min_size=1, max_size=40))
@example(("。", [(0, 1)]), "新增段落" * 10)
def test_a_prefix_shifts_every_note_by_its_length(case: tuple[str, list[tuple[int, int]]], prefix: str) -> None:
    text, spans = case
    assert reanchor(text, prefix + text, spans) == [(start + len(prefix), end + len(prefix)) for start, end in spans]


@given(texts_with_spans(), texts)
def test_every_place_lies_in_the_new_text(case: tuple[str, list[tuple[int, int]]], new: str) -> None:
    old, spans = case
    for place in [*reanchor(old, new, spans), *propose(old, new, spans)]:
        assert place is None or 0 <= place[0] < place[1] <= len(new)


@given(texts_with_spans())
def test_a_description_is_found_in_its_own_text(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = case
    assume(spans)
    assert [locate(text, describe(text, *span)) for span in spans] == spans
