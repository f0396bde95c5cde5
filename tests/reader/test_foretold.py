"""Who edits a text is told of the notes of others so that nobody can find out where one stands."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from reader import foretold, notes
from reader.anchoring import Effect
from reader.formats import txt
from reader.ingest import add_document, with_lines_put_back
from reader.models import Document, Note, User
from tests import small
from tests.reader.test_ingest import SCRAPED

pytestmark = pytest.mark.django_db
EDIT = "/documents/size/edit/"
WORDS = "机械可解释性研究"
# What becomes of notes on these words.
SOURCES = {
    "lost": small.DOCUMENT.replace("研究者做机械可解释性研究，也谈可解释性。\n\n", ""),
    "reworded": small.DOCUMENT.replace(WORDS, "机械可解释性的研究"),
    "moved": small.DOCUMENT.replace("规模的力量", "规模的大力量"),
    "unmoved": small.DOCUMENT.replace("需要重采样", "也需要重采样"),
    "everything lost": "---\ntitle: 别的\n---\n\n这里说的是完全另一件事。\n",
}


def written(document: Document, readers: int, *, each: int = 1) -> None:
    """Let other readers write notes on the same words."""
    start = document.revisions.get(number=document.revision).text.index(WORDS)
    for number in range(readers):
        user = User.objects.create_user(f"reader {number}")
        for _note in range(each):
            notes.add(
                user=user, document=document, revision=document.revision, start=start, end=start + 8, body="private"
            )


def plain(page: bytes) -> str:
    """Give a page without what is another each time."""
    return re.sub(r'(csrfmiddlewaretoken|stamp)" value="[^"]*"', "", page.decode())


@pytest.fixture
def seen(as_editor: Client, document: Document) -> Callable[[str], str]:
    """What an editor sees of a change beforehand."""
    return lambda source: plain(as_editor.post(EDIT, {"source": source, "revision": 1, "do": "show"}).content)


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES.keys())
@pytest.mark.parametrize(("readers", "each"), [(4, 1), (1, 20), (4, 5)])
def test_of_four_other_readers_the_same_is_told_as_of_none(
    seen: Callable[[str], str], document: Document, source: str, readers: int, each: int
) -> None:
    before = seen(source)
    written(document, readers, each=each)
    assert seen(source) == before
    assert "fewer than five, or none" in before
    assert "At least" not in before


def test_of_notes_that_come_back_nothing_is_told_either(as_editor: Client, document: Document) -> None:
    pages = []
    for readers in (0, 4):
        written(document, readers)
        number = small.build_document(SOURCES["lost"] + "\n又一段。" * readers).revision
        back = as_editor.post(EDIT, {"source": small.DOCUMENT, "revision": number, "do": "show"})
        pages.append(plain(back.content).partition('id="changes"')[2].partition("<h2>")[2].partition("<form")[0])
        small.build_document()
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("lost", "At least 5 other readers have notes that lose their place"),
        ("reworded", "At least 5 other readers have notes on words that change"),
        ("moved", "At least 5 other readers have notes that stay with their words"),
    ],
)
def test_from_five_other_readers_on_it_is_told_roughly(
    seen: Callable[[str], str], document: Document, kind: str, words: str
) -> None:
    written(document, 9)
    assert words in seen(SOURCES[kind])


def test_ones_own_notes_are_told_exactly(note: Note, alice: User) -> None:
    written(note.document, 10)
    body = note.document.revisions.get().text
    assert foretold.to(alice, note.document, body) == foretold.Foretold(Effect(unmoved=1), keeping=10)
    assert foretold.to(alice, note.document, "") == foretold.Foretold(Effect(lost=1), losing=10)
    changed = body.replace(WORDS, "机械可解释性的研究")
    assert foretold.to(alice, note.document, changed) == foretold.Foretold(Effect(reworded=1), reworded=10)


@pytest.mark.parametrize("readers", [0, 4, 5])
def test_putting_back_goes_the_same_way_with_four_other_readers_as_with_none(
    as_editor: Client, readers: int, db: None
) -> None:
    document = add_document(txt.read(SCRAPED.encode(), "a.txt")).document
    end = len(document.revisions.get().text)
    for number in range(readers):
        user = User.objects.create_user(f"reader {number}")
        notes.add(user=user, document=document, revision=1, start=end - 40, end=end, body="private")
    page = as_editor.post(
        f"/documents/{document.slug}/dropped/put-back/", {"revision": 1, "first": 7, "last": 7}, follow=True
    )
    assert ("part of the text again" in page.content.decode()) == (readers < 5)
    assert ("At least 5 other readers have notes on words that change" in page.content.decode()) == (readers == 5)
    assert with_lines_put_back(document, [7]) != document.revisions.get(number=1).text
