"""Who may ask for a view: every view says so, and a test walks the addresses to see that none forgets."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

ViewFunction = TypeVar("ViewFunction", bound=Callable[..., HttpResponseBase])


def _named(view: Callable[..., HttpResponseBase], policy: str) -> Any:
    view.__dict__["policy"] = policy
    return view


def public(view: ViewFunction) -> ViewFunction:
    """Let everybody ask; the view shows nothing personal, or only what belongs to whoever asks."""
    return cast(ViewFunction, _named(view, "public"))


def signed_in(view: ViewFunction) -> ViewFunction:
    """Let signed-in readers ask; others are sent to sign in, their scripts told so by 401. No cache keeps answers."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated and "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"error": _("You are signed out. Sign in, then try again.")}, status=401)
        return login_required(view)(request, *args, **kwargs)

    return cast(ViewFunction, _named(never_cache(checked), "signed-in"))


def asks_to_sign_in(view: ViewFunction) -> ViewFunction:
    """Let signed-in readers ask; the view itself sends others to sign in, for it keeps what they typed."""
    return cast(ViewFunction, _named(never_cache(view), "signed-in"))


def token(view: ViewFunction) -> ViewFunction:
    """Let programs ask that bring a reader's token, which the view itself looks at; others get 401.

    A browser's cookie counts for nothing there, so that no other site can use it.
    """
    return cast(ViewFunction, _named(csrf_exempt(never_cache(view)), "token"))


def user_of(request: HttpRequest) -> AbstractBaseUser | None:
    """Give who asks, where somebody is signed in."""
    return request.user if isinstance(request.user, AbstractBaseUser) else None


def editor(*permissions: str) -> Callable[[ViewFunction], ViewFunction]:
    """Let editors with all of some permissions ask; signed-in others get 403, guests are sent to sign in."""

    def decorate(view: ViewFunction) -> ViewFunction:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perms(permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast(ViewFunction, _named(never_cache(login_required(checked)), "editor"))

    return decorate
