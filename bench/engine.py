"""How fast the engine is, stage by stage, beside the bare libraries in the same run.

python -m bench.engine TEXT…  (in the project's folder, with the database prepared)

Prints a table: characters per CPU second of each stage on all the texts as one page, best of seven rounds. Machines
are shared and noisy: compare the rows of one run, not runs.
"""

import sys
import time
from collections.abc import Callable

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from bench.ready import read_texts
from glossary import lexicon
from reader.layers import lay
from zhtext import pinyin, polyphones
from zhtext.script import Script

ROUNDS = 7


def best(action: Callable[[], object]) -> float:
    """Give the least CPU seconds an action took."""
    seconds = []
    for _round in range(ROUNDS):
        start = time.process_time()
        action()
        seconds.append(time.process_time() - start)
    return min(seconds)


def stages(text: str) -> dict[str, Callable[[], object]]:
    """Give what is measured: our stages and, beside them, the library alone."""
    current = lexicon.current()
    segmenter, layers, opencc = current.words.segmenter, lay(text, current), OpenCC("s2tw")
    return {
        "match all terms": lambda: current.find(text),
        "segment": lambda: segmenter.segment(text, text, layers.matches),
        "read": lambda: pinyin.read(text),
        "… polyphones alone": lambda: polyphones.load().read(text),
        "… pypinyin alone": lambda: lazy_pinyin(text, style=Style.TONE),
        "convert, minding words": lambda: layers.shown(Script.HANT_TW),
        "… OpenCC alone": lambda: opencc.convert(text),
        "the whole": lambda: lay(text, current).shown(Script.HANT_TW),
    }


def main() -> None:
    """Measure the stages on the texts that are named."""
    text = read_texts(sys.argv[1:])
    start = time.perf_counter()
    measured = stages(text)
    print(f"lexicon and first answer: {time.perf_counter() - start:.1f} s; {len(text):,} characters")
    for name, action in measured.items():
        print(f"{name:<24} {len(text) / best(action):>12,.0f} characters a CPU second")


if __name__ == "__main__":
    main()
