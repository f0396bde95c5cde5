"""Editors bring files in by the browser: report first, then yes, then perhaps the way back."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from glossary import groups, imports, progress
from glossary.models import Concept, Import, ImportStatus
from reader.models import Document, User
from tests.glossary.test_imports import FILE, contents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once", "glossary")]
LIST = "/editing/imports/"


@pytest.fixture
def at_once(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do at once what otherwise is done in the background, in the transaction of the test."""
    settings.CACHE_DIR = tmp_path
    monkeypatch.setattr(imports, "start", imports.run)


@pytest.fixture
def asleep(at_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave undone what is asked for."""
    monkeypatch.setattr(imports, "start", lambda _pk: None)


@pytest.fixture
def member(db: None) -> Callable[[str], Client]:
    """Sign somebody in who belongs to a group."""
    groups.prepare()

    def sign_in(name: str) -> Client:
        client = Client()
        if name != "guest":
            user = User.objects.create_user(f"some-{name}")
            user.groups.set(Group.objects.filter(name=name))
            client.force_login(user)
        return client

    return sign_in


def upload(client: Client, text: str = FILE, name: str = "more.csv", format_name: str = "") -> Any:
    """Send a file."""
    file = SimpleUploadedFile(name, text.encode())
    return client.post(f"{LIST}add/", {"file": file, "format": format_name}, follow=True)


def page_of(client: Client, job: Import) -> str:
    return client.get(job.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("who", "status"), [("guest", 302), ("reader", 403), ("contributor", 403), ("editor", 200)])
def test_only_editors_bring_files_in(who: str, status: int, member: Callable[[str], Client]) -> None:
    client = member(who)
    job = imports.add(user=None, name="a.csv", format_name="csv", content=FILE.encode())
    before = contents()
    for address in (LIST, f"{LIST}{job.pk}/", f"{LIST}{job.pk}/progress.json"):
        assert client.get(address).status_code == status, address
    for name in ("add", *(f"{job.pk}/{name}" for name in ("confirm", "again", "undo", "discard"))):
        answer = client.post(f"{LIST}{name}/")
        assert answer.status_code == {200: 400 if name == "add" else 302}.get(status, status)
        assert status == 200 or "/editing/" not in answer.get("Location", "").partition("?")[0]
    assert (contents(), Import.objects.count()) == (before, 1)


def test_a_file_is_reported_brought_in_and_taken_back(editor: Client) -> None:
    before = contents()
    page = upload(editor).content.decode()
    assert contents() == before
    job = Import.objects.get()
    for words in ("What would change", "<strong>1</strong> new", "compute", "law of scale", "How loss falls."):
        assert words in page, words
    page = editor.post(f"{LIST}{job.pk}/confirm/", follow=True).content.decode()
    assert "What was changed" in page
    assert editor.get("/glossary/compute/").status_code == 200
    page = editor.post(f"{LIST}{job.pk}/undo/", follow=True).content.decode()
    assert "editor took it back: 2 concepts are as they were before." in page
    assert editor.get("/glossary/compute/").status_code == 404
    # Nothing of it can be asked for twice.
    for name in ("confirm", "undo", "again", "discard"):
        editor.post(f"{LIST}{job.pk}/{name}/")
    job.refresh_from_db()
    assert job.state is ImportStatus.UNDONE


def test_a_second_upload_says_that_nothing_is_new(editor: Client) -> None:
    upload(editor)
    editor.post(f"{LIST}{Import.objects.get().pk}/confirm/")
    page = upload(editor).content.decode()
    assert "The glossary has all of this already." in page
    assert "/confirm/" not in page


@pytest.mark.parametrize(
    ("text", "name", "format_name", "said"),
    [
        # What is wrong with the upload is said beside the form, what was chosen stays chosen.
        ("", "more.csv", "csv", (400, "This file is empty.")),
        (FILE, "more.xyz", "", (400, "The file’s name does not tell its format. Choose one.")),
        (FILE, "more.csv", "yomitan", (400, "Select a valid choice.")),
        # What is wrong in the file is said with its line; another can be tried in the same format.
        (FILE + "Bad Key,算力,k,,,,\n", "more.csv", "csv", (200, "Line 5: key: Use small letters")),
        (FILE, "more.tbx", "tbx", (200, "Nothing was changed")),
    ],
)
def test_what_cannot_be_read_is_said(
    editor: Client, text: str, name: str, format_name: str, said: tuple[int, str]
) -> None:
    status, words = said
    before = contents()
    answer = upload(editor, text, name, format_name)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert format_name in ("", "yomitan") or f'value="{format_name}" selected' in answer.content.decode()
    assert contents() == before


def test_no_file_and_one_that_is_too_large_are_refused(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Choose a file." in editor.post(f"{LIST}add/", {"format": "tbx"}).content.decode()
    monkeypatch.setattr("glossary.forms_importing.LARGEST", 10)
    assert "larger than 32 MB" in upload(editor).content.decode()
    assert not Import.objects.exists()


def test_what_was_edited_since_is_listed_and_the_rest_taken_back_only_when_asked(editor: Client) -> None:
    upload(editor)
    job = Import.objects.get()
    editor.post(f"{LIST}{job.pk}/confirm/")
    Concept.objects.get(key="scaling-law").save()
    before = contents()
    answer = editor.post(f"{LIST}{job.pk}/undo/")
    assert answer.status_code == 409
    assert "One concept of this import has been edited since:" in answer.content.decode()
    assert '<a href="/changes/scaling-law/">scaling-law</a>' in answer.content.decode()
    assert contents() == before
    page = editor.post(f"{LIST}{job.pk}/undo/", {"rest": "1"}, follow=True).content.decode()
    assert "one concept is as it was before." in page
    assert "Edited since, and therefore left alone:" in page
    assert not Concept.objects.filter(key="compute").exists()


@pytest.mark.usefixtures("asleep")
def test_how_far_it_is_is_shown_and_asked_for(editor: Client) -> None:
    page = upload(editor).content.decode()
    job = Import.objects.get()
    address = f"{LIST}{job.pk}/progress.json"
    assert f'data-import="{address}"' in page
    assert editor.get(address).json() == {
        "done": 0, "total": 0, "percent": 0, "status": "waiting", "label": "waiting", "settled": False,
    }  # fmt: skip
    progress.Meter(job.pk)(30, 120)
    assert editor.get(address).json()["percent"] == 25
    assert 'value="25"' in page_of(editor, job)
    imports.run(job.pk)
    assert editor.get(address).json()["settled"] is True
    assert "data-import" not in page_of(editor, job)


@pytest.mark.usefixtures("asleep")
def test_what_has_stopped_can_be_run_again(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(editor)
    job = Import.objects.get()
    Import.objects.update(started=timezone.now() - timedelta(minutes=5), status=ImportStatus.CHECKING)
    assert "Run it again" in page_of(editor, job)
    assert editor.get(f"{LIST}{job.pk}/progress.json").json()["settled"] is True
    assert "stopped" in editor.get(LIST).content.decode()
    monkeypatch.setattr(imports, "start", imports.run)
    editor.post(f"{LIST}{job.pk}/again/")
    assert "What would change" in page_of(editor, job)


def test_a_file_can_be_thrown_away(editor: Client) -> None:
    upload(editor)
    page = editor.post(f"{LIST}{Import.objects.get().pk}/discard/", follow=True).content.decode()
    assert "more.csv was thrown away; nothing was changed." in page
    assert not Import.objects.exists()


def test_an_import_that_is_not_there_is_404(editor: Client) -> None:
    assert editor.get(f"{LIST}99999/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_background_works_with_a_connection_of_its_own() -> None:
    job = imports.add(user=None, name="a.csv", format_name="csv", content=FILE.encode())
    thread = threading.Thread(target=imports._run_apart, args=(job.pk,))
    thread.start()
    thread.join(20)
    job.refresh_from_db()
    assert job.state is ImportStatus.READY


def test_the_report_says_what_the_texts_will_show(member: Callable[[str], Client], document: Document) -> None:
    editor = member("editor")
    page = upload(editor, "zh_hans,en\n参数,parameter\n").content.decode()
    assert "1 place in 规模与推理" in page
