"""Settings for tests: those of the service, but with a fast password hasher and static files as they lie."""

import tempfile
from pathlib import Path

from config.settings import *  # noqa: F403  # Django's way to extend settings
from config.settings import STORAGES

CACHE_DIR = Path(tempfile.gettempdir()) / "zhujie-tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Look for static files when they are asked for; there may be none, and reading them all takes time.
WHITENOISE_AUTOREFRESH = True
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
