"""Notes stand at the words they were written on; what cannot be kept is given back to its author."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from reader import notes
from reader.anchoring import LONGEST_QUOTE, BadPlaceError
from reader.ingest import add_revision
from reader.models import Document, Note, User
from reader.notes import LONGEST_BODY
from tests import small
from zhtext.clean import BlockKind, CleanBlock, CleanText

pytestmark = pytest.mark.django_db
ADD = "/documents/size/notes/"
JSON = {"Accept": "application/json"}


def passage(document: Document, words: str, revision: int = 1) -> dict[str, int]:
    """Give the place of words in a text, as the page's script sends it."""
    start = document.revisions.get(number=revision).text.index(words)
    return {"revision": revision, "start": start, "end": start + len(words)}


def test_a_note_is_written_by_the_pages_script(as_alice: Client, document: Document) -> None:
    answer = as_alice.post(ADD, passage(document, "后训练") | {"body": "**先**后"}, headers=JSON)
    told = answer.json()
    assert answer.status_code == 201
    assert (told["quote"], told["body"], told["status"]) == ("后训练", "**先**后", "placed")
    assert told["html"] == "<p><strong>先</strong>后</p>\n"
    [kept] = as_alice.get("/documents/size/notes.json").json()["notes"]
    assert kept == told


def test_a_note_is_written_by_a_plain_form_and_shown_with_its_paragraph(as_alice: Client, document: Document) -> None:
    block = document.revisions.get().blocks.get(number=2)
    place = {"revision": 1, "start": block.start, "end": block.end}
    page = as_alice.post(ADD, place | {"body": "想一想"}, follow=True)
    assert page.redirect_chain == [("/documents/size/paragraphs/2/", 302)]
    assert "Your note is kept." in page.content.decode()
    assert "想一想" in page.content.decode()
    assert "想一想" not in as_alice.get("/documents/size/paragraphs/1/").content.decode()


def test_a_guests_note_waits_until_its_author_has_signed_in(document: Document, alice: User) -> None:
    browser = Client(enforce_csrf_checks=False)
    answer = browser.post(ADD, passage(document, "后训练") | {"body": "typed for an hour"})
    assert answer["Location"] == "/accounts/login/?next=%2Fnotes%2Fpending%2F"
    assert not Note.objects.exists()
    browser.force_login(alice)
    page = browser.get("/notes/pending/").content.decode()
    assert "typed for an hour" in page
    assert f'action="{ADD}"' in page
    browser.post(ADD, passage(document, "后训练") | {"body": "typed for an hour"})
    assert Note.objects.get().quote == "后训练"
    assert browser.get("/notes/pending/")["Location"] == "/notes/"


def test_a_script_that_is_signed_out_is_told_so(client: Client, document: Document, note: Note) -> None:
    for address in (ADD, f"/notes/{note.pk}/", f"/notes/{note.pk}/delete/"):
        answer = client.post(address, passage(document, "后训练") | {"body": "kept here"}, headers=JSON)
        assert answer.status_code == 401
        assert "signed out" in answer.json()["error"]


def test_a_note_meets_the_newest_text_whatever_its_author_holds(document: Document, alice: User) -> None:
    stale = Document.objects.get(pk=document.pk)
    fresh = Document.objects.get(pk=document.pk)
    text = fresh.revisions.get().text
    add_revision(
        fresh, CleanText("大小", (CleanBlock(BlockKind.PARAGRAPH, "新的一段。" + text.split("\n")[0]),)), source="new"
    )
    kept = notes.add(user=alice, document=stale, revision=1, start=0, end=4, body="")
    assert kept.revision == 2
    assert kept.quote == text[:4]


def test_a_note_knows_the_words_around_it(note: Note) -> None:
    assert (note.quote, note.prefix[-3:], note.suffix[:4]) == ("机械可解释性研究", "研究者做"[-3:], "，也谈可")


@pytest.mark.parametrize("body", ["  indented\n\n", "", "\n", "𠮷👩‍👩‍👧", "a" * LONGEST_BODY, "'; DROP TABLE note; --"])
def test_what_is_typed_is_never_trimmed(as_alice: Client, document: Document, body: str) -> None:
    as_alice.post(ADD, passage(document, "后训练") | {"body": body}, headers=JSON)
    assert Note.objects.get().body == body


def test_line_ends_count_once_as_the_browser_counts_them(as_alice: Client, document: Document) -> None:
    body = "a\n" * (LONGEST_BODY // 2)
    answer = as_alice.post(ADD, passage(document, "后训练") | {"body": body.replace("\n", "\r\n")}, headers=JSON)
    assert (answer.status_code, answer.json().get("body")) == (201, body)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        # A passage is some words of the text.
        ({"start": 5, "end": 5}, "This passage does not exist."),
        ({"start": 7, "end": 5}, "This passage does not exist."),
        ({"start": 0, "end": 100_000}, "This passage does not exist."),
        ({"start": -1, "end": 5}, "greater than or equal to 0"),
        ({"start": "x", "end": 5}, "Enter a whole number."),
        ({"start": "", "end": 5}, "This field is required."),
        ({"start": 10**30, "end": 10**30 + 1}, "less than or equal to"),
        # Of a revision there is.
        ({"revision": 2}, "This passage does not exist."),
        ({"revision": 0}, "greater than or equal to 1"),
        # And with words that can be kept.
        ({"body": "a" * (LONGEST_BODY + 1)}, "at most 10000 characters"),
        ({"body": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_kept_is_refused_and_what_was_typed_is_given_back(
    as_alice: Client, document: Document, place: dict[str, Any], words: str
) -> None:
    sent = passage(document, "后训练") | {"body": "a long thought"} | place
    told = as_alice.post(ADD, sent, headers=JSON)
    assert told.status_code == 400
    assert words in told.json()["error"]
    assert told.json()["body"] == sent["body"]
    page = as_alice.post(ADD, sent)
    assert page.status_code == 400
    assert str(sent["body"]) in page.content.decode()
    assert f'name="start" value="{sent["start"]}"' in page.content.decode()
    assert not Note.objects.exists()


def test_a_passage_can_only_be_so_long(alice: User) -> None:
    document = small.build_document("---\ntitle: 长\nslug: size\n---\n\n" + "长" * (LONGEST_QUOTE + 1))
    with pytest.raises(BadPlaceError, match="does not exist"):
        notes.add(user=alice, document=document, revision=1, start=0, end=LONGEST_QUOTE + 1, body="")
    assert notes.add(user=alice, document=document, revision=1, start=0, end=LONGEST_QUOTE, body="").pk


@pytest.mark.parametrize("body", ["\ud800", "a\x00"])
def test_what_no_database_can_hold_is_refused_in_words(alice: User, document: Document, body: str) -> None:
    with pytest.raises(notes.BadNoteError, match="cannot be stored"):
        notes.add(user=alice, document=document, revision=1, start=0, end=1, body=body)


def test_a_note_on_an_older_revision_is_mapped_forward(as_alice: Client, document: Document) -> None:
    place = passage(document, "后训练")
    small.build_document(small.DOCUMENT.replace("缩放定律说明", "很久以前就有人发现，缩放定律说明"))
    told = as_alice.post(ADD, place | {"body": "late"}, headers=JSON).json()
    note = Note.objects.get()
    assert (told["quote"], note.revision) == ("后训练", 2)
    assert note.start == place["start"] + 10


def test_a_note_on_words_that_are_gone_is_refused(as_alice: Client, document: Document) -> None:
    place = passage(document, "研究者做机械可解释性研究")
    small.build_document(small.DOCUMENT.replace("研究者做机械可解释性研究，也谈可解释性。\n\n", ""))
    told = as_alice.post(ADD, place | {"body": "too late"}, headers=JSON)
    assert told.status_code == 400
    assert "this passage is gone" in told.json()["error"]
    assert told.json()["body"] == "too late"


def test_what_is_sent_twice_is_kept_once(as_alice: Client, document: Document) -> None:
    sent = passage(document, "后训练") | {"body": "once", "tags": "一, 二", "uuid": str(uuid4())}
    first, second = (as_alice.post(ADD, sent, headers=JSON).json() for _turn in range(2))
    assert first == second
    change = {"body": "changed", "tags": "二", "version": 1}
    versions = [as_alice.post(first["url"], change, headers=JSON).json()["version"] for _turn in range(2)]
    assert versions == [2, 2]
    assert [tag.name for tag in Note.objects.get().tags.all()] == ["二"]


@pytest.mark.parametrize(
    "change", [{"body": "other"}, {"tags": ["x"]}, {"colour": "red"}, {"body": "from there", "tags": []}]
)
def test_a_note_that_says_something_else_by_now_is_no_note_sent_twice(
    as_alice: Client, document: Document, change: dict[str, Any]
) -> None:
    sent = passage(document, "后训练") | {"body": "once", "tags": "一", "uuid": str(uuid4())}
    as_alice.post(ADD, sent, headers=JSON)
    first = Note.objects.get()
    said: dict[str, Any] = {"version": 1, "body": "once", "group": None}
    notes.edit(first, **said | change)
    told = as_alice.post(ADD, sent, headers=JSON)
    assert (told.status_code, told.json()["theirs"]["version"]) == (409, 2)
    page = as_alice.post(ADD, sent)
    assert (page.status_code, "once</textarea>" in page.content.decode()) == (409, True)
    assert f'action="/notes/{first.pk}/"' in page.content.decode()
    assert 'name="version" value="2"' in page.content.decode()


def test_a_deleted_note_that_is_sent_again_is_not_said_to_be_kept(as_alice: Client, document: Document) -> None:
    sent = passage(document, "后训练") | {"body": "once", "uuid": str(uuid4())}
    as_alice.post(ADD, sent, headers=JSON)
    notes.delete(Note.objects.get())
    told = as_alice.post(ADD, sent, headers=JSON)
    assert (told.status_code, told.json()["theirs"]) == (409, None)
    assert "deleted in another window" in told.json()["error"]
    assert "once</textarea>" in as_alice.post(ADD, sent).content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        # Commas of either width and 、 stand between tags.
        ("缩放定律，to read、exam", ["缩放定律", "to read", "exam"]),
        # Each once, whatever its case; blanks in a row are one.
        ("AI, ai ,  to   read", ["AI", "to read"]),
        ("", []),
        (" , ", []),
        # One way to write a letter.
        ("cafe\u0301, caf\u00e9", ["café"]),
    ],
)
def test_tags_are_told_apart(typed: str, kept: list[str]) -> None:
    assert notes.check_tags(notes.split_tags(typed)) == kept


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"tags": ", ".join(map(str, range(notes.MOST_TAGS + 1)))}, "can have 20 tags"),
        ({"tags": "a" * 41}, "A tag can have 40 characters"),
        ({"colour": "mauve"}, "Select a valid choice"),
        ({"group": "1"}, "Select a valid choice"),
        ({"uuid": "1"}, "Enter a valid UUID."),
    ],
)
def test_what_is_said_of_a_note_has_its_bounds(
    as_alice: Client, document: Document, said: dict[str, str], words: str
) -> None:
    told = as_alice.post(ADD, passage(document, "后训练") | {"body": "kept"} | said, headers=JSON)
    assert (told.status_code, told.json()["body"]) == (400, "kept")
    assert words in told.json()["error"]


def test_the_list_has_every_note_with_its_words_and_the_text_it_is_on(
    as_alice: Client, note: Note, alice: User
) -> None:
    second = small.build_document("---\ntitle: 第二篇\nslug: second\n---\n\n后训练也要算力。\n")
    notes.add(user=alice, document=second, revision=1, start=0, end=3, body="on the second")
    page = as_alice.get("/notes/").content.decode()
    for shown in (
        "机械可解释性研究",
        "<strong>秘密</strong>",
        "规模与推理",
        "第二篇",
        f"/documents/size/?note={note.pk}",
    ):
        assert shown in page


def test_an_empty_list_says_how_to_begin(as_alice: Client) -> None:
    assert "You have no notes yet." in as_alice.get("/notes/").content.decode()


def test_an_orphan_is_listed_but_stands_nowhere(as_alice: Client, note: Note) -> None:
    small.build_document(small.DOCUMENT.replace("研究者做机械可解释性研究，也谈可解释性。\n\n", ""))
    page = as_alice.get("/notes/").content.decode()
    assert "The passage of this note is gone from the text." in page
    assert "机械可解释性研究" in page
    for number in range(5):
        assert "secret thought" not in as_alice.get(f"/documents/size/paragraphs/{number}/").content.decode()
    [told] = as_alice.get("/documents/size/notes.json").json()["notes"]
    assert told["status"] == "proposed"


def test_a_hostile_note_does_nothing_wherever_it_is_shown(as_alice: Client, note: Note) -> None:
    as_alice.post(f"/notes/{note.pk}/", {"version": 1, "body": "<img src=x onerror=alert(1)>[x](javascript:alert(1))"})
    told = as_alice.get("/documents/size/notes.json").json()["notes"][0]
    pages = [as_alice.get(address).content.decode() for address in ("/notes/", "/documents/size/paragraphs/2/")]
    for shown in (told["html"], *pages):
        assert "<img" not in shown
        assert 'href="javascript' not in shown
    edit = as_alice.get(f"/notes/{note.pk}/").content.decode()
    assert "<img" not in edit


def test_a_note_goes_with_its_author_and_its_text(note: Note, bob: User, alice: User) -> None:
    notes.add(user=bob, document=note.document, revision=1, start=0, end=2, body="bob's")
    alice.delete()
    assert [left.body for left in Note.objects.all()] == ["bob's"]
    note.document.delete()
    assert not Note.objects.exists()


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_text_that_goes_while_a_note_is_sent_is_said_to_be_gone(
    as_bob: Client, document: Document, monkeypatch: pytest.MonkeyPatch, accept: str
) -> None:
    def check_body(body: str) -> str:
        Document.objects.filter(pk=document.pk).delete()
        return body

    monkeypatch.setattr(notes, "check_body", check_body)
    sent = {"revision": 1, "start": 0, "end": 2, "body": "what was typed"}
    answer = as_bob.post("/documents/size/notes/", sent, headers={"accept": accept})
    assert (answer.status_code, "This text is gone" in answer.content.decode()) == (400, True)
    assert "what was typed" in answer.content.decode()
