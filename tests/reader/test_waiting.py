"""What is typed while signed out waits for its author: each note, reply and change, and for an hour."""

import re
from time import time
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from reader import account_deletion, aside, document_editing, notes, replies, unsaved, waiting
from reader.models import Document, Note, User
from tests import small

pytestmark = pytest.mark.django_db
ADD = "/documents/size/notes/"
EDIT = "/documents/size/edit/"
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


def test_a_waiting_note_can_be_discarded_and_comes_back(document: Document, alice: User, client: Client) -> None:
    typed_as_guest(client, alice, "typed first", "typed second")
    [discard] = re.findall(r'formaction="([^"]+)"', pending(client))
    page = client.post(discard, {"body": "typed first"}, follow=True).content.decode()
    assert "typed second</textarea>" in page
    [undo] = re.findall(r'action="(/notes/pending/[^"]+/restore/)"', page)
    client.post(ADD, PLACE | {"body": "typed second"})
    assert client.get("/notes/pending/")["Location"] == "/notes/"
    assert "typed first</textarea>" in client.post(undo, follow=True).content.decode()
    assert Note.objects.count() == 1


def test_a_note_comes_back_as_it_was_when_it_was_discarded(document: Document, alice: User, client: Client) -> None:
    typed_as_guest(client, alice, "typed first")
    [discard] = re.findall(r'formaction="([^"]+)"', pending(client))
    page = client.post(discard, {"body": "typed\r\nsince", "tags": "late", "colour": "green"}, follow=True)
    [undo] = re.findall(r'action="(/notes/pending/[^"]+/restore/)"', page.content.decode())
    back = client.post(undo, follow=True).content.decode()
    for words in ("typed\nsince</textarea>", 'value="late"', 'value="green" id="id_colour_1" checked'):
        assert words in back


def test_a_note_that_waits_is_discarded_by_its_browser_alone(
    document: Document, alice: User, client: Client, as_alice: Client
) -> None:
    typed_as_guest(client, alice, "typed first")
    [discard] = re.findall(r'formaction="([^"]+)"', pending(client))
    assert as_alice.post(discard)["Location"] == "/notes/pending/"
    assert "no longer be undone" in as_alice.post("/notes/pending/none/restore/", follow=True).content.decode()
    assert "typed first</textarea>" in pending(client)


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


def hidden(page: str) -> dict[str, str]:
    """Give the hidden fields of the form that a page shows last."""
    form = page.rpartition("<form")[2]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


@pytest.fixture
def open_form(document: Document, alice: User, client: Client) -> dict[str, str]:
    """Alice's form of her text, in a browser whose session has ended since."""
    Document.objects.update(owner=alice)
    client.force_login(alice)
    fields = hidden(client.get(EDIT).content.decode())
    client.logout()
    return fields | {"source": "typed\r\nin vain", "do": "show"}


def test_a_source_sent_after_the_session_ended_is_in_the_form_again(
    open_form: dict[str, str], alice: User, client: Client
) -> None:
    asked = client.post(EDIT, open_form, follow=True)
    assert asked.redirect_chain == [(f"/accounts/login/?next={EDIT}", 302)]
    assert "waits for you" in asked.content.decode()
    client.force_login(alice)
    page = client.get(EDIT).content.decode()
    assert "typed\nin vain</textarea>" in page
    assert "not saved yet" in page
    assert "typed" not in client.get(EDIT, {"today": ""}).content.decode().partition("<textarea")[2]
    fields = hidden(page) | {"source": "typed\r\nin vain"}
    fields |= hidden(client.post(EDIT, fields | {"do": "show"}).content.decode())
    assert client.post(EDIT, fields | {"do": "save"})["Location"] == "/documents/size/dropped/"
    assert "not saved yet" not in client.get(EDIT).content.decode()
    assert Session.objects.count() == 1


def sources_aside() -> list[str]:
    rows = [row.get_decoded().get(aside.CONTENT) for row in Session.objects.all()]
    return [row["source"] for row in rows if row]


def test_of_the_sources_of_a_text_the_last_alone_waits(open_form: dict[str, str], alice: User, client: Client) -> None:
    for source in ("first", "second", "second"):
        client.post(EDIT, open_form | {"source": source})
    client.force_login(alice)
    page = client.get(EDIT).content.decode()
    assert ("second</textarea>" in page, sources_aside()) == (True, ["second"])
    fields = hidden(page) | {"source": "second"}
    fields |= hidden(client.post(EDIT, fields | {"do": "show"}).content.decode())
    client.post(EDIT, fields | {"do": "save"})
    assert ("not saved yet" in client.get(EDIT).content.decode(), sources_aside()) == (False, [])


def test_who_sends_the_form_from_ever_new_browsers_fills_no_table(open_form: dict[str, str]) -> None:
    for source in ("first", "second"):
        Client().post(EDIT, open_form | {"source": source})
    assert sources_aside() == ["second"]


def test_a_source_that_waits_tells_that_the_text_has_changed_since(
    open_form: dict[str, str], alice: User, client: Client
) -> None:
    client.post(EDIT, open_form)
    small.build_document(small.DOCUMENT.replace("越强", "越是强"), owner=alice)
    client.force_login(alice)
    sent = hidden(client.get(EDIT).content.decode()) | {"source": "typed", "do": "show"}
    answer = client.post(EDIT, sent)
    assert (sent["revision"], answer.status_code) == ("1", 409)


def test_a_source_waits_for_its_author_alone(
    open_form: dict[str, str], alice: User, bob: User, client: Client, as_alice: Client
) -> None:
    client.post(EDIT, open_form)
    client.force_login(bob)
    assert client.get(EDIT).status_code == 404
    Document.objects.update(owner=bob)
    assert "in vain" not in client.get(EDIT).content.decode()
    Document.objects.update(owner=alice)
    # Neither does another browser know of it, nor this one after another reader.
    client.force_login(alice)
    assert "in vain" not in client.get(EDIT).content.decode() + as_alice.get(EDIT).content.decode()


@pytest.mark.parametrize(
    "changed",
    [
        {"stamp": ""},
        {"stamp": "x:y:z"},
        {"stamp": unsaved.stamp(1, "another-text")},
        {"source": "长" * (document_editing.LONGEST_SOURCE + 1)},
    ],
)
def test_what_no_form_of_the_text_sent_and_what_is_too_long_is_not_kept(
    open_form: dict[str, str], client: Client, changed: dict[str, str]
) -> None:
    answer = client.post(EDIT, open_form | changed, follow=True)
    assert "cannot be kept here: go back, copy it" in answer.content.decode()
    assert not [row for row in Session.objects.all() if aside.CONTENT in row.get_decoded()]


def test_what_lies_aside_is_gone_after_an_hour_and_with_its_reader(alice: User, bob: User) -> None:
    first, second = aside.put(alice.pk, "a"), aside.put(alice.pk, "b")
    assert (aside.get(alice.pk, first), aside.get(bob.pk, first)) == ("a", None)
    Session.objects.filter(pk=first).update(expire_date=timezone.now())
    third = aside.put(bob.pk, "c")
    assert (aside.get(alice.pk, first), Session.objects.count()) == (None, 2)
    account_deletion.delete(alice)
    assert (aside.get(alice.pk, second), aside.get(bob.pk, third)) == (None, "c")


def test_a_browser_keeps_its_token_when_its_session_has_ended(document: Document, alice: User) -> None:
    Document.objects.update(owner=alice)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)
    fields = hidden(browser.get(EDIT).content.decode())
    Session.objects.all().delete()
    answer = browser.post(EDIT, fields | {"source": "typed", "do": "show"})
    assert answer["Location"] == f"/accounts/login/?next={EDIT}"
    browser.force_login(alice)
    assert "typed</textarea>" in browser.get(EDIT).content.decode()
