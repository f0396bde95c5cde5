"""Imports go downstairs, and the other rules of the house that can be read off its modules."""

import ast
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
# From the roof to the cellar: a floor may import itself and what lies below.
FLOORS = ("config", "reader", "glossary", "zhtext")


class Import(NamedTuple):
    """One import: the module that has it, its line, the module or package it names, and whether a function holds it."""

    module: str
    line: int
    target: str
    inside_function: bool


def modules(root: Path) -> dict[str, ast.Module]:
    """Parse every module of the four packages, by dotted name; a package goes by its own."""
    found = {}
    for path in sorted(path for floor in FLOORS for path in (root / floor).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text("utf8"), str(path))
    return found


def imports(root: Path) -> Iterator[Import]:
    """Give every import of the four packages, wherever it stands in its module."""
    known = modules(root)
    packages = {path.parent.relative_to(root).as_posix().replace("/", ".") for path in root.rglob("__init__.py")}
    for module, tree in known.items():
        for node, inside in walk(tree):
            for target in targets(node, module, is_package=module in packages):
                # ``from package import name``: the name may be a module or something in the package.
                parent = target.rpartition(".")[0]
                whole = target in known or not isinstance(node, ast.ImportFrom)
                yield Import(module, getattr(node, "lineno", 0), target if whole else parent, inside)


def walk(node: ast.AST, inside: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    """Walk a tree, telling of each node whether a function holds it."""
    for child in ast.iter_child_nodes(node):
        yield child, inside
        yield from walk(child, inside or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda))


def targets(node: ast.AST, module: str, *, is_package: bool) -> list[str]:
    """Name what a node imports, also by ``import_module("…")``; an empty list for any other node."""
    match node:
        case ast.Import():
            return [alias.name for alias in node.names]
        case ast.ImportFrom():
            above = module.split(".")[: len(module.split(".")) - node.level + is_package] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            return [f"{base}.{alias.name}" for alias in node.names]
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[ast.Constant(value=str(target)), *_]):
            return [target] if name in ("import_module", "__import__") else []
    return []


def floor_of(module: str) -> int:
    """Tell on which floor a module lives, counted from the roof; -1 for what is not of the house."""
    package = module.partition(".")[0]
    return FLOORS.index(package) if package in FLOORS else -1


def upstairs(root: Path) -> list[str]:
    """List the imports that go upstairs."""
    return [
        f"{each.module}:{each.line} imports {each.target} from upstairs"
        for each in imports(root)
        if 0 <= floor_of(each.target) < floor_of(each.module)
    ]


def django_in_the_cellar(root: Path) -> list[str]:
    """List the imports of Django, and of what is made for it, in zhtext."""
    return [
        f"{each.module}:{each.line} imports {each.target}"
        for each in imports(root)
        if each.module.split(".")[0] == "zhtext" and each.target.split(".")[0].startswith("django")
    ]


def hidden(root: Path) -> list[str]:
    """List the import statements inside functions, where cycles hide."""
    return [
        f"{module}:{node.lineno} imports inside a function"
        for module, tree in modules(root).items()
        for node, inside in walk(tree)
        if inside and isinstance(node, ast.Import | ast.ImportFrom)
    ]


def cycles(root: Path) -> list[str]:
    """Tell one cycle of modules that import each other, if there is one, also inside functions."""
    known = modules(root)
    graph: dict[str, set[str]] = {name: set() for name in known}
    for each in imports(root):
        if each.target in known:
            graph[each.module].add(each.target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [" < ".join(error.args[1])]
    return []


def silent(root: Path) -> list[str]:
    """List the modules that do not say what they are; empty ones and Django's migrations have nothing to say."""
    return [
        f"{module} has no docstring"
        for module, tree in modules(root).items()
        if tree.body and ".migrations." not in module and not ast.get_docstring(tree)
    ]


Rule = Callable[[Path], list[str]]
RULES: tuple[Rule, ...] = (upstairs, django_in_the_cellar, hidden, cycles, silent)


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    assert rule(ROOT) == []


def test_all_of_the_house_is_looked_at() -> None:
    some = {"config.settings", "reader.models", "glossary.formats", "glossary.formats.csv", "zhtext.spans"}
    assert some <= modules(ROOT).keys()
    found = {(each.module, each.target) for each in imports(ROOT)}
    assert {("reader.apps", "reader.documents"), ("zhtext.fold", "zhtext.script")} <= found


def build(root: Path, files: dict[str, str]) -> Path:
    """Write a small house; every file opens with a docstring unless it brings one."""
    for floor in FLOORS:
        (root / floor).mkdir()
        (root / floor / "__init__.py").touch()
    for name, source in files.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(source if source.startswith('"""') else f'"""Do."""\n{source}', "utf8")
    return root


@pytest.mark.parametrize("rule", RULES)
def test_a_sound_house_is_not_blamed(tmp_path: Path, rule: Rule) -> None:
    files = {
        "zhtext/spans.py": "import re",
        "zhtext/fold.py": "from zhtext import spans\nfrom .spans import Span",
        "glossary/models.py": "from django.db import models\nimport zhtext.fold",
        "glossary/formats/__init__.py": "from glossary.formats import csv",
        "glossary/formats/csv.py": "from . import rows\nfrom glossary.formats.rows import Row",
        "glossary/formats/rows.py": "",
        "reader/views.py": "from glossary.models import Term\nfrom zhtext import fold",
        "reader/migrations/0001_initial.py": '"""."""\nfrom django.db import migrations',
        "config/urls.py": "from reader import views\nimport glossary.models, zhtext",
    }
    assert rule(build(tmp_path, files)) == []


@pytest.mark.parametrize(
    ("rule", "files", "complaint"),
    [
        # An import that goes upstairs, however it is written and wherever it stands.
        (upstairs, {"zhtext/a.py": "import glossary"}, "zhtext.a:2 imports glossary from upstairs"),
        (upstairs, {"zhtext/a.py": "import re, reader.x"}, "zhtext.a:2 imports reader.x from upstairs"),
        (upstairs, {"glossary/a.py": "from reader import x"}, "glossary.a:2 imports reader from upstairs"),
        (upstairs, {"reader/a.py": "from config.x import y"}, "reader.a:2 imports config.x from upstairs"),
        (upstairs, {"glossary/a.py": "def f():\n  import reader"}, "glossary.a:3 imports reader from upstairs"),
        (upstairs, {"glossary/b/c.py": "class A:\n  import reader"}, "glossary.b.c:3 imports reader from upstairs"),
        (upstairs, {"zhtext/a.py": "import_module('reader.x')"}, "zhtext.a:2 imports reader.x from upstairs"),
        # Django in the cellar, and what is made for it.
        (django_in_the_cellar, {"zhtext/a.py": "from django.db import models"}, "zhtext.a:2 imports django.db"),
        (django_in_the_cellar, {"zhtext/a.py": "def f():\n  import django"}, "zhtext.a:3 imports django"),
        (django_in_the_cellar, {"zhtext/a.py": "import django_stubs_ext"}, "zhtext.a:2 imports django_stubs_ext"),
        # An import inside a function.
        (hidden, {"zhtext/a.py": "def f():\n  if 1:\n    import re"}, "zhtext.a:4 imports inside a function"),
        (hidden, {"config/a.py": "class A:\n  async def f(self):\n    from re import I"}, "config.a:4 imports inside"),
        # Two modules that import each other, three in a ring, one from inside a function, a package and its part.
        (cycles, {"zhtext/a.py": "import zhtext.b", "zhtext/b.py": "from zhtext.a import x"}, "zhtext.a < zhtext.b"),
        (
            cycles,
            {"reader/a.py": "from . import b", "reader/b.py": "from .c import x", "reader/c.py": "import reader.a"},
            "reader.a",
        ),
        (cycles, {"glossary/a.py": "def f():\n  from . import b", "glossary/b.py": "from . import a"}, "glossary.a"),
        (
            cycles,
            {"glossary/f/__init__.py": "from glossary.f import a", "glossary/f/a.py": "from glossary.f import NAMES"},
            "glossary.f.a",
        ),
        (cycles, {"zhtext/a.py": "import zhtext.a"}, "zhtext.a < zhtext.a"),
        # A module that does not say what it is.
        (silent, {"reader/a.py": '""""""\nx = 1'}, "reader.a has no docstring"),
        (silent, {"reader/b/__init__.py": '""""""'}, "reader.b has no docstring"),
    ],
)
def test_a_house_that_breaks_a_rule_is_blamed(
    tmp_path: Path, rule: Rule, files: dict[str, str], complaint: str
) -> None:
    [found] = rule(build(tmp_path, files))
    assert complaint in found
