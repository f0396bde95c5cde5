"""The commands of the glossary print a sentence, and end with an error where nothing could be done."""

import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from glossary import cedict
from glossary.formats import FORMATS, READERS
from glossary.formats.csv import COLUMNS
from glossary.models import Concept, DictionaryLoad, Entry
from tests import small

pytestmark = pytest.mark.django_db


def run(*arguments: str | Path) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with two concepts."""
    path = tmp_path / "terms.csv"
    path.write_text("zh_hans,en\n算力,compute\n数据,data\n", encoding="utf8")
    return path


def test_an_import_prints_what_it_did(file: Path) -> None:
    assert run("import_glossary", file) == f"{file}: 2 concepts new, 0 changed, 0 unchanged.\n"
    assert run("import_glossary", file) == f"{file}: 0 concepts new, 0 changed, 2 unchanged.\n"


def test_a_dry_run_says_that_nothing_was_written(file: Path) -> None:
    said = "2 concepts new, 0 changed, 0 unchanged, nothing was written (dry run).\n"
    assert run("import_glossary", file, "--dry-run") == f"{file}: {said}"
    assert not Concept.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("zh_hans,en\n算力,compute\n数据,\n", "nothing was changed.\nLine 3: the column en is empty."),
        (
            "zh_hans,en,pinyin\n算力,compute,suàn\n数据,data,\n",
            "nothing was changed.\nLine 2: reading: The reading has 1",
        ),
    ],
)
def test_a_bad_file_is_refused_with_its_lines(file: Path, content: str, words: str) -> None:
    file.write_text(content, encoding="utf8")
    with pytest.raises(CommandError) as caught:
        run("import_glossary", file)
    assert words in str(caught.value)
    assert caught.value.returncode == 1
    assert not Concept.objects.exists()


@pytest.mark.parametrize("command", ["import_glossary", "import_cedict"])
def test_a_file_that_is_not_there_is_said_in_words(command: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file or directory"):
        run(command, tmp_path / "nothing.csv")


def test_an_export_goes_to_the_output_or_to_a_file(glossary: None, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert run("export_glossary", path) == f"Wrote 9 concepts to {path}.\n"
    written = path.read_text(encoding="utf8")
    assert run("export_glossary") == written
    assert written.splitlines()[0] == ",".join(COLUMNS)
    assert run("import_glossary", path) == f"{path}: 0 concepts new, 0 changed, 9 unchanged.\n"


def test_a_dictionary_goes_to_a_file_and_to_no_terminal(glossary: None, tmp_path: Path) -> None:
    path = tmp_path / "out.zip"
    assert run("export_glossary", "--format", "yomitan", path) == f"Wrote 9 concepts to {path}.\n"
    with zipfile.ZipFile(path) as archive:
        index = json.loads(archive.read("index.json"))
    # Nobody knows here under which address the site answers.
    assert index["revision"] == "1.1"
    assert "isUpdatable" not in index
    with pytest.raises(CommandError, match=r"name a file, such as zhujie-yomitan\.zip"):
        run("export_glossary", "--format", "yomitan")


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - READERS.keys()))
def test_a_format_that_is_only_written_is_not_read(file: Path, name: str) -> None:
    with pytest.raises(CommandError, match="files are only written, not read; bring in one of cedict, csv"):
        run("import_glossary", file, "--format", name)


def test_a_format_that_nobody_knows_is_refused_with_those_that_can_be_read(file: Path) -> None:
    with pytest.raises(CommandError, match=r"invalid choice: 'docx' \(choose from .*tsv"):
        run("import_glossary", file, "--format", "docx")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_readme_names_every_format(name: str) -> None:
    assert f"| `{name}` |" in (settings.BASE_DIR / "README.md").read_text(encoding="utf8")


def test_an_export_that_cannot_be_written_is_said_in_words(glossary: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        run("export_glossary", tmp_path)


def test_the_dictionary_is_loaded_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "cedict_ts.u8"
    path.write_text(small.CEDICT, encoding="utf8")
    assert run("import_cedict", path).endswith("Loaded 18 entries of CC-CEDICT (2026-05-01) (CC BY-SA 4.0).\n")
    assert Entry.objects.count() == 18


def test_a_bad_dictionary_changes_nothing(dictionary: DictionaryLoad, tmp_path: Path) -> None:
    path = tmp_path / "bad.u8"
    path.write_text("好 好 [hao3] /good/\n坏\n", encoding="utf8")
    with pytest.raises(CommandError, match=r"Line 2: “坏” is not an entry.*Nothing was changed"):
        run("import_cedict", path)
    assert DictionaryLoad.objects.get() == dictionary


def test_without_a_dictionary_the_command_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cedict, "installed_file", lambda: None)
    with pytest.raises(CommandError, match="No dictionary is installed"):
        run("import_cedict")
