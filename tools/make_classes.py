"""Make ``zhtext/data/classes.tsv.gz`` out of jieba's dictionary: ``python -m tools.make_classes dict.txt``.

Only what no term can do without is kept: which words are function words, verbs, or adjectives. All others are nouns.
"""

import gzip
import sys
from pathlib import Path

from zhtext.frequencies import frequencies
from zhtext.wordclass import DATA, WordClass

# The tags of ICTCLAS by what we make of them; nouns, names and set phrases are not listed.
TAGS = {
    WordClass.FUNCTION: "d df dg c p r rz rg m mg mq q u ul uj uz uv ud ug y f t tg e o i zg",
    WordClass.VERB: "v vd vg",
    WordClass.QUALITY: "a ad ag z",
}


def classes(lines: list[str]) -> dict[WordClass, list[str]]:
    """Sort the words of jieba's dictionary that are counted here, and longer than one character, by class."""
    known = frequencies()
    rows = [line.split() for line in lines]
    words = [(row[0], row[2]) for row in rows if len(row[0]) > 1 and row[0] in known]
    return {name: sorted(word for word, tag in words if tag in tags.split()) for name, tags in TAGS.items()}


def main(path: str) -> None:
    """Write the table."""
    sorted_out = classes(Path(path).read_text(encoding="utf8").splitlines())
    table = "".join(f"{name}\t{' '.join(words)}\n" for name, words in sorted_out.items())
    DATA.write_bytes(gzip.compress(table.encode("utf8"), 9, mtime=0))


if __name__ == "__main__":
    main(sys.argv[1])
