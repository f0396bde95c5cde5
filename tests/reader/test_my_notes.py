"""Many notes are changed at once and put back as they were; so are tags."""

import re
from typing import Any
from unittest.mock import Mock

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from reader import aside, note_changes, notes
from reader.models import Document, Note, User

pytestmark = pytest.mark.django_db
CHANGE = "/notes/change/?q=&tag=old"
# All notes, as many as the page has shown.
ALL = {"all": "1", "count": "3"}


@pytest.fixture
def three(alice: User, document: Document) -> list[Note]:
    """Three notes of Alice's: two are tagged old, one of them new as well."""
    tags: list[list[str]] = [["old"], ["Old", "new"], []]
    return [
        notes.add(user=alice, document=document, revision=1, start=at, end=at + 2, body=f"note {at}", tags=names)
        for at, names in enumerate(tags)
    ]


@pytest.fixture
def bobs(bob: User, document: Document) -> Note:
    """A note of Bob's."""
    return notes.add(user=bob, document=document, revision=1, start=0, end=2, body="Bob's", tags=["old"])


@pytest.fixture
def ticked(three: list[Note], bobs: Note) -> list[str]:
    """Two notes of Alice's, and Bob's, which is not hers to tick."""
    return [str(note.pk) for note in (*three[:2], bobs)]


def state() -> dict[str, Any]:
    """Give all there is to say of every note that is there."""
    there = Note.objects.filter(deleted=None)
    return {note.body: (note.colour, {tag.name for tag in note.tags.all()}) for note in there}


def undo(browser: Client, page: str) -> str:
    """Press Undo in a message, and give the page that comes."""
    [address] = re.findall(r'action="(/notes/undo/[^"]+)"', page)
    return browser.post(address.replace("&amp;", "&"), follow=True).content.decode()


@pytest.mark.parametrize(
    ("change", "words", "after"),
    [
        ({"change": "add-tag", "tag": "exam"}, "2 notes are changed", ("yellow", {"old", "exam"})),
        ({"change": "add-tag", "tag": "OLD"}, "There was nothing to change", ("yellow", {"old"})),
        ({"change": "remove-tag", "tag": "OLD"}, "2 notes are changed", ("yellow", set())),
        ({"change": "colour", "colour": "blue"}, "2 notes are changed", ("blue", {"old"})),
        ({"change": "delete"}, "2 notes are deleted", None),
    ],
)
def test_those_ticked_are_changed_and_put_back(
    as_alice: Client, ticked: list[str], change: dict[str, str], words: str, after: object
) -> None:
    before = state()
    page = as_alice.post(CHANGE, {"note": ticked, **change}, follow=True).content.decode()
    assert words in page
    assert state().get("note 0") == after
    assert {body: state()[body] for body in ("note 2", "Bob's")} == {body: before[body] for body in ("note 2", "Bob's")}
    if "nothing" not in words:
        assert "It is as it was before." in undo(as_alice, page)
    assert state() == before


def test_all_that_were_found_are_changed_wherever_they_stand(as_alice: Client, three: list[Note], bobs: Note) -> None:
    as_alice.post("/notes/change/?tag=old", {**ALL, "count": "2", "change": "colour", "colour": "red"})
    colours = {note.body: note.colour for note in Note.objects.all()}
    assert colours == {"note 0": "red", "note 1": "red", "note 2": "yellow", "Bob's": "yellow"}


@pytest.mark.parametrize("count", ["2", "4", "", "x"])
def test_all_are_not_more_than_the_page_has_shown(as_alice: Client, three: list[Note], count: str) -> None:
    assert 'name="count" value="3"' in as_alice.get("/notes/").content.decode()
    sent = {**ALL, "count": count, "change": "delete"}
    page = as_alice.post("/notes/change/", sent, follow=True).content.decode()
    assert "Nothing is changed: look again." in page
    assert len(state()) == 3


@pytest.mark.parametrize(
    ("change", "since"),
    [
        ({"change": "colour", "colour": "red"}, {"colour": "green"}),
        ({"change": "remove-tag", "tag": "old"}, {"tags": [str(number) for number in range(notes.MOST_TAGS)]}),
    ],
)
def test_an_undo_keeps_what_was_done_since(
    as_alice: Client, three: list[Note], change: dict[str, str], since: dict[str, Any]
) -> None:
    page = as_alice.post("/notes/change/", {"note": three[0].pk, **change}, follow=True).content.decode()
    said: dict[str, Any] = {"version": 2, "body": "note 0", "group": None}
    notes.edit(three[0], **said | since)
    before = state()
    assert "This can no longer be undone." in undo(as_alice, page)
    assert state() == before


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"change": "delete"}, "Tick some notes first"),
        ({"change": "delete", "note": "x"}, "Tick some notes first"),
        ({"change": "explode", **ALL}, "Tick some notes first"),
        ({"change": "add-tag", **ALL, "tag": " , "}, "Write a tag first."),
        ({"change": "add-tag", **ALL, "tag": "a, b"}, "Write one tag."),
        ({"change": "add-tag", **ALL, "tag": "a" * 41}, "A tag can have 40 characters"),
        ({"change": "colour", **ALL, "colour": "mauve"}, "There is no such colour."),
    ],
)
def test_what_cannot_be_done_is_said(as_alice: Client, three: list[Note], sent: dict[str, str], words: str) -> None:
    before = state()
    assert words in as_alice.post("/notes/change/", sent, follow=True).content.decode()
    assert state() == before


def test_a_note_with_all_the_tags_it_can_have_gets_no_more(as_alice: Client, three: list[Note]) -> None:
    for at in range(notes.MOST_TAGS):
        three[2].tags.create(name=str(at))
    page = as_alice.post("/notes/change/", {**ALL, "change": "add-tag", "tag": "x"}, follow=True).content.decode()
    assert "1 notes have as many tags" in page
    assert "2 notes are changed." in page


def test_an_open_window_hears_of_the_change(as_alice: Client, three: list[Note]) -> None:
    as_alice.post("/notes/change/", {**ALL, "change": "colour", "colour": "red"})
    sent = {"body": "late", "colour": "blue", "version": 1}
    assert as_alice.post(f"/notes/{three[0].pk}/", sent).status_code == 409


def test_only_the_last_change_is_undone_and_only_once(as_alice: Client, as_bob: Client, three: list[Note]) -> None:
    for colour in ("red", "blue"):
        as_alice.post("/notes/change/", {**ALL, "change": "colour", "colour": colour})
    for browser, number in ((as_alice, 1), (as_bob, 2), (as_alice, 2), (as_alice, 2)):
        said = browser.post(f"/notes/undo/{number}/", follow=True).content.decode()
        assert ("It is as it was" in said) == ((browser, number) == (as_alice, 2) and "no longer" not in said)
    assert {note.colour for note in Note.objects.all()} == {"red"}


def test_an_undo_that_fails_can_be_tried_again(
    as_alice: Client, three: list[Note], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = as_alice.post("/notes/change/", {**ALL, "change": "delete"}, follow=True).content.decode()
    as_alice.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr(note_changes, "undo", Mock(side_effect=OperationalError("database is locked")))
        undo(as_alice, page)
    assert "It is as it was before." in undo(as_alice, page)
    assert not Note.objects.exclude(deleted=None).exists()


def test_what_many_notes_said_lies_aside_for_an_hour_at_most(as_alice: Client, three: list[Note]) -> None:
    as_alice.post("/notes/change/", {**ALL, "change": "delete"})
    as_alice.logout()
    assert {row.expire_date <= timezone.now() + aside.LONGEST for row in Session.objects.all()} == {True}


def test_steps_touch_nobody_elses_notes(alice: User, bobs: Note) -> None:
    assert note_changes.undo(alice, [("put", "hers", [bobs.pk]), ("colour", "red", [bobs.pk])]) == 0
    assert state() == {"Bob's": ("yellow", {"old"})}


@pytest.mark.parametrize(
    ("sent", "tags"),
    [
        # A new name, whatever the old one's spelling; the name of another makes one of both.
        ({"tag": "old", "name": "older"}, [{"older"}, {"older", "new"}, set()]),
        ({"tag": "old", "name": "New"}, [{"New"}, {"new"}, set()]),
        ({"tag": "old", "name": "OLD"}, [{"OLD"}, {"OLD", "new"}, set()]),
        ({"tag": "OLD", "change": "remove"}, [set(), {"new"}, set()]),
    ],
)
def test_a_tag_is_renamed_merged_and_removed(
    as_alice: Client, three: list[Note], bobs: Note, sent: dict[str, str], tags: list[set[str]]
) -> None:
    before = state()
    page = as_alice.post("/notes/tags/change/", {"change": "rename", **sent}, follow=True).content.decode()
    assert [state()[f"note {at}"][1] for at in range(3)] == tags
    undo(as_alice, page)
    assert state() == before


@pytest.mark.parametrize("name", ["", "a,b", "x" * 41])
def test_a_bad_name_is_said_and_kept(as_alice: Client, three: list[Note], name: str) -> None:
    answer = as_alice.post("/notes/tags/change/", {"tag": "Old", "name": name, "change": "rename"})
    assert answer.status_code == 400
    assert f'name="name" value="{name}"' in answer.content.decode()


def test_the_tags_page_counts_and_begins_empty(as_alice: Client, as_bob: Client, three: list[Note]) -> None:
    assert "2 notes" in as_alice.get("/notes/tags/").content.decode()
    assert "You have no tags yet." in as_bob.get("/notes/tags/").content.decode()


@pytest.mark.parametrize(
    ("target", "goes_to"),
    [
        ("/notes/?tag=old", "/notes/?tag=old"),
        ("https://evil.example/", "/notes/"),
        ("//evil.example", "/notes/"),
        ("word", "word"),
    ],
)
def test_one_comes_back_to_where_one_was_and_nowhere_else(
    as_alice: Client, three: list[Note], target: str, goes_to: str
) -> None:
    for address in ("/notes/change/", f"/notes/{three[0].pk}/delete/", f"/notes/{three[0].pk}/restore/"):
        assert as_alice.post(address, {"next": target})["Location"] == goes_to
    assert as_alice.post(f"/notes/{three[1].pk}/", {"body": "x", "version": 1, "next": target})["Location"] == goes_to
