"""A long text is cut into chapters, each a page with its own layer; places stay those of the whole text."""

import json
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reader import chapters, pages
from reader.documents import Body
from reader.models import Block, BlockKind, Document
from tests import small

BOOK = "/documents/book/"


def body(*lengths: int, headings: tuple[int, ...] = ()) -> Body:
    """Make the body of a text from the lengths of its blocks."""
    blocks, start = [], 0
    for number, length in enumerate(lengths):
        kind = BlockKind.HEADING if number in headings else BlockKind.PARAGRAPH
        blocks.append(Block(number=number, kind=kind, speaker="", start=start, end=start + length))
        start += length + 1
    return Body("\n".join("字" * length for length in lengths), tuple(blocks))


@pytest.mark.parametrize(
    ("text", "firsts"),
    [
        # A short text is one, also at its longest.
        (body(10, 10, headings=(1,)), [0]),
        (body(*[999] * 100), [0]),
        # Beyond that: at headings, unless the chapter would be too short.
        (body(*[5000] * 24, headings=(0, 2, 5, 10, 18)), [0, 5, 10, 18]),
        # Without a heading near, at a paragraph.
        (body(*[5000] * 24), [0, 8, 16]),
        (body(*[5000] * 24, headings=(3, 12)), [0, 8, 12, 20]),
        # What would be left over belongs to the last one.
        (body(*[5000] * 21, headings=(4, 9, 13, 17, 20)), [0, 4, 9, 13, 17]),
        (body(*[5000] * 17, headings=()), [0]),
        (body(*[10_000] * 12, 500, 500), [0, 4, 8]),
        # One paragraph longer than all is a chapter all the same.
        (body(150_000, 10), [0]),
        (body(150_000, 9000), [0, 1]),
    ],
)
def test_a_long_text_is_cut_at_headings_else_at_paragraphs(text: Body, firsts: list[int]) -> None:
    cut = chapters.cut(text)
    assert [chapter.first for chapter in cut] == firsts
    assert [chapter.number for chapter in cut] == list(range(1, len(firsts) + 1))
    # They cover the text.
    assert [block for chapter in cut for block in text.blocks[chapter.first : chapter.stop]] == list(text.blocks)
    for chapter in cut:
        part = chapters.part(text, chapter)
        assert part.text == text.text[chapter.start : chapter.end]
        assert [block.number for block in part.blocks] == list(range(chapter.first, chapter.stop))
        assert (part.blocks[0].start, part.blocks[-1].end) == (0, len(part.text))


def test_a_text_without_blocks_has_no_chapter() -> None:
    assert chapters.cut(Body("", ())) == ()


def long_text(length: int) -> str:
    """Make a text of some length from the paragraphs of the seeds, with their headings."""
    files = sorted(Path(settings.SEEDS_DIR, "documents").glob("*.md"))
    paragraphs = [p for file in files for p in file.read_text("utf8").split("---", 2)[2].strip().split("\n\n")]
    return "\n\n".join(_until(length, (p for p in cycle(paragraphs) if not re.match("学生|老师", p))))


def _until(length: int, paragraphs: Iterator[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield paragraph
        length -= len(paragraph)
        if length < 0:
            return


@pytest.fixture
def book(document: Document) -> Document:
    """A book of 120,000 characters."""
    return small.build_document(f"---\ntitle: 一本书\nslug: book\n---\n\n{long_text(120_000)}\n")


@pytest.mark.django_db
def test_each_chapter_is_a_page_with_its_own_layer(
    client: Client, book: Document, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    count = len(pages.whole(book).chapters)
    assert count >= 4
    shown: list[int] = []
    for number in range(1, count + 1):
        address = BOOK if number == 1 else f"{BOOK}chapters/{number}/"
        page = client.get(address).content.decode()
        found = [int(block) for block in re.findall(r'class="block [^>]*id="b(\d+)"', page)]
        layer = json.loads(client.get(f"{address}layer.json").content)
        assert len(layer["blocks"]) == len(found)
        assert f"Chapter {number} of {count}" in page
        shown += found
        with django_assert_max_num_queries(1):
            client.get(address)
    text = book.revisions.get()
    assert shown == list(range(text.blocks.count()))
    # The last page's places are those of the whole text.
    starts = dict(text.blocks.values_list("number", "start"))
    assert re.findall(r'id="b(\d+)" data-start="(\d+)"', page) == [(str(n), str(starts[n])) for n in found]
    assert f'data-end="{len(text.text)}"' in page


@pytest.mark.django_db
def test_chapters_lead_to_each_other(client: Client, book: Document) -> None:
    found = pages.whole(book).chapters
    page = client.get(f"{BOOK}chapters/2/").content.decode()
    assert f'rel="prev" href="{BOOK}#b0"' in page
    assert f'rel="next" href="{BOOK}chapters/3/#b{found[2].first}"' in page
    # The contents have all sections of this chapter, and the way to each other one.
    contents = page[page.index('class="contents"') : page.index('class="blocks"')]
    assert f'href="{BOOK}#b' in contents
    assert f'href="{BOOK}chapters/4/#b' in contents
    assert contents.count('href="#b') >= 2
    assert 'rel="prev"' not in client.get(BOOK).content.decode()
    assert 'rel="next"' not in client.get(f"{BOOK}chapters/{len(found)}/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 99, 10**30])
def test_a_chapter_that_is_not_there_is_404(client: Client, book: Document, number: int) -> None:
    for address in (f"{BOOK}chapters/{number}/", f"{BOOK}chapters/{number}/layer.json"):
        assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_a_short_text_has_no_chapters(client: Client, document: Document) -> None:
    assert client.get("/documents/size/chapters/2/").status_code == 404
    assert "data-chapter" not in client.get("/documents/size/").content.decode()
