"""The small glossary and dictionary, an editor and a reader."""

import pytest
from django.test import Client

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
