"""The cast: Alice owns, Bob is signed in, Charlie is a guest; and the small text they read."""

import pytest
from django.conf import settings
from django.test import Client

from reader import links, sharing, tokens
from reader.models import Document, Note, ReadingGroup, SharedLink, User
from reader.notes import add
from tests.reader.programs import Program

# SQLite lets one write at a time; tests/test_postgresql.py tells these stories in every run.
collect_ignore = ["test_locks.py"] if "sqlite" in settings.DATABASES["default"]["ENGINE"] else []


@pytest.fixture
def alice(db: None) -> User:
    """Alice, who owns things."""
    return User.objects.create_user("alice")


@pytest.fixture
def bob(db: None) -> User:
    """Bob, who is signed in, too."""
    return User.objects.create_user("bob")


def _browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def as_alice(alice: User) -> Client:
    """Alice's browser."""
    return _browser_of(alice)


@pytest.fixture
def as_bob(bob: User) -> Client:
    """Bob's browser."""
    return _browser_of(bob)


@pytest.fixture
def as_charlie(db: None) -> Client:
    """The browser of Charlie, a guest."""
    return Client()


@pytest.fixture
def as_editor(db: None) -> Client:
    """The browser of an editor."""
    return _browser_of(User.objects.create_superuser("editor"))


@pytest.fixture
def note(alice: User, document: Document) -> Note:
    """A note of Alice's on the words 机械可解释性研究."""
    start = document.revisions.get().text.index("机械可解释性研究")
    return add(user=alice, document=document, revision=1, start=start, end=start + 8, body="**秘密** secret thought")


@pytest.fixture
def translated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language in which everything stands between guillemets."""
    monkeypatch.setattr("django.utils.translation._trans.gettext", "«{}»".format)


@pytest.fixture
def dora(db: None) -> User:
    """Dora, who is signed in and has nothing to do with Alice."""
    return User.objects.create_user("dora")


@pytest.fixture
def as_dora(dora: User) -> Client:
    """Dora's browser."""
    return _browser_of(dora)


@pytest.fixture
def group(alice: User, bob: User) -> ReadingGroup:
    """Alice's class, in which she is called Teacher and Bob is called Pupil."""
    made = sharing.make_group(owner=alice, name="Class 3b", own_name="Teacher", members_share=True, allows_replies=True)
    sharing.join(invitation=made.invitation, user=bob, name="Pupil")
    return made


@pytest.fixture
def shared_note(alice: User, document: Document, group: ReadingGroup) -> Note:
    """A note of Alice's on the words 后训练, shared with her class."""
    start = document.revisions.get().text.index("后训练")
    return add(
        user=alice, document=document, revision=1, start=start, end=start + 3, body="for the *class*", group=group
    )


@pytest.fixture
def link(alice: User, shared_note: Note) -> SharedLink:
    """A link of Alice's to the note that her class sees, too; who has it can reply."""
    document = shared_note.document
    return links.make(
        user=alice, document=document, name="A. from the library", allows_replies=True, notes=[shared_note]
    )


@pytest.fixture
def browsers(as_alice: Client, as_bob: Client, as_dora: Client, as_charlie: Client) -> dict[str, Client]:
    """The browsers of all the cast."""
    return {"alice": as_alice, "bob": as_bob, "dora": as_dora, "charlie": as_charlie}


@pytest.fixture
def program(alice: User) -> Program:
    """A program with a token of Alice's."""
    return Program(tokens.create(alice, "reader app")[1])
