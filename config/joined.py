"""One file of all ES modules that a page begins with: browsers ask once, and what is alike is compressed together.

This knows the few forms in which our modules import and export: ``import { a, b as c } from "./other.js";``, and
``export`` before a function, a class or a constant. Each module keeps a scope of its own.
"""

import re
from collections.abc import Callable

Source = Callable[[str], str]

IMPORT = re.compile(r'^import \{ ?([^{}]*?) ?\} from "\./([\w-]+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
UNKNOWN = re.compile(r"^(?:import|export)\b(?!\()", re.MULTILINE)


def join(entry: str, read: Source) -> str:
    """Write one script out of a module and all that it imports, each before those that need it.

    ``read`` gives the source of a module by its name without ``.js``. Raises ValueError for modules that import each
    other in a circle, and for an import or export of another form.
    """
    parts: dict[str, str] = {}
    _add(entry, read, parts, [])
    last = parts.pop(entry)
    return "\n".join([*(_scoped(name, text) for name, text in parts.items()), EXPORT.sub("", last)])


def _add(name: str, read: Source, parts: dict[str, str], above: list[str]) -> None:
    if name in above:
        raise ValueError(f"Modules import each other in a circle: {' → '.join([*above, name])}.")
    if name in parts:
        return
    text = read(name)
    for found in IMPORT.finditer(text):
        _add(found[2], read, parts, [*above, name])
    own = IMPORT.sub(lambda found: f"const {{ {found[1].replace(' as ', ': ')} }} = {_variable(found[2])};", text)
    unknown = UNKNOWN.search(EXPORT.sub("", own))
    if unknown:
        line = own[unknown.start() :].split("\n")[0]
        raise ValueError(f"{name}.js imports or exports in a form that cannot be joined: {line}")
    parts[name] = own


def _scoped(name: str, text: str) -> str:
    names = ", ".join(EXPORT.findall(text))
    return f"const {_variable(name)} = (() => {{\n{EXPORT.sub('', text)}\nreturn {{ {names} }};\n}})();"


def _variable(name: str) -> str:
    return f"{name.replace('-', '_')}_js"
