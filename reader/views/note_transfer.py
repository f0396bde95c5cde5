"""Notes out as files, and in again: a file is checked first, and comes in when its reader has seen the report."""

import base64
import zlib
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from glossary import policies
from reader import aside, note_export, note_search, ways_back
from reader.answers import SignedInRequest, site_of
from reader.forms_importing import NoteImportForm
from reader.models import Document
from reader.note_arrivals import Outcome, Report
from reader.note_formats import FORMATS
from reader.note_formats.reading import read
from reader.note_formats.rows import BadFileError
from reader.note_import import bring_in

# The session's name for where a file lies that is checked but not brought in.
WAITING = "checked-note-import"
MOST_SHOWN = 200


@policies.signed_in
@require_safe
def export(request: SignedInRequest, name: str) -> HttpResponse:
    """Send the reader's notes that are asked for, as in the list of them, as a file of a format."""
    if name not in FORMATS:
        raise Http404
    notes = note_search.search(request.user, request.GET)
    chosen = FORMATS[name]
    content = note_export.export(request.user, notes, name, site=site_of(request))
    response = HttpResponse(content, content_type=chosen.content_type)
    response["Content-Disposition"] = f'attachment; filename="{chosen.file}"'
    return response


@policies.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedInRequest) -> HttpResponse:
    """Take a file in, to be checked; what is wrong with it is said, and nothing changes."""
    if request.method != "POST":
        return _form(request, NoteImportForm(request.user))
    form = NoteImportForm(request.user, request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, status=400)
    document = form.cleaned_data["document"]
    content = form.cleaned_data["file"].read()
    waiting = {
        "name": form.cleaned_data["file"].name,
        "content": base64.b64encode(zlib.compress(content)).decode(),
        "document": document.pk if document else None,
        "leave_out": form.cleaned_data["leave_out"],
    }
    try:
        read(content)
    except BadFileError as error:
        return _form(request, form, error.problems, status=400)
    _forget(request)
    request.session[WAITING] = aside.put(request.user.pk, waiting)
    return redirect("reader:note-import-check")


def _waiting(request: SignedInRequest) -> dict[str, Any] | None:
    """Give the reader's file that is checked but not brought in; one that waited for too long is gone."""
    name = request.session.get(WAITING, "")
    waiting: dict[str, Any] | None = aside.get(request.user.pk, name)
    if name and waiting is None:
        messages.info(request, _("The file waited for an hour, then it was let go. Choose it again."))
        del request.session[WAITING]
    return waiting


def _forget(request: SignedInRequest) -> bool:
    """Throw that file away; tells whether there was one."""
    name = request.session.pop(WAITING, "")
    if name:
        aside.drop(name)
    return bool(name)


def _form(request: HttpRequest, form: NoteImportForm, problems: Sequence[str] = (), status: int = 200) -> HttpResponse:
    context = {"form": form, "problems": problems, "formats": FORMATS.items()}
    return render(request, "reader/note_import.html", context, status=status)


def _bring_in(request: SignedInRequest, waiting: dict[str, Any], *, dry_run: bool) -> Report:
    """Read a waiting file and bring it in, or see what that would do. Raises BadFileError."""
    items = read(zlib.decompress(base64.b64decode(waiting["content"])))
    document = Document.objects.visible_to(request.user).filter(pk=waiting["document"]).first()
    return bring_in(request.user, items, document=document, leave_out=waiting["leave_out"], dry_run=dry_run)


@policies.signed_in
@require_safe
def check(request: SignedInRequest) -> HttpResponse:
    """Show what a file would bring in."""
    waiting = _waiting(request)
    if not waiting:
        return redirect("reader:note-import")
    try:
        report = _bring_in(request, waiting, dry_run=True)
    except BadFileError as error:
        _forget(request)
        return _form(request, NoteImportForm(request.user), error.problems)
    shown = [arrival for arrival in report.arrivals if arrival.outcome is not Outcome.UNCHANGED]
    context = {"report": report, "name": waiting["name"], "shown": shown[:MOST_SHOWN], "rest": len(shown) - MOST_SHOWN}
    return render(request, "reader/note_import_check.html", context)


@policies.signed_in
@require_POST
def confirm(request: SignedInRequest) -> HttpResponse:
    """Bring in a file that was checked."""
    waiting = _waiting(request)
    if not waiting:
        return redirect("reader:note-import")
    try:
        report = _bring_in(request, waiting, dry_run=False)
    except BadFileError as error:
        return _form(request, NoteImportForm(request.user), error.problems, status=409)
    _forget(request)
    number = ways_back.keep_change(request, report.back) if report.back else 0
    said = _("Brought in: %(report)s.") % {"report": report}
    messages.success(request, said, extra_tags=f"undo:{reverse('reader:notes-undo', args=[number])}" if number else "")
    return redirect("reader:notes")


@policies.signed_in
@require_POST
def discard(request: SignedInRequest) -> HttpResponse:
    """Forget a file that was checked."""
    if _forget(request):
        messages.success(request, _("The file is forgotten; nothing was changed."))
    return redirect("reader:note-import")
