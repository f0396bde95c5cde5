"""The commands of the reading room do all or nothing, and say what they did."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client

from glossary import edition
from glossary.models import Concept, Term
from reader import notes
from reader.models import Document, Revision, User
from tests import small
from tests.reader.test_ingest import SCRAPED

pytestmark = pytest.mark.django_db


def run(*arguments: str | Path) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two texts: one in Markdown, one scraped, saved by a Chinese editor."""
    one, two = tmp_path / "size.md", tmp_path / "letter.txt"
    one.write_text(small.DOCUMENT, encoding="utf8")
    two.write_bytes(SCRAPED.encode("gb18030"))
    return [one, two]


def test_texts_come_in_and_their_addresses_are_printed(files: list[Path]) -> None:
    first, second = run("import_texts", "--address", "http://127.0.0.1:8000", *files).splitlines()
    assert first == "new: http://127.0.0.1:8000/documents/size/ 规模与推理"
    assert second.startswith("new: http://127.0.0.1:8000/documents/guan-yu-ping-gu")
    assert second.endswith("; 2 lines set aside as boilerplate")


def test_a_text_that_is_there_stays(files: list[Path]) -> None:
    run("import_texts", *files)
    assert [line.split(":")[0] for line in run("import_texts", *files).splitlines()] == ["unchanged", "unchanged"]
    assert Revision.objects.count() == 2


def test_a_changed_text_tells_what_became_of_its_notes(files: list[Path]) -> None:
    run("import_texts", files[0])
    document, user = Document.objects.get(), User.objects.create_user("alice")
    for words in ("缩放定律", "后训练", "研究者做机械可解释性研究"):
        start = document.revisions.get().text.index(words)
        notes.add(user=user, document=document, revision=1, start=start, end=start + len(words), body="")
    files[0].write_text(small.DOCUMENT.replace("研究者做机械可解释性研究，也谈可解释性。", "很短。"), encoding="utf8")
    [line] = run("import_texts", files[0]).splitlines()
    assert line == "changed: /documents/size/ 规模与推理; of 3 notes 1 stayed, 1 moved, 1 lost their place"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The text is empty. Nothing was changed."),
        (b"\xff\xff\xff", "not text in UTF-8, UTF-16 or GB18030"),
        ("---\ntitle: 题\nlevel: 9\n---\n\n正文。".encode(), "Line 3: “9” is no level"),
        ("---\ntitle: 题\nslug: a b\n---\n\n正文。".encode(), "slug: Enter a valid"),
        (
            f"---\ntitle: 题\nsummary: {'长' * 301}\n---\n\n正文。".encode(),
            "summary: Ensure this value has at most 300",
        ),
    ],
)
def test_one_bad_file_and_nothing_comes_in(files: list[Path], tmp_path: Path, content: bytes, words: str) -> None:
    bad = tmp_path / "bad.md"
    bad.write_bytes(content)
    with pytest.raises(CommandError, match=words) as caught:
        run("import_texts", *files, bad)
    assert str(caught.value).startswith(f"{bad}: ")
    assert caught.value.returncode == 1
    assert not Document.objects.exists()


def test_a_file_that_is_not_there_changes_nothing(files: list[Path], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        run("import_texts", files[0], tmp_path / "none.txt")
    assert not Document.objects.exists()


def test_a_format_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "size.txt"
    path.write_text(small.DOCUMENT, encoding="utf8")
    run("import_texts", "--format", "markdown", path)
    assert Document.objects.get().slug == "size"


@pytest.fixture
def seeds(tmp_path: Path, settings: LazySettings) -> Path:
    """A few seeds in a folder of their own."""
    folder = tmp_path / "seeds"
    (folder / "glossary").mkdir(parents=True)
    (folder / "documents").mkdir()
    (folder / "subjects.csv").write_text(
        "slug,name_zh,name_en\nscaling,规模,Scaling\nagents,智能体,Agents\n", encoding="utf8"
    )
    (folder / "relations.csv").write_text(
        "key,broader,related,see_also\nmechanistic-interpretability,interpretability,,\n", encoding="utf8"
    )
    (folder / "glossary" / "all.csv").write_text(small.GLOSSARY, encoding="utf8")
    (folder / "documents" / "size.md").write_text(small.DOCUMENT, encoding="utf8")
    settings.SEEDS_DIR = folder
    return folder


def test_seeds_come_in_with_progress_and_a_second_time_change_nothing(seeds: Path) -> None:
    said = run("load_seeds")
    assert said.splitlines() == [
        "Loading subject fields …",
        "Loading glossary …",
        "Loading relations …",
        "Loading documents …",
        "9 concepts and 1 documents are there.",
    ]
    before = (edition.current(), list(Term.objects.values()), list(Document.objects.values()), Revision.objects.count())
    run("load_seeds")
    assert before == (
        edition.current(), list(Term.objects.values()), list(Document.objects.values()), Revision.objects.count(),
    )  # fmt: skip


def test_a_subject_has_the_name_of_the_seeds(seeds: Path) -> None:
    run("load_seeds")
    assert Concept.objects.get(key="agent").subject.name_zh == "智能体"
    (seeds / "subjects.csv").write_text("slug,name_zh,name_en\nagents,行动者,Actors\n", encoding="utf8")
    before = edition.current()
    run("load_seeds")
    assert Concept.objects.get(key="agent").subject.name_zh == "行动者"
    assert edition.current() > before


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("glossary/all.csv", "zh_hans,en\n推理,\n", "Nothing was changed. Line 2: the column en is empty."),
        ("relations.csv", "key,broader,related,see_also\nagent,agents,,\n", "Line 2: broader: there is no concept"),
        ("documents/size.md", "---\nlevel: 9\n---\n\n正文。", "Nothing was changed. Line 2: “9” is no level"),
    ],
)
def test_bad_seeds_change_nothing(seeds: Path, name: str, content: str, words: str) -> None:
    (seeds / name).write_text(content, encoding="utf8")
    with pytest.raises(CommandError, match=words):
        run("load_seeds")
    assert not Concept.objects.exists()
    assert not Document.objects.exists()


def test_seeds_that_are_not_there_are_said_in_words(seeds: Path) -> None:
    shutil.rmtree(seeds)
    with pytest.raises(CommandError, match="Nothing was changed"):
        run("load_seeds")


def test_an_editor_is_made_once_with_a_password_that_works(client: Client) -> None:
    said = run("make_editor", "anna")
    password = said.split("password: ")[1].split(" ")[0]
    assert len(password) >= 16
    assert client.login(username="anna", password=password)
    assert client.get("/admin/glossary/concept/").status_code == 200
    before = User.objects.get().password
    assert run("make_editor", "anna") == "The account anna is there already.\n"
    assert User.objects.get().password == before


def test_the_first_editor_has_a_name_without_being_asked() -> None:
    run("make_editor")
    assert User.objects.get().username == "editor"
