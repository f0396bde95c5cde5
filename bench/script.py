"""How many sentences come out exactly right in the characters and words of Taiwan, beside the bare library.

python -m bench.script [-v] [FILE.tsv …]  (in the project's folder, with the database prepared)

Without files, it takes those of ``bench/data``: one of general sentences, one about artificial intelligence with words
that differ by region. With -v the sentences that are wrong are printed.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from opencc import OpenCC

from bench.ready import read_texts
from glossary import lexicon
from reader.layers import lay
from zhtext.script import Script

SETS = [str(path) for path in sorted((Path(__file__).parent / "data").glob("script*.tsv"))]


def read_pairs(name: str) -> list[tuple[str, str]]:
    """Read sentences with what they ought to become."""
    lines = read_texts([name]).splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(text, expected) for text, expected in cells]


def ours(text: str) -> str:
    """Show a sentence as a page does."""
    return "".join(lay(text, lexicon.current()).shown(Script.HANT_TW))


def main() -> None:
    """Score the converters on the sets that are named."""
    names = [name for name in sys.argv[1:] if name != "-v"] or SETS
    converters: dict[str, Callable[[str], str]] = {name: OpenCC(name).convert for name in ("s2tw", "s2twp")}
    converters["ours"] = ours
    for name in names:
        pairs = read_pairs(name)
        print(f"{Path(name).name}, {len(pairs)} sentences")
        for converter, convert in converters.items():
            wrong = [(expected, shown) for text, expected in pairs if (shown := convert(text)) != expected]
            print(f"  {converter:<6} {1 - len(wrong) / len(pairs):7.2%}")
            if "-v" in sys.argv and converter == "ours":
                print(*(f"    {expected}\n    {shown}" for expected, shown in wrong), sep="\n")


if __name__ == "__main__":
    main()
