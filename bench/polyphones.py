"""Give the polyphone model the face that pinyin_evaluate.py asks for: one syllable per character, or None.

``python pinyin_evaluate.py --callable bench.polyphones:read --cpp DIR --split dev``, run in the project's root, scores
the model by itself; :func:`main` does the same for a whole set as one page, which is how the service uses it.
"""

import argparse
import time
from pathlib import Path

from zhtext import polyphones
from zhtext.pinyin import mark_tone

MARK = "\u2581"


def read(text: str) -> list[str | None]:
    """Return for each code point the reading that the model gives, None where it gives none."""
    readings = polyphones.load().read(text)
    return [readings.get(offset) for offset in range(len(text))]


def main() -> None:
    """Print the accuracy on marked sentences read as one page, and the characters read per processor second."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stems", nargs="+", type=Path, help="STEM for STEM.sent and STEM.lb")
    for stem in parser.parse_args().stems:
        sentences = stem.with_suffix(".sent").read_text(encoding="utf8").splitlines()
        labels = stem.with_suffix(".lb").read_text(encoding="utf8").split()
        print(stem, *_score(sentences, labels))


def _score(sentences: list[str], labels: list[str]) -> tuple[str, str]:
    """Read all sentences as one page, and say how many of the marked characters are right, and how fast."""
    page = "\n".join(sentence.replace(MARK, "") for sentence in sentences)
    model = polyphones.load()
    began = time.process_time()
    readings = model.read(page)
    seconds = time.process_time() - began
    begins, right = 0, 0
    for sentence, label in zip(sentences, labels, strict=True):
        right += readings.get(begins + sentence.index(MARK)) == mark_tone(label)
        begins += len(sentence) - 1
    return f"{100 * right / len(labels):.2f} %", f"{len(page) / seconds:,.0f} characters per second"


if __name__ == "__main__":
    main()
