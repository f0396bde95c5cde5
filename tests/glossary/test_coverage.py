"""Editors see how texts write each concept, where they drift from the preferred term, and what nobody uses."""

import pytest
from django.test import Client

from glossary import charts, coverage, edition, usage
from glossary.coverage import Sorting
from glossary.models import Concept, Term
from reader.models import Document
from tests import small

pytestmark = pytest.mark.django_db
ADDRESS = "/editing/coverage/"


def build(body: str, slug: str = "second") -> None:
    small.build_document(f"---\nslug: {slug}\ntitle: 题目{slug}\n---\n\n{body}\n")


def uses(key: str) -> list[tuple[str, str, int]]:
    """Give the terms of a concept that texts use, with their roles and how often."""
    found = usage.index().of(Concept.objects.get(key=key).pk)
    return [(use.term.text, use.role, use.total) for use in found]


def rows(sorting: Sorting = Sorting.DRIFT) -> list[coverage.Row]:
    return coverage.rows(Concept.objects.published().prefetch_related("terms"), sorting)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # In any case, width and script one term is one term.
        ("缩放定律，縮放定律。", [("缩放定律", "preferred", 2)]),
        (
            "Scaling Law 和 scaling-law，缩放定律，ＳＣＡＬＩＮＧ ＬＡＷ。",
            [("scaling law", "foreign", 3), ("缩放定律", "preferred", 1)],
        ),
        # A plural is the term that it is the plural of.
        ("所谓 scaling laws 就是这样。", [("scaling law", "foreign", 1)]),
        ("规模定律和缩放法则。", [("规模定律", "admitted", 1), ("缩放法则", "avoided", 1)]),
    ],
)
def test_forms_are_counted_by_the_term_that_they_are(
    glossary: None, body: str, expected: list[tuple[str, str, int]]
) -> None:
    build(body)
    assert uses("scaling-law") == expected


def test_a_regional_form_is_its_term(glossary: None) -> None:
    build("AI代理和智能體。")
    assert uses("agent") == [("智能体", "preferred", 2)]


def test_what_has_no_chinese_term_is_called_in_english(glossary: None) -> None:
    Term.objects.filter(concept__key="agent", language="zh").delete()
    edition.advance()
    build("一个 agent。")
    assert uses("agent") == [("agent", "preferred", 1)]


def test_uses_are_counted_by_text_once_and_anew_when_something_changes(document: Document) -> None:
    build("缩放定律。")
    [use, _english] = usage.index().of(Concept.objects.get(key="scaling-law").pk)
    assert [(text.title, count) for text, count in use.counts] == [("规模与推理", 1), ("题目second", 1)]
    assert usage.index() is usage.index()
    build("缩放定律。", "third")
    assert uses("scaling-law")[0] == ("缩放定律", "preferred", 3)


@pytest.mark.parametrize(
    ("body", "share", "overtaken", "avoided"),
    [
        ("缩放定律，缩放定律，规模定律。", 67, False, False),
        # As often is not more often.
        ("缩放定律，规模定律。", 50, False, False),
        ("缩放定律，规模定律，规模定律。", 33, True, False),
        ("缩放定律，缩放定律，缩放定律，缩放法则。", 75, False, True),
        # One term alone, but one to avoid.
        ("缩放法则。", 0, True, True),
    ],
)
def test_drift_is_flagged(glossary: None, body: str, share: int, overtaken: bool, avoided: bool) -> None:
    build(body)
    [row] = rows()
    assert (row.share, row.is_overtaken, row.is_avoided) == (share, overtaken, avoided)


@pytest.mark.parametrize(
    ("sorting", "keys"),
    [
        # What is to be avoided first, then what is overtaken, then what is used most.
        ("drift", ["mechanistic-interpretability", "scaling-law", "agent"]),
        ("share", ["scaling-law", "mechanistic-interpretability", "agent"]),
        ("total", ["agent", "scaling-law", "mechanistic-interpretability"]),
        ("terms", ["scaling-law", "agent", "mechanistic-interpretability"]),
        ("name", ["agent", "mechanistic-interpretability", "scaling-law"]),
    ],
)
def test_rows_are_sorted(editor: Client, glossary: None, sorting: str, keys: list[str]) -> None:
    Term.objects.filter(text="机制可解释性").update(status="deprecated")
    edition.advance()
    build("机械可解释性，机制可解释性。规模定律，规模定律，缩放定律，scaling law。" + "智能体，" * 5 + "agent。")
    assert [row.concept.key for row in rows(Sorting(sorting))] == keys
    page = editor.get(ADDRESS, {"sort": sorting}).content.decode()
    assert sorted(keys, key=lambda key: page.index(f'id="{key}"')) == keys


def test_the_page_shows_flags_counts_and_charts_without_style_or_script(editor: Client, document: Document) -> None:
    build("缩放法则，缩放法则，规模定律。")
    page = editor.get(ADDRESS).content.decode()
    row = page[page.index('id="scaling-law"') :].split("</article>")[0]
    for shown in (
        "a term to avoid is used", "another term is used more", "20 % preferred", "deprecated", "× 2",
        "<title>缩放定律</title><desc>缩放定律 1, 规模定律 1, scaling law 1, 缩放法则 2</desc>",
        '<rect class="bar-avoided" x="600" y="0" width="400" height="20">',
    ):  # fmt: skip
        assert shown in row
    assert "<title>All texts</title>" in page
    assert "style=" not in page.split("<main")[1]


def test_what_nobody_uses_is_listed(editor: Client, document: Document) -> None:
    build("没有术语。" * 9)
    Term.objects.filter(text="智能体").update(text="主体")
    edition.advance()
    page = editor.get(ADDRESS).content.decode()
    assert "1 concept that no text uses" in page
    assert '<li><a href="/glossary/agent/" lang="zh-Hans">主体</a></li>' in page
    # Drafts are no gaps.
    assert "draft" not in page


def test_texts_with_the_fewest_terms_go_first(document: Document) -> None:
    build("没有词。" * 9)
    first, second = coverage.densities()
    assert (first.text.title, first.concepts, first.places, first.per_thousand) == ("题目second", 0, 0, 0)
    assert (second.text.title, second.concepts, second.places) == ("规模与推理", 8, 12)


@pytest.mark.parametrize("sort", ["", "size"])
def test_an_order_that_there_is_not_is_said(editor: Client, glossary: None, sort: str) -> None:
    page = editor.get(ADDRESS, {"sort": sort}).content.decode()
    assert ("is not one of the available choices" in page) is bool(sort)
    assert "Every concept is written in one way." in page


def test_only_editors_see_it(client: Client, reader: Client, editor: Client) -> None:
    assert [browser.get(ADDRESS).status_code for browser in (client, reader, editor)] == [302, 403, 200]
    assert "Coverage and drift" in editor.get("/editing/").content.decode()
    assert "Coverage and drift" not in reader.get("/editing/").content.decode()


def test_a_concepts_page_shows_how_the_texts_write_it(client: Client, document: Document) -> None:
    page = client.get("/glossary/scaling-law/").content.decode()
    assert "How the texts write it" in page
    assert "<title>scaling law</title><desc>scaling law 1</desc>" in page
    assert "How the texts write it" not in client.get("/glossary/draft-idea/").content.decode()


@pytest.mark.parametrize(
    ("counts", "most", "parts"),
    [
        ([3, 1], 0, [(0, 750), (750, 250)]),
        # What is not there is no part; what is hardly there is seen.
        ([0, 5], 0, [(0, 1000)]),
        ([999, 1], 0, [(0, 999), (992, 8)]),
        # As long as it is often.
        ([2], 8, [(0, 250)]),
        ([], 0, []),
    ],
)
def test_bars_are_drawn_in_numbers(counts: list[int], most: int, parts: list[tuple[int, int]]) -> None:
    drawn = charts.bar("law", [("preferred", "law", count) for count in counts], most)
    assert [(part.start, part.width) for part in drawn.parts] == parts
