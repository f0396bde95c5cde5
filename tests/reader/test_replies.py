"""Replies are said where a note is shared, and seen only there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from reader import links, notes, replies, sharing
from reader.models import Note, ReadingGroup, Reply, SharedLink, User

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
# Of the page of one's own replies.
QUERIES = 6


@pytest.fixture
def reply(bob: User, shared_note: Note) -> Reply:
    """What Bob, called Pupil, asks in the class."""
    return replies.say(shared_note, bob, body="Why **this**?")


@pytest.fixture
def from_outside(dora: User, link: SharedLink) -> Reply:
    """What Dora, called Passer-by, says under the link."""
    return replies.say(link.notes.get(), dora, body="By the way", link_token=link.token, name="Passer-by")


def bodies(browser: Client, note: Note, token: str = "") -> list[str]:
    answer = browser.get(f"/notes/{note.pk}/replies/", {"shared": token} if token else {}, headers=JSON)
    return [line["body"] for line in answer.json()] if answer.status_code == 200 else [str(answer.status_code)]


def test_a_member_replies_and_the_others_read_it(as_bob: Client, as_alice: Client, shared_note: Note) -> None:
    said = as_bob.post(f"/notes/{shared_note.pk}/replies/", {"body": "Why **this**?"}, headers=JSON)
    assert said.status_code == 201
    [line] = as_alice.get(f"/notes/{shared_note.pk}/replies/", headers=JSON).json()
    known = {name: line[name] for name in ("name", "mine", "html", "body")}
    html = "<p>Why <strong>this</strong>?</p>\n"
    assert known == {"name": "Pupil", "mine": False, "html": html, "body": "Why **this**?"}
    assert (said.json()["id"], said.json()["mine"], said.json()["url"]) == (line["id"], True, line["url"])
    [told] = as_bob.get("/documents/size/notes.json").json()["notes"]
    assert (told["replies"], told["may_reply"]) == (1, True)


def test_without_a_script_too(as_bob: Client, shared_note: Note) -> None:
    page = as_bob.post(f"/notes/{shared_note.pk}/replies/", {"body": "Why?"}, follow=True)
    assert page.redirect_chain[-1][0] == f"/notes/{shared_note.pk}/replies/#reply-{Reply.objects.get().pk}"
    for shown in ("<p>Why?</p>", "You speak as Pupil.", "for the <em>class</em>", "Teacher"):
        assert shown in page.content.decode()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "Write something first."),
        (" \n", "Write something first."),
        ("x" * (replies.LONGEST_REPLY + 1), "at most 10000 characters"),
        ("a\x00", "Null characters are not allowed."),
    ],
)
def test_what_is_no_reply_is_refused_and_given_back(as_bob: Client, shared_note: Note, body: str, words: str) -> None:
    answer = as_bob.post(f"/notes/{shared_note.pk}/replies/", {"body": body}, headers=JSON)
    assert (answer.status_code, answer.json()["body"]) == (400, body)
    assert words in answer.json()["error"]
    page = as_bob.post(f"/notes/{shared_note.pk}/replies/", {"body": body})
    assert (page.status_code, Reply.objects.count()) == (400, 0)


def test_a_browser_that_did_not_hear_the_answer_says_it_once(as_bob: Client, shared_note: Note) -> None:
    for _time in range(2):
        assert as_bob.post(f"/notes/{shared_note.pk}/replies/", {"body": "Why?"}, headers=JSON).status_code == 201
    assert Reply.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    # The owner of the group and the author of the note, which are both Alice here, always may.
    [("as_alice", 201), ("as_bob", 403), ("as_dora", 404), ("as_charlie", 401)],
)
def test_where_replies_are_not_wanted_none_are_said(
    who: str, status: int, shared_note: Note, request: pytest.FixtureRequest
) -> None:
    assert shared_note.group
    sharing.change_group(shared_note.group, name="Class 3b", members_share=True, allows_replies=False)
    browser: Client = request.getfixturevalue(who)
    answer = browser.post(f"/notes/{shared_note.pk}/replies/", {"body": "Why?"}, headers=JSON)
    assert (answer.status_code, Reply.objects.count()) == (status, int(status == 201))


def test_to_a_note_that_nobody_sees_nobody_replies(as_alice: Client, note: Note) -> None:
    answer = as_alice.post(f"/notes/{note.pk}/replies/", {"body": "Why?"}, headers=JSON)
    assert (answer.status_code, answer.json()["error"]) == (
        403, "This note is shared with nobody, so nobody would read a reply.",
    )  # fmt: skip


@pytest.mark.parametrize("ends", [sharing.close, lambda group: sharing.leave(group.memberships.get(name="Pupil"))])
def test_a_reply_sent_while_its_group_ends_is_refused(
    ends: Callable[[ReadingGroup], int], as_bob: Client, shared_note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever ends it holds it first, so that the reply waits for them.
    monkeypatch.setattr(sharing, "hold", ends)
    answer = as_bob.post(f"/notes/{shared_note.pk}/replies/", {"body": "late"}, headers=JSON)
    assert (answer.status_code, answer.json()["body"]) == (403, "late")


def test_a_reply_sent_while_its_link_is_revoked_is_refused(
    as_dora: Client, link: SharedLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies.Place, "lets", lambda *_asked: bool(SharedLink.objects.all().delete()))
    sent = {"body": "late", "name": "Dora", "shared": link.token}
    answer = as_dora.post(f"/notes/{link.notes.get().pk}/replies/", sent, headers=JSON)
    assert (answer.status_code, answer.json()["body"]) == (403, "late")


def test_what_was_typed_for_a_group_that_is_gone_is_given_back(
    as_bob: Client, shared_note: Note, group: ReadingGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    def close(*_said: object, **_more: object) -> None:
        sharing.close(group)
        raise replies.NotAllowedError("It is gone.")

    monkeypatch.setattr(replies, "say", close)
    answer = as_bob.post(f"/notes/{shared_note.pk}/replies/", {"body": "late"})
    assert (answer.status_code, "late</textarea>" in answer.content.decode()) == (403, True)


def test_under_a_link_a_name_is_asked_for_once(as_dora: Client, link: SharedLink) -> None:
    address = f"/notes/{link.notes.get().pk}/replies/"
    first = as_dora.post(address, {"body": "One", "shared": link.token}, headers=JSON)
    assert (first.status_code, first.json()["needs"]) == (400, "name")
    for name in ("a. FROM the library", "x\u202e"):
        taken = as_dora.post(address, {"body": "One", "shared": link.token, "name": name}, headers=JSON)
        assert (taken.status_code, taken.json()["needs"]) == (400, None)
    named = as_dora.post(address, {"body": "One", "shared": link.token, "name": "Passer-by"}, headers=JSON)
    again = as_dora.post(address, {"body": "Two", "shared": link.token}, headers=JSON)
    assert [answer.json()["name"] for answer in (named, again)] == ["Passer-by", "Passer-by"]


def test_a_guest_under_a_link_signs_in_and_finds_what_was_typed(
    as_charlie: Client, link: SharedLink, bob: User
) -> None:
    note = link.notes.get()
    address = f"/notes/{note.pk}/replies/?shared={link.token}"
    assert "needs an account" in as_charlie.get(address).content.decode()
    answer = as_charlie.post(address, {"body": "typed as a guest"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/notes/")
    as_charlie.force_login(bob)
    assert "typed as a guest" in as_charlie.get(address).content.decode()


def test_replies_are_seen_where_they_were_said(browsers: dict[str, Client], reply: Reply, from_outside: Reply) -> None:
    as_alice, as_bob, as_dora, as_charlie = browsers.values()
    note, token = reply.note, from_outside.link.token  # type: ignore[union-attr]
    assert bodies(as_alice, note) == ["Why **this**?", "By the way"]
    assert bodies(as_bob, note) == ["Why **this**?"]
    assert bodies(as_bob, note, token) == ["Why **this**?", "By the way"]
    assert bodies(as_dora, note, token) == ["By the way"]
    assert bodies(as_charlie, note, token) == ["By the way"]
    assert bodies(as_dora, note) == ["404"]
    assert bodies(as_charlie, note) == ["401"]
    page = as_charlie.get(f"/shared/{token}/").content.decode()
    assert ("By the way" in page, "Why" in page, "dora" in page, "Passer-by" in page) == (True, False, False, True)
    assert as_charlie.get(f"/documents/size/notes.json?shared={token}").json()["notes"][0]["replies"] == 1


def test_their_author_answers_where_it_was_said(as_alice: Client, reply: Reply, from_outside: Reply) -> None:
    address = f"/notes/{reply.note_id}/replies/"
    page = as_alice.get(address).content.decode()
    assert "Where you say it" in page
    as_alice.post(address, {"body": "In the class", "shared": ""})
    as_alice.post(address, {"body": "To the passer-by", "shared": from_outside.link.token})  # type: ignore[union-attr]
    said = Reply.objects.filter(user__username="alice").order_by("pk")
    assert [(one.name, one.group_id, one.link_id) for one in said] == [
        ("Teacher", reply.group_id, None),
        ("A. from the library", None, from_outside.link_id),
    ]


def test_an_author_without_a_group_answers_where_they_were_spoken_to_last(
    as_alice: Client, alice: User, from_outside: Reply
) -> None:
    note = from_outside.note
    Note.objects.update(group=None)
    links.make(user=alice, document=note.document, name="Newer", allows_replies=True, notes=[note])
    as_alice.post(f"/notes/{note.pk}/replies/", {"body": "Thank you"}, headers=JSON)
    assert Reply.objects.latest("pk").link == from_outside.link


@pytest.mark.parametrize("what", ["leave", "remove", "close", "unshare", "revoke", "unlink", "private", "delete"])
def test_where_a_note_is_shared_no_more_its_replies_are_gone(
    what: str, browsers: dict[str, Client], reply: Reply, from_outside: Reply
) -> None:
    as_alice, as_bob, _as_dora, as_charlie = browsers.values()
    note, link, group = reply.note, from_outside.link, reply.group
    assert link
    assert group
    member = sharing.join(invitation=group.invitation, user=User.objects.create_user("emma"), name="Emma").user
    act: dict[str, Any] = {
        "leave": lambda: as_bob.post(f"/groups/{group.pk}/leave/"),
        "remove": lambda: sharing.remove(group.memberships.get(name="Pupil")),
        "close": lambda: as_alice.post(f"/groups/{group.pk}/close/"),
        "unshare": lambda: notes.edit(note, version=1, body=note.body, group=None),
        "revoke": lambda: as_alice.post(f"/links/{link.pk}/revoke/"),
        "unlink": link.notes.clear,
        "private": lambda: type(note.document).objects.update(public=False, owner=note.user),
        "delete": lambda: notes.delete(note),
    }
    act[what]()
    in_group, under_link = bodies(as_bob, note), bodies(as_charlie, note, link.token)
    assert in_group == (["404"] if what not in ("revoke", "unlink") else ["Why **this**?"])
    is_open = what in ("leave", "remove", "close", "unshare")
    assert under_link == (["By the way"] if is_open else ["404"])
    # The single door tells the same of another member, and of who only has the link.
    assert [one.body for one in Reply.objects.visible_to(member)] == (
        ["Why **this**?"] if what in ("leave", "remove", "revoke", "unlink") else []
    )
    guests = Reply.objects.visible_to(AnonymousUser(), link.token)
    assert [one.body for one in guests] == (["By the way"] if is_open else [])
    # Their author and that of the note keep them; only a deleted note takes them along, until it is back.
    kept = [] if what == "delete" else ["By the way", "Why **this**?"]
    assert sorted(one.body for one in Reply.objects.visible_to(note.user)) == kept
    mine = as_bob.get("/replies/").content.decode()
    assert ("Why <strong>this" in mine) == (what != "delete")
    assert ("not shared with you any more" in mine) == (what not in ("revoke", "unlink", "delete"))


def test_a_reply_is_changed_by_who_said_it_only(
    as_bob: Client, as_alice: Client, as_dora: Client, reply: Reply
) -> None:
    address = f"/replies/{reply.pk}/"
    for browser in (as_alice, as_dora):
        assert browser.post(address, {"body": "overwritten"}).status_code == 404
    seen = reply.modified.isoformat()
    assert as_bob.post(address, {"body": " ", "modified": seen}).status_code == 400
    changed = as_bob.post(address, {"body": "Changed", "modified": seen}, headers=JSON).json()
    assert changed["body"] == "Changed"
    again = as_bob.post(address, {"body": "Again", "modified": changed["modified"]})
    assert again["Location"].startswith(f"/notes/{reply.note_id}/replies/")
    reply.refresh_from_db()
    assert (reply.body, "Again" in as_bob.get(address).content.decode()) == ("Again", True)


@pytest.mark.parametrize("who", ["bob", "alice"])
def test_a_deleted_reply_is_brought_back_by_who_deleted_it_only(
    who: str, browsers: dict[str, Client], reply: Reply
) -> None:
    deleter, (as_alice, as_bob, as_dora, _as_charlie) = browsers[who], browsers.values()
    assert as_dora.post(f"/replies/{reply.pk}/delete/").status_code == 404
    deleted = deleter.post(f"/replies/{reply.pk}/delete/", follow=True).content.decode()
    assert f'action="/replies/{reply.pk}/restore/"' in deleted
    assert bodies(as_alice, reply.note) == bodies(as_bob, reply.note) == []
    for browser in {as_bob, as_alice, as_dora} - {deleter}:
        assert browser.post(f"/replies/{reply.pk}/restore/").status_code == 404
    assert deleter.post(f"/replies/{reply.pk}/restore/", headers=JSON).json()["body"] == reply.body
    assert bodies(as_alice, reply.note) == [reply.body]


@pytest.mark.parametrize("who", ["bob", "alice"])
def test_a_deleted_reply_is_brought_back_from_any_browser(
    who: str, browsers: dict[str, Client], reply: Reply, as_charlie: Client
) -> None:
    browsers[who].post(f"/replies/{reply.pk}/delete/")
    as_charlie.force_login(User.objects.get(username=who))
    for _time in range(2):
        assert as_charlie.post(f"/replies/{reply.pk}/restore/").status_code == 302
    assert bodies(browsers["alice"], reply.note) == [reply.body]


def test_what_its_author_deleted_and_changed_again_can_be_hidden_still(
    browsers: dict[str, Client], reply: Reply
) -> None:
    address = f"/replies/{reply.pk}/"
    for who in ("bob", "alice", "bob"):
        browsers[who].post(f"{address}delete/")
        assert [browsers[other].post(f"{address}restore/").status_code for other in {"alice", "bob"} - {who}] == [404]
        assert browsers[who].post(f"{address}restore/").status_code == 302


def test_a_change_that_comes_while_it_is_hidden_does_not_make_it_its_authors_to_bring_back(
    as_bob: Client, alice: User, reply: Reply
) -> None:
    replies.delete(reply, alice)
    with pytest.raises(replies.BadReplyError, match="deleted meanwhile"):
        replies.edit(reply, "changed", reply.modified.isoformat())
    assert as_bob.post(f"/replies/{reply.pk}/restore/").status_code == 404


def test_what_is_hidden_while_its_author_deletes_it_is_not_theirs_to_bring_back(
    reply: Reply, alice: User, bob: User
) -> None:
    replies.delete(Reply.objects.get(), alice)
    replies.delete(reply, bob)
    assert not Reply.objects.restorable_by(bob).exists()
    assert Reply.objects.restorable_by(alice).exists()


def test_an_author_brings_back_what_they_said_to_their_own_note(
    as_alice: Client, alice: User, shared_note: Note
) -> None:
    own = replies.say(shared_note, alice, body="r")
    as_alice.post(f"/replies/{own.pk}/delete/")
    Reply.objects.update(modified=own.created)
    assert as_alice.post(f"/replies/{own.pk}/restore/").status_code == 302


def test_what_was_deleted_long_ago_goes_for_good(reply: Reply, from_outside: Reply) -> None:
    Reply.objects.filter(pk=reply.pk).update(deleted=timezone.now() - timedelta(days=31))
    replies.delete(from_outside, from_outside.user)
    assert list(Reply.objects.values_list("pk", flat=True)) == [from_outside.pk]


def test_a_name_under_a_link_changes_with_the_link(link: SharedLink, alice: User, from_outside: Reply) -> None:
    own = replies.say(link.notes.get(), alice, body="Mine", link_token=link.token)
    links.change(link, name="Another", allows_replies=True, notes=[link.notes.get()])
    own.refresh_from_db()
    from_outside.refresh_from_db()
    assert (own.name, from_outside.name) == ("Another", "Passer-by")


def test_the_second_window_that_changes_a_reply_is_shown_both(as_bob: Client, reply: Reply) -> None:
    address, seen = f"/replies/{reply.pk}/", reply.modified.isoformat()
    assert f'name="modified" value="{seen}"' in as_bob.get(address).content.decode()
    as_bob.post(address, {"body": "window A", "modified": seen})
    page = as_bob.post(address, {"body": "window B", "modified": seen})
    assert page.status_code == 409
    for words in ("window A</pre>", "window B</textarea>", "changed in another window"):
        assert words in page.content.decode()
    told = as_bob.post(address, {"body": "window B", "modified": seen}, headers=JSON)
    assert (told.status_code, told.json()["theirs"]["body"], told.json()["body"]) == (409, "window A", "window B")
    reply.refresh_from_db()
    assert as_bob.post(address, {"body": "window B", "modified": reply.modified.isoformat()}).status_code == 302


def test_a_change_that_does_not_say_of_what_overwrites_nothing(
    as_bob: Client, as_charlie: Client, reply: Reply
) -> None:
    address = f"/replies/{reply.pk}/"
    page = as_bob.post(address, {"body": "typed"})
    assert page.status_code == 409
    for words in ("Why **this**?</pre>", "typed</textarea>", "was not said", f'value="{reply.modified.isoformat()}"'):
        assert words in page.content.decode()
    told = as_bob.post(address, {"body": "typed"}, headers=JSON)
    assert (told.status_code, told.json()["body"], "was not said" in told.json()["error"]) == (409, "typed", True)
    # Neither does one that waited until its author had signed in.
    as_charlie.post(address, {"body": "typed"})
    as_charlie.force_login(reply.user)
    form = as_charlie.get(address).content.decode()
    assert 'name="modified" value=""' in form
    assert as_charlie.post(address, {"body": "typed", "modified": ""}).status_code == 409
    reply.refresh_from_db()
    assert reply.body == "Why **this**?"
    # The same words need no saying.
    assert as_bob.post(address, {"body": reply.body}).status_code == 302


def test_a_hundred_replies_cost_no_more_than_one(
    as_bob: Client, reply: Reply, django_assert_max_num_queries: Any
) -> None:
    for number in range(99):
        Reply.objects.create(note=reply.note, user=reply.user, group=reply.group, name="Pupil", body=str(number))
    with django_assert_max_num_queries(8):
        page = as_bob.get("/replies/")
    assert page.content.decode().count(f"/notes/{reply.note.pk}/replies/#reply-") == 100


def test_replies_under_many_links_cost_no_more_than_under_one(
    as_bob: Client, from_outside: Reply, bob: User, django_assert_num_queries: Any
) -> None:
    note = from_outside.note

    def reply_under(*numbers: int) -> None:
        for number in numbers:
            own = links.make(
                user=note.user, document=note.document, name=f"A{number}", allows_replies=True, notes=[note]
            )
            replies.say(note, bob, body=str(number), link_token=own.token, name=f"B{number}")

    Note.objects.update(group=None)
    reply_under(0)
    with django_assert_num_queries(QUERIES):
        as_bob.get("/replies/")
    reply_under(*range(1, 30))
    with django_assert_num_queries(QUERIES):
        page = as_bob.get("/replies/").content.decode()
    assert page.count(f"/notes/{note.pk}/replies/?shared=") == 30
    # Where one link shows the note no more, the others still do.
    link = SharedLink.objects.latest("pk")
    link.notes.clear()
    page = as_bob.get("/replies/").content.decode()
    assert (page.count(f"/notes/{note.pk}/replies/?shared="), link.token in page) == (29, False)
