"""Bring a glossary file in: ``manage.py import_glossary FILE [--format csv] [--dry-run]``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from glossary.formats import FORMATS
from glossary.formats.rows import BadFileError
from glossary.transfer import import_rows


class Command(BaseCommand):
    """Import concepts and terms, all or nothing."""

    help = "Bring concepts and terms of a file into the glossary; all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=sorted(FORMATS), default="csv")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        try:
            report = import_rows(FORMATS[options["format"]].read(path.read_bytes()), dry_run=options["dry_run"])
        except BadFileError as error:
            raise CommandError(f"{path}: nothing was changed.\n" + "\n".join(error.problems)) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        self.stdout.write(f"{path}: {report}{', nothing was written (dry run)' if options['dry_run'] else ''}.")
