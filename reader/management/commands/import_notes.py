"""Bring a reader's notes in: ``manage.py import_notes FILE --user NAME [--document SLUG] [--dry-run]``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reader.management.commands.export_notes import reader_named
from reader.models import Document, User
from reader.note_formats.reading import read
from reader.note_formats.rows import BadFileError
from reader.note_import import bring_in


class Command(BaseCommand):
    """Import notes as private ones of a reader, all or nothing."""

    help = "Bring in notes from our own JSON-LD, or from what Hypothesis exports; all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--user", required=True, help="whose notes")
        parser.add_argument("--document", default="", help="the address (slug) of the text that is meant by the others")
        parser.add_argument("--leave-out", action="store_true", help="leave out notes on texts that are not here")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path, user = options["file"], reader_named(options["user"])
        document = _document_at(options["document"], user) if options["document"] else None
        how = {name: options[name] for name in ("leave_out", "dry_run")}
        try:
            report = bring_in(user, read(path.read_bytes()), document=document, **how)
        except BadFileError as error:
            raise CommandError(f"{path}: nothing was changed.\n" + "\n".join(error.problems)) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        self.stdout.write(f"{path}: {report}{'; nothing was written (dry run)' if options['dry_run'] else ''}.")


def _document_at(slug: str, user: User) -> Document:
    document = Document.objects.visible_to(user).filter(slug=slug).first()
    if document is None:
        raise CommandError(f"{user} can read no text at /documents/{slug}/.")
    return document
