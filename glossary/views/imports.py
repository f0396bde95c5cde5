"""Pages on which editors bring files in: upload, report, yes, and the way back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from glossary import imports, policies, progress
from glossary.formats import FORMATS
from glossary.forms_importing import ImportForm
from glossary.impact import Impact
from glossary.models import Import, ImportStatus
from glossary.proposals import effects
from glossary.undoing import edited_since

SHOWN = 50
importer = policies.editor("glossary.add_concept", "glossary.change_concept")


@importer
@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """Show the last imports, and a form for the next."""
    return _list(request, ImportForm())


def _list(request: HttpRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    jobs = Import.objects.defer("content").select_related("user")[:SHOWN]
    context = {"form": form, "jobs": [_described(job) for job in jobs]}
    return render(request, "glossary/import_list.html", context, status=status)


def _described(job: Import) -> dict[str, Any]:
    label = FORMATS[job.format].label if job.format in FORMATS else job.format
    return {"job": job, "format": label, "stopped": imports.is_stopped(job)}


@require_POST
@importer
def import_add(request: HttpRequest) -> HttpResponse:
    """Take a file in and begin to check it; what is wrong with the upload is said beside the form."""
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, 400)
    upload = form.cleaned_data["file"]
    job = imports.add(
        user=policies.user_of(request),
        name=upload.name,
        format_name=form.cleaned_data["format"],
        content=upload.read(),
    )
    imports.start(job.pk)
    return redirect(job)


@importer
@require_safe
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of one import: how far it is, its report, its problems."""
    return _detail(request, _job(pk))


def _detail(request: HttpRequest, job: Import, edited: list[str] | None = None) -> HttpResponse:
    form = ImportForm(initial={"format": job.format})
    foreseen = Impact.of_json(job.report["impact"]) if job.report.get("impact") else None
    context = _described(job) | _measured(job) | {"edited": edited, "form": form}
    context["effects"] = list(effects(foreseen)) if foreseen else []
    return render(request, "glossary/import_detail.html", context, status=409 if edited else 200)


def _job(pk: int) -> Import:
    return get_object_or_404(Import.objects.defer("content").select_related("user", "undone_by"), pk=pk)


def _measured(job: Import) -> dict[str, int]:
    """Give how far an import is: while it is worked at, as was noted outside of its transaction."""
    noted = progress.read(job.pk) if not job.state.is_settled else None
    done, total = noted[:2] if noted else (0, 0)
    return {"done": done, "total": total, "percent": 100 * done // total if total else 0}


@importer
@require_safe
def import_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Say how far an import is, for the page's script."""
    job = _job(pk)
    stopped = imports.is_stopped(job)
    settled = job.state.is_settled or stopped
    return JsonResponse(_measured(job) | {"status": job.status, "label": job.state.label, "settled": settled})


@require_POST
@importer
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring in a file that was checked."""
    job = _job(pk)
    return _begun(job, begun=imports.confirm(job))


@require_POST
@importer
def import_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin anew what somebody began and did not end."""
    job = _job(pk)
    return _begun(job, begun=imports.ask_again(job))


@require_POST
@importer
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an import back; where somebody has edited some of it since, only the rest, and only if asked so."""
    job = _job(pk)
    edited = edited_since(job) if job.state is ImportStatus.DONE else []
    if edited and "rest" not in request.POST:
        return _detail(request, job, edited)
    return _begun(job, begun=imports.ask_to_undo(job, user=policies.user_of(request)))


def _begun(job: Import, *, begun: bool) -> HttpResponse:
    """Begin to work, if it is an import's turn; one that somebody has moved on already is shown as it is."""
    if begun:
        imports.start(job.pk)
    return redirect(job)


@require_POST
@importer
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a file away that was not brought in."""
    job = _job(pk)
    unused = (ImportStatus.READY, ImportStatus.FAILED)
    gone, _rows = Import.objects.filter(pk=job.pk, status__in=unused).delete()
    if not gone:
        return redirect(job)
    messages.success(request, _("%(name)s was thrown away; nothing was changed.") % {"name": job.name})
    return redirect("glossary:imports")
