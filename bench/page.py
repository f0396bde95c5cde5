"""What a reading page costs the server: warm, not modified, and anew after an edit of the glossary.

python -m bench.page SLUG  (in the project's folder, with the database prepared)

Prints CPU milliseconds of one request through the whole stack, beside a view that answers with the same bytes from
memory behind the same middleware; the queries asked; and what an edit costs the next reader, page and layer apart.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import path

import bench.ready  # noqa: F401  # sets Django up
from config.urls import urlpatterns as service
from glossary import edition
from reader import render
from reader.models import Document

ROUNDS, REQUESTS = 7, 100
_bytes: dict[str, HttpResponse] = {}


def constant(_request: HttpRequest) -> HttpResponse:
    """Answer with bytes that lie ready."""
    kept = _bytes["page"]
    response = HttpResponse(kept.content, content_type=kept["Content-Type"])
    for name in ("Content-Encoding", "ETag", "Cache-Control", "Vary"):
        response[name] = kept[name]
    return response


urlpatterns = [*service, path("constant/", constant)]


def main() -> None:
    """Measure one document."""
    settings.ROOT_URLCONF = __name__
    settings.ALLOWED_HOSTS = ["testserver"]
    document = Document.objects.get(slug=sys.argv[1])
    ask = make_asker()
    page, layer = document.get_absolute_url(), f"{document.get_absolute_url()}layer.json"
    _bytes["page"] = ask(page)
    etag = _bytes["page"]["ETag"]
    print(f"page {len(ask(page).content):,} bytes brotli, layer {len(ask(layer).content):,}")
    views: dict[str, Callable[[], HttpResponse]] = {
        "constant view": lambda: ask("/constant/"),
        "page": lambda: ask(page),
        "not modified": lambda: ask(page, HTTP_IF_NONE_MATCH=etag),
        "layer": lambda: ask(layer),
    }
    times: dict[str, list[float]] = {name: [] for name in views}
    for _round in range(ROUNDS):
        for name, view in views.items():
            times[name].append(_milliseconds(view))
    floor = min(times["constant view"])
    for name, found in times.items():
        with CaptureQueriesContext(connection) as queries:
            status = views[name]().status_code
        print(f"{name:<14} {status} {min(found):.3f} ms ({min(found) / floor:.2f}), {len(queries)} queries")
    _after_an_edit(ask, page, layer)


def make_asker() -> Callable[..., HttpResponse]:
    """Give a way to ask the whole stack for an address, as a browser does that takes brotli and runs scripts."""
    handler: Any = WSGIHandler()
    requests: Any = RequestFactory()

    def ask(address: str, **headers: str) -> HttpResponse:
        request = requests.get(address, HTTP_ACCEPT_ENCODING="br", HTTP_COOKIE="view=js%3D1", **headers)
        answer: HttpResponse = handler(request.environ, lambda _status, _headers: None)
        return answer

    return ask


def _milliseconds(view: Callable[[], object]) -> float:
    start = time.process_time()
    for _request in range(REQUESTS):
        view()
    return (time.process_time() - start) * 1000 / REQUESTS


def _after_an_edit(ask: Callable[..., HttpResponse], page: str, layer: str) -> None:
    """Raise the glossary's revision, and ask for page and layer again."""
    for _round in range(5):
        edition.advance()
        misses = render.write.cache_info().misses
        start = time.process_time()
        ask(page)
        between = time.process_time()
        ask(layer)
        end = time.process_time()
        written = render.write.cache_info().misses - misses
        print(
            f"after an edit: page {(between - start) * 1000:.0f} ms, layer {(end - between) * 1000:.0f} ms, "
            f"{written} blocks written"
        )


if __name__ == "__main__":
    main()
