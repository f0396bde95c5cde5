"""Static files under names that hold their fingerprint, also inside other files; our own without fat, and joined."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile, File
from django.core.files.storage import InMemoryStorage, Storage
from rcssmin import cssmin
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.joined import join

Paths = dict[str, tuple[Storage, str]]
Processed = tuple[str, str | None, bool | Exception]

OWN = ("reader/", "glossary/")
# The modules that pages begin with, and that are served as one file with all that they import.
JOINED = {"reader/reader.js"}
SMALLER: dict[str, Callable[[str], str]] = {".js": jsmin, ".css": cssmin}
# A style sheet imported from the same folder, and the fingerprint that its name may have got already.
IMPORT = re.compile(r"""@import (?:url\()?["']([\w.-]+\.css)["']\)?;""")
FINGERPRINT = re.compile(r"\.[0-9a-f]{12}(?=\.)")


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no type hints
    """Rewrites the imports of ES modules, too, so that every file can be kept by browsers for ever.

    Our own scripts and styles lose their comments and spaces on the way, a quarter of what is sent.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Processed]:
        """Give every file its fingerprint; those that are joined are processed whole."""
        memory = InMemoryStorage()
        for name in JOINED & paths.keys():
            entry = PurePosixPath(name)
            memory.save(name, ContentFile(join(entry.stem, partial(_module, entry.parent)).encode()))
            paths[name] = (memory, name)
        yield from super().post_process(paths, dry_run, **options)

    def _save(self, name: str, content: File[Any]) -> str:
        make_smaller = SMALLER.get(PurePosixPath(name).suffix)
        if make_smaller and name.startswith(OWN):
            content.seek(0)
            folder = PurePosixPath(name).parent
            whole = IMPORT.sub(lambda found: _source(folder / FINGERPRINT.sub("", found[1])), content.read().decode())
            content = ContentFile(make_smaller(whole).encode())
        saved: str = super()._save(name, content)
        return saved


def _module(folder: PurePosixPath, name: str) -> str:
    return _source(folder / f"{name}.js")


def _source(path: PurePosixPath) -> str:
    """Give the source of a style sheet or a module."""
    found = finders.find(str(path))
    if not found:
        raise ValueError(f"There is no {path}.")
    return Path(found).read_text(encoding="utf8")
