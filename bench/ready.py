"""Set Django up for what is measured; imported before anything of ours that needs it."""

import os
from collections.abc import Sequence
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()


def read_texts(names: Sequence[str]) -> str:
    """Read files into one page of text."""
    return "\n".join(Path(name).read_text(encoding="utf8") for name in names)
