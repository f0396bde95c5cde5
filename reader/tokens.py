"""Tokens: made for a program, shown once, known again by their digest, taken back when wanted."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from reader.models import AccessToken, User

# Tells whoever finds one what it is.
PREFIX = "zhujie_"
MOST = 20
# That a token is used is written down so often.
TOUCH = timedelta(minutes=1)


class TooManyTokensError(ValueError):
    """A token too many, in words."""


def create(user: User, name: str, *, read_only: bool = False) -> tuple[AccessToken, str]:
    """Make a token; its secret is given here, and never again. Raises TooManyTokensError."""
    if user.access_tokens.count() >= MOST:
        raise TooManyTokensError(_("You can have %(most)d tokens. Revoke one first.") % {"most": MOST})
    secret = PREFIX + secrets.token_urlsafe(32)
    return user.access_tokens.create(name=name, digest=_digest(secret), read_only=read_only), secret


def find(secret: str) -> AccessToken | None:
    """Find the token of a secret, if its reader may still sign in; notes, once a minute, that it is used."""
    digest = _digest(secret)
    token = AccessToken.objects.select_related("user").filter(digest=digest, user__is_active=True).first()
    if token is None or not secrets.compare_digest(token.digest, digest):
        return None
    now = timezone.now()
    if token.used is None or token.used < now - TOUCH:
        AccessToken.objects.filter(pk=token.pk).update(used=now)
    return token


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf8", "surrogateescape")).hexdigest()
