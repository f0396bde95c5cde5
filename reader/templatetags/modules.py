"""Name all modules that a page's script imports, so that browsers fetch them side by side, not one after another."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()
IMPORT = re.compile(r"""^(?:import|export)\b[^;]*?["']\./([\w.-]+)["']""", re.MULTILINE)


@register.simple_tag
def module_preloads(entry: str) -> SafeString:
    """Write a preload for each module that an entry module imports, near or far."""
    return format_html_join(
        "\n", '<link rel="modulepreload" fetchpriority="low" href="{}">', ((static(name),) for name in _imports(entry))
    )


@cache
def _imports(entry: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    waiting = [entry]
    while waiting:
        for name in _direct(waiting.pop(0)):
            if name not in found and name != entry:
                found[name] = None
                waiting.append(name)
    return tuple(found)


def _direct(module: str) -> Iterator[str]:
    path = finders.find(module)
    if path:
        for name in IMPORT.findall(Path(path).read_text(encoding="utf8")):
            yield str(PurePosixPath(module).parent / name)
