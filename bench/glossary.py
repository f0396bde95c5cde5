"""What a great glossary costs: its import, a page, and the page after an edit, as it ships and at 120,000 terms.

python -m bench.glossary SLUG  (in the project's folder, with the database prepared)

Each size is measured by ``bench.edits`` in a process of its own, on a copy of the database.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

SIZES = (0, 120_000)


def main() -> None:
    """Measure each size."""
    source = Path(os.environ.get("ZHUJIE_DATA") or Path(__file__).parents[1] / "var") / "zhujie.sqlite3"
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy.sqlite3"
            with sqlite3.connect(source) as database:
                database.execute("VACUUM INTO ?", (str(copy),))
            environment = os.environ | {"DATABASE_URL": f"sqlite:///{copy}"}
            subprocess.run([sys.executable, "-m", "bench.edits", sys.argv[1], str(size)], env=environment, check=True)


if __name__ == "__main__":
    main()
