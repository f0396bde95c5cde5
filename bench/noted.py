"""What notes cost; ``bench.notes`` says how to run it, and on which database."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

import bench.ready  # noqa: F401  # sets Django up
from bench.reanchor import cpu_seconds, spread
from reader import anchoring
from reader.ingest import SEPARATOR, Incoming, add_document, add_revision
from reader.models import Colour, Document, Note, Revision, Tag, User
from reader.note_search import search
from zhtext import anchor
from zhtext.clean import BlockKind, CleanBlock, CleanText

ROUNDS = 7
SEARCHES = (
    *("", "q=模型", "q=訓練", "q=nowhere", "tag=ai", "term=scaling-law", "colour=red&status=placed"),
    "q=模型&tag=ai&term=scaling-law&order=newest",
)


def make_text(path: str) -> CleanText:
    """Read a file, one paragraph a line."""
    lines = [line.strip() for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    return CleanText("bench", tuple(CleanBlock(BlockKind.PARAGRAPH, line) for line in lines))


def write_notes(user: User, document: Document, number: int) -> None:
    """Spread notes of a reader over a document."""
    text, made = document.revisions.get(number=document.revision).text, []
    for index, place in enumerate(spread(len(text), number)):
        note = Note(user=user, document=document, body=f"第{index}条：为什么？", colour=Colour.values[index % 5])
        anchoring.place(note, document.revision, anchor.describe(text, *place))
        made.append(note)
    saved = Note.objects.bulk_create(made)
    Tag.objects.bulk_create(Tag(note=note, name=("AI", "ai", "to read")[note.pk % 3]) for note in saved)


@contextmanager
def taken_back() -> Iterator[None]:
    """Take back whatever is written."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def best(act: Callable[[], object]) -> float:
    """Give the least CPU milliseconds of some rounds, each taken back."""
    found = []
    for _round in range(ROUNDS):
        with taken_back():
            start = time.process_time()
            act()
            found.append((time.process_time() - start) * 1000)
    return min(found)


def measure_carrying(document: Document, new: CleanText, number: int) -> None:
    """Print what carrying the notes on a document over to a new text costs, beside finding their places alone."""
    old = document.revisions.get(number=document.revision).text
    body = SEPARATOR.join(block.text for block in new.blocks)
    alone = min(cpu_seconds(old, body, spread(len(old), number)) for _ in range(ROUNDS)) * 1000

    def carry() -> None:
        coming = Revision.objects.create(document=document, number=document.revision + 1, text=body)
        anchoring.carry_over(coming)

    def add() -> None:
        add_revision(Document.objects.get(pk=document.pk), new, source=body)

    effect = anchoring.effect(document, body)
    print(f"{len(old)} → {len(body)} characters, {number} notes: {effect}")
    for name, act in (("carried over", carry), ("the new revision", add)):
        milliseconds = best(act)
        print(
            f"{name}: {milliseconds:.0f} ms of CPU, {milliseconds / alone:.1f} times their places alone ({alone:.0f})"
        )
    print(f"told beforehand: {best(lambda: anchoring.effect(document, body)):.0f} ms of CPU")


def measure_list(user: User) -> None:
    """Print what the page of a reader's notes costs, and searches in them."""
    settings.ALLOWED_HOSTS = ["testserver"]
    browser = Client()
    browser.force_login(user)
    for query in SEARCHES:
        with CaptureQueriesContext(connection) as queries:
            status = browser.get(f"/notes/?{query}").status_code
        # Counted now: the next request forgets them.
        asked = len(queries)
        found = search(user, QueryDict(query)).count()
        page = best(lambda query=query: browser.get(f"/notes/?{query}"))  # type: ignore[misc]
        alone = best(lambda query=query: list(search(user, QueryDict(query)).values_list("pk")))  # type: ignore[misc]
        costs = f"{page:.0f} ms of CPU, {asked} queries; the search alone {alone:.0f} ms"
        print(f"/notes/?{query} {status}: {found} notes, {costs}")


def main(old: str, new: str, number: str = "1000", listed: str = "2000") -> None:
    """Write notes, and measure."""
    user = User.objects.create_user("bench-notes")
    document = add_document(Incoming(make_text(old), source="bench", slug="bench-notes")).document
    write_notes(user, document, int(number))
    measure_carrying(document, make_text(new), int(number))
    write_notes(user, document, int(listed) - int(number))
    measure_list(user)


if __name__ == "__main__":
    main(*sys.argv[1:])
