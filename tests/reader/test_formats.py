"""Files become texts whatever their encoding; what cannot be read is refused by its line."""

from datetime import date

import pytest

from reader.formats import format_of, markdown, txt
from reader.formats.decoding import decode

ARTICLE = (
    "---\ntitle: 题目\nsummary: A summary.\nlevel: 2\nauthor: 某人\npublished: 2026-05-04\nlicence: CC0\n---\n\n{}"
)


def blocks(body: str) -> list[tuple[str, str, str]]:
    text = markdown.read(ARTICLE.format(body).encode(), "a.md").text
    return [(block.kind.value, block.speaker, block.text) for block in text.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_decoded(encoding: str) -> None:
    assert decode("缩放定律，𠮷".encode(encoding)).removeprefix("\ufeff") == "缩放定律，𠮷"


@pytest.mark.parametrize("content", [b"\xff\xff\xff", b"\xff\xfea", bytes(range(128, 256))])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not text in UTF-8, UTF-16 or GB18030"):
        decode(content)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.md", markdown), ("a.MARKDOWN", markdown), ("a.txt", txt), ("a", txt), ("a.html", txt), ("a.md.txt", txt)],
)
def test_the_name_tells_the_format(name: str, expected: object) -> None:
    assert format_of(name) is expected


def test_front_matter_says_what_is_known_of_a_text() -> None:
    incoming = markdown.read(ARTICLE.format("正文。").encode(), "a.md")
    assert (incoming.text.title, incoming.text.author, incoming.text.published) == ("题目", "某人", date(2026, 5, 4))
    assert incoming.details["summary"] == "A summary."
    assert (incoming.details["level"], incoming.details["licence"], incoming.details["origin"]) == (2, "CC0", "a.md")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # Paragraphs are parted by blank lines; # marks a heading.
        ("## 一\n\n甲。\n\n乙。", [("heading", "", "一"), ("paragraph", "", "甲。"), ("paragraph", "", "乙。")]),
        # Blanks around, and line ends of other systems.
        ("\n\n  甲。  \r\n\r\n \r\n乙。\n", [("paragraph", "", "甲。"), ("paragraph", "", "乙。")]),
        # Lines of one paragraph are joined: with a blank only where words would run together.
        ("甲是这样，\n乙是那样。", [("paragraph", "", "甲是这样，乙是那样。")]),
        ("see the\nlaw", [("paragraph", "", "see the law")]),
        # Whoever speaks three times is a speaker; a paragraph without a name goes on speaking.
        (
            "老师：一。\n\n学生：二。\n\n老师：三。\n\n学生：四。\n\n还有。\n\n老师：五。\n\n学生：六。",
            [("turn", "老师", "一。"), ("turn", "学生", "二。"), ("turn", "老师", "三。"), ("turn", "学生", "四。"),
             ("turn", "学生", "还有。"), ("turn", "老师", "五。"), ("turn", "学生", "六。")],
        ),
        # A colon alone makes no dialogue.
        ("注意：这里没有人说话。", [("paragraph", "", "注意：这里没有人说话。")]),
        # What looks like markup is text.
        ("<b>甲</b> &amp; **乙**", [("paragraph", "", "<b>甲</b> &amp; **乙**")]),
    ],
)  # fmt: skip
def test_markdown_becomes_blocks(body: str, expected: list[tuple[str, str, str]]) -> None:
    assert blocks(body) == expected


def test_a_speakers_name_alone_on_its_line_makes_no_empty_block() -> None:
    body = "老师：\n\n一。\n\n学生：二。\n\n老师：三。\n\n学生：四。\n\n老师：五。\n\n学生："
    assert all(text for _kind, _speaker, text in blocks(body))
    assert blocks(body)[0] == ("turn", "老师", "一。")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # Each problem of the front matter has its line.
        ("---\ntitle: 题\ncolour: red\n---\n\n正文。", "Line 3: “colour: red” is not one of title, summary, level"),
        ("---\ntitle 题\n---\n\n正文。", "Line 2: “title 题” is not one of"),
        ("---\nlevel: easy\n---\n\n正文。", "Line 2: “easy” is no level: write 1, 2 or 3."),
        ("---\ntitle: 题\nlevel: 7\n---\n\n正文。", "Line 3: “7” is no level: write 1, 2 or 3."),
        ("---\npublished: May\n---\n\n正文。", "Line 2: “May” is no date: write 2026-05-04."),
        ("---\nposition: first\n---\n\n正文。", "Line 2: “first” is no number of at most four digits."),
        ("---\ntitle: 题\n\n正文。", "Line 1: the front matter has no end: a line of three hyphens is missing."),
        # Nothing to read.
        ("", "The text is empty."),
        ("---\ntitle: 题\n---\n\n \n", "The text is empty."),
        # What no database can hold.
        ("正\x00文。", "NUL character at position 1"),
    ],
)
def test_bad_markdown_is_refused_by_its_line(text: str, words: str) -> None:
    with pytest.raises(ValueError) as caught:  # the words are compared below
        markdown.read(text.encode(), "a.md")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b" \n\n", "empty"), ("正\x00文".encode(), "NUL"), (b"\xff\xff\xff", "not text in")],
)
def test_bad_plain_text_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        txt.read(content, "a.txt")


def test_without_front_matter_the_first_line_is_the_title() -> None:
    assert markdown.read("# 题目在此\n\n正文。".encode(), "a.md").text.title == "题目在此"
