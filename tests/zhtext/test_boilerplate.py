"""Each rule takes its kind of boilerplate and leaves alone what only resembles it."""

from datetime import date

import pytest

from tests.zhtext.samples import PAGE, TITLE
from zhtext.boilerplate import Head, find, read_head

TEXT = "这是正文的第一段,讲的是后训练。"


def rules_of(*lines: str) -> list[str]:
    """Name the rule that takes each line away; a dot where it stays."""
    found = find(lines, read_head(lines))
    return [found.get(number, ".") for number in range(1, len(lines) + 1)]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        # Two catchwords in one line of the head are an advertisement; one is not, and a sentence is none.
        ("限时优惠!立即报名", "promotion"),
        ("扫码进群,领取资料", "promotion"),
        ("限时的优势", "."),
        ("他在限时的优惠里买了一台机器。", "."),
        # A button alone on its line.
        ("写点什么", "widget"),
        ("  分享 ", "widget"),
        ("\u00a0返回顶部", "widget"),
        ("分享你的看法", "."),
        # Counters, with any bullet, colon and spaces.
        ("  • 本文字数:5120 字", "counter"),
        ("阅读完需：约 17 分钟", "counter"),
        ("阅读量 1,234", "counter"),
        ("大小:3.20M时长:00:18:25", "counter"),
        ("2025-03-08 09:302", "counter"),
        # A sentence that begins like one is text.
        ("大小 7B 的模型在手机上也能跑，而且很快。", "."),
        ("时长约 3 小时的访谈,我们分成两次发布", "."),
        ("阅读量很大", "."),
    ],
)
def test_a_line_and_its_rule(line: str, rule: str) -> None:
    assert rules_of(TEXT, line, TEXT + "又") == [".", rule, "."]


def test_an_advertisement_below_the_head_is_text() -> None:
    assert rules_of(*[f"第{number}段。" for number in range(30)], "限时优惠!立即报名")[-1] == "."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # The ways a date is written.
        ("2025-03-08", date(2025, 3, 8)),
        ("  • 2025-03-08", date(2025, 3, 8)),
        ("2025年3月8日", date(2025, 3, 8)),
        ("发布于 2025/3/8 09:30", date(2025, 3, 8)),
        # A day that is in no calendar is no date.
        ("2025-13-45", None),
        # A sentence that begins with a date is text.
        ("2025-03-08,我们出发了", None),
    ],
)
def test_the_date_of_a_page(line: str, expected: date | None) -> None:
    head = read_head(["标题", line, "正文。"])
    assert head.published == expected
    assert head.published_line == (2 if expected else 0)


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        # A few Han characters alone below the date are the place.
        ("    杭州", "杭州"),
        ("呼和浩特市", "呼和浩特市"),
        # Anything else is not.
        ("杭州。", ""),
        ("Hangzhou", ""),
        ("这一句话太长了不像地名", ""),
        ("", ""),
    ],
)
def test_the_place_stands_below_the_date(below: str, expected: str) -> None:
    assert read_head(["标题", "2025-03-08", below]).place == expected


def test_without_a_date_there_is_no_place() -> None:
    assert read_head(["标题", "2025-13-45", "杭州"]).place == ""
    assert read_head(["杭州", "正文。"]).place == ""


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("编辑 | 周晓、Lena", "编辑 | 周晓、Lena"),
        ("  作者：周晓", "作者：周晓"),
        ("译者/周晓", "译者/周晓"),
        # A sentence about an author is text.
        ("作者是周晓", ""),
        ("编辑:" + "很长的一段话" * 10, ""),
    ],
)
def test_the_author_line_of_a_page(line: str, author: str) -> None:
    assert read_head([line]).author == author


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        # The title again, with other spaces.
        ("为什么scaling law没有走到头", "title"),
        # As the browser shows it.
        ("为什么 scaling law 没有走到头_大模型_周晓_示例站", "title"),
        ("为什么 scaling law 没有走到头 - 示例站", "title"),
        ("为什么 scaling law 没有走到头 | 示例站", "title"),
    ],
)
def test_the_title_is_what_the_page_says_again(other: str, rule: str) -> None:
    lines = ["首页", "为什么 scaling law 没有走到头", TEXT, other]
    assert read_head(lines).title == lines[1]
    assert rules_of(*lines) == [".", "title", ".", rule]


@pytest.mark.parametrize(
    ("first", "again"),
    [
        # A paragraph that begins with the words of a line says more than a title.
        ("什么是机械可解释性？", "什么是机械可解释性？它研究模型的内部。"),
        # A name of which the turns of a dialogue begin is no title.
        ("Mia Chen Baker", "Mia Chen Baker:你好。"),
        ("Mia Chen Baker:", "Mia Chen Baker:"),
        # A line of seven characters or fewer may well be said twice.
        ("是的,一点没错", "是的,一点没错"),
    ],
)
def test_a_line_that_is_no_title(first: str, again: str) -> None:
    assert rules_of(first, TEXT, again) == [".", ".", "."]
    assert read_head([first, TEXT, again]).title == ""


def test_a_page_ends_where_its_comments_begin() -> None:
    assert rules_of(TEXT, "评论", "", "发布", "另一篇文章", "它的作者") == [
        *(".", "comments", "recommended", "comments", "recommended", "recommended"),
    ]


def test_a_line_of_eight_characters_may_be_a_title() -> None:
    assert read_head(["小模型的推理能力", TEXT, "小模型的推理能力"]).title_line == 1


def test_the_button_that_tells_comments_stands_within_three_lines() -> None:
    assert rules_of(TEXT, "评论", "", "共两条", "发布")[1:] == ["comments", "recommended", "recommended", "comments"]
    assert rules_of(TEXT, "评论", "", "共两条", "最新", "发布")[1:] == [".", ".", ".", ".", "."]


def test_a_heading_that_is_called_comments_ends_nothing() -> None:
    assert rules_of(TEXT, "评论", "下面是读者的评论。", TEXT + "又") == [".", ".", ".", "."]


def test_the_head_of_a_scraped_page() -> None:
    assert read_head(PAGE.split("\n")) == Head(
        title=TITLE,
        title_line=4,
        author="编辑 | 周晓、Lena",
        author_line=15,
        place="杭州",
        place_line=7,
        published=date(2025, 3, 8),
        published_line=6,
    )


def test_nothing_is_found_in_nothing() -> None:
    assert read_head([]) == Head()
    assert find([], Head()) == {}
