"""A raw source becomes a title and blocks worth reading, and nothing disappears unsaid."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zhtext.samples import PAGE, SCRIPT, TITLE
from tests.zhtext.texts import texts, thoroughly
from zhtext.characters import normalise
from zhtext.clean import BlockKind, CleanBlock, CleanText, Dropped, clean, find_speakers, split_turn

H, P, T, C = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TURN, BlockKind.CAPTION
MIA, TOM = "Mia Chen", "Tom Baker"


def test_a_scraped_interview_becomes_a_dialogue() -> None:
    assert clean(PAGE).blocks == (
        CleanBlock(P, "上个月,青禾在杭州发布了一个只有 3B 参数的模型。创始人说,它是用两台旧机器训练出来的。"),
        CleanBlock(H, "缩放定律 Scaling Law"),
        CleanBlock(T, "先从缩放定律说起吧。它到底说了什么?", MIA),
        # The gap that a picture tore at the comma is closed.
        CleanBlock(T, "它说的是,模型、数据和算力一起变大,损失就会沿着一条平滑的曲线往下走。", TOM),
        # Who spoke last goes on until another does.
        CleanBlock(T, "我们后来又把这条曲线重新画了三遍,结果都一样。", TOM),
        CleanBlock(T, "那为什么还要做小模型?", MIA),
        # The turn whose colon is missing.
        CleanBlock(T, "因为大多数人用不起大的。", TOM),
        CleanBlock(H, "后训练"),
        CleanBlock(T, "后训练在你们那里占多少?", MIA),
        CleanBlock(T, "一半以上。", TOM),
        CleanBlock(T, "谢谢你。", MIA),
        CleanBlock(T, "也谢谢你,欢迎到杭州来玩。", TOM),
        CleanBlock(C, "原视频链接:"),
        CleanBlock(C, "https://video.example.org/watch?v=3B"),
    )


def test_a_scraped_interview_keeps_its_head() -> None:
    page = clean(PAGE)
    assert (page.title, page.author, page.place, page.published) == (
        *(TITLE, "编辑 | 周晓、Lena", "杭州", date(2025, 3, 8)),
    )


def test_what_was_dropped_is_told_with_rule_and_lines() -> None:
    dropped = clean(PAGE).dropped
    assert [(part.rule, part.text.replace("\n", "|")[:8]) for part in dropped] == [
        ("promotion", "云上开发者限时福"),
        ("widget", "写点什么"),
        ("title", TITLE[:8]),
        ("details", "• 2025-0"),
        ("counter", "• 本文字数:5"),
        ("title", TITLE[:8]),
        ("details", "编辑 | 周晓、"),
        ("counter", "2025-03-"),
        ("comments", "评论|发布|暂无"),
        ("recommended", "吐血整理 | 一"),
        ("title", TITLE[:8]),
    ]
    assert dropped[4] == Dropped("counter", 8, 12, "• 本文字数:5120 字\n阅读完需:约 17 分钟\n大小:3.20M时长:00:18:25")


def test_what_was_dropped_can_be_put_back() -> None:
    [widget] = [part for part in clean(PAGE).dropped if part.rule == "widget"]
    again = clean(PAGE, keep={widget.first})
    assert "写点什么" in [block.text for block in again.blocks]
    assert widget not in again.dropped
    assert len(again.dropped) == len(clean(PAGE).dropped) - 1


def test_everything_may_be_put_back() -> None:
    assert clean(PAGE, keep=range(1, 200)).dropped == ()


def test_a_subtitle_script_becomes_paragraphs() -> None:
    script = clean(SCRIPT)
    assert script.title == "强化学习的来龙去脉"
    assert [block.kind for block in script.blocks] == [P, P]
    assert script.dropped == ()


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        # What is announced within one line is the title.
        ("大家好\n今天我们来聊一下奖励的漏洞", "奖励的漏洞"),
        # Where the announcement is torn or missing, the first line that says anything is.
        ("大家好\n今天要给大家\n分享的是奖励的漏洞和补法", "大家好"),
        ("\n\n  夜读人工智能  ", "夜读人工智能"),
    ],
)
def test_the_title_of_a_script(opening: str, title: str) -> None:
    assert clean(opening + "\n模型会找到漏洞" * 12).title == title


@pytest.mark.parametrize(
    ("source", "title", "blocks"),
    [
        # A plain text: its first line is its title, and stays a heading above the text.
        ("后训练\n\n后训练是第二步。", "后训练", [(H, "后训练"), (P, "后训练是第二步。")]),
        # Spaces of any kind around paragraphs are not text, nor is a byte order mark.
        ("\ufeff\u3000\u3000好。\r\n\u00a0\r\n是。", "好。", [(P, "好。"), (P, "是。")]),
        # A short line is no heading if it ends with a mark, or if nothing longer follows.
        ("真的？\n是真的吗，我不信。\n好的", "真的？", [(P, "真的？"), (P, "是真的吗，我不信。"), (P, "好的")]),
        # A label and an address are no headings.
        (
            "好。\n延伸资料:缩放定律\n参考资料\nhttps://example.org/a",
            "好。",
            [(P, "好。"), (C, "延伸资料:缩放定律"), (C, "参考资料"), (C, "https://example.org/a")],
        ),
        # What ends with a comma goes on in the next paragraph.
        ("他说，\n\n好，\n\n走吧。", "他说，好，走吧。", [(P, "他说，好，走吧。")]),
    ],
)
def test_an_article(source: str, title: str, blocks: list[tuple[BlockKind, str]]) -> None:
    text = clean(source)
    assert text.title == title
    assert [(block.kind, block.text) for block in text.blocks] == blocks


@pytest.mark.parametrize(
    ("line", "following", "kind"),
    [
        # Short, without a mark at its end, before something longer.
        ("后训练", "后训练是第二步。", H),
        ("长" * 40, "更长的一段。" * 9, H),
        # Too long; a mark at its end; a label; an address.
        ("长" * 41, "更长的一段。" * 9, P),
        ("后训练：", "后训练是第二步。", P),
        ("图：一条曲线", "这条曲线说的是损失怎样下降。", C),
        ("见 https://example.org/a", "这是那一篇文章的地址,很值得一读,也很长。", P),
        # Nothing longer follows, or nothing at all.
        ("后训练", "第二步", P),
        ("后训练", "", P),
        # What stands before an address names it.
        ("一篇文章", "https://example.org/a", C),
    ],
)
def test_a_heading(line: str, following: str, kind: BlockKind) -> None:
    assert clean(f"开头。\n{line}\n{following}").blocks[1].kind is kind


def test_a_long_first_paragraph_is_cut_for_the_title() -> None:
    assert clean("很长的一段话，" * 20 + "完。").title == ("很长的一段话，" * 20)[:40]


def dialogue(*turns: str) -> list[tuple[str, str]]:
    """Clean some paragraphs and tell who says what."""
    return [(block.speaker, block.text) for block in clean("\n\n".join(turns)).blocks]


GREETINGS = ("王小明:你好。", "李小红：你好。", "王小明:好吗?", "李小红:好。", "王小明：再见。", "李小红:再见。")


def test_names_before_colons_of_either_width_are_speakers() -> None:
    assert dialogue(*GREETINGS)[:3] == [("王小明", "你好。"), ("李小红", "你好。"), ("王小明", "好吗?")]


def test_a_name_before_a_colon_that_comes_once_is_text() -> None:
    assert dialogue(*GREETINGS, "注意事项:别忘了。")[-1] == ("李小红", "注意事项:别忘了。")


def test_a_name_alone_on_its_line_speaks_what_stands_below() -> None:
    apart = [line for turn in GREETINGS for line in (turn[:4], turn[4:])]
    assert dialogue(*apart) == dialogue(*GREETINGS)


def test_a_name_behind_which_nothing_is_said_stays_in_the_text() -> None:
    assert dialogue(*GREETINGS, "王小明:")[-1] == ("李小红", "王小明:")


def test_two_names_in_a_row_are_not_one_turn() -> None:
    assert dialogue(*GREETINGS, "王小明:", "李小红:", "喂？")[-2:] == [("李小红", "王小明:"), ("李小红", "喂？")]


def test_a_comma_before_another_speaker_closes_no_gap() -> None:
    assert dialogue(*GREETINGS, "王小明:等等,", "李小红:什么?")[-2:] == [("王小明", "等等,"), ("李小红", "什么?")]


@pytest.mark.parametrize(
    ("paragraph", "last", "expected"),
    [
        # The colon may be half-width or full-width, with or without space.
        ("Ann:是的。", "", ("Ann", "是的。")),
        ("Ann： 是的。", "Ann", ("Ann", "是的。")),
        ("Ann :\u00a0是的。", "Bob", ("Ann", "是的。")),
        # It may be missing where Han characters follow and another spoke before.
        ("Ann是的。", "Bob", ("Ann", "是的。")),
        ("Ann是的。", "Ann", ("", "Ann是的。")),
        ("Ann是个名字。", "", ("", "Ann是个名字。")),
        ("Anna是谁?", "Bob", ("", "Anna是谁?")),
        ("Ann is here.", "Bob", ("", "Ann is here.")),
        # A stranger does not speak, nor does one who says nothing.
        ("Eve:是的。", "Ann", ("", "Eve:是的。")),
        ("Ann:", "Bob", ("", "Ann:")),
    ],
)
def test_split_turn(paragraph: str, last: str, expected: tuple[str, str]) -> None:
    assert split_turn(paragraph, frozenset({"Ann", "Bob"}), last) == expected


@pytest.mark.parametrize(
    ("name", "speaks"),
    [
        # Latin names of up to four words, Chinese names, the point inside a foreigner's.
        ("Ann", True),
        ("Mary-Jane O'Neil van", False),
        ("Mary-Jane O'Neil Van Dyke", True),
        ("王小明", True),
        ("达里奥·阿莫", True),
        # A phrase is no name.
        ("这句话实在太长不像名字", False),
        ("第3章", False),
    ],
)
def test_find_speakers(name: str, speaks: bool) -> None:
    assert find_speakers([f"{name}:好。"] * 3) == (frozenset({name}) if speaks else frozenset())
    assert find_speakers([f"{name}:好。"] * 2) == frozenset()


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "empty"),
        (" \n\u00a0\r\n\u3000", "empty"),
        ("好\x00", "a NUL character at position 1"),
        ("\ud800好", "half a surrogate pair at position 0"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(source: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        clean(source)


pieces = st.sampled_from([*PAGE.split("\n"), *GREETINGS, "王小明:", *SCRIPT.split("\n")[:6]])
sources = st.lists(pieces | texts, min_size=1, max_size=25).map("\n".join).filter(str.strip)


def lines_dropped(source: str, text: CleanText) -> set[int]:
    """Check that what was dropped says what its lines say, and give the numbers of those lines."""
    lines = [line.strip() for line in normalise(source).removeprefix("\ufeff").split("\n")]
    for part in text.dropped:
        assert [line for line in lines[part.first - 1 : part.last] if line] == part.text.split("\n")
    return {number for part in text.dropped for number in range(part.first, part.last + 1)}


@thoroughly
@given(sources)
def test_every_line_is_either_kept_in_order_or_listed(source: str) -> None:
    text = clean(source)
    dropped = lines_dropped(source, text)
    names = {block.speaker for block in text.blocks if block.speaker}
    rest = "".join(block.text for block in text.blocks)
    for number, line in enumerate(normalise(source).removeprefix("\ufeff").split("\n"), 1):
        if number not in dropped and line.strip():
            # A turn may have parted with its speaker's name.
            said = {line.strip(), *(re.sub(rf"^{re.escape(name)}\s?[:：]?\s*", "", line.strip()) for name in names)}
            found = [rest[rest.index(words) + len(words) :] for words in said if words in rest]
            assert found
            rest = max(found, key=len)


@thoroughly
@given(sources)
def test_no_block_is_empty(source: str) -> None:
    assert all(block.text.strip() for block in clean(source).blocks)


@thoroughly
@given(sources, st.sets(st.integers(1, 30)))
def test_lines_that_shall_be_kept_are_never_dropped(source: str, keep: set[int]) -> None:
    text = clean(source, keep)
    kept = {number for part in text.dropped for number in (part.first, part.last)} & keep
    assert not kept
