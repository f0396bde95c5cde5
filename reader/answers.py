"""What views share when they answer: to a script with JSON, to a plain form with a page."""

from django.core.validators import slug_re
from django.forms import Form
from django.http import HttpRequest

from reader.models import User


class SignedInRequest(HttpRequest):
    """A request by a reader who is signed in, as the policy of the view sees to."""

    user: User


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asks, which takes JSON."""
    return "application/json" in request.headers.get("Accept", "")


def first_error(form: Form) -> str:
    """Give the first thing that is wrong with a form, or nothing."""
    return next((str(message) for errors in form.errors.values() for message in errors), "")


def shared_token(request: HttpRequest) -> str:
    """Give the secret of the link by which a visitor came, as the address or a form says it; nothing without one."""
    said = request.POST.get("shared") or request.GET.get("shared", "")
    return said if slug_re.fullmatch(said) else ""


def site_of(request: HttpRequest) -> str:
    """Give the address under which the service is asked, without a slash behind it."""
    return request.build_absolute_uri("/").rstrip("/")
