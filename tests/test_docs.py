"""Documentation is tested, too: a command, setting, key or word that README or the help does not name fails here."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf8")
COMMANDS = sorted(
    path.stem
    for path in ROOT.glob("*/management/commands/*.py")
    if path.parts[-4] != ".venv" and path.stem != "__init__"
)


def read_names(path: Path, functions: set[str]) -> set[str]:
    """Give the first arguments with which some functions are called in a file."""
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))) if isinstance(node, ast.Call))
    named = (call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in functions)
    first = (call.args[0] for call in named if call.args)
    return {str(argument.value) for argument in first if isinstance(argument, ast.Constant)}


def test_there_are_commands_to_look_for() -> None:
    """The list below is not empty by mistake."""
    assert "annotate" in COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_readme_names_every_command(command: str) -> None:
    """Every management command stands in README's table."""
    assert f"`{command}" in README


def test_readme_names_every_setting() -> None:
    """Every environment variable that the settings read stands in README's table."""
    readers = {"boolean", "words", "directory", "database", "email", "secret"}
    names = read_names(ROOT / "config" / "settings.py", readers)
    assert len(names) >= 8
    assert sorted(name for name in names if f"`{name}`" not in README) == []


def test_help_lists_every_key_of_the_reading_page() -> None:
    """Every key that the page listens to stands in its help."""
    script = (ROOT / "reader/static/reader/reader.js").read_text(encoding="utf8")
    template = (ROOT / "reader/templates/reader/_reading_templates.html").read_text(encoding="utf8")
    shown = set(re.findall(r"<kbd>(.+?)</kbd>", template[template.index("<dl>") :]))
    listened = set(re.findall(r"^    \"?([A-Z]\w+(?:\+\w+)?)\"?: \(", script, re.MULTILINE))
    signs = {
        "ArrowLeft": "←",
        "ArrowRight": "→",
        "BracketLeft": "[",
        "BracketRight": "]",
        "Shift+Slash": "?",
        "Escape": "Esc",
        "Comma": ",",
        "Period": ".",
        "Alt+ArrowLeft": "Alt ←",
        "Alt+ArrowRight": "Alt →",
        "Shift+ArrowLeft": "Shift ←",
        "Shift+ArrowRight": "Shift →",
    }
    assert {signs.get(key, key.removeprefix("Key")) for key in listened} <= shown
    assert len(listened) >= 9


def test_pictures_in_readme_are_there() -> None:
    """Every picture that README shows exists."""
    pictures = re.findall(r"!\[.*?\]\((.+?)\)", README)
    assert pictures
    assert [name for name in pictures if not (ROOT / name).is_file()] == []


def test_every_folder_of_the_house_is_named() -> None:
    """README's tree has a sentence for each package."""
    for folder in ("config", "reader", "glossary", "zhtext", "seeds", "tests"):
        assert f"`{folder}/`" in README
