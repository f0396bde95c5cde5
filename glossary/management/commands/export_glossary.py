"""Write the glossary out: ``manage.py export_glossary [--format csv] [FILE]``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from glossary.formats import FORMATS
from glossary.transfer import export_rows


class Command(BaseCommand):
    """Export concepts and terms."""

    help = "Write the whole glossary to a file, or to the standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--format", choices=sorted(FORMATS), default="csv")

    def handle(self, *args: Any, **options: Any) -> None:
        content = FORMATS[options["format"]].write(export_rows())
        path = options["file"]
        if path is None:
            self.stdout.write(content, ending="")
            return
        try:
            path.write_text(content, encoding="utf8")
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {content.count(chr(10)) - 1} lines to {path}.")
