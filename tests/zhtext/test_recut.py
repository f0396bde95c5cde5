"""Words are cut again by what stands beside them; what belongs to a term stays as it is."""

import pytest

from zhtext.segment import Segmenter
from zhtext.spans import Span


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        # Without a term the rule moves edges …
        ("很多人能不能来", "", "很|多|人|能|不|能|来"),
        ("认认真真", "", "认认真真"),
        ("二十一个", "", "二十|一|个"),
        ("100 个人", "", "100| |个|人"),
        ("二十个人", "", "二十|个|人"),
        ("我个人认为", "", "我|个人|认为"),
        ("3个人信息", "", "3|个人|信息"),
        # … but none inside a term or at its edges.
        ("100 个人", "个人", "100| |个人"),
        ("很多人能不能来", "能不能", "很|多|人|能不能|来"),
        ("很多人能不能来", "多人", "很|多人|能|不|能|来"),
        ("认认真真", "真真", "认|认|真真"),
        ("二十一个", "一个", "二十|一个"),
        ("他说的话很好", "话很", "他|说|的|话很|好"),
        # At the edges of a text there is nothing beside a word.
        ("不", "", "不"),
        ("不不", "", "不|不"),
        ("才能", "", "才能"),
        ("的话", "", "的|话"),
        ("人才能来", "", "人才|能|来"),
        ("二十", "", "二十"),
        ("第二十一", "", "第|二十|一"),
    ],
)
def test_rules_keep_out_of_terms(segmenter: Segmenter, text: str, term: str, expected: str) -> None:
    fixed = [Span(text.index(term), text.index(term) + len(term))] if term else []
    tokens = segmenter.segment(text, text, fixed)
    assert "|".join(text[token.start : token.end] for token in tokens) == expected
