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
from reader import note_export, note_search, ways_back
from reader.answers import site_of
from reader.forms_importing import NoteImportForm
from reader.models import Document, User
from reader.note_arrivals import Outcome, Report
from reader.note_formats import FORMATS
from reader.note_formats.reading import read
from reader.note_formats.rows import BadFileError
from reader.note_import import bring_in

# The session's name for a file that is checked but not brought in.
WAITING = "note-import"
MOST_SHOWN = 200


@policies.signed_in
@require_safe
def export(request: HttpRequest, name: str) -> HttpResponse:
    """Send the reader's notes that are asked for, as in the list of them, as a file of a format."""
    if name not in FORMATS or not isinstance(request.user, User):
        raise Http404
    notes = note_search.search(request.user, request.GET)
    chosen = FORMATS[name]
    content = note_export.export(request.user, notes, name, site=site_of(request))
    response = HttpResponse(content, content_type=chosen.content_type)
    response["Content-Disposition"] = f'attachment; filename="{chosen.file}"'
    return response


@policies.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
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
    request.session[WAITING] = waiting
    return redirect("reader:note-import-check")


def _form(request: HttpRequest, form: NoteImportForm, problems: Sequence[str] = (), status: int = 200) -> HttpResponse:
    context = {"form": form, "problems": problems, "formats": FORMATS.items()}
    return render(request, "reader/note_import.html", context, status=status)


def _bring_in(request: HttpRequest, waiting: dict[str, Any], *, dry_run: bool) -> Report:
    """Read a waiting file and bring it in, or see what that would do. Raises BadFileError."""
    if not isinstance(request.user, User):
        raise Http404
    items = read(zlib.decompress(base64.b64decode(waiting["content"])))
    document = Document.objects.visible_to(request.user).filter(pk=waiting["document"]).first()
    return bring_in(request.user, items, document=document, leave_out=waiting["leave_out"], dry_run=dry_run)


@policies.signed_in
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Show what a file would bring in."""
    waiting = request.session.get(WAITING)
    if not waiting:
        return redirect("reader:note-import")
    try:
        report = _bring_in(request, waiting, dry_run=True)
    except BadFileError as error:
        del request.session[WAITING]
        return _form(request, NoteImportForm(request.user), error.problems)
    shown = [arrival for arrival in report.arrivals if arrival.outcome is not Outcome.UNCHANGED]
    context = {"report": report, "name": waiting["name"], "shown": shown[:MOST_SHOWN], "rest": len(shown) - MOST_SHOWN}
    return render(request, "reader/note_import_check.html", context)


@policies.signed_in
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Bring in a file that was checked."""
    waiting = request.session.get(WAITING)
    if not waiting:
        return redirect("reader:note-import")
    try:
        report = _bring_in(request, waiting, dry_run=False)
    except BadFileError as error:
        return _form(request, NoteImportForm(request.user), error.problems, status=409)
    del request.session[WAITING]
    number = ways_back.keep_change(request, report.back) if report.back else 0
    said = _("Brought in: %(report)s.") % {"report": report}
    messages.success(request, said, extra_tags=f"undo:{reverse('reader:notes-undo', args=[number])}" if number else "")
    return redirect("reader:notes")


@policies.signed_in
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Forget a file that was checked."""
    if request.session.pop(WAITING, None):
        messages.success(request, _("The file is forgotten; nothing was changed."))
    return redirect("reader:note-import")
