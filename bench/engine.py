"""How fast the engine is, stage by stage, beside the bare libraries in the same run; when it is ready, and how big.

python -m bench.engine TEXT…  (in the project's folder, with the database prepared)

Prints a table: characters per CPU second of each stage on all the texts as one page, best of fifteen rounds; then the
seconds and megabytes of a fresh process until its first answer. Machines are shared and noisy: compare the rows of one
run, not runs.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from bench.ready import read_texts
from glossary import lexicon
from glossary.models import Entry
from reader.layers import lay
from zhtext import pinyin, polyphones
from zhtext.keys import Pattern
from zhtext.matcher import Matcher
from zhtext.script import Script, simplify

ROUNDS = 15
GREAT = 120_000
ANSWER = """
import time
from pathlib import Path
began, cpu = time.perf_counter(), time.process_time()
import bench.ready
from glossary import lexicon
from reader.layers import lay
from zhtext.script import Script
lay("机械可解释性是什么？", lexicon.current()).shown(Script.HANT_TW)
seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
status = dict(line.split(":\\t") for line in Path("/proc/self/status").read_text().splitlines())
peak = int(status["VmHWM"].split()[0]) // 1024
print(f"{seconds:.2f} s ({cpu:.2f} s of CPU), {peak} MB")
"""


def best(action: Callable[[], object]) -> float:
    """Give the least CPU seconds an action took."""
    seconds = []
    for _round in range(ROUNDS):
        start = time.process_time()
        action()
        seconds.append(time.process_time() - start)
    return min(seconds)


def great_matcher() -> Matcher:
    """Make a matcher of so many terms as there are words in the dictionary, in both scripts."""
    words = {word for row in Entry.objects.values_list("simplified", "traditional") for word in row if len(word) > 1}
    patterns = (Pattern(number, word) for number, word in enumerate(sorted(words)[:GREAT]))
    return Matcher(patterns, lexicon.current().words.segmenter)


def stages(text: str) -> dict[str, Callable[[], object]]:
    """Give what is measured: our stages and, beside them, the library alone."""
    current, great, simplified = lexicon.current(), great_matcher(), simplify(text)
    segmenter, layers, opencc = current.words.segmenter, lay(text, current), OpenCC("s2tw")

    def everything(matcher: Matcher) -> Callable[[], object]:
        whole = lexicon.Lexicon(current.edition, current.words, matcher, current.terms, current.concepts)
        return lambda: lay(text, whole).shown(Script.HANT_TW)

    return {
        "match the glossary": lambda: current.find(text),
        f"match {GREAT:,} terms": lambda: great.find(text, simplified),
        "segment": lambda: segmenter.segment(text, simplified, layers.matches),
        "read": lambda: pinyin.read(text),
        "… polyphones alone": lambda: polyphones.load().read(text),
        "… pypinyin alone": lambda: lazy_pinyin(text, style=Style.TONE),
        "convert, minding words": lambda: replace(layers).shown(Script.HANT_TW),
        "… OpenCC alone": lambda: opencc.convert(text),
        "the whole": everything(current.matcher),
    }


def main() -> None:
    """Measure the stages on the texts that are named, and a fresh process."""
    text = read_texts(sys.argv[1:])
    print(f"{len(text):,} characters")
    for name, action in stages(text).items():
        print(f"{name:<24} {len(text) / best(action):>12,.0f} characters a CPU second")
    for _again in range(3):
        fresh = subprocess.run(
            [sys.executable, "-c", ANSWER], cwd=Path(__file__).parent.parent, check=True, capture_output=True, text=True
        )
        print(f"{'a fresh process':<24} {fresh.stdout.strip()}")


if __name__ == "__main__":
    main()
