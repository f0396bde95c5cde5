"""Notes are changed without overwriting what another window wrote, deleted, brought back, and erased in the end."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reader import notes
from reader.models import Note, User
from reader.notes import LONGEST_BODY

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def _own_body(note: Note) -> tuple[str, Any]:
    note.refresh_from_db()
    return note.body, note.deleted


def test_a_note_is_edited(as_alice: Client, note: Note) -> None:
    assert "secret thought</textarea>" in as_alice.get(f"/notes/{note.pk}/").content.decode()
    page = as_alice.post(f"/notes/{note.pk}/", {"body": "another", "version": 1}, follow=True).content.decode()
    assert "Your note is changed." in page
    assert "<p>another</p>" in page
    told = as_alice.post(f"/notes/{note.pk}/", {"body": "a third", "version": 2}, headers=JSON).json()
    assert told["body"] == "a third"
    note.refresh_from_db()
    assert (note.version, note.quote) == (3, "机械可解释性研究")


def test_the_second_of_two_windows_is_shown_both_versions(as_alice: Client, note: Note) -> None:
    address = f"/notes/{note.pk}/"
    as_alice.post(address, {"body": "from the first window", "version": 1}, headers=JSON)
    told = as_alice.post(address, {"body": "from the second", "version": 1}, headers=JSON)
    assert (told.status_code, told.json()["theirs"]["body"]) == (409, "from the first window")
    page = as_alice.post(address, {"body": "from the second", "version": 1})
    assert page.status_code == 409
    for kept in ("from the first window", "from the second</textarea>", 'name="version" value="2"'):
        assert kept in page.content.decode()
    note.refresh_from_db()
    assert (note.body, note.version) == ("from the first window", 2)


def test_an_edit_of_a_note_deleted_elsewhere_is_given_back_and_can_be_kept(
    as_alice: Client, as_bob: Client, note: Note
) -> None:
    address, sent = f"/notes/{note.pk}/", {"body": "typed for an hour", "version": 1}
    notes.delete(note)
    page = as_alice.post(address, sent)
    assert page.status_code == 409
    for words in ("deleted in another window", "typed for an hour</textarea>", 'name="restore"'):
        assert words in page.content.decode()
    assert [as_bob.post(address, sent).status_code, as_alice.get(address).status_code] == [404, 404]
    assert as_alice.post(address, sent, headers=JSON).status_code == 404
    as_alice.post(address, sent | {"restore": "1"})
    assert _own_body(note) == ("typed for an hour", None)


def test_the_second_window_is_shown_all_that_the_first_changed(as_alice: Client, note: Note, group: Any) -> None:
    notes.edit(note, version=1, body=note.body, group=group, tags=["irreplaceable"], colour="red")
    sent = {"body": "mine", "tags": "", "colour": "yellow", "version": 1, "group": ""}
    page = as_alice.post(f"/notes/{note.pk}/", sent).content.decode()
    for words in ("irreplaceable", "swatch-red", "shared with Class 3b"):
        assert words in page


@pytest.mark.parametrize("body", ["a" * (LONGEST_BODY + 1), "a\x00b"])
def test_an_edit_that_cannot_be_kept_gives_back_what_was_typed(as_alice: Client, note: Note, body: str) -> None:
    page = as_alice.post(f"/notes/{note.pk}/", {"body": body})
    assert page.status_code == 400
    assert body in page.content.decode()
    assert as_alice.post(f"/notes/{note.pk}/", {"body": body}, headers=JSON).json()["body"] == body
    note.refresh_from_db()
    assert note.body == "**秘密** secret thought"


def test_a_note_is_deleted_and_brought_back(as_alice: Client, note: Note) -> None:
    page = as_alice.post(f"/notes/{note.pk}/delete/", follow=True).content.decode()
    assert "The note is deleted." in page
    assert f'action="/notes/{note.pk}/restore/"' in page
    assert "secret thought" not in page
    assert as_alice.get("/documents/size/notes.json").json()["notes"] == []
    assert as_alice.get(f"/notes/{note.pk}/").status_code == 404
    assert as_alice.post(f"/notes/{note.pk}/delete/").status_code == 404
    page = as_alice.post(f"/notes/{note.pk}/restore/", follow=True).content.decode()
    assert "The note is back." in page
    assert "secret thought" in page


def test_the_pages_script_deletes_and_brings_back(as_alice: Client, note: Note) -> None:
    assert as_alice.post(f"/notes/{note.pk}/delete/", headers=JSON).json() == {"id": note.pk}
    assert as_alice.post(f"/notes/{note.pk}/restore/", headers=JSON).json()["id"] == note.pk


def test_what_was_deleted_long_ago_is_erased(note: Note, bob: User) -> None:
    other = notes.add(user=bob, document=note.document, revision=1, start=0, end=2, body="kept")
    notes.delete(note)
    assert notes.purge() == 0
    Note.objects.filter(pk=note.pk).update(deleted=timezone.now() - timedelta(days=notes.UNDO_DAYS + 1))
    assert notes.purge() == 1
    assert list(Note.objects.all()) == [other]
