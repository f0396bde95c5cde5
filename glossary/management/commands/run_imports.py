"""Do what waits of the imports: ``manage.py run_imports``."""

from typing import Any

from django.core.management.base import BaseCommand

from glossary import imports


class Command(BaseCommand):
    """Check files, bring them in and take them back, as editors asked for in the browser."""

    help = "Do what waits of the imports that editors asked for, and what a server that ended left undone."

    def handle(self, *args: Any, **options: Any) -> None:
        jobs = imports.run_waiting()
        for job in jobs:
            self.stdout.write(f"{job.name}: {job.state.label}.")
        if not jobs:
            self.stdout.write("Nothing waits.")
