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
from glossary.models import Entry, Term
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


def great_glossary() -> lexicon.Lexicon:
    """Make a glossary of so many terms as there are words in the dictionary, in both scripts, each of a concept."""
    words = {word for row in Entry.objects.values_list("simplified", "traditional") for word in row if len(word) > 1}
    chosen, current = dict(enumerate(sorted(words)[:GREAT])), lexicon.current()
    patterns = (Pattern(number, word) for number, word in chosen.items())
    terms, keys = lexicon.Rows(Term.objects.none()), dict(chosen)
    terms.update({number: Term(pk=number, concept_id=number, text=word) for number, word in chosen.items()})
    matcher = Matcher(patterns, current.words.segmenter)
    return replace(current, matcher=matcher, terms=terms, keys=keys)


def stages(text: str) -> dict[str, Callable[[], object]]:
    """Give what is measured: our stages and, beside them, the library alone."""
    current, great, simplified = lexicon.current(), great_glossary(), simplify(text)
    segmenter, layers, opencc = current.words.segmenter, lay(text, current), OpenCC("s2tw")

    return {
        "match the glossary": lambda: current.find(text),
        f"match {GREAT:,} terms": lambda: great.matcher.find(text, simplified),
        "segment": lambda: segmenter.segment(text, simplified, layers.matches),
        "read": lambda: pinyin.read(text),
        "… polyphones alone": lambda: polyphones.load().read(text),
        "… pypinyin alone": lambda: lazy_pinyin(text, style=Style.TONE),
        "convert, minding words": lambda: replace(layers).shown(Script.HANT_TW),
        "… OpenCC alone": lambda: opencc.convert(text),
        "the whole": lambda: lay(text, current).shown(Script.HANT_TW),
        f"… of {GREAT:,} terms": lambda: lay(text, great).shown(Script.HANT_TW),
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
