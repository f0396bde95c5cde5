"""Where the source of a text is edited: what changes is shown first, and what it does to the notes of readers."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from glossary import policies
from reader import document_editing, unsaved, waiting
from reader.answers import SignedInRequest, is_signed_in
from reader.forms import SourceForm
from reader.ingest import StaleError, digest
from reader.models import Document


@policies.asks_to_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit the source of a text, see what changes, then save it; nothing that was typed is lost on the way."""
    if not is_signed_in(request):
        return _ask_to_sign_in(request, slug)
    document = get_object_or_404(Document.objects.visible_to(request.user), slug=slug)
    if not document.may_be_edited_by(request.user):
        raise Http404
    if request.method != "POST":
        return _begin(request, document)
    form = SourceForm(request.POST)
    if not form.is_valid():
        return _show(request, document, form, status=400)
    if request.POST.get("do") != "save":
        return _preview(request, document, form)
    return _save(request, document, form)


def _ask_to_sign_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a guest to sign in; the source that one sent whose session has ended is in the form when they come back."""
    if request.POST.get("source"):
        if unsaved.keep(request, slug):
            messages.info(request, _("The source you typed waits for you for an hour: sign in, then save it."))
        else:
            messages.error(
                request, _("The source you typed cannot be kept here: go back, copy it, then sign in and paste it.")
            )
    return redirect_to_login(request.path)


def _begin(request: SignedInRequest, document: Document) -> HttpResponse:
    """Show the source of today, or what was typed before its author signed in."""
    typed = {} if "today" in request.GET else unsaved.newest(request, document.slug)
    source = document_editing.source_of(document.revisions.get(number=document.revision))
    form = SourceForm(initial={"source": source, "revision": document.revision} | typed)
    return _show(request, document, form, typed=typed.get("key", ""))


def _save(request: SignedInRequest, document: Document, form: SourceForm) -> HttpResponse:
    source, seen = form.cleaned_data["source"], form.cleaned_data["seen"]
    if digest(source) != seen:
        messages.info(request, _("The source is another than the one you saw the changes of: look at them first."))
        return _preview(request, document, form)
    try:
        revision = form.cleaned_data["revision"]
        saved = document_editing.save(document, source, revision=revision, author=request.user)
    except StaleError:
        return _preview(request, document, form)
    except ValueError as error:
        return _refuse(request, document, form, error)
    unsaved.drop(request)
    if saved:
        messages.success(request, _("The text is changed."))
    else:
        messages.info(request, _("This is the source as it was: nothing is changed."))
    return redirect("reader:dropped", document.slug)


def _preview(request: SignedInRequest, document: Document, form: SourceForm) -> HttpResponse:
    """Show what the source that was sent would change in the text of today."""
    source, status = form.cleaned_data["source"], 200
    document.refresh_from_db()
    if form.cleaned_data["revision"] != document.revision:
        messages.error(
            request,
            _("Somebody has changed this text meanwhile. Yours is kept below; here is what it would change in theirs."),
        )
        status = 409
    try:
        preview = document_editing.preview(document, source, user=request.user)
    except ValueError as error:
        return _refuse(request, document, form, error)
    data = {"source": source, "revision": document.revision, "seen": digest(source)}
    return _show(request, document, SourceForm(data), preview, status=status)


def _refuse(request: SignedInRequest, document: Document, form: SourceForm, error: ValueError) -> HttpResponse:
    form.add_error("source", str(error))
    return _show(request, document, form, status=400)


def _show(
    request: SignedInRequest,
    document: Document,
    form: SourceForm,
    preview: document_editing.Preview | None = None,
    *,
    status: int = 200,
    typed: str = "",
) -> HttpResponse:
    context = {"document": document, "form": form, "preview": preview, "typed": typed}
    context["stamp"] = unsaved.stamp(request.user.pk, document.slug)
    context["waiting"] = typed or request.POST.get(waiting.FIELD, "")
    return render(request, "reader/document_edit.html", context, status=status)
