"""Make the first editor's account: ``manage.py make_editor [NAME]``."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from reader.models import User

PASSWORD_BYTES = 12


class Command(BaseCommand):
    """Make an account that may do everything in the admin, with a random password that is printed once."""

    help = "Make an editor's account with a random password, printed once; an account that is there is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default="editor")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        if User.objects.filter(username=name).exists():
            self.stdout.write(f"The account {name} is there already.")
            return
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        User.objects.create_superuser(name, password=password)
        self.stdout.write(f"Editor's account: {name}, password: {password} (shown only now)")
