"""Unlisted links show chosen notes to whoever has their address, until they are revoked."""

from typing import Any

import pytest
from django.test import Client

from reader import links, notes
from reader.models import Document, Note, SharedLink, User
from reader.sharing import BadSharingError

pytestmark = pytest.mark.django_db


def test_a_reader_chooses_a_text_then_notes_then_a_name(as_alice: Client, note: Note, shared_note: Note) -> None:
    assert '?document=size"' in as_alice.get("/links/new/").content.decode()
    form = as_alice.get("/links/new/?document=size").content.decode()
    assert form.count(" checked") == 2
    assert as_alice.get(f"/links/new/?document=size&note={note.pk}").content.decode().count(" checked") == 1
    made = as_alice.post("/links/new/", {"document": "size", "name": "A.", "notes": [note.pk]}, follow=True)
    link = SharedLink.objects.get()
    assert made.redirect_chain[-1][0] == f"/links/{link.pk}/"
    assert f"http://testserver/shared/{link.token}/" in made.content.decode()
    assert ([one.pk for one in link.notes.all()], link.name, link.allows_replies) == ([note.pk], "A.", False)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"notes": []}, "Choose at least one note."),
        ({"notes": ["{theirs}"]}, "is not one of the available choices"),
        ({"name": " "}, "Say a name."),
        ({"name": "a\u202eb"}, "cannot be shown"),
    ],
)
def test_a_link_without_notes_or_name_is_not_made(
    as_alice: Client, bob: User, note: Note, data: dict[str, Any], words: str
) -> None:
    theirs = notes.add(user=bob, document=note.document, revision=1, start=0, end=2, body="Bob's own")
    sent = {"document": "size", "name": "A.", "notes": [note.pk]} | data
    sent["notes"] = [str(one).format(theirs=theirs.pk) for one in sent["notes"]]
    answer = as_alice.post("/links/new/", sent)
    assert (answer.status_code, SharedLink.objects.count()) == (400, 0)
    assert words in answer.content.decode()
    assert "Bob&#x27;s own" not in answer.content.decode()


def test_on_a_private_text_no_link_is_made(as_alice: Client, alice: User, note: Note) -> None:
    Document.objects.update(public=False, owner=alice)
    assert "cannot be shared" in as_alice.get("/links/new/?document=size").content.decode()
    as_alice.post("/links/new/", {"document": "size", "name": "A.", "notes": [note.pk]})
    with pytest.raises(BadSharingError):
        links.make(user=alice, document=Document.objects.get(), name="A.", allows_replies=False, notes=[note])
    assert not SharedLink.objects.exists()


def test_whoever_has_the_address_reads(as_charlie: Client, link: SharedLink, note: Note) -> None:
    answer = as_charlie.get(f"/shared/{link.token}/")
    page = answer.content.decode()
    for shown in ("规模与推理", "后训练", "for the <em>class</em>", "A. from the library", "yellow"):
        assert shown in page
    assert f"/documents/size/?note={link.notes.get().pk}&amp;shared={link.token}" in page
    for hidden in ("alice", "Teacher", "Class 3b", "secret thought"):
        assert hidden not in page
    assert not as_charlie.cookies
    headers = ("Referrer-Policy", "X-Robots-Tag")
    assert [answer[name] for name in headers] == ["no-referrer", "noindex, nofollow"]
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert '<meta name="robots" content="noindex' in page
    assert "<form" not in page  # From a page without a referrer no form can be sent.


def test_notes_of_a_link_stand_on_the_page_of_a_guest(as_charlie: Client, link: SharedLink, note: Note) -> None:
    told = as_charlie.get(f"/documents/size/notes.json?shared={link.token}")
    [line] = told.json()["notes"]
    known = {name: line[name] for name in ("mine", "author", "group", "may_reply", "quote")}
    assert known == {
        "mine": False,
        "author": "A. from the library",
        "group": None,
        "may_reply": True,
        "quote": "后训练",
    }
    assert not told.cookies
    assert "no-store" in told["Cache-Control"]


def test_who_is_in_the_class_and_has_the_link_sees_a_note_once(as_bob: Client, link: SharedLink) -> None:
    [line] = as_bob.get(f"/documents/size/notes.json?shared={link.token}").json()["notes"]
    assert (line["author"], line["group"]["name"]) == ("Teacher", "Class 3b")


def test_their_author_sees_that_notes_are_shared(as_alice: Client, link: SharedLink, note: Note) -> None:
    lines = as_alice.get("/documents/size/notes.json").json()["notes"]
    assert {line["id"]: (line["linked"], line["author"]) for line in lines} == {
        note.pk: (False, None),
        link.notes.get().pk: (True, None),
    }
    assert "So the readers of your link see it." in as_alice.get(f"/shared/{link.token}/").content.decode()


def test_a_link_is_changed_but_not_its_address(as_alice: Client, link: SharedLink, note: Note) -> None:
    later = {"name": "Anonymous", "notes": [note.pk], "document": "size"}
    assert as_alice.post(f"/links/{link.pk}/", later).status_code == 302
    changed = SharedLink.objects.get()
    assert (changed.token, changed.name, changed.allows_replies) == (link.token, "Anonymous", False)
    assert list(changed.notes.all()) == [note]
    assert as_alice.post(f"/links/{link.pk}/", {"name": "Anonymous"}).status_code == 400
    assert "Notes written later are not added by themselves." in as_alice.get(f"/links/{link.pk}/").content.decode()


def test_a_deleted_note_that_comes_back_is_under_its_link_again(as_alice: Client, link: SharedLink, note: Note) -> None:
    shown = link.notes.get()
    links.change(link, name="A.", allows_replies=False, notes=[note, shown])
    notes.delete(shown)
    assert "1 note ·" in as_alice.get("/links/").content.decode()
    links.change(link, name="A.", allows_replies=False, notes=[note])
    notes.restore(shown)
    assert "2 notes ·" in as_alice.get("/links/").content.decode()


@pytest.mark.parametrize("token", ["", "wrong", "%00", "x" * 500])
def test_a_wrong_address_leads_nowhere(as_bob: Client, as_charlie: Client, link: SharedLink, token: str) -> None:
    for browser in (as_bob, as_charlie):
        if token not in ("", "%00"):
            assert browser.get(f"/shared/{token}/").status_code == 404
        told = browser.get(f"/documents/size/notes.json?shared={token}").json()["notes"]
        assert [line["author"] for line in told if line["author"] != "Teacher"] == []


@pytest.mark.parametrize("address", ["/links/{pk}/", "/links/{pk}/revoke/"])
def test_a_link_is_its_makers_own(as_bob: Client, link: SharedLink, address: str) -> None:
    for method in ("get", "post"):
        answer = getattr(as_bob, method)(address.format(pk=link.pk), {"name": "B.", "notes": [link.notes.get().pk]})
        assert answer.status_code in (404, 405)
    assert link.token not in as_bob.get("/links/").content.decode()
    assert SharedLink.objects.get().name == "A. from the library"


def test_one_of_several_links_shows_its_own_notes_only(
    as_bob: Client, as_charlie: Client, alice: User, link: SharedLink, note: Note
) -> None:
    other = links.make(user=alice, document=note.document, name="Other", allows_replies=False, notes=[note])
    for browser in (as_bob, as_charlie):
        page = browser.get(f"/shared/{other.token}/").content.decode()
        assert ("secret thought" in page, "for the" in page, "<b>Other</b>" in page) == (True, False, True)


def test_nobody_shares_what_others_wrote(alice: User, bob: User, link: SharedLink) -> None:
    theirs = notes.add(user=bob, document=link.document, revision=1, start=0, end=2, body="Bob's own")
    with pytest.raises(BadSharingError):
        links.make(user=alice, document=link.document, name="A.", allows_replies=False, notes=[theirs])
    links.change(link, name="A.", allows_replies=False, notes=[theirs, *link.notes.all()])
    assert not link.notes.filter(user=bob).exists()
    assert SharedLink.objects.count() == 1


def test_a_page_of_a_link_asks_the_database_as_often_for_many_notes(
    as_charlie: Client, alice: User, link: SharedLink, django_assert_max_num_queries: Any
) -> None:
    more = [
        notes.add(user=alice, document=link.document, revision=1, start=at, end=at + 1, body="x") for at in range(20)
    ]
    link.notes.add(*more)
    with django_assert_max_num_queries(8):
        as_charlie.get(f"/shared/{link.token}/")
    with django_assert_max_num_queries(8):
        as_charlie.get(f"/documents/size/notes.json?shared={link.token}")


def test_notes_are_told_in_the_order_of_the_text(as_alice: Client, alice: User, document: Document) -> None:
    for at in (9, 3, 6):
        notes.add(user=alice, document=document, revision=1, start=at, end=at + 1, body="x")
    told = as_alice.get("/documents/size/notes.json").json()["notes"]
    assert [line["start"] for line in told] == [3, 6, 9]


def test_a_link_shows_a_thousand_notes_and_more(as_alice: Client, alice: User, document: Document) -> None:
    text = document.revisions.get().text
    place = {"revision": 1, "start": 0, "end": 2, "quote": text[:2]}
    Note.objects.bulk_create(Note(user=alice, document=document, **place) for _turn in range(1_100))
    ticked = list(Note.objects.values_list("pk", flat=True))
    assert as_alice.post("/links/new/", {"document": "size", "name": "A", "notes": ticked}).status_code == 302
    assert SharedLink.objects.get().notes.count() == 1_100


@pytest.mark.parametrize("number", ["1" + "0" * 40, "9223372036854775808", "-1" + "0" * 30, "x"])
def test_a_number_that_no_note_has_is_refused_in_words(as_alice: Client, link: SharedLink, number: str) -> None:
    for address in ("/links/new/", f"/links/{link.pk}/"):
        page = as_alice.post(address, {"document": "size", "name": "A", "notes": [number]})
        assert (page.status_code, "is not a valid value" in page.content.decode()) == (400, True)


def test_no_search_engine_keeps_the_address_of_a_text_with_a_links_secret(client: Client, link: SharedLink) -> None:
    assert client.get(f"/documents/size/?shared={link.token}")["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get("/documents/size/")
