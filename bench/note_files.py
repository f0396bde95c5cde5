"""What ``bench.note_formats`` measures on a copy of the database."""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from bench.ready import read_texts
from bench.reanchor import spread
from reader import notes, pages
from reader.ingest import Incoming, add_document, add_revision
from reader.models import Document, Note, User
from reader.note_export import export
from reader.note_formats import FORMATS
from reader.note_formats.reading import read
from reader.note_import import bring_in
from zhtext.clean import clean

NOTES = 2_000
BODY = "这里**要记住**：see [the paper](https://example.org/).\n\n- one\n- two\n"


def timed(name: str, work: Callable[[], Any]) -> Any:
    """Do something once, and print what it costs."""
    began = time.process_time()
    done = work()
    print(
        f"{name:<44} {time.process_time() - began:6.2f} s of CPU  {done if isinstance(done, str) else ''}", flush=True
    )
    return done


def as_hypothesis(document: Document, written: list[Note]) -> bytes:
    """Give notes as Hypothesis exports them."""
    rows = [
        {
            "id": str(note.pk),
            "uri": document.get_absolute_url(),
            "text": note.body,
            "target": [
                {
                    "selector": [
                        {"type": "TextPositionSelector", "start": 3, "end": 9},
                        {
                            "type": "TextQuoteSelector",
                            "exact": note.quote,
                            "prefix": note.prefix,
                            "suffix": note.suffix,
                        },
                    ]
                }
            ],
        }
        for note in written
    ]
    return json.dumps({"annotations": rows}).encode()


def edited(text: str) -> str:
    """Put 20 small edits into a text."""
    step = len(text) // 20
    parts = [text[at : at + step] for at in range(0, len(text), step)]
    return "".join(f"{part[:40]}新{part[41:]}" for part in parts)


def main() -> None:
    """Write the notes, write them out, and bring them in."""
    text = read_texts(sys.argv[1:])
    document = add_document(Incoming(clean(text), source=text, slug="bench-notes")).document
    body = document.revisions.get().text
    print(f"{len(body):,} characters, {NOTES:,} notes")
    owner = User.objects.create_user("bench-owner")
    for start, end in spread(len(body), NOTES):
        notes.add(user=owner, document=document, revision=1, start=start, end=end, body=BODY, tags=["a", "b"])
    own = Note.objects.visible_to(owner)
    files = {}
    for name in FORMATS:
        pages.forget()
        files[name] = timed(f"export as {name}", partial(export, owner, own, name, site="https://x.example"))
    foreign = as_hypothesis(document, list(own))

    def come(name: str, content: bytes) -> str:
        user = User.objects.create_user(f"bench-{name}")
        return str(bring_in(user, read(content)))

    timed("import of our own JSON-LD", lambda: come("own", files["jsonld"]))
    timed("import of Hypothesis, by words", lambda: come("foreign", foreign))
    add_revision(document, clean(edited(body)), source="edited")
    timed("import of our own, after edits of the text", lambda: come("own-later", files["jsonld"]))
    timed("import of Hypothesis, after edits", lambda: come("foreign-later", foreign))


if __name__ == "__main__":
    main()
