"""Run what changes the database on a copy of it."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path


def run(module: str, *arguments: str) -> None:
    """Run a module in a process of its own, on a copy of the database that is thrown away."""
    source = Path(os.environ.get("ZHUJIE_DATA") or Path(__file__).parents[1] / "var") / "zhujie.sqlite3"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite3"
        with sqlite3.connect(source) as database:
            database.execute("VACUUM INTO ?", (str(copy),))
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{copy}"}
        subprocess.run([sys.executable, "-m", module, *arguments], env=environment, check=True)
