"""What the W3C Web Annotation Protocol says of HTTP: headers, preferences, conditions, statuses.

https://www.w3.org/TR/annotation-protocol/
"""

import hashlib
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from reader.note_formats import said
from reader.note_formats.jsonld import CONTEXT

MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
TYPES = (MEDIA_TYPE, "application/ld+json", "application/json")
LDP = "http://www.w3.org/ns/ldp"
CONTAINER = (
    f'<{LDP}#BasicContainer>; rel="type", <http://www.w3.org/TR/annotation-protocol/>; rel="{LDP}#constrainedBy"'
)
ANNOTATION = f'<{LDP}#Resource>; rel="type", <http://www.w3.org/ns/oa#Annotation>; rel="type"'
PREFERENCE = re.compile(r'return=representation\s*;\s*include="([^"]*)"')
# Pages of any site may ask, and read these headers of the answer.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Post, Allow, Content-Location, ETag, Link, Location, Preference-Applied",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-Match, If-None-Match, Prefer, Slug",
    "Access-Control-Max-Age": "86400",
}


class RefusedError(ValueError):
    """A request that is refused: with which status, and why, in words."""

    def __init__(self, status: int, words: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(words)
        self.status, self.headers = status, headers or {}


def finish(response: HttpResponse, *, allow: str, link: str) -> HttpResponse:
    """Give an answer the headers that every answer has."""
    for name, value in CORS.items():
        response[name] = value
    response.headers.setdefault("Allow", allow)
    response.headers.setdefault("Link", link)
    if response.status_code < 400:
        # What an error says is no state of anything that a client could send back as seen.
        response.headers.setdefault("ETag", etag_of(response.content))
    response["Vary"] = "Accept, Prefer"
    if link == CONTAINER:
        response["Accept-Post"] = MEDIA_TYPE
    return response


def preflight(allow: str) -> HttpResponse:
    """Say what may be asked, as browsers do before they ask; this needs no token."""
    return HttpResponse(headers=PREFLIGHT | {"Access-Control-Allow-Methods": allow})


def etag_of(content: bytes) -> str:
    """Give the strong tag of a representation."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Answer that nothing has changed, to whom has the same already."""
    response["ETag"] = etag_of(response.content)
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return answer if isinstance(answer, HttpResponse) else response


def check_accept(request: HttpRequest) -> None:
    """Refuse who takes no JSON-LD."""
    if not any(map(request.accepts, TYPES)):
        raise RefusedError(406, _("Only JSON-LD can be had here: %(type)s.") % {"type": MEDIA_TYPE})


def check_match(request: HttpRequest, content: bytes) -> None:
    """Refuse to change what the client has not seen as it is now."""
    header = request.headers.get("If-Match", "")
    if not header:
        raise RefusedError(428, _("Send the ETag of the annotation as If-Match, so that nothing newer is lost."))
    if header.strip() != "*" and etag_of(content) not in parse_etags(header):
        raise RefusedError(412, _("The annotation has changed since you read it. Read it again."))


def check_type(request: HttpRequest) -> None:
    """Refuse what is not sent as JSON."""
    if request.content_type not in ("application/ld+json", "application/json"):
        raise RefusedError(415, _("Send the annotation as %(type)s.") % {"type": MEDIA_TYPE})


def check_annotation(data: Any) -> None:
    """Refuse what is no annotation in the standard's context; without one, that is taken for granted."""
    contexts = said.strings(data.get("@context")) if isinstance(data, dict) else []
    strange = isinstance(data, dict) and "@context" in data and CONTEXT not in contexts
    if strange or not isinstance(data, dict) or "Annotation" not in said.kinds(data):
        raise RefusedError(415, _("This is no Annotation in the context %(context)s.") % {"context": CONTEXT})


def preferred(request: HttpRequest) -> set[str]:
    """Give what of a container a client wants: MinimalContainer, and ContainedIRIs or ContainedDescriptions."""
    found = PREFERENCE.search(request.headers.get("Prefer", ""))
    wanted = {iri.rpartition("#Prefer")[2] for iri in found[1].split()} if found else set()
    return wanted & {"MinimalContainer", "ContainedIRIs", "ContainedDescriptions"}
