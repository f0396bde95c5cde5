"""How far an import has come, where every process of the machine can read it while its transaction is open.

The database cannot say: what a transaction writes nobody else sees, and SQLite lets nobody else write meanwhile.
"""

import json
import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

# Seconds between two notes of how far it has come.
PAUSE = 0.25


def _file(pk: int) -> Path:
    return Path(settings.CACHE_DIR) / "imports" / f"{pk}.json"


class Meter:
    """Notes how far one import has come, not more often than anybody looks."""

    def __init__(self, pk: int) -> None:
        self._file = _file(pk)
        self._last = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Note it."""
        if time.monotonic() - self._last < PAUSE and done < total:
            return
        self._last = time.monotonic()
        self._file.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and then put in place at once: nobody reads half a note.
        draft = self._file.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps([done, total]), encoding="utf8")
        draft.replace(self._file)


def read(pk: int) -> tuple[int, int, datetime] | None:
    """Give how much is done, how much there is to do, and when that was noted; None where nothing is."""
    with suppress(OSError, ValueError):
        done, total = json.loads(_file(pk).read_text(encoding="utf8"))
        return done, total, datetime.fromtimestamp(_file(pk).stat().st_mtime, UTC)
    return None


def forget(pk: int) -> None:
    """Forget what was noted."""
    with suppress(OSError):
        _file(pk).unlink()
