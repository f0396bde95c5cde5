"""Who sees what of shared notes, by a walk over every address: Alice's class, her link, strangers, and after the end.

Alice owns, Bob is in her class, Charlie is a guest, Dora a stranger; both get her link in some of these stories.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reader import links, notes, replies, sharing
from reader.models import Document, Note, ReadingGroup, Reply, SharedLink, User
from tests.reader.test_privacy import patterns, tell

pytestmark = pytest.mark.django_db
# What each of Alice's notes says, in words that stand nowhere else.
PRIVATE, TO_CLASS, BY_LINK = "only-for-me", "for-my-class", "for-who-has-the-link"
# Names that nobody may see where they were not chosen; they stand in no word and in no secret.
USERNAMES = {name: f"{name}-signs-in-so" for name in ("alice", "bob", "dora")}
# All that can be asked of a note at an address of the reading room; a search finds it, for it fits in all respects.
EVERYTHING = "?q={word}&tag={word}-tag&colour=green&document=size&page=1&format=csv&shared={token}&note={note}"
CHANGES: dict[str, Any] = {
    "body": "overwritten", "name": "Overwritten", "tags": "overwritten", "colour": "red", "version": 1, "revision": 1,
    "start": 0, "end": 1, "document": "size", "group": "",
}  # fmt: skip
READING_ROOM = re.compile("/(documents|notes|replies|groups|links|shared|annotations|account)/")
ASKED = re.compile(
    f'(q=|tag=|value="|class="chip" href="[^"]*">(?:Words|Tag): |next=[^ "]*)({PRIVATE}|{TO_CLASS}|{BY_LINK})(-tag)?'
)


class World:
    """Alice's notes of three kinds on one text, each with a tag, and what was said to them."""

    def __init__(self, document: Document, group: ReadingGroup, dora: User) -> None:
        for name, longer in USERNAMES.items():
            User.objects.filter(username=name).update(username=longer)
        self.document, self.group, self.alice = document, group, group.owner
        self.bob = group.memberships.get(name="Pupil").user
        self.private, self.linked = self._note(PRIVATE, 0), self._note(BY_LINK, 4)
        self.shared = self._note(TO_CLASS, 2, group)
        self.link = links.make(
            user=self.alice, document=document, name="Linker", allows_replies=True, notes=[self.linked]
        )
        # They are asked for also when they are no more.
        self.link_pk, self.link_token, self.group_pk = self.link.pk, self.link.token, group.pk
        self.in_class = replies.say(self.shared, self.bob, body="said-in-class")
        self.by_link = replies.say(self.linked, dora, body="said-by-link", link_token=self.link.token, name="Visitor")

    def _note(self, word: str, start: int, group: ReadingGroup | None = None) -> Note:
        return notes.add(
            user=self.alice, document=self.document, revision=1, start=start, end=start + 2, body=word,
            tags=[f"{word}-tag"], colour="green", group=group,
        )  # fmt: skip

    def addresses(self, note: Note) -> list[str]:
        """Give every address of the site, with all that can be asked there, as it is for one note."""
        reply = self.in_class if note == self.shared else self.by_link
        found = []
        for route, pattern in patterns():
            wanted = re.findall(r"<\w+:(\w+)>", route)
            pk = {"group": self.group_pk, "link": self.link_pk, "reply": reply.pk}.get(
                pattern.callback.__module__.rpartition(".")[2], note.pk
            )
            pk = note.pk if pattern.name == "replies" else pk
            token = self.group.invitation if pattern.name == "group-join" else self.link_token
            values = {"slug": "size", "number": 2, "pk": pk, "key": "scaling-law", "name": "csv", "token": token}
            values |= {"uuid": str(note.uuid)}
            space = pattern.callback.__module__.partition(".")[0]
            found.append(reverse(f"{space}:{pattern.name}", kwargs={name: values[name] for name in wanted}))
        return found


@pytest.fixture(autouse=True)
def _keep_no_log(caplog: pytest.LogCaptureFixture) -> None:
    """Write no line for each of thousands of answers."""
    caplog.set_level("CRITICAL", "django.request")


@pytest.fixture
def world(document: Document, group: ReadingGroup, dora: User) -> World:
    """All that Alice shares, and does not."""
    return World(document, group, dora)


def asked(world: World, *, has_link: bool, also_bare: bool) -> set[str]:
    """Give everything that can be asked of the site about Alice's notes, each once."""
    found = set()
    token = world.link_token if has_link else "wrong"
    for note in (world.private, world.shared, world.linked):
        for address in world.addresses(note):
            query = EVERYTHING.format(word=note.body, token=token, note=note.pk) if READING_ROOM.match(address) else ""
            bare = address.replace(world.link_token, token)
            found |= {bare + query, bare} if also_bare else {bare + query}
    return found


def walk(world: World, browser: Client, *, has_link: bool, also_bare: bool = False) -> set[str]:
    """Ask for everything, and give those of the words and user names that stood in some answer."""
    words = (PRIVATE, TO_CLASS, BY_LINK, "said-in-class", "said-by-link", *USERNAMES.values())
    seen = set()
    for address in asked(world, has_link=has_link, also_bare=also_bare):
        for headers in ({}, {"Accept": "application/json"}):
            answer: Any = browser.get(address, headers=headers)
            # What was asked for is repeated, in fields, in links and where one is sent.
            told = ASKED.sub("", tell(answer))
            seen |= {word for word in words if word in told}
    return seen


# What each of the cast may see at all, before anything ends; a reader's own user name is theirs.
@pytest.mark.parametrize(
    ("who", "has_link", "seen"),
    [
        ("alice", False, {PRIVATE, TO_CLASS, BY_LINK, "said-in-class", "said-by-link", USERNAMES["alice"]}),
        ("bob", False, {TO_CLASS, "said-in-class", USERNAMES["bob"]}),
        ("bob", True, {TO_CLASS, BY_LINK, "said-in-class", "said-by-link", USERNAMES["bob"]}),
        ("dora", False, {"said-by-link", USERNAMES["dora"]}),
        ("dora", True, {BY_LINK, "said-by-link", USERNAMES["dora"]}),
        ("charlie", False, set()),
        ("charlie", True, {BY_LINK, "said-by-link"}),
    ],
)
def test_everybody_sees_what_is_for_them_and_nothing_else(
    who: str, has_link: bool, seen: set[str], world: World, browsers: dict[str, Client]
) -> None:
    assert walk(world, browsers[who], has_link=has_link, also_bare=True) == seen


ENDS: dict[str, Callable[[World], object]] = {
    "left": lambda world: sharing.leave(world.group.memberships.get(name="Pupil")),
    "removed": lambda world: sharing.remove(world.group.memberships.get(name="Pupil")),
    "closed": lambda world: sharing.close(world.group),
    "unshared": lambda world: notes.edit(world.shared, version=1, body=TO_CLASS, group=None),
    "revoked": lambda world: links.revoke(world.link),
    "unlinked": lambda world: links.change(world.link, name="Linker", allows_replies=True, notes=[world.private]),
    "text made private": lambda world: Document.objects.update(public=False, owner=world.alice),
    "notes deleted": lambda world: Note.objects.update(deleted=timezone.now()),
}


@pytest.mark.parametrize(
    ("end", "to_bob", "to_charlie"),
    [
        # Bob has the link, too; his own reply is his, wherever it was said.
        ("left", {BY_LINK, "said-by-link", "said-in-class"}, {BY_LINK, "said-by-link"}),
        ("removed", {BY_LINK, "said-by-link", "said-in-class"}, {BY_LINK, "said-by-link"}),
        ("closed", {BY_LINK, "said-by-link", "said-in-class"}, {BY_LINK, "said-by-link"}),
        ("unshared", {BY_LINK, "said-by-link", "said-in-class"}, {BY_LINK, "said-by-link"}),
        ("revoked", {TO_CLASS, "said-in-class"}, set()),
        ("unlinked", {TO_CLASS, "said-in-class", PRIVATE}, {PRIVATE}),
        ("text made private", {"said-in-class"}, set()),
        # What he said himself goes along with his account.
        ("notes deleted", {"said-in-class"}, set()),
    ],
)
def test_what_is_shared_no_more_is_gone_at_once(
    end: str, to_bob: set[str], to_charlie: set[str], world: World, browsers: dict[str, Client]
) -> None:
    ENDS[end](world)
    assert walk(world, browsers["bob"], has_link=True) - {USERNAMES["bob"]} == to_bob
    assert walk(world, browsers["charlie"], has_link=True) == to_charlie


@pytest.mark.parametrize("who", ["bob", "dora", "charlie"])
def test_nobody_changes_what_is_shared_with_them(who: str, world: World, browsers: dict[str, Client]) -> None:
    def state() -> list[Any]:
        tables = (Note, Note.tags.rel.related_model, SharedLink, ReadingGroup, Note.former_anchors.rel.related_model)
        rows = [list(table.objects.order_by("pk").values()) for table in tables]  # type: ignore[attr-defined]
        not_theirs = Reply.objects.exclude(user__username=USERNAMES.get(who)).order_by("pk").values()
        return [*rows, list(not_theirs), list(world.link.notes.values_list("pk"))]

    before = state()
    data = CHANGES | {"shared": world.link.token, "notes": [world.private.pk]}
    for note in (world.shared, world.linked):
        for address in world.addresses(note):
            if address.startswith(("/documents/size/notes/", "/groups/make/")) or address.endswith("/leave/"):
                continue  # There they write or leave what is their own.
            for method in ("post", "put", "delete"):
                getattr(browsers[who], method)(address, data if method == "post" else None)
    assert state() == before


def test_a_stranger_is_not_told_whether_a_group_or_a_note_is_there(world: World, browsers: dict[str, Client]) -> None:
    for address in ("groups/{}/", "links/{}/", "notes/{}/", "notes/{}/replies/", "replies/{}/"):
        for there in (world.group.pk, world.shared.pk, world.in_class.pk):
            known, unknown = (browsers["dora"].get("/" + address.format(pk)) for pk in (there, 10**6))
            if address == "replies/{}/" and there == world.by_link.pk:
                continue
            assert (known.status_code, unknown.status_code) == (404, 404)
            assert known.content == unknown.content


def test_the_owner_of_a_private_text_still_sees_what_is_under_their_link(
    world: World, browsers: dict[str, Client]
) -> None:
    ENDS["text made private"](world)
    address = f"/shared/{world.link.token}/"
    statuses = {who: browser.get(address).status_code for who, browser in browsers.items()}
    assert statuses == {"alice": 200, "bob": 404, "dora": 404, "charlie": 404}


def test_no_shared_page_is_kept_by_a_cache(world: World, browsers: dict[str, Client]) -> None:
    for address in (f"/shared/{world.link.token}/", f"/documents/size/notes.json?shared={world.link.token}",
                    f"/notes/{world.linked.pk}/replies/?shared={world.link.token}"):  # fmt: skip
        answer = browsers["charlie"].get(address)
        assert answer.status_code == 200
        assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
        assert not browsers["charlie"].cookies
