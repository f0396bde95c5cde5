"""PostgreSQL, which one variable chooses, keeps what the embedded database keeps; told where it is installed."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import serving
from tests.browser.test_writers import write_while_the_text_changes

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
# What tables, locks, sorting and dates of the one database differ in from the other.
STORIES = "migrations locks note_search note_import groups annotation_changes nonsense".split()


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL, which will not run as root."""
    assert PROGRAMS
    as_other = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_other, str(PROGRAMS / program), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The address of a PostgreSQL of these tests' own, which sorts as people do and listens on no port."""
    if PROGRAMS is None or (os.geteuid() == 0 and not shutil.which("runuser")):
        pytest.skip("there is no PostgreSQL")
    # Not in pytest's own folder: only who runs the tests may look into that.
    with tempfile.TemporaryDirectory(prefix="zhujie-pg-") as folder:
        Path(folder).chmod(0o777)
        data = f"{folder}/data"
        collation = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")
        _run("initdb", "-D", data, "-U", "zhujie", "-A", "trust", "-E", "UTF8", "--no-sync", *collation)
        _run("pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", f"-k {folder} -h '' -F", "start")
        try:
            _run("createdb", "-h", folder, "-U", "zhujie", "zhujie")
            yield f"postgres://zhujie@/{folder}/zhujie"
        finally:
            _run("pg_ctl", "-D", data, "-m", "immediate", "stop")


def test_the_stories_of_notes_hold(database: str) -> None:
    files = [f"tests/reader/test_{name}.py" for name in STORIES]
    environment = os.environ | {"DATABASE_URL": database}
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", *files]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_sixteen_write_while_the_text_changes(database: str, tmp_path: Path) -> None:
    with serving(tmp_path, DATABASE_URL=database) as server:
        write_while_the_text_changes(server, tmp_path)
