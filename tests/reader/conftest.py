"""The cast: Alice owns, Bob is signed in, Charlie is a guest; and the small text they read."""

import pytest
from django.test import Client

from reader.models import Document, Note, User
from reader.notes import add


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
