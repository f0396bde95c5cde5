"""Which code and static files answer: a page that was kept by a browser must not outlive them."""

import hashlib
from functools import cache
from pathlib import Path

from django.apps import apps
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest

from glossary import corpus, edition


@cache
def release() -> str:
    """Give a word that changes whenever templates or static files do."""
    templates = (path for app in apps.get_app_configs() for path in Path(app.path).glob("templates/**/*.html"))
    facts = [(str(path), path.stat().st_mtime_ns) for path in sorted(templates)]
    manifest = getattr(staticfiles_storage, "manifest_hash", "")
    return hashlib.sha256(repr((manifest, facts)).encode()).hexdigest()[:12]


def state(_request: HttpRequest, *_args: object, **_kwargs: object) -> str:
    """Name the state of everything a glossary page shows, for 304 answers."""
    return f'W/"{release()}-{edition.current()}-{corpus.version()}"'
