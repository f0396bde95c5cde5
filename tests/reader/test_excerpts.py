"""Whoever noted something in a text that goes with its owner's account keeps the passages, and the notes on them."""

import json
from collections.abc import Iterable

import pytest
from django.test import Client

from reader import account_deletion, document_editing, notes
from reader.formats import txt
from reader.ingest import Incoming, add_document
from reader.models import Document, FormerAnchor, Note, NoteStatus, User
from tests import small
from tests.reader.note_files import rewrite
from zhtext.clean import BlockKind, CleanBlock, CleanText

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


def written(user: User) -> Iterable[Note]:
    """Give a reader's notes in the order in which they were written."""
    return Note.objects.filter(user=user).select_related("document").order_by("pk")


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


def test_the_owner_is_told_beforehand_but_not_whether_there_are_any(
    alice: User, bob: User, as_alice: Client, hers: Document
) -> None:
    Document.objects.filter(pk=hers.pk).update(public=False)
    before = as_alice.get("/account/delete/").content.decode().partition("What stays, without your name")[2]
    assert "what others noted in your private texts when they could read them" in before
    Document.objects.filter(pk=hers.pk).update(public=True)
    on(hers, bob, "后训练", "mine")
    Document.objects.filter(pk=hers.pk).update(public=False)
    after = as_alice.get("/account/delete/").content.decode().partition("What stays, without your name")[2]
    assert panel(before) == panel(after)


def panel(page: str) -> str:
    """Give a page up to the end of its panel; a form's token behind it is another each time."""
    return page.partition("</section>")[0]


def test_an_excerpt_is_a_text_of_its_own_even_where_there_is_one_like_it(
    alice: User, bob: User, hers: Document
) -> None:
    again = small.build_document(small.DOCUMENT.replace("slug: size", "slug: other"), owner=alice)
    for document in (hers, again):
        for words in ("后训练", "研究者做机械可解释性研究，"):
            on(document, bob, words, words)
    Document.objects.filter(owner=alice).update(public=False)
    account_deletion.delete(alice)
    assert Document.objects.filter(owner=bob).count() == 2
    assert {note.document.revisions.get().text[note.start : note.end] == note.body for note in written(bob)} == {True}


def test_where_its_words_stand_in_a_text_of_theirs_it_is_not_mistaken_for_it(
    alice: User, bob: User, hers: Document
) -> None:
    words = ["研究者做机械可解释性研究，", "后训练"]
    own = add_document(txt.read("\n".join(words).encode(), "x.txt"), owner=bob, public=False).document
    for each in words:
        on(hers, bob, each, each)
    go(alice, hers)
    assert [note.document.revisions.get().text[note.start : note.end] for note in written(bob)] == words
    assert not Note.objects.filter(document=own).exists()


# What cleaning would join, drop, or take for a title, a date, a speaker or a heading.
ODD = [
    "研究者做机械可解释性研究，",
    "登录",
    "2026-05-04 发布",
    "北京",
    "作者：张三",
    "# 井号",
    "李四：好",
    "李四：很好",
    "李四：非常好",
    "---",
    "后训练",
    "评论",
]


def test_a_line_added_to_an_excerpt_changes_nothing_else(alice: User, bob: User, document: Document) -> None:
    blocks = tuple(CleanBlock(BlockKind.PARAGRAPH, words) for words in ODD)
    hers = add_document(Incoming(CleanText("她的", blocks), "她的"), owner=alice, public=False).document
    Document.objects.filter(pk=hers.pk).update(public=True)
    for words in ODD:
        on(hers, bob, words, words)
    go(alice, hers)
    [kept] = Document.objects.filter(owner=bob)
    assert kept.revisions.get().text.split("\n") == ODD
    source = document_editing.source_of(kept.revisions.get())
    seen = document_editing.preview(kept, f"{source}\n补一句话。", user=bob)
    assert (seen.total, seen.details, seen.effect.is_felt) == (1, [], False)
    before = {note.body: (note.status, note.start, note.quote) for note in written(bob)}
    document_editing.save(kept, f"{source}\n补一句话。", revision=1, author=bob)
    assert {note.body: (note.status, note.start, note.quote) for note in written(bob)} == before
    assert {status for status, _start, _quote in before.values()} == {NoteStatus.PLACED}
