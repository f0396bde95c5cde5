"""What all tests share."""

import os
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from glossary import concordance, lexicon

# The browser's driver keeps an event loop in this thread; the database is asked in no coroutine all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(autouse=True)
def _forget_what_is_kept() -> Iterator[None]:
    """Begin every test with nothing kept in the process: its database begins anew, and so must what is read of it."""
    lexicon.forget()
    concordance.forget()
    cache.clear()
    yield
