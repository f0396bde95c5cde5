"""What is too large for a session, which is read with each request, lies aside in a row of its own, for an hour.

The row is one of the table of sessions, so that every process finds it and its end is looked after; but no cookie names
it, and only for whom it was put there is it given back. Signing out leaves it to its end.
"""

from datetime import timedelta
from secrets import token_hex
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

LONGEST = timedelta(hours=1)
# Under this name a row tells whose it is.
OWNER = "of"
CONTENT = "content"


def put(owner: int, content: Any, name: str = "") -> str:
    """Let plain data lie aside for a reader; gives the name by which it is found again.

    Under a name that is given, which nobody may be able to guess, it takes the place of what lay there.
    """
    # Nobody else throws away what has lain for too long.
    SessionStore.clear_expired()
    name = name or token_hex(16)
    row = {"session_data": Session.objects.encode({OWNER: owner, CONTENT: content})}
    Session.objects.update_or_create(row | {"expire_date": timezone.now() + LONGEST}, pk=name)
    return name


def get(owner: int, name: str) -> Any:
    """Give what lies aside for a reader; None where it is gone, or is another's."""
    row = SessionStore(name)
    return row.get(CONTENT) if row.get(OWNER) == owner else None


def drop(name: str) -> None:
    """Throw away what lies aside."""
    SessionStore(name).delete()
