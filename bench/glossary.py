"""What a great glossary costs: its import, a page, and the page after an edit, as it ships and at 120,000 terms.

python -m bench.glossary SLUG  (in the project's folder, with the database prepared)

Each size is measured by ``bench.edits`` in a process of its own, on a copy of the database.
"""

import sys

from bench import copied

SIZES = (0, 120_000)

if __name__ == "__main__":
    for size in SIZES:
        copied.run("bench.edits", sys.argv[1], str(size))
