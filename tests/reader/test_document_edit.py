"""Who edits a text sees beforehand what changes, and what that does to the notes of readers."""

import re
from datetime import date

import pytest
from django.test import Client

from reader import document_editing, notes
from reader.formats import txt
from reader.ingest import add_document, put_back
from reader.models import Document, Note, NoteStatus, User
from tests import small
from tests.reader.test_ingest import SCRAPED

pytestmark = pytest.mark.django_db
EDIT = "/documents/size/edit/"
SENTENCE = "研究者做机械可解释性研究，也谈可解释性。\n\n"
WITHOUT = small.DOCUMENT.replace(SENTENCE, "")


def send(browser: Client, source: str, *, revision: int = 1, follow: bool = True) -> tuple[str, str]:
    """Look at what a source changes, then save it: gives both pages."""
    seen = browser.post(EDIT, {"source": source, "revision": revision, "do": "show"}).content.decode()
    fields = dict(re.findall(r'name="(seen|revision)" value="([^"]*)"', seen))
    saved = browser.post(EDIT, {"source": source, "do": "save", **fields}, follow=follow)
    return seen, saved.content.decode()


def test_changes_and_their_effect_are_shown_first_then_saved(as_editor: Client, note: Note, bob: User) -> None:
    notes.add(user=bob, document=note.document, revision=1, start=0, end=4, body="Bob's own words")
    editor, start = User.objects.get(username="editor"), note.start
    for place in ((0, 4), (start, start + 8)):
        notes.add(user=editor, document=note.document, revision=1, start=place[0], end=place[1], body="mine")
    page = as_editor.get(EDIT).content.decode()
    assert "</textarea>" in page
    assert "研究者做机械可解释性研究" in page
    seen, saved = send(as_editor, WITHOUT.replace("越强", "越是强"))
    for shown in (
        "2 paragraphs",
        "<del>研究者做",
        "<ins>是</ins>",
        "1 note of yours loses its place",
        "1 note of yours stays where it is",
    ):
        assert shown in seen
    assert "Bob" not in seen
    assert "secret" not in seen
    assert "The text is changed." in saved
    note.refresh_from_db()
    assert (note.document.revision, note.status) == (2, NoteStatus.PROPOSED)
    assert note.document.revisions.get(number=2).created_by == User.objects.get(username="editor")


def test_looking_changes_nothing(as_editor: Client, note: Note) -> None:
    as_editor.post(EDIT, {"source": WITHOUT, "revision": 1, "do": "show"})
    assert note.document.revisions.count() == 1


def test_what_was_not_looked_at_is_not_saved(as_editor: Client, note: Note) -> None:
    page = as_editor.post(EDIT, {"source": WITHOUT, "revision": 1, "do": "save"}).content.decode()
    assert "look at them first" in page
    assert "What this does to the notes of readers" in page
    assert note.document.revisions.count() == 1


def test_the_second_of_two_editors_is_told_and_loses_nothing(as_editor: Client, document: Document) -> None:
    mine = small.DOCUMENT.replace("越强", "越是强")
    seen = as_editor.post(EDIT, {"source": mine, "revision": 1, "do": "show"}).content.decode()
    [fingerprint] = re.findall(r'name="seen" value="(\w+)"', seen)
    small.build_document(WITHOUT)
    answer = as_editor.post(EDIT, {"source": mine, "revision": 1, "seen": fingerprint, "do": "save"})
    page = answer.content.decode()
    assert answer.status_code == 409
    for shown in ("Somebody has changed this text meanwhile", "越是强", 'name="revision" value="2"', "<ins>研究者做"):
        assert shown in page
    assert document.revisions.count() == 2
    assert "The text is changed." in send(as_editor, mine, revision=2)[1]


def test_the_same_source_makes_no_revision(as_editor: Client, document: Document) -> None:
    seen, saved = send(as_editor, small.DOCUMENT.replace("\n", "\r\n"))
    assert "The text that readers see stays as it is." in seen
    assert "nothing is changed" in saved
    assert document.revisions.count() == 1


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "This field is required."),
        ("---\ntitle: x\n\n正文。", "the front matter has no end"),
        ("---\nlevel: 9\n---\n\n正文。", "Line 2: “9” is no level"),
        ("---\ntitle: x\n---\n\n", "The text is empty."),
        ("a\x00b", "Null characters are not allowed."),
        ("长" * (document_editing.LONGEST_SOURCE + 1), "at most 1500000 characters"),
    ],
)
def test_what_cannot_be_read_is_said_in_words_and_kept(
    as_editor: Client, document: Document, source: str, words: str
) -> None:
    for do in ("show", "save"):
        answer = as_editor.post(EDIT, {"source": source, "revision": 1, "do": do})
        assert answer.status_code == 400
        assert words in answer.content.decode()
    assert source in answer.content.decode().replace("&#x27;", "'")
    assert document.revisions.count() == 1


def test_owners_edit_their_own_and_nobody_elses(
    as_alice: Client, as_bob: Client, as_charlie: Client, alice: User
) -> None:
    small.build_document(owner=alice)
    assert as_alice.get(EDIT).status_code == 200
    assert EDIT in as_alice.get("/documents/size/dropped/").content.decode()
    assert (as_bob.get(EDIT).status_code, as_charlie.get(EDIT).status_code) == (404, 302)
    assert EDIT not in as_bob.get("/documents/size/dropped/").content.decode()
    assert as_bob.post(EDIT, {"source": WITHOUT, "revision": 1, "do": "save"}).status_code == 404


def test_what_is_said_of_a_text_follows_its_source_only_where_that_changes(document: Document, alice: User) -> None:
    Document.objects.update(title="An editor's title", level=3)
    document_editing.save(document, small.DOCUMENT.replace("author: 测试", "author: 别人"), revision=1, author=alice)
    document.refresh_from_db()
    assert (document.title, document.level, document.author) == ("An editor's title", 3, "别人")
    changed = WITHOUT.replace("title: 规模与推理", "title: 新题").replace("level: 1", "published: 2026-05-04")
    document_editing.save(document, changed.replace("slug: size", "slug: other"), revision=2, author=alice)
    document.refresh_from_db()
    assert (document.title, document.slug, document.published) == ("新题", "size", date(2026, 5, 4))


def test_lines_put_back_stay_when_the_source_around_them_is_edited(alice: User) -> None:
    document = add_document(txt.read(SCRAPED.encode(), "a.txt"), owner=alice).document
    put_back(document, [7], revision=1, author=alice)
    document_editing.save(document, SCRAPED.replace("登录", "登录\n登录"), revision=2, author=alice)
    newest = document.revisions.get(number=3)
    assert newest.kept_lines == [8]
    assert "\n分享\n" in newest.text
    assert "登录" not in newest.text


def test_putting_back_asks_first_where_notes_would_feel_it(as_editor: Client) -> None:
    document = add_document(txt.read(SCRAPED.encode(), "a.txt")).document
    end = len(document.revisions.get().text)
    editor = User.objects.get(username="editor")
    notes.add(user=editor, document=document, revision=1, start=end - 40, end=end, body="across what was dropped")
    address, sent = f"/documents/{document.slug}/dropped/put-back/", {"revision": 1, "first": 7, "last": 7}
    page = as_editor.post(address, sent).content.decode()
    assert "1 note of yours stands on changed words" in page
    assert 'name="sure" value="1"' in page
    assert document.revisions.count() == 1
    assert "part of the text again" in as_editor.post(address, {**sent, "sure": "1"}, follow=True).content.decode()
    assert document.revisions.count() == 2


def test_only_the_first_of_very_many_changes_are_shown(as_editor: Client, document: Document) -> None:
    source = small.DOCUMENT + "\n\n".join(f"第{number}段，说的是另一件事。" for number in range(100))
    page = as_editor.post(EDIT, {"source": source, "revision": 1, "do": "show"}).content.decode()
    assert page.count("<li value=") == document_editing.MOST_SHOWN
    assert "… and 40 more" in page


def test_what_stays_far_from_a_change_is_left_out(as_editor: Client, document: Document) -> None:
    added = "甲" * 100
    as_editor.post(EDIT, {"source": small.DOCUMENT.replace("也谈", f"{added}也谈"), "revision": 1, "do": "show"})
    page = send(as_editor, small.DOCUMENT.replace("也谈", f"{added}也谈"))
    assert added in page[0]
    again = small.DOCUMENT.replace("也谈", f"{added}也说")
    seen = as_editor.post(EDIT, {"source": again, "revision": 2, "do": "show"}).content.decode()
    assert added not in seen.partition("<textarea")[0]
    assert "甲" * 11 in seen.partition("<textarea")[0]
