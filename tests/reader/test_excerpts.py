"""Whoever noted something in a text that goes with its owner's account keeps the passages, and the notes on them."""

import json

import pytest
from django.test import Client

from reader import account_deletion, notes
from reader.models import Document, FormerAnchor, Note, NoteStatus, User
from tests import small
from tests.reader.note_files import rewrite

pytestmark = pytest.mark.django_db
SECRET = "她的私事"


@pytest.fixture
def hers(alice: User, document: Document) -> Document:
    """A text of Alice's that was public once, when Bob read it."""
    text = small.DOCUMENT.replace("slug: size", "slug: hers").replace("规模与推理", SECRET)
    return small.build_document(text, owner=alice)


def on(document: Document, user: User, words: str, body: str) -> Note:
    """Write a note on words of a text."""
    text = document.revisions.get(number=document.revision).text
    start, number = text.index(words), document.revision
    return notes.add(
        user=user, document=document, revision=number, start=start, end=start + len(words), body=body, tags=["t"]
    )


def go(owner: User, document: Document) -> None:
    """Make a text private, and delete the account of its owner."""
    Document.objects.filter(pk=document.pk).update(public=False)
    account_deletion.delete(owner)


def test_the_notes_of_others_stand_on_the_passages_they_noted(alice: User, bob: User, hers: Document) -> None:
    for words in ("机械可解释性研究", "后训练", "后训练"):
        on(hers, bob, words, f"bob on {words}")
    on(hers, alice, "缩放定律", "alice's own")
    go(alice, hers)
    kept = Document.objects.get(owner=bob)
    text = kept.revisions.get().text
    assert (kept.public, sorted(text.split("\n"))) == (False, ["后训练", "机械可解释性研究"])
    found = Note.objects.filter(document=kept).prefetch_related("tags")
    assert [(note.body, text[note.start : note.end]) for note in found.order_by("pk")] == [
        (f"bob on {words}", words) for words in ("机械可解释性研究", "后训练", "后训练")
    ]
    assert {(note.user, note.status, note.tags.get().name, note.version) for note in found} == {(bob, "placed", "t", 2)}
    assert Note.objects.count() == 3


def test_they_are_found_read_and_exported(alice: User, bob: User, as_bob: Client, hers: Document) -> None:
    on(hers, bob, "机械可解释性研究", "mine")
    go(alice, hers)
    kept = Document.objects.get(owner=bob)
    listed = as_bob.get("/notes/").content.decode()
    for shown in ("mine", "What you noted in a text that is gone", f'href="{kept.get_absolute_url()}?note='):
        assert shown in listed
    assert "机械" in as_bob.get(kept.get_absolute_url()).content.decode()
    told = json.loads(as_bob.get("/notes/export/jsonld").content)["first"]["items"][0]
    assert told["target"]["selector"][0]["exact"] == "机械可解释性研究"


def test_nothing_else_of_the_text_is_kept(alice: User, bob: User, hers: Document, as_charlie: Client) -> None:
    on(hers, bob, "后训练", "mine")
    rewrite(hers, lambda text: "新的一句。" + text.replace("后训练", "别的"))
    go(alice, hers)
    [kept] = Document.objects.filter(owner=bob)
    everything = str([*Document.objects.filter(pk=kept.pk).values(), *kept.revisions.values(), *Note.objects.values()])
    assert [words for words in (SECRET, "hers", "新的一句", "预训练") if words in everything] == []
    assert not FormerAnchor.objects.exists()
    assert as_charlie.get(kept.get_absolute_url()).status_code == 404


def test_passages_of_several_lines_and_none_and_deleted_notes(alice: User, bob: User, hers: Document) -> None:
    first, second, *_others = hers.revisions.get().text.split("\n")
    on(hers, bob, f"{first}\n{second}", "two lines")
    notes.delete(on(hers, bob, second, "deleted"))
    lost = on(hers, bob, "后训练", "about the whole")
    Note.objects.filter(pk=lost.pk).update(status=NoteStatus.ORPHANED, quote="", revision=0, start=0, end=1)
    go(alice, hers)
    places = {note.body: (note.quote, note.status) for note in Note.objects.filter(document__owner=bob)}
    assert places["two lines"] == (f"{first}\n{second}", NoteStatus.PLACED)
    assert places["deleted"] == (second, NoteStatus.PLACED)
    assert places["about the whole"] == ("", NoteStatus.ORPHANED)
    assert Note.objects.get(body="deleted").deleted


def test_a_text_that_others_wrote_nothing_on_leaves_nothing(alice: User, hers: Document) -> None:
    on(hers, alice, "后训练", "alice's own")
    before = Document.objects.exclude(pk=hers.pk).count()
    go(alice, hers)
    assert (Document.objects.count(), Note.objects.count()) == (before, 0)


def test_the_owner_is_told_beforehand(alice: User, bob: User, as_alice: Client, hers: Document) -> None:
    on(hers, bob, "后训练", "mine")
    Document.objects.filter(pk=hers.pk).update(public=False)
    page = as_alice.get("/account/delete/").content.decode()
    stays = page.partition("What stays, without your name")[2]
    assert "1 note of another reader on your texts, with the passage it is about" in stays
