"""The reading room as a Django application."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from glossary import corpus


class ReaderConfig(AppConfig):
    """Documents, pages, notes, accounts."""

    name = "reader"
    verbose_name = _("Reading room")

    def ready(self) -> None:
        """Let the glossary look for its terms in the public documents."""
        # Models can be imported only once all applications are loaded.
        documents = import_module("reader.documents")
        corpus.register(documents.public_texts, documents.public_version, documents.noted)
