"""The W3C Web Annotation Protocol on a reader's notes: https://www.w3.org/TR/annotation-protocol/.

A container at /annotations/, each note below it by its uuid. Programs ask with a token; what they get wrong is said in
words. Pages of other sites may ask, too: no cookie counts here.
"""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from glossary import policies
from reader import annotation_pages, annotations, notes, protocol, tokens
from reader.answers import site_of
from reader.models import AccessToken, Document, Note, User
from reader.note_formats.said import BadItemError
from reader.protocol import MEDIA_TYPE, RefusedError

LARGEST = 200_000
Methods = Mapping[str, Callable[[HttpRequest, User], HttpResponse]]


@policies.token
def container(request: HttpRequest) -> HttpResponse:
    """Describe the reader's annotations, page by page, and take new ones."""
    return _answered(request, {"GET": _read_container, "POST": _create}, protocol.CONTAINER)


@policies.token
def annotation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give one annotation, take a new state of it, or delete it, which its reader can undo."""
    methods = {"GET": partial(_read, uuid=uuid), "PUT": partial(_replace, uuid=uuid)}
    return _answered(request, methods | {"DELETE": partial(_delete, uuid=uuid)}, protocol.ANNOTATION)


def _answered(request: HttpRequest, methods: Methods, link: str) -> HttpResponse:
    """Answer by the method that is asked for; whatever is refused has the same headers."""
    allow = ", ".join(["GET", "HEAD", "OPTIONS", *(name for name in methods if name != "GET")])
    try:
        response = protocol.preflight(allow) if request.method == "OPTIONS" else _asked(request, methods)
    except RefusedError as error:
        response = JsonResponse({"error": str(error)}, status=error.status, headers=error.headers)
    except (BadItemError, *notes.REFUSALS) as error:
        response = JsonResponse({"error": str(error)}, status=400)
    return protocol.finish(response, allow=allow, link=link)


def _asked(request: HttpRequest, methods: Methods) -> HttpResponse:
    method = "GET" if request.method == "HEAD" else request.method or ""
    user = _reader(request, writes=method != "GET")
    if method not in methods:
        raise RefusedError(405, _("This cannot be done here."))
    protocol.check_accept(request)
    return methods[method](request, user)


def _reader(request: HttpRequest, *, writes: bool) -> User:
    """Give whose token it is. Raises RefusedError."""
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    token: AccessToken | None = tokens.find(secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        given = ', error="invalid_token"' if secret else ""
        challenge = {"WWW-Authenticate": f'Bearer realm="Zhujie"{given}'}
        raise RefusedError(401, _("Send a token of your account: Authorization: Bearer …"), challenge)
    if writes and token.read_only:
        raise RefusedError(403, _("This token can only read."))
    return token.user


def _read_container(request: HttpRequest, user: User) -> HttpResponse:
    answer = annotation_pages.page if "page" in request.GET else annotation_pages.container
    return protocol.conditional(request, answer(request, user, site_of(request)))


def _create(request: HttpRequest, user: User) -> HttpResponse:
    note = annotations.add(user, _sent(request))
    response = _told(note, request, status=201)
    response["Location"] = annotations.address(note.uuid, site_of(request))
    response["Link"], response["Allow"] = protocol.ANNOTATION, "GET, HEAD, OPTIONS, PUT, DELETE"
    return response


def _sent(request: HttpRequest) -> Any:
    """Read the annotation that was sent. Raises RefusedError."""
    protocol.check_type(request)
    try:
        body = request.body
    except RequestDataTooBig:
        body = b" " * (LARGEST + 1)
    if len(body) > LARGEST:
        raise RefusedError(413, _("The annotation is too large."))
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, _("What was sent is not JSON.")) from error
    protocol.check_annotation(data)
    return data


def _own(user: User, uuid: UUID, *, lock: bool = False) -> Note:
    """Find a note of a reader. Raises RefusedError, which tells what was deleted from what never was."""
    found = annotations.own(user).filter(uuid=uuid)
    note = (found.select_for_update() if lock else found).first()
    if note is None:
        was_there = Note.objects.written_by(user).filter(uuid=uuid).exists()
        raise RefusedError(410 if was_there else 404, _("There is no such annotation."))
    return note


def _told(note: Note, request: HttpRequest, status: int = 200) -> HttpResponse:
    content = annotations.told_one(note, site_of(request))
    return HttpResponse(content, status=status, content_type=MEDIA_TYPE, headers={"ETag": protocol.etag_of(content)})


def _read(request: HttpRequest, user: User, uuid: UUID) -> HttpResponse:
    return protocol.conditional(request, _told(_own(user, uuid), request))


def _replace(request: HttpRequest, user: User, uuid: UUID) -> HttpResponse:
    """Take a new state, from who has seen the last one."""
    # A slow client keeps nobody else from writing.
    data = _sent(request)
    with transaction.atomic():
        note = _matched(request, user, uuid)
        return _told(annotations.change(note, data), request)


@transaction.atomic
def _delete(request: HttpRequest, user: User, uuid: UUID) -> HttpResponse:
    notes.delete(_matched(request, user, uuid))
    return HttpResponse(status=204)


def _matched(request: HttpRequest, user: User, uuid: UUID) -> Note:
    """Lock a note that is as the client has seen it. Raises RefusedError where it is not."""
    # Its text first, as whoever changes the text does; with a text that goes meanwhile the note goes, too.
    Document.objects.select_for_update().filter(pk=_own(user, uuid).document_id).first()
    note = _own(user, uuid, lock=True)
    protocol.check_match(request, annotations.told_one(note, site_of(request)))
    return note
