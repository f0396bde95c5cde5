"""What 2,000 notes on a text cost to write out and to bring in, per format, in seconds of CPU.

python -m bench.note_formats TEXT…  (in the project's folder, with the database prepared)

Measured by ``bench.note_files`` on a copy of the database. Notes of 2 to 30 characters are spread evenly over the text.
What comes in goes to a reader who has none of it: our own file, the same after 20 small edits of the text, and one of
Hypothesis, whose notes are found by their words alone.
"""

import sys

from bench import copied

if __name__ == "__main__":
    copied.run("bench.note_files", *sys.argv[1:])
