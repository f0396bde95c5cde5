"""How often words are used: what a segmenter weighs words by and what tells an easy text from a hard one.

The list is that of jieba (MIT licence, see ``data/NOTICE.md``), cut down to words that a dictionary has.
"""

import gzip
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "frequencies.tsv.gz"


@cache
def frequencies() -> dict[str, int]:
    """Give the number of times each word was counted; words that are not in it are rare or unknown."""
    rows = (line.split("\t") for line in gzip.decompress(FILE.read_bytes()).decode("utf8").splitlines())
    return {word: int(count) for word, count in rows}
