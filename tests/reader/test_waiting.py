"""What is typed while signed out waits for its author: each note, reply and change, and for an hour."""

from time import time
from typing import Any

import pytest
from django.test import Client

from reader import notes, replies, waiting
from reader.models import Document, Note, User

pytestmark = pytest.mark.django_db
ADD = "/documents/size/notes/"
PLACE = {"revision": 1, "start": 0, "end": 2}


def pending(browser: Client) -> str:
    return browser.get("/notes/pending/", follow=True).content.decode()


def typed_as_guest(browser: Client, author: User, *bodies: str) -> None:
    for body in bodies:
        browser.post(ADD, PLACE | {"body": body, "colour": "red", "tags": "exam"})
    browser.force_login(author)


def test_a_waiting_note_outlives_another_that_is_kept(document: Document, alice: User, client: Client) -> None:
    typed_as_guest(client, alice, "typed as guest")
    client.post(ADD, PLACE | {"body": "other"}, headers={"Accept": "application/json"})
    assert "typed as guest" in pending(client)
    client.post(ADD, PLACE | {"body": "typed as guest"})
    assert client.get("/notes/pending/")["Location"] == "/notes/"


def test_many_waiting_notes_are_shown_one_after_the_other(document: Document, alice: User, client: Client) -> None:
    typed_as_guest(client, alice, "typed first", "typed second")
    for body in ("typed first", "typed second"):
        page = pending(client)
        assert f"{body}</textarea>" in page
        key = page.partition('name="waiting" value="')[2].partition('"')[0]
        kept = client.post(ADD, PLACE | {"body": f"{body}, and more", "waiting": key}, follow=True)
    assert kept.redirect_chain == [("/documents/size/paragraphs/0/", 302)]
    assert client.get("/notes/pending/")["Location"] == "/notes/"
    assert Note.objects.count() == 2


def test_a_waiting_note_keeps_how_it_looks(document: Document, alice: User, client: Client) -> None:
    typed_as_guest(client, alice, "red")
    page = pending(client)
    assert 'value="red" id="id_colour_3" checked' in page
    assert 'value="exam"' in page


def test_of_too_many_the_oldest_goes_and_the_same_waits_once(document: Document, alice: User, client: Client) -> None:
    typed_as_guest(client, alice, *[f"note {number}" for number in range(waiting.MOST + 1)], "note 5")
    assert "note 1</textarea>" in pending(client)


def test_what_waits_does_so_for_an_hour(
    document: Document, alice: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed_as_guest(client, alice, "typed long ago")
    assert "typed long ago" in pending(client)
    now = time()
    monkeypatch.setattr("reader.waiting.time", lambda: now + waiting.LONGEST + 1)
    assert client.get("/notes/pending/")["Location"] == "/notes/"


@pytest.mark.parametrize("address", ["/notes/{note}/", "/replies/{reply}/"])
def test_a_change_sent_after_the_session_ended_waits(
    address: str, as_charlie: Client, shared_note: Note, alice: User
) -> None:
    reply = replies.say(shared_note, alice, body="r")
    address = address.format(note=shared_note.pk, reply=reply.pk)
    sent: dict[str, Any] = {"body": "typed\r\nfor an hour", "version": 1, "modified": reply.modified.isoformat()}
    assert as_charlie.post(address, sent)["Location"].endswith(f"?next={address}")
    as_charlie.force_login(alice)
    assert "typed\nfor an hour</textarea>" in as_charlie.get(address).content.decode()
    assert as_charlie.post(address, sent).status_code == 302
    assert "for an hour</textarea>" in as_charlie.get(address).content.decode()
    assert 'name="waiting"' not in as_charlie.get(address).content.decode()


def test_a_change_waits_although_its_note_is_deleted_meanwhile(as_charlie: Client, note: Note, alice: User) -> None:
    as_charlie.post(f"/notes/{note.pk}/", {"body": "typed for an hour", "version": 1})
    notes.delete(note)
    as_charlie.force_login(alice)
    page = as_charlie.get(f"/notes/{note.pk}/").content.decode()
    assert "typed for an hour</textarea>" in page
    assert 'name="restore"' in page


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/notes/{note}/replies/", {}),
        ("/suggest/", {"text": "后训练", "kind": "missing"}),
    ],
)
def test_a_waiting_reply_or_suggestion_outlives_another(
    address: str, typed: dict[str, str], client: Client, shared_note: Note, alice: User
) -> None:
    address, name = address.format(note=shared_note.pk), "comment" if typed else "body"
    client.post(address, typed | {name: "typed as guest"})
    client.force_login(alice)
    for other, waits in (("another", True), ("typed as guest", False)):
        assert "typed as guest</textarea>" in client.get(address, typed).content.decode()
        assert client.post(address, typed | {name: other}).status_code == 302
        assert ("typed as guest</textarea>" in client.get(address, typed).content.decode()) == waits
