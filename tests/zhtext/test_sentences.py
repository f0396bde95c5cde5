"""Sentences end where a reader would stop."""

import pytest
from hypothesis import given

from tests.zhtext.texts import texts, thoroughly
from zhtext.sentences import sentence_at, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The three marks that end a sentence, and the ellipsis.
        ("来了。走了！真的？嗯……好", "来了。|走了！|真的？|嗯……|好"),
        # Their half-width kin.
        ("来了!走了?好", "来了!|走了?|好"),
        # Several marks in a row end one sentence.
        ("真的吗？！是的。", "真的吗？！|是的。"),
        # A semicolon, a colon or a comma ends none.
        ("他来了；她走了，我说：好。", "他来了；她走了，我说：好。"),
        # Closing quotes and brackets belong to the sentence before them.
        ("“好。”他说。（真的。）是", "“好。”|他说。|（真的。）|是"),
        ("「好！」『是？』", "「好！」|『是？』"),
        # A full stop between digits or letters ends nothing; before a space or the end it does.
        ("Claude 3.5 很快。见a.b", "Claude 3.5 很快。|见a.b"),
        ("It works. OK.", "It works. |OK."),
        # Space after a sentence belongs to it; the end of a line ends a sentence.
        ("好。 \n是", "好。 \n|是"),
        ("标题\n\n正文。", "标题\n\n|正文。"),
        # One sentence needs no mark.
        ("没有标点", "没有标点"),
        ("", ""),
    ],
)
def test_sentences(text: str, expected: str) -> None:
    assert "|".join(text[span.start : span.end] for span in sentences(text)) == expected


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        # The mark belongs to its sentence; the next character begins the next one.
        (0, "一。"),
        (1, "一。"),
        (2, "二。"),
        # Beyond the end there is no sentence: the whole text is given.
        (4, "一。二。"),
    ],
)
def test_sentence_at(offset: int, expected: str) -> None:
    span = sentence_at("一。二。", offset)
    assert "一。二。"[span.start : span.end] == expected


@thoroughly
@given(texts)
def test_sentences_cover_the_text_without_a_gap(text: str) -> None:
    spans = sentences(text)
    assert [offset for span in spans for offset in range(*span)] == list(range(len(text)))
    assert all(sentence_at(text, span.start) == span for span in spans)
