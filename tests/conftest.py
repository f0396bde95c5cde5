"""What all tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from glossary import candidates, concordance, downloads, lexicon
from glossary.models import DictionaryLoad
from reader import pages
from reader.models import Document
from tests import small

# The browser's driver keeps an event loop in this thread; the database is asked in no coroutine all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(autouse=True)
def _forget_what_is_kept() -> Iterator[None]:
    """Begin every test with nothing kept in the process: its database begins anew, and so must what is read of it."""
    lexicon.forget()
    downloads.forget()
    concordance.forget()
    candidates.forget()
    pages.forget()
    cache.clear()
    yield


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
