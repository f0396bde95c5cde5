"""The contents of a text are its headings; of an interview without any, what is asked."""

import pytest

from reader.contents import entries
from reader.documents import Body
from reader.models import Block, BlockKind

ASKED = ["你好吗？", "为什么呢？我不懂。", "说说看。", "以后呢？"]


def body(*parts: tuple[BlockKind, str, str]) -> Body:
    """Make the body of a text from the kind, speaker and words of its blocks."""
    blocks, start = [], 0
    for number, (kind, speaker, text) in enumerate(parts):
        blocks.append(Block(number=number, kind=kind, speaker=speaker, start=start, end=start + len(text)))
        start += len(text) + 1
    return Body("\n".join(text for _kind, _speaker, text in parts), tuple(blocks))


def dialogue(*asked: str) -> list[tuple[BlockKind, str, str]]:
    """Make a dialogue in which each turn is answered, once with a question back."""
    answers = (f"答{number}。" if number else "你说呢？" for number in range(len(asked)))
    turns = zip(asked, answers, strict=True)
    return [(BlockKind.TURN, who, words) for pair in turns for who, words in zip(("问", "答"), pair, strict=True)]


def test_headings_are_the_contents() -> None:
    text = body((BlockKind.HEADING, "", "一"), *dialogue(*ASKED), (BlockKind.HEADING, "", "二"))
    assert [(entry.number, entry.start, entry.text) for entry in entries(text)] == [(0, 0, "一"), (9, 44, "二")]


def test_an_interview_without_headings_has_its_questions() -> None:
    found = entries(body(*dialogue(*ASKED)))
    assert [entry.text for entry in found] == ["你好吗？", "为什么呢？", "以后呢？"]
    assert [entry.number for entry in found] == [0, 2, 6]


@pytest.mark.parametrize(
    "text",
    [
        # Nobody asks, hardly anybody asks, only the monologue asks itself, and a table longer than any use.
        body((BlockKind.PARAGRAPH, "", "一段。")),
        body(*dialogue("你好吗？", "好。")),
        body(*[(BlockKind.PARAGRAPH, "", "为什么？")] * 4),
        body(*dialogue(*["为什么？"] * 100)),
    ],
)  # fmt: skip
def test_where_a_table_would_not_help_there_is_none(text: Body) -> None:
    assert entries(text) == []
