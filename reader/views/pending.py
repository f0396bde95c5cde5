"""Notes that a guest began to write, when they have signed in: shown to be kept, discarded, brought back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from glossary import policies
from reader import waiting
from reader.forms import NoteForm, typed_body, typed_looks


@policies.signed_in
@require_safe
def note_pending(request: HttpRequest) -> HttpResponse:
    """Show the notes that a guest began to write, one after another, to be kept now."""
    typed = next(iter(waiting.all_of(request, waiting.NOTES)), None)
    if not typed:
        return redirect("reader:notes")
    context = {
        "form": NoteForm(request.user, initial=typed),
        "place": typed["place"],
        "waiting": typed["key"],
        "action": reverse("reader:note-add", args=[typed["slug"]]),
        "discard": reverse("reader:pending-discard", args=[typed["key"]]),
    }
    return render(request, "reader/note_edit.html", context)


@policies.signed_in
@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Let a note go that a guest began to write, with a way back to all that was typed since, too."""
    typed = {"body": typed_body(request), **typed_looks(request)} if "body" in request.POST else {}
    if waiting.discard(request, waiting.NOTES, key, typed):
        undo = reverse("reader:pending-restore", args=[key])
        messages.success(request, _("What you typed is discarded."), extra_tags=f"undo:{undo}")
    return redirect("reader:note-pending")


@policies.signed_in
@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Let a note wait again that was discarded."""
    if not waiting.restore(request, waiting.NOTES, key):
        messages.error(request, _("This can no longer be undone."))
    return redirect("reader:note-pending")
