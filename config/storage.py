"""Static files under names that hold their fingerprint, also where one module imports another; our own without fat."""

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile, File
from rcssmin import cssmin
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN = ("reader/", "glossary/")
SMALLER: dict[str, Callable[[str], str]] = {".js": jsmin, ".css": cssmin}
# A style sheet imported from the same folder, and the fingerprint that its name may have got already.
IMPORT = re.compile(r"""@import (?:url\()?["']([\w.-]+\.css)["']\)?;""")
FINGERPRINT = re.compile(r"\.[0-9a-f]{12}(?=\.)")


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no type hints
    """Rewrites the imports of ES modules, too, so that every file can be kept by browsers for ever.

    Our own scripts and styles lose their comments and spaces on the way, a quarter of what is sent.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: File[Any]) -> str:
        make_smaller = SMALLER.get(PurePosixPath(name).suffix)
        if make_smaller and name.startswith(OWN):
            content.seek(0)
            folder = PurePosixPath(name).parent
            whole = IMPORT.sub(lambda found: _imported(folder, found[1]), content.read().decode())
            content = ContentFile(make_smaller(whole).encode())
        saved: str = super()._save(name, content)
        return saved


def _imported(folder: PurePosixPath, name: str) -> str:
    """Give the styles that a style sheet imports from its own folder, so that browsers ask once."""
    path = finders.find(str(folder / FINGERPRINT.sub("", name)))
    if not path:
        raise ValueError(f"There are no styles {name} in {folder}.")
    return Path(path).read_text(encoding="utf8")
