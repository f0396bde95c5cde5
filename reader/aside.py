"""What is too large for a session, which is read with each request, lies aside in a row of its own, for an hour.

The row is one of the table of sessions, so that every process finds it and its end is looked after; but no cookie names
it, and only for whom it was put there is it given back.
"""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore

# In seconds, unless it is said otherwise.
LONGEST = 60 * 60
# Under this name a row tells whose it is.
OWNER = "of"
CONTENT = "content"


def put(owner: int, content: Any, *, seconds: int = LONGEST) -> str:
    """Let plain data lie aside for a reader; gives the name by which it is found again."""
    # Nobody else throws away what has lain for too long.
    SessionStore.clear_expired()
    row = SessionStore()
    row.update({OWNER: owner, CONTENT: content})
    row.set_expiry(seconds)
    row.create()
    return row.session_key or ""


def get(owner: int, name: str) -> Any:
    """Give what lies aside for a reader; None where it is gone, or is another's."""
    row = SessionStore(name)
    return row.get(CONTENT) if row.get(OWNER) == owner else None


def drop(name: str) -> None:
    """Throw away what lies aside."""
    SessionStore(name).delete()
