"""Know without a query that the database has not changed: then what was read of it before still holds.

SQLite tells each connection by ``PRAGMA data_version`` whether another one has written, and by ``total_changes`` how
many rows it has written itself; asking takes three microseconds. On other databases, and inside a transaction, nothing
is kept, and everything is read anew.
"""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections

MOST = 256
Value = TypeVar("Value")


class _Kept(threading.local):
    """What each thread, for each has its own connection, has read; and in which state of the database."""

    def __init__(self) -> None:
        self.state: object = None
        self.values: dict[object, Any] = {}


_kept = _Kept()


def read(key: object, fresh: Callable[[], Value]) -> Value:
    """Give what was read under a key, read again if the database may have changed since."""
    state = _state()
    if state is None:
        return fresh()
    if state != _kept.state or len(_kept.values) >= MOST:
        _kept.state, _kept.values = state, {}
    if key not in _kept.values:
        _kept.values[key] = fresh()
    value: Value = _kept.values[key]
    return value


def _state() -> object:
    """Give something that changes whenever the database does, None where that cannot be known."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "sqlite" or database.in_atomic_block:
        return None
    if database.connection is None:
        database.ensure_connection()
    raw = database.connection
    # The connection itself, not its id: the next one may get the same, and counts from the beginning again.
    return raw, raw.execute("PRAGMA data_version").fetchone()[0], raw.total_changes
