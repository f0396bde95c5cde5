"""What all tests share."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from glossary import concordance, lexicon


@pytest.fixture(autouse=True)
def _forget_what_is_kept() -> Iterator[None]:
    """Begin every test with nothing kept in the process: a test's database begins anew, and so must what is read of it."""
    lexicon.forget()
    concordance.forget()
    cache.clear()
    yield
