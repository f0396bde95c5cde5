"""What edits of a glossary of some size cost the next load of a page; ``bench.glossary`` says on which database.

The terms that are added are words of the dictionary that the document does not hold, so that the page stays the same.
"""

import resource
import sys
import time
from collections.abc import Callable

from django.conf import settings

import bench.ready  # noqa: F401  # sets Django up
from bench.page import make_asker
from glossary import edition
from glossary.formats.rows import ConceptRow, TermRow
from glossary.models import Concept, Entry, Term
from glossary.transfer import import_rows
from reader import pages
from reader.models import Document
from zhtext.characters import count_han

ROUNDS = 7
CHANGED = "scaling-law"


def fill(text: str, size: int) -> int:
    """Bring in so many terms that the text does not hold; give how many rows that were."""
    there = Term.objects.filter(language="zh").count()
    words = Entry.objects.order_by("simplified").values_list("simplified", flat=True).distinct()
    absent = (word for word in words.iterator(10_000) if 1 < len(word) == count_han(word) and word not in text)
    wanted = [word for word, _number in zip(absent, range(max(0, size - there)), strict=False)]
    rows = [
        ConceptRow(number, f"w-{number}", (TermRow("zh", word, "preferred"),)) for number, word in enumerate(wanted)
    ]
    import_rows(rows)
    return len(rows)


def change_gloss() -> None:
    """Change what a concept is called in English, as an editor does."""
    term = Term.objects.get(concept__key=CHANGED, language="en", status="preferred")
    term.text = "scaling law" if term.text != "scaling law" else "law of scaling"
    term.save()
    edition.advance()


def add_term() -> None:
    """Add a term that the text holds."""
    number = Term.objects.count()
    concept = Concept.objects.create(key=f"new-{number}", subject=Concept.objects.get(key=CHANGED).subject)
    Term.objects.create(concept=concept, language="zh", text=("我们认为", "很多人说", "一个例子")[number % 3])
    edition.advance()


def main() -> None:
    """Fill the glossary and measure."""
    slug, size = sys.argv[1], int(sys.argv[2])
    settings.ALLOWED_HOSTS = ["testserver"]
    document = Document.objects.get(slug=slug)
    start = time.process_time()
    rows = fill(pages.whole(document).body.text, size)
    rate, memory = rows / (time.process_time() - start), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    size = Term.objects.count()
    print(f"{size:>7,} terms: {rows:,} rows came in, {rate:,.0f} a CPU second, {memory} MB at most", flush=True)
    load = make_asker()

    def ask() -> None:
        for address in (document.get_absolute_url(), f"{document.get_absolute_url()}layer.json"):
            assert load(address).status_code == 200

    ask()
    for name, action in (
        ("as it was", None),
        ("anew", edition.advance),
        ("a gloss", change_gloss),
        ("a term", add_term),
    ):
        print(f"{size:>7,} terms: page and layer {name:<10} {_middle(ask, action) * 1000:8.1f} ms of CPU", flush=True)


def _middle(ask: Callable[[], object], before: Callable[[], object] | None) -> float:
    times = []
    for _round in range(ROUNDS):
        if before:
            before()
        start = time.process_time()
        ask()
        times.append(time.process_time() - start)
    return sorted(times)[ROUNDS // 2]


if __name__ == "__main__":
    main()
