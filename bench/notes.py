"""What notes cost through the database: carried over to a new text, listed, and searched.

python -m bench.notes OLD NEW [NOTES [LISTED]]  (in the project's folder, with the database prepared)

OLD and NEW are two versions of one text, in UTF-8. NOTES (1,000 unless told) stand on it and are carried over; LISTED
(2,000 unless told) are one reader's. Measured by ``bench.noted`` on a copy of the database.
"""

import sys

from bench import copied

if __name__ == "__main__":
    copied.run("bench.noted", *sys.argv[1:])
