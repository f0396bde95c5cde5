"""Make a fresh clone ready to serve: ``manage.py prepare``; a second time it changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from glossary import cedict, groups
from glossary.models import Concept, DictionaryLoad
from reader.models import User


class Command(BaseCommand):
    """Migrate, load the dictionary and the seeds, make an editor, collect static files: each only where it is due."""

    help = "Make the service ready: database, groups, dictionary, seeds, editor's account, static files."

    def handle(self, *args: Any, **options: Any) -> None:
        self._migrate()
        groups.prepare()
        if not DictionaryLoad.objects.exists() and cedict.installed_file():
            self.stdout.write("Loading the dictionary …")
            call_command("import_cedict", stdout=self.stdout)
        if not Concept.objects.exists():
            call_command("load_seeds", stdout=self.stdout)
        if not User.objects.filter(is_superuser=True).exists():
            call_command("make_editor", stdout=self.stdout)
        if not settings.DEBUG:
            self.stdout.write("Collecting static files …")
            call_command("collectstatic", interactive=False, verbosity=0)

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Migrating the database …")
            call_command("migrate", verbosity=0)
