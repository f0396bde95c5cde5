"""The formats texts come in: one module each, one line in the registry.

A format has ``SUFFIXES`` and ``read(content: bytes, name: str) -> Incoming``, which raises ValueError in human words.
"""

from pathlib import PurePath
from types import ModuleType

from reader.formats import markdown, txt

FORMATS: dict[str, ModuleType] = {"txt": txt, "markdown": markdown}


def format_of(name: str) -> ModuleType:
    """Choose the format by a file's name; plain text where it says nothing."""
    suffix = PurePath(name).suffix.casefold()
    return next((known for known in FORMATS.values() if suffix in known.SUFFIXES), txt)
