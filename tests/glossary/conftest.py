"""The small glossary and dictionary, an editor and a reader."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from glossary import groups
from glossary.models import Concept, Term
from reader.models import User


@pytest.fixture
def term(glossary: None) -> Term:
    """The one term with an own reading."""
    return Term.objects.get(text="重采样")


@pytest.fixture
def concept(glossary: None) -> Concept:
    """A concept with several terms."""
    return Concept.objects.get(key="scaling-law")


@pytest.fixture
def editor(db: None) -> Client:
    """A browser in which an editor is signed in."""
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    return client


@pytest.fixture
def reader(db: None) -> Client:
    """A browser in which somebody is signed in who edits nothing."""
    client = Client()
    client.force_login(User.objects.create_user("reader"))
    return client


@pytest.fixture
def alice(db: None) -> User:
    """Somebody who has an account."""
    return User.objects.create_user("alice")


def _member_of(group: str, name: str) -> Client:
    groups.prepare()
    user = User.objects.create_user(name)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def as_contributor(db: None) -> Client:
    """The browser of Carol, who contributes."""
    return _member_of(groups.CONTRIBUTOR, "carol")


@pytest.fixture
def as_editor(db: None) -> Client:
    """The browser of Edith, an editor who is no administrator."""
    return _member_of(groups.EDITOR, "edith")
