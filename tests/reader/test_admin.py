"""Who deletes an account or a text in the admin destroys nothing of other readers, and reads none of their notes."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from reader import notes
from reader.models import Document, Note, User
from tests import small

pytestmark = pytest.mark.django_db
ONE = "/admin/reader/{}/{}/delete/"
MANY = "/admin/reader/{}/"


@pytest.fixture
def texts(alice: User, bob: User, document: Document) -> list[Document]:
    """A public and a private text of Alice's, on both of which Bob and Alice wrote notes."""
    text = small.DOCUMENT.replace("slug: size", "slug: hers").replace("规模与推理", "她的私事")
    both = [document, small.build_document(text, owner=alice)]
    for one in both:
        start = one.revisions.get().text.index("后训练")
        for user in (alice, bob):
            body = f"thought of {user.username}"
            notes.add(user=user, document=one, revision=1, start=start, end=start + 3, body=body)
    Document.objects.filter(pk=document.pk).update(owner=alice)
    Document.objects.filter(slug="hers").update(public=False)
    return both


def delete(browser: Client, kind: str, *keys: int, many: bool) -> None:
    """Delete something in the admin, by its own page or by the list's action."""
    sent: dict[str, object] = {"post": "yes"}
    if many:
        sent |= {"action": "delete_selected", "_selected_action": keys}
    address = MANY.format(kind) if many else ONE.format(kind, *keys)
    assert browser.post(address, sent).status_code == 302


@pytest.mark.parametrize("many", [False, True])
def test_an_account_goes_as_if_its_reader_had_left(
    as_editor: Client, alice: User, texts: list[Document], many: bool
) -> None:
    delete(as_editor, "user", alice.pk, many=many)
    assert not User.objects.filter(username="alice").exists()
    assert Document.objects.get(slug="size").owner is None
    assert [note.body for note in Note.objects.all()] == ["thought of bob"] * 2
    assert not LogEntry.objects.filter(object_repr="alice").exists()


@pytest.mark.parametrize("many", [False, True])
def test_a_text_leaves_all_their_notes(as_editor: Client, texts: list[Document], many: bool) -> None:
    delete(as_editor, "document", texts[1].pk, many=many)
    delete(as_editor, "document", texts[0].pk, many=many)
    kept = Note.objects.select_related("document", "user")
    assert sorted(note.body for note in kept) == ["thought of alice"] * 2 + ["thought of bob"] * 2
    assert {(note.document.owner == note.user, note.document.public, note.status) for note in kept} == {
        (True, False, "placed")
    }


@pytest.mark.parametrize("kind", ["user", "document"])
def test_what_goes_is_asked_without_showing_notes(
    as_editor: Client, alice: User, texts: list[Document], kind: str
) -> None:
    key = alice.pk if kind == "user" else texts[0].pk
    page = as_editor.get(ONE.format(kind, key)).content.decode()
    assert str(alice if kind == "user" else texts[0]) in page
    assert "thought of" not in page
