"""Write the glossary out: ``manage.py export_glossary [--format csv] [FILE]``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from glossary import edition
from glossary.formats import FORMATS
from glossary.formats.rows import Origin
from glossary.transfer import export_rows


class Command(BaseCommand):
    """Export concepts and terms."""

    help = "Write the whole glossary to a file, or to the standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--format", choices=sorted(FORMATS), default="csv")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = FORMATS[options["format"]]
        path = options["file"]
        if path is None and not chosen.is_text:
            raise CommandError(f"{chosen.label} is no text that could be printed: name a file, such as {chosen.file}.")
        rows = list(export_rows())
        content = chosen.write(rows, Origin(edition.current()))
        if path is None:
            self.stdout.write(content.decode(), ending="")
            return
        try:
            path.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {len(rows)} concepts to {path}.")
