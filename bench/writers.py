"""Many readers write notes at once: how many notes a second, beside one reader, and whether any answer is an error.

python -m bench.writers  (in the project's folder, with the database prepared)

Serves a copy of the database as run.py does, on a port of its own, and throws it away. Where DATABASE_URL names a
PostgreSQL, that is written to as it is: give it a database to throw away.
"""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).parents[1]
TOKEN = "w" * 32
# Signs new readers in without their passwords, whose hashing would be what is measured.
SIGN_IN = """
import json
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, BACKEND_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from reader.models import User
keys = []
for number in range({many}):
    user = User.objects.create_user("{prefix}-" + str(number))
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.create()
    keys.append(session.session_key)
print(json.dumps(keys))
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a note is written, and its words."""

    start: int
    end: int
    words: str


@dataclass
class Writer:
    """A reader whose browser is signed in, and what each of their notes should say now."""

    url: str
    session: str
    slug: str
    kept: dict[str, Place] = field(default_factory=dict)
    answers: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        where = urlsplit(self.url)
        self.connection = HTTPConnection(where.hostname or "", where.port, timeout=60)

    def ask(self, method: str, address: str, data: Mapping[str, object] | None = None) -> Any:
        """Ask as the page's script does; what is answered is kept."""
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection.request(method, address, urlencode(data or {}), headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        self.answers.append((answer.status, text))
        return json.loads(text) if answer.status < 300 else {}

    def write(self, places: Sequence[Place]) -> None:
        """Write a note on each place; every third is edited, and every fifth deleted."""
        for number, place in enumerate(places):
            body = f"{self.session[:8]} {number}"
            sent = {"revision": 1, "start": place.start, "end": place.end, "body": body, "tags": "at once"}
            told = self.ask("POST", f"/documents/{self.slug}/notes/", sent)
            if told and number % 5 == 4:
                self.ask("POST", f"{told['url']}delete/")
                continue
            if told and number % 3 == 2:
                body += " edited"
                self.ask("POST", told["url"], {"body": body, "version": told["version"]})
            self.kept[body] = place
        self.connection.close()


def write_at_once(writers: Sequence[Writer], places: Sequence[Sequence[Place]]) -> float:
    """Let every writer write on their places, all at once; gives the seconds until the last is done."""
    start = time.perf_counter()
    with ThreadPoolExecutor(len(writers)) as pool:
        # Asked for, so that what fails in a thread fails here.
        list(pool.map(Writer.write, writers, places))
    return time.perf_counter() - start


def sign_in_code(prefix: str, many: int) -> str:
    """Give what manage.py shell runs to sign new readers in."""
    return SIGN_IN.format(prefix=prefix, many=many)


@contextmanager
def served() -> Iterator[tuple[str, dict[str, str]]]:
    """Serve a copy of the database; gives its address and environment."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        environment = os.environ | {"DATABASE_URL": _database(folder)}
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
        probe.close()
        granian = str(Path(sys.executable).with_name("granian"))
        options = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--log-level", "error"]
        command = [granian, *options, "--port", port, "config.wsgi:application"]
        with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
            yield f"http://127.0.0.1:{port}", environment
            process.terminate()


def _database(folder: str) -> str:
    """Give the address of the database to write to."""
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith("postgres"):
        return named
    source = Path(os.environ.get("ZHUJIE_DATA") or ROOT / "var") / "zhujie.sqlite3"
    with sqlite3.connect(source) as database:
        database.execute("VACUUM INTO ?", (f"{folder}/copy.sqlite3",))
    return f"sqlite:///{folder}/copy.sqlite3"


def _manage(environment: Mapping[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def _measure(url: str, environment: Mapping[str, str], slug: str, many: int, each: int) -> None:
    prefix = f"writer-{time.time_ns()}"
    keys = json.loads(_manage(environment, "shell", "--no-imports", "-c", sign_in_code(prefix, many)))
    writers = [Writer(url, key, slug) for key in keys]
    # A first question, which opens the connections and is not measured.
    for writer in writers:
        writer.ask("GET", f"/documents/{slug}/notes.json")
    places = [[Place(3 * number, 3 * number + 3, "") for number in range(each)] for _writer in writers]
    seconds = write_at_once(writers, places)
    bad = [status for writer in writers for status, _text in writer.answers if status >= 400]
    requests = sum(len(writer.answers) - 1 for writer in writers)
    speeds = f"{many * each / seconds:.0f} notes and {requests / seconds:.0f} requests a second"
    print(f"{many} at once: {many * each} notes, {requests} requests, {seconds:.2f} s: {speeds}; {len(bad)} errors")


def main() -> None:
    """Print notes a second for one writer and for sixteen."""
    with served() as (url, environment):
        slug = _manage(
            environment,
            *("shell", "--no-imports", "-c"),
            "from reader.models import Document; print(Document.objects.filter(revision=1, public=True).first().slug)",
        ).strip()
        _wait(url)
        for many, each in ((1, 160), (16, 10), (1, 160), (16, 10)):
            _measure(url, environment, slug, many, each)


def _wait(url: str) -> None:
    """Wait until the server answers."""
    where = urlsplit(url)
    while True:
        try:
            HTTPConnection(where.hostname or "", where.port, timeout=5).request("GET", "/about/")
            return
        except OSError:
            time.sleep(0.1)


if __name__ == "__main__":
    main()
