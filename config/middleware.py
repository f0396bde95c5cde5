"""Headers that every answer carries, and the page shown while the database is away."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)
View = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def protective_headers(get_response: View) -> View:
    """Keep other sites from embedding what is served here, and the page from asking for devices."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def offline_database(get_response: View) -> View:
    """Answer 503 with a page in human words while the database cannot be reached."""
    return _OfflineDatabase(get_response)


class _OfflineDatabase:
    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("The database cannot be used: %s", exception)
        response = render(request, "503.html", status=503, using="django")
        response["Retry-After"] = "10"
        return response
