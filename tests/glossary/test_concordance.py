"""A concept's places are found in all public texts, and found anew when a text or the glossary changes."""

import pytest

from glossary import concordance, edition
from glossary.models import Concept, Term
from reader.models import Document, User
from tests import small

pytestmark = pytest.mark.django_db


def places(key: str) -> list[tuple[str, str]]:
    """Give the words at each place of a concept, with the address they stand at."""
    found = concordance.occurrences(Concept.objects.get(key=key).pk)
    return [(line.keyword, line.url) for text in found for line in concordance.lines(text)]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        # Every form of the concept, each with its paragraph.
        ("scaling-law", [("缩放定律", "/documents/size/#b1"), ("Scaling Law", "/documents/size/#b1")]),
        # Nested terms count, too.
        ("interpretability", [("可解释性", "/documents/size/#b2"), ("可解释性", "/documents/size/#b2")]),
        ("mechanistic-interpretability", [("机械可解释性", "/documents/size/#b2")]),
        # Both concepts of one word.
        ("inference", [("推理", "/documents/size/#b5")] * 2),
        ("reasoning", [("推理", "/documents/size/#b5")] * 2),
        # 然后训练 is no 后训练.
        ("post-training", [("后训练", "/documents/size/#b4")]),
        # Not published, not found.
        ("draft-idea", []),
    ],
)
def test_every_place_of_a_concept_is_found(key: str, expected: list[tuple[str, str]], document: Document) -> None:
    assert places(key) == expected


def test_a_line_stays_within_its_paragraph(document: Document) -> None:
    [found] = concordance.occurrences(Concept.objects.get(key="post-training").pk)
    [line] = concordance.lines(found)
    assert (line.before, line.after) == ("预训练结束，", "开始；我们先收集数据，然后训练模型。")
    assert len(concordance.lines(found, most=0)) == 0


def test_nothing_is_looked_through_twice(document: Document) -> None:
    assert concordance.index() is concordance.index()


def test_a_new_text_and_a_new_term_are_found_at_once(document: Document) -> None:
    concordance.index()
    small.build_document("---\nslug: second\ntitle: 第二篇\n---\n\n后训练也要算力。\n")
    assert len(places("post-training")) == 2
    Term.objects.filter(text="后训练").update(text="算力")
    edition.advance()
    assert places("post-training") == [("算力", "/documents/second/#b0")]


def test_private_texts_are_nowhere(document: Document) -> None:
    owner = User.objects.create_user("owner")
    private = "---\nslug: private\ntitle: 私\n---\n\n后训练。\n"
    small.build_document(private, owner=owner, public=False)
    assert len(places("post-training")) == 1


def test_a_text_that_is_no_longer_public_is_gone_and_another_name_shows_at_once(document: Document) -> None:
    concordance.index()
    document.title = "别的题目"
    document.save()
    [found] = concordance.occurrences(Concept.objects.get(key="post-training").pk)
    assert found.text.title == "别的题目"
    document.owner, document.public = User.objects.create_user("owner"), False
    document.save()
    assert places("post-training") == []
