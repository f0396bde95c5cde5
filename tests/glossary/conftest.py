"""The small glossary and dictionary, an editor and a reader."""

from pathlib import Path

import pytest
from django.test import Client

from glossary.models import Concept, DictionaryLoad, Term
from reader.models import Document, User
from tests import small


@pytest.fixture
def glossary(db: None) -> None:
    """The small glossary."""
    small.build_glossary()


@pytest.fixture
def dictionary(db: None, tmp_path: Path) -> DictionaryLoad:
    """The small dictionary."""
    return small.build_dictionary(tmp_path)


@pytest.fixture
def document(glossary: None, dictionary: DictionaryLoad) -> Document:
    """The small document, with the glossary and the dictionary it is read with."""
    return small.build_document()


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
