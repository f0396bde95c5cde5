"""Bring texts in: ``manage.py import_texts PATH… [--format auto|txt|markdown]``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from reader.anchoring import Effect
from reader.formats import FORMATS, format_of
from reader.ingest import Added, add_document


class Command(BaseCommand):
    """Import texts as public documents, all or nothing."""

    help = "Bring texts in as documents everybody may read; all or nothing. A text that is there already stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--format", choices=["auto", *FORMATS], default="auto")
        parser.add_argument("--address", default="", help="where the service runs, to print whole addresses")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            added = [self._add(path, options["format"]) for path in options["paths"]]
        for item in added:
            dropped = item.document.revisions.get(number=item.document.revision).dropped
            left_out = sum(part["last"] - part["first"] + 1 for part in dropped)
            note = f"; {left_out} lines set aside as boilerplate" if left_out else ""
            url = options["address"] + item.document.get_absolute_url()
            self.stdout.write(f"{item.outcome}: {url} {item.document.title}{note}{_told(item.effect)}")

    def _add(self, path: Path, name: str) -> Added:
        try:
            content = path.read_bytes()
            known = format_of(path.name) if name == "auto" else FORMATS[name]
            return add_document(known.read(content, path.name))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}. Nothing was changed.") from error
        except ValueError as error:
            raise CommandError(f"{path}: {error} Nothing was changed.") from error


def _told(effect: Effect) -> str:
    """Say what became of the notes on a changed text; nothing where there are none."""
    counts = {
        "stayed": effect.unmoved,
        "moved": effect.moved,
        "stand on changed words": effect.reworded,
        "lost their place": effect.lost,
        "came back": effect.back,
        "are still without a place": effect.absent,
    }
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return f"; of {effect.total} notes {said}" if said else ""
