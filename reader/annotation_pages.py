"""The container of a reader's annotations, and its pages: as addresses only, or with all that the annotations say."""

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from reader import annotations, protocol
from reader.answers import number_in
from reader.models import NoteQuerySet, User
from reader.note_formats.jsonld import CONTEXT
from reader.protocol import MEDIA_TYPE, RefusedError

PAGE_SIZE = 100
LDP_CONTEXT = "http://www.w3.org/ns/ldp.jsonld"


def container(request: HttpRequest, user: User, site: str) -> HttpResponse:
    """Describe the container; what is in it stands on pages, and which pages that are tells their address.

    The first page comes along where a client says what it wants of it.
    """
    wanted = protocol.preferred(request)
    iris = "1" if "ContainedIRIs" in wanted or (not wanted and request.GET.get("iris") == "1") else "0"
    kind = {} if wanted == {"MinimalContainer"} else {"iris": iris}
    chosen = _chosen(request, user)
    described = {"@context": [CONTEXT, LDP_CONTEXT], **_description(request, chosen, site, kind)}
    described["type"] = ["BasicContainer", "AnnotationCollection"]
    if wanted and "MinimalContainer" not in wanted and described["total"]:
        described["first"] = _page(request, chosen, described, site, number=0, iris=iris)
    response = _json(described)
    response["Content-Location"] = described["id"]
    if wanted:
        response["Preference-Applied"] = "return=representation"
    return response


def page(request: HttpRequest, user: User, site: str) -> HttpResponse:
    """Give one page of the container. Raises RefusedError where there is no such page."""
    iris = "1" if request.GET.get("iris") == "1" else "0"
    chosen = _chosen(request, user)
    collection = _description(request, chosen, site, {"iris": iris})
    asked, last = request.GET["page"], _last(collection["total"])
    number = number_in(asked)
    if number is None or number > last:
        raise RefusedError(404, _("There is no such page; the last one is %(last)d.") % {"last": last})
    told = _page(request, chosen, collection, site, number=number, iris=iris)
    response = _json({"@context": CONTEXT, **told, "partOf": collection})
    response["Allow"] = "GET, HEAD, OPTIONS"
    return response


def _page(
    request: HttpRequest, chosen: NoteQuerySet, collection: dict[str, Any], site: str, *, number: int, iris: str
) -> dict[str, Any]:
    """Give a page with its neighbours; by itself, it says besides what it is part of."""
    neighbours = {"prev": number - 1} if number else {}
    neighbours |= {"next": number + 1} if number < _last(collection["total"]) else {}
    links = {name: _address(request, site, {"iris": iris, "page": str(to)}) for name, to in neighbours.items()}
    own = {"id": _address(request, site, {"iris": iris, "page": str(number)}), "type": "AnnotationPage"}
    items = _items(chosen, number, site, iris=iris == "1")
    return {**own, "partOf": collection["id"], **links, "startIndex": number * PAGE_SIZE, "items": items}


def _chosen(request: HttpRequest, user: User) -> NoteQuerySet:
    target = request.GET.get("target")
    return annotations.on_target(user, target) if target else annotations.own(user)


def _description(request: HttpRequest, chosen: NoteQuerySet, site: str, kind: dict[str, str]) -> dict[str, Any]:
    total = chosen.count()
    # A page has at least one annotation: of none there is no page.
    ends = {"first": 0, "last": _last(total)} if total else {}
    pages = {"iris": "0"} | kind
    return {
        "id": _address(request, site, kind),
        "type": "AnnotationCollection",
        "label": _("Notes in Zhujie"),
        "total": total,
        **{name: _address(request, site, pages | {"page": str(number)}) for name, number in ends.items()},
    }


def _last(total: int) -> int:
    return max(0, total - 1) // PAGE_SIZE


def _address(request: HttpRequest, site: str, query: dict[str, str]) -> str:
    target = request.GET.get("target")
    query = ({"target": target} if target else {}) | query
    return site + reverse("reader:annotations") + (f"?{urlencode(query)}" if query else "")


def _items(chosen: NoteQuerySet, number: int, site: str, *, iris: bool) -> list[Any]:
    on_page = chosen[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
    if iris:
        return [annotations.address(uuid, site) for uuid in on_page.values_list("uuid", flat=True)]
    return annotations.told(on_page, site)


def _json(data: dict[str, Any]) -> HttpResponse:
    return HttpResponse(json.dumps(data, ensure_ascii=False), content_type=MEDIA_TYPE)
