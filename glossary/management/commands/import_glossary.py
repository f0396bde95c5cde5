"""Bring a glossary file in: ``manage.py import_glossary FILE [--format csv] [--dry-run]``."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from glossary.formats import FORMATS, READERS
from glossary.formats.rows import BadFileError
from glossary.transfer import import_rows


def readable(name: str) -> str:
    """Give the name of a format back. Raises ArgumentTypeError, in words, where files of it cannot be read."""
    if name in FORMATS and name not in READERS:
        others = ", ".join(sorted(READERS))
        raise ArgumentTypeError(f"{FORMATS[name].label} files are only written, not read; bring in one of {others}.")
    return name


class Command(BaseCommand):
    """Import concepts and terms, all or nothing."""

    help = "Bring concepts and terms of a file into the glossary; all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", type=readable, choices=sorted(READERS), default="csv")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        try:
            report = import_rows(READERS[options["format"]](path.read_bytes()), dry_run=options["dry_run"])
        except BadFileError as error:
            raise CommandError(f"{path}: nothing was changed.\n" + "\n".join(error.problems)) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        self.stdout.write(f"{path}: {report}{', nothing was written (dry run)' if options['dry_run'] else ''}.")
