"""Load what ships with the service: ``manage.py load_seeds``."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from glossary.formats.rows import BadFileError
from glossary.models import Concept
from reader import seeds
from reader.models import Document


class Command(BaseCommand):
    """Load the seeds into a migrated database; a second time changes nothing."""

    help = "Load the glossary and the texts that ship with the service into a migrated database."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            seeds.load(settings.SEEDS_DIR, progress=lambda step: self.stdout.write(f"Loading {step} …"))
        except (BadFileError, ValueError, OSError) as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        self.stdout.write(f"{Concept.objects.count()} concepts and {Document.objects.count()} documents are there.")
