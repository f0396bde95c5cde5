"""Sixteen readers write at once while the text changes under them: no note is lost, and nobody sees an error."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.writers import Place, Writer, sign_in_code, write_at_once
from tests.browser.conftest import Server

WRITERS, EACH = 16, 10
HEAD = "---\ntitle: 同时写笔记\nslug: at-once\n---\n\n"
SENTENCES = [
    f"第{number}号研究者在第{number * 7}天写下了编号为{number * 13}的观察记录。" for number in range(WRITERS * EACH)
]
NOTES = """
import json
from reader.models import Note
notes = Note.objects.filter(document__slug="at-once", deleted=None).select_related("document")
texts = {revision.number: revision.text for revision in notes[0].document.revisions.all()}
print(json.dumps([[n.body, n.status, n.quote, texts[n.revision][n.start : n.end], n.revision] for n in notes]))
"""


def places(text: str) -> list[list[Place]]:
    """Give each writer sentences of their own, from all over the text."""
    found = [Place(text.index(words), text.index(words) + len(words), words) for words in SENTENCES]
    return [found[number::WRITERS] for number in range(WRITERS)]


def import_text(server: Server, folder: Path, paragraphs: list[str]) -> str:
    path = folder / "at-once.md"
    path.write_text(HEAD + "\n\n".join(paragraphs), encoding="utf8")
    return server.manage("import_texts", str(path))


def test_sixteen_writers_and_a_new_revision(server: Server, tmp_path: Path) -> None:
    write_while_the_text_changes(server, tmp_path)


def write_while_the_text_changes(server: Server, tmp_path: Path) -> None:
    """Let sixteen readers write until a new revision is there; all that they wrote must stand on its words."""
    old = [sentence for number, sentence in enumerate(SENTENCES) for sentence in (sentence, f"旧的插叙之{number}。")]
    new = [
        sentence for number, sentence in enumerate(SENTENCES) for sentence in (f"新写的一段，第{number}。", sentence)
    ]
    import_text(server, tmp_path, old)
    keys = json.loads(server.manage("shell", "--no-imports", "-c", sign_in_code("writer", WRITERS)))
    writers = [Writer(server.url, key, "at-once") for key in keys]
    with ThreadPoolExecutor(1) as editor:
        imported = editor.submit(import_text, server, tmp_path, new)
        turns = 0
        while not turns or not imported.done():
            turns += 1
            write_at_once(writers, places("\n".join(old)))
        assert imported.result().startswith("changed: ")
    statuses = {status for writer in writers for status, _text in writer.answers}
    assert statuses == {200, 201}, [text for writer in writers for status, text in writer.answers if status > 201][:3]
    assert not any("locked" in text for writer in writers for _status, text in writer.answers)
    kept = json.loads(server.manage("shell", "--no-imports", "-c", NOTES))
    expected = sorted(
        (body, place.words) for writer in writers for body, place in writer.kept.items() for _turn in range(turns)
    )
    assert sorted((body, quote) for body, _status, quote, _shown, _revision in kept) == expected
    assert all((status, quote, revision) == ("placed", shown, 2) for _body, status, quote, shown, revision in kept)
