"""What the first chapter of a book costs, cold; ``bench.book`` says on which database.

The book is the named document again and again, of 323,000 characters. Prints CPU milliseconds of page and annotation
layer together, with nothing kept of either.
"""

import sys
import time
from itertools import accumulate, cycle, islice, takewhile
from statistics import median

from django.conf import settings

import bench.ready  # noqa: F401  # sets Django up
from bench.page import make_asker
from glossary import edition
from reader import pages, render
from reader.ingest import Incoming, add_document
from reader.models import Document
from zhtext.clean import BlockKind, CleanBlock, CleanText

ROUNDS, LENGTH = 9, 323_000


def add(title: str, blocks: tuple[CleanBlock, ...]) -> Document:
    """Store blocks as a document that no page was made of."""
    return add_document(Incoming(CleanText(title, blocks), source=title)).document


def cold(document: Document) -> float:
    """Give the CPU milliseconds of the first load of a document."""
    ask = make_asker()
    edition.advance()
    render.write.cache_clear()
    start = time.process_time()
    page, layer = ask(document.get_absolute_url()), ask(f"{document.get_absolute_url()}layer.json")
    taken = (time.process_time() - start) * 1000
    if {page.status_code, layer.status_code} != {200}:
        raise SystemExit(f"{document.slug}: {page.status_code}, {layer.status_code}")
    return taken


def measure(blocks: tuple[CleanBlock, ...]) -> None:
    """Load book and short text in turns, each time as new documents."""
    lengths = accumulate(len(block.text) + 1 for block in cycle(blocks))
    count = sum(1 for _length in takewhile(lambda length: length < LENGTH, lengths))
    book = tuple(islice(cycle(blocks), count))
    times: dict[str, list[float]] = {"book": [], "short text": []}
    first = pages.whole(add("book", book)).chapters[0]
    for number in range(ROUNDS):
        times["book"].append(cold(add(f"book {number}", book)))
        times["short text"].append(cold(add(f"short {number}", book[: first.stop])))
    print(f"a book of {LENGTH:,} characters, its first chapter {first.end:,}")
    for name, found in times.items():
        print(f"{name:<11} {median(found):.0f} ms ({median(found) / median(times['short text']):.2f})")


def main() -> None:
    """Measure with one document."""
    settings.ALLOWED_HOSTS = ["testserver"]
    body = pages.whole(Document.objects.get(slug=sys.argv[1])).body
    measure(
        tuple(
            CleanBlock(BlockKind(block.kind), body.text[block.start : block.end], block.speaker)
            for block in body.blocks
        )
    )


if __name__ == "__main__":
    main()
