"""The glossary as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GlossaryConfig(AppConfig):
    """Concepts, terms and the dictionary."""

    name = "glossary"
    verbose_name = _("Glossary")
