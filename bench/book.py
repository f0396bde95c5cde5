"""What the first chapter of a long book costs its first reader, beside a text as long as that chapter.

python -m bench.book SLUG  (in the project's folder, with the database prepared)

Measured by ``bench.first_chapter`` on a copy of the database.
"""

import sys

from bench import copied

if __name__ == "__main__":
    copied.run("bench.first_chapter", sys.argv[1])
