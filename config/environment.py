"""Typed readers of environment variables that refuse a bad value loudly and by name."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset(("1", "true", "yes", "on"))
FALSE = frozenset(("0", "false", "no", "off"))


def boolean(name: str, default: bool) -> bool:
    """Read a yes or no. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip().lower()
    if value and value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name}={value} is neither yes nor no: write 1 or 0.")
    return value in TRUE if value else default


def words(name: str, default: list[str]) -> list[str]:
    """Read a list of words separated by commas."""
    value = os.environ.get(name, "")
    return [word.strip() for word in value.split(",") if word.strip()] or default


def directory(name: str, default: Path) -> Path:
    """Read a folder and make it if it is not there. Raises ImproperlyConfigured where it cannot be made."""
    path = Path(os.environ.get(name) or default)
    try:
        # Private notes lie here: nobody else on the machine may look.
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}={path} cannot be made a folder: {error}.") from error
    return path


def database(name: str, default: str) -> dict[str, Any]:
    """Read a database address: sqlite:///file or postgres://…. Raises ImproperlyConfigured for another kind."""
    address = os.environ.get(name) or default
    if not address.startswith(("sqlite://", "postgres://", "postgresql://")):
        raise ImproperlyConfigured(f"{name} must begin with sqlite:/// or postgres://.")
    settings: dict[str, Any] = environ.Env.db_url_config(address)
    if address.startswith("sqlite"):
        # Deferred transactions that read and then write fail with "database is locked"; IMMEDIATE ones wait their turn.
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    # A database that was started anew since is found out before it is asked.
    return settings | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": not address.startswith("sqlite")}


def email(name: str, default: str) -> dict[str, Any]:
    """Read a mail server's address, such as smtp://user:password@host:25."""
    settings: dict[str, Any] = environ.Env.email_url_config(os.environ.get(name) or default)
    return settings


def secret(name: str, keeper: Path) -> str:
    """Read a secret; without one, keep a random one in a file that only its owner can read."""
    value = os.environ.get(name)
    if value:
        return value
    if not keeper.exists():
        # Written aside and then put in place at once: no other process ever reads half a secret.
        draft = keeper.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64), encoding="utf8")
        with contextlib.suppress(FileExistsError):
            os.link(draft, keeper)
        draft.unlink()
    return keeper.read_text(encoding="utf8").strip()
