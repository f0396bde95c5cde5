"""Write a reader's notes out: ``manage.py export_notes --user NAME [--format jsonld] [FILE]``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reader.models import Note, User
from reader.note_export import export
from reader.note_formats import FORMATS


def reader_named(name: str) -> User:
    """Find a reader. Raises CommandError where there is none of this name."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"There is no reader named {name}.")
    return user


class Command(BaseCommand):
    """Export a reader's own notes."""

    help = "Write all notes of a reader to a file, or to the standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--user", required=True, help="whose notes")
        parser.add_argument("--format", choices=sorted(FORMATS), default="jsonld")
        parser.add_argument("--document", default="", help="the address of one text (its slug): only notes on it")
        parser.add_argument("--address", default="http://127.0.0.1:8000", help="where the service runs, for links")

    def handle(self, *args: Any, **options: Any) -> None:
        user = reader_named(options["user"])
        notes = Note.objects.own(user)
        if options["document"]:
            notes = notes.filter(document__slug=options["document"])
        content = export(user, notes, options["format"], site=options["address"].rstrip("/"))
        if options["file"] is None:
            self.stdout.write(content.decode(), ending="")
            return
        try:
            options["file"].write_bytes(content)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {notes.count()} notes to {options['file']}.")
