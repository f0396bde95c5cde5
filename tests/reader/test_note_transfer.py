"""The pages on which notes go out and come in: first a report, then yes; and the commands that do the same."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from reader.models import Document, Note, NoteStatus, User
from reader.note_formats import FORMATS
from tests.reader.note_files import exported, foreign, selector

pytestmark = pytest.mark.django_db
FILE = exported(
    foreign("a", selector("机械可解释性研究"), text="one"), foreign("b", selector("火星上的猫"), text="two")
)


def upload(browser: Client, content: bytes = FILE, **said: object) -> str:
    """Choose a file on the page, and give the page that answers."""
    file = SimpleUploadedFile("mine.json", content)
    return browser.post("/notes/import/", {"file": file} | said, follow=True).content.decode()


@pytest.mark.parametrize("name", FORMATS)
def test_notes_are_sent_as_a_file(as_alice: Client, as_bob: Client, note: Note, name: str) -> None:
    answer = as_alice.get(f"/notes/export/{name}")
    assert answer["Content-Type"] == FORMATS[name].content_type
    assert answer["Content-Disposition"] == f'attachment; filename="{FORMATS[name].file}"'
    assert answer["Cache-Control"].endswith("private")
    assert "机械可解释性研究" in answer.content.decode()
    assert "机械可解释性研究" not in as_bob.get(f"/notes/export/{name}").content.decode()


def test_addresses_in_a_file_are_whole(as_alice: Client, note: Note) -> None:
    assert f"http://testserver/documents/size/?note={note.pk}" in as_alice.get("/notes/export/csv").content.decode()


@pytest.mark.parametrize("query", ["", "document=size", "q=機械", "colour=yellow&term=interpretability"])
def test_only_what_is_asked_for_is_sent(as_alice: Client, note: Note, query: str) -> None:
    assert "机械" in as_alice.get(f"/notes/export/csv?{query}").content.decode()
    for other in ("document=none", "q=别的", "tag=x", "colour=red", "from=soon"):
        assert "机械" not in as_alice.get(f"/notes/export/csv?{query}&{other}").content.decode()
    assert as_alice.get("/notes/export/word").status_code == 404


def test_the_page_of_notes_leads_to_files_of_what_it_shows(as_alice: Client, note: Note) -> None:
    page = as_alice.get("/notes/?colour=yellow").content.decode()
    for name in FORMATS:
        assert f'href="/notes/export/{name}?colour=yellow' in page


def test_a_note_from_elsewhere_waits_with_the_others(as_alice: Client, document: Document) -> None:
    upload(as_alice)
    as_alice.post("/notes/import/confirm/")
    page = as_alice.get("/notes/inbox/").content.decode()
    assert "火星上的猫" in page
    note = Note.objects.get(status=NoteStatus.ORPHANED)
    assert as_alice.get(f"/notes/{note.pk}/").status_code == 200
    told = as_alice.get("/documents/size/notes.json").json()["notes"]
    assert "火星上的猫" in [each["quote"] for each in told]


def test_a_file_is_checked_then_brought_in_and_can_be_taken_back(as_alice: Client, document: Document) -> None:
    page = upload(as_alice)
    assert "<strong>2</strong> new" in page
    assert "<strong>1</strong> of the new without a place" in page
    assert "机械可解释性研究" in page
    assert not Note.objects.exists()
    page = as_alice.post("/notes/import/confirm/", follow=True).content.decode()
    assert "Brought in: 2 new, 1 of the new without a place." in page
    [undo] = re.findall(r'action="(/notes/undo/\d+/)"', page)
    assert Note.objects.filter(deleted=None, group=None, status=NoteStatus.PLACED).count() == 1
    Note.objects.filter(body="two").update(version=2)
    assert "It is as it was before." in as_alice.post(undo, follow=True).content.decode()
    assert Note.objects.get(deleted=None).body == "two"


def test_what_a_file_changed_is_given_back_by_its_own_undo(as_alice: Client, note: Note) -> None:
    note.tags.create(name="mine")
    told = json.loads(as_alice.get("/notes/export/jsonld").content)
    item = told["first"]["items"][0]
    tag = {"value": "theirs", "purpose": "tagging"}
    item["body"], item["modified"] = [item["body"][0] | {"value": "from the file"}, tag], "2999-01-01T00:00:00Z"
    for content in (json.dumps(told).encode(), FILE):
        upload(as_alice, content)
        page = as_alice.post("/notes/import/confirm/", follow=True).content.decode()
        note.refresh_from_db()
        assert (note.body, note.tags.get().name) == ("from the file", "theirs")
        if content != FILE:
            [first] = re.findall(r'action="(/notes/undo/\d+/)"', page)
    # The undo of the first file does not take back what the second one brought.
    assert "can no longer be undone" in as_alice.post(first, follow=True).content.decode()
    assert Note.objects.filter(deleted=None).count() == 3
    upload(as_alice, json.dumps(told).replace("from the file", "once more").replace("2999", "3000").encode())
    page = as_alice.post("/notes/import/confirm/", follow=True).content.decode()
    as_alice.post(re.findall(r'action="(/notes/undo/\d+/)"', page)[0])
    note.refresh_from_db()
    assert note.body == "from the file"


def test_an_address_with_half_a_character_is_said_to_be_wrong(as_alice: Client, document: Document) -> None:
    for motivation in ("commenting", "replying"):
        bad = {"type": "Annotation", "motivation": motivation, "target": {"source": "http://x/\ud800"}}
        assert "Item 1: It holds a character that cannot be stored." in upload(as_alice, json.dumps(bad).encode())


def test_a_file_that_was_brought_in_waits_no_more(as_alice: Client, document: Document) -> None:
    upload(as_alice)
    as_alice.post("/notes/import/confirm/")
    for method, address in (("get", "check"), ("post", "confirm"), ("post", "discard")):
        assert getattr(as_alice, method)(f"/notes/import/{address}/")["Location"] == "/notes/import/"
    assert "Nothing would change." in upload(as_alice)


def test_a_file_that_waits_is_not_read_with_each_request(as_alice: Client, document: Document) -> None:
    upload(as_alice, FILE.replace(b"one", b"one" * 1_000))
    assert len(json.dumps(dict(as_alice.session))) < 500
    name = as_alice.session["checked-note-import"]
    upload(as_alice)
    # Of two files the second waits, and the first is thrown away.
    assert not Session.objects.filter(pk=name).exists()
    as_alice.post("/notes/import/confirm/")
    assert Note.objects.count() == 2
    # The session itself, and how the import is undone.
    assert Session.objects.count() == 2


def test_a_file_waits_for_an_hour(as_alice: Client, document: Document) -> None:
    upload(as_alice)
    name = as_alice.session["checked-note-import"]
    Session.objects.filter(pk=name).update(expire_date=timezone.now())
    page = as_alice.post("/notes/import/confirm/", follow=True).content.decode()
    assert "Choose it again." in page
    assert not Note.objects.exists()


def test_a_file_is_nobody_elses_although_they_know_its_name(
    as_alice: Client, as_bob: Client, document: Document
) -> None:
    upload(as_alice)
    session = as_bob.session
    session["checked-note-import"] = as_alice.session["checked-note-import"]
    session.save()
    as_bob.post("/notes/import/confirm/")
    assert not Note.objects.exists()


def test_a_file_can_be_forgotten(as_alice: Client, document: Document) -> None:
    upload(as_alice)
    assert "nothing was changed" in as_alice.post("/notes/import/discard/", follow=True).content.decode()
    assert as_alice.get("/notes/import/check/").status_code == 302
    assert not Note.objects.exists()


def test_a_file_waits_for_its_reader_alone(as_alice: Client, as_bob: Client, document: Document) -> None:
    upload(as_alice)
    assert as_bob.get("/notes/import/check/").status_code == 302
    as_bob.post("/notes/import/confirm/")
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty."),
        (b"{", "Line 1: this is not JSON."),
        (exported(foreign("a", uri="https://else.example/")), "else.example/” is not here (items 1)"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_on_the_page(
    as_alice: Client, document: Document, content: bytes, words: str
) -> None:
    assert words in upload(as_alice, content)
    assert "Choose a file." in as_alice.post("/notes/import/").content.decode()


def test_the_reader_says_which_text_is_meant_or_leaves_the_rest_out(as_alice: Client, document: Document) -> None:
    file = exported(foreign("a", selector("机械可解释性研究"), uri="urn:x-pdf:1"))
    assert "<strong>1</strong> new" in upload(as_alice, file, document=document.pk)
    page = upload(as_alice, file, leave_out="on")
    assert "urn:x-pdf:1 (1)" in page
    assert "Nothing would change." in page


def run(*arguments: str | Path) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_commands_do_the_same(note: Note, bob: User, tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonld"
    assert run("export_notes", "--user", "alice", path) == f"Wrote 1 notes to {path}.\n"
    assert json.loads(path.read_text())["first"]["items"][0]["target"]["source"] == (
        "http://127.0.0.1:8000/documents/size/"
    )
    dry = run("import_notes", path, "--user", "bob", "--dry-run")
    assert dry == f"{path}: 1 new; nothing was written (dry run).\n"
    assert run("import_notes", path, "--user", "bob") == f"{path}: 1 new.\n"
    assert run("import_notes", path, "--user", "bob", "--document", "size") == f"{path}: 1 known already.\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("import_notes", "{bad}", "--user", "alice"), "nothing was changed.\nItem 1: This is no Web Annotation."),
        (("import_notes", "{none}", "--user", "alice"), "cannot be read: No such file"),
        (("import_notes", "{bad}", "--user", "zoe"), "There is no reader named zoe."),
        (("import_notes", "{bad}", "--user", "alice", "--document", "x"), "alice can read no text at /documents/x/."),
        (("export_notes", "{none}/x", "--user", "alice"), "cannot be written"),
        (("export_notes", "--user", "zoe"), "There is no reader named zoe."),
    ],
)
def test_the_commands_say_why_not(alice: User, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('[{"type": "Person"}]')
    with pytest.raises(CommandError) as caught:
        run(*(part.format(bad=bad, none=tmp_path / "none") for part in arguments))
    assert words in str(caught.value)


def test_a_file_is_printed_where_none_is_named(note: Note) -> None:
    assert run("export_notes", "--user", "alice", "--format", "markdown", "--document", "size").startswith("# Notes of")
    assert "机械" not in run("export_notes", "--user", "alice", "--document", "other")
