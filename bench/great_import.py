"""Bring all of CC-CEDICT in and take it back, as the server does; ``bench.imports`` says on which database.

Prints seconds and rows a second of each step, the peak of memory, and how long another connection waited to read.
"""

import resource
import threading
import time
from collections.abc import Callable

from django.db import connection

import bench.ready  # noqa: F401  # sets Django up
from glossary import cedict, edition, imports
from glossary.models import Import

PAUSE = 0.02


class Reader(threading.Thread):
    """Asks a small query again and again, and notes the longest wait."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.longest = 0.0
        self.ended = threading.Event()

    def run(self) -> None:
        """Ask until it is told to end."""
        while not self.ended.wait(PAUSE):
            start = time.perf_counter()
            edition.current()
            self.longest = max(self.longest, time.perf_counter() - start)
        connection.close()


def measure(name: str, job: Import, action: Callable[[], None]) -> None:
    """Do one step, and say what it cost."""
    reader = Reader()
    reader.start()
    start = time.perf_counter()
    action()
    seconds = time.perf_counter() - start
    reader.ended.set()
    reader.join()
    job.refresh_from_db()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name:<10} {job.status:<7} {seconds:5.0f} s, {job.total / seconds:7,.0f} rows a second, {memory} MB at most, "
        f"a reader waited {reader.longest:.2f} s",
        flush=True,
    )


def main() -> None:
    """Check, import and undo."""
    file = cedict.installed_file()
    if file is None:
        raise SystemExit("No CC-CEDICT is installed.")
    job = imports.add(user=None, name=file.name, format_name="cedict", content=file.read_bytes())
    measure("check", job, lambda: imports.run(job.pk))
    imports.confirm(job)
    measure("import", job, lambda: imports.run(job.pk))
    imports.ask_to_undo(job, user=None)
    measure("take back", job, lambda: imports.run(job.pk))


if __name__ == "__main__":
    main()
