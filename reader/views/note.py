"""Notes: on a document, written, changed, deleted and brought back.

Each change answers a script with JSON and a plain form with a page; whose note it is, is asked in one place only.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from glossary import policies
from reader import notes, positions, waiting, ways_back
from reader.answers import first_error, is_signed_in, shared_token, signed_out, wants_json
from reader.forms import NoteForm, PlaceForm, typed_body, typed_looks
from reader.models import Document, Note
from reader.note_answers import for_page, groups_of, told, told_one

# The session's name for changes of notes that wait until their author has signed in.
PENDING_EDIT = "pending-edits"


def _editor(slug: str, token: str | None) -> dict[str, str | None]:
    """Give what the page needs to let an editor write concepts beside the text, and choose among them."""
    files = {name: static(f"glossary/{name}") for name in ("editor.js", "propose.js", "editor.css")}
    places = {"new": reverse("glossary:concept-new"), "edit": reverse("glossary:concept-edit", args=["key"])}
    places |= {"choices": reverse("reader:choices", args=[slug]), "choose": reverse("reader:choice-make", args=[slug])}
    words = {
        "word_edit": _("Edit"),
        "word_add": _("Add to the glossary"),
        "word_close": _("Close"),
        "word_failed": _("That did not work; what you typed is still here."),
        "word_means": _("It means this"),
        "word_unmarked": _("Do not mark it"),
        "word_here": _("here"),
        "word_throughout": _("in this text"),
        "word_choices": _("All choices"),
    }
    return {**files, **places, **words, "token": token}


@policies.public
@require_safe
@never_cache
def of_document(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the notes on a document that the reader may see, and their position in it, to the page's script.

    A guest has none but those of the link by which they came.
    """
    document = get_object_or_404(Document.objects.visible_to(request.user), slug=slug)
    link = shared_token(request)
    visible = for_page(Note.objects.visible_to(request.user, link).filter(document=document))
    name = request.user.get_username() if request.user.is_authenticated else None
    token = get_token(request) if name else None
    return JsonResponse(
        {
            "name": name,
            "token": token,
            "revision": document.revision,
            "notes": told(visible, request.user, link),
            "groups": groups_of(request.user),
            "position": positions.told(request.user, document),
            "edits": _editor(slug, token) if request.user.has_perm("glossary.change_term") else None,
        }
    )


@policies.asks_to_sign_in
@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a note on a passage; a guest, or one whose session has ended, gets what was typed back."""
    document = get_object_or_404(Document.objects.visible_to(request.user), slug=slug)
    place, form = PlaceForm(request.POST), NoteForm(request.user, request.POST)
    if not is_signed_in(request):
        return _ask_to_sign_in(request, slug)
    try:
        if not place.is_valid() or not form.is_valid():
            raise notes.BadNoteError(first_error(place) or first_error(form))
        sent = {**place.cleaned_data, **form.said(), "uuid": form.cleaned_data["uuid"]}
        note = notes.add(user=request.user, document=document, **sent)
    except notes.ConflictError as conflict:
        return _show_conflict(request, conflict)
    except notes.REFUSALS as error:
        return _refuse(request, str(error), form)
    waiting.drop(request, waiting.NOTES, **_typed(request, slug))
    if wants_json(request):
        return JsonResponse(told_one(note), status=201)
    messages.success(request, _("Your note is kept."))
    if request.POST.get(waiting.FIELD) and waiting.all_of(request, waiting.NOTES):
        return redirect("reader:note-pending")
    return redirect("reader:block", slug=slug, number=_block_number(note))


def _ask_to_sign_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a guest to sign in; what was typed waits in the session, for signing in makes the form's token void."""
    if wants_json(request):
        return signed_out(request.POST.get("body", ""))
    waiting.keep(request, waiting.NOTES, **_typed(request, slug), **typed_looks(request))
    messages.info(request, _("Your note waits for you: sign in, then keep it."))
    return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('reader:note-pending')})}")


def _typed(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Give what tells one note that waits from another: where it stands, and what it says."""
    place = {name: request.POST.get(name, "")[:20] for name in PlaceForm.base_fields}
    return {"slug": slug, "place": place, "body": typed_body(request)}


def _block_number(note: Note) -> int:
    block = note.document.revisions.get(number=note.revision).blocks.filter(start__lte=note.start).last()
    return block.number if block else 0


def _refuse(request: HttpRequest, message: str, form: NoteForm, note: Note | None = None) -> HttpResponse:
    """Say why a note is not kept; what was typed is in the answer."""
    if wants_json(request):
        return JsonResponse({"error": message, "body": form.data.get("body", "")}, status=400)
    messages.error(request, message)
    place = {name: value for name, value in request.POST.items() if name in PlaceForm.base_fields}
    return _show(request, form, note, place=place, action=request.path, status=400)


def _show(
    request: HttpRequest, form: NoteForm, note: Note | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Show the form of a note, with where it stood before and the page to go back to."""
    context = {"form": form, "note": note, "next": ways_back.asked_next(request), **more}
    context.setdefault("waiting", request.POST.get(waiting.FIELD, ""))
    if note:
        context["places"] = note.former_anchors.all()
    return render(request, "reader/note_edit.html", context, status=status)


def _ask_to_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a guest to sign in; what was typed waits, and is in the form when they come back to it."""
    if wants_json(request):
        return signed_out(request.POST.get("body", ""))
    if request.method == "POST":
        version = request.POST.get("version", "")[:10]
        waiting.keep(request, PENDING_EDIT, note=pk, body=typed_body(request), version=version, **typed_looks(request))
        messages.info(request, _("Your note waits for you: sign in, then keep it."))
    target = ways_back.asked_next(request)
    return redirect_to_login(f"{request.path}?{urlencode({'next': target})}" if target else request.path)


@policies.asks_to_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a note says; who holds an older version is shown both, and a guest signs in first."""
    if not is_signed_in(request):
        return _ask_to_edit(request, pk)
    own = Note.objects.written_by(request.user).select_related("document", "group")
    note = get_object_or_404(own, pk=pk)
    if note.deleted:
        return _edit_deleted(request, note)
    if request.method != "POST":
        typed = waiting.newest(request, PENDING_EDIT, note=pk)
        form = NoteForm(request.user, initial=_initial(note) | typed)
        return _show(request, form, note, waiting=typed.get("key", ""))
    return _change(request, note)


def _change(request: HttpRequest, note: Note) -> HttpResponse:
    form = NoteForm(request.user, request.POST)
    try:
        if not form.is_valid():
            raise notes.BadNoteError(first_error(form))
        said = {"group": note.group, **form.said(), "version": form.cleaned_data["version"] or 0}
        note = notes.edit(note, **said)
    except notes.ConflictError as conflict:
        return _show_conflict(request, conflict)
    except notes.REFUSALS as error:
        return _refuse(request, str(error), form, note)
    waiting.drop(request, PENDING_EDIT, note=note.pk, body=typed_body(request))
    if wants_json(request):
        return JsonResponse(told_one(note))
    messages.success(request, _("Your note is changed."))
    return ways_back.go_back(request, "reader:notes")


def _edit_deleted(request: HttpRequest, note: Note) -> HttpResponse:
    """Give what was typed back to the author of a note that was deleted meanwhile, with a way to restore both."""
    if wants_json(request):
        raise Http404
    if request.method != "POST":
        return _show_waiting(request, note)
    if not request.POST.get("restore"):
        return _show_conflict(request, notes.ConflictError(note))
    notes.restore(note)
    return _change(request, note)


def _show_waiting(request: HttpRequest, note: Note) -> HttpResponse:
    """Show what waits for a note that was deleted meanwhile; where nothing does, there is no note."""
    typed = waiting.newest(request, PENDING_EDIT, note=note.pk)
    if not typed:
        raise Http404
    messages.error(request, str(notes.ConflictError(note)))
    form = NoteForm(request.user, initial=_initial(note) | typed | {"version": note.version})
    return _show(request, form, note, theirs=note, waiting=typed["key"])


def _initial(note: Note) -> dict[str, Any]:
    tags = ", ".join(tag.name for tag in note.tags.all())
    return {"body": note.body, "tags": tags, "colour": note.colour, "group": note.group, "version": note.version}


def _show_conflict(request: HttpRequest, conflict: notes.ConflictError) -> HttpResponse:
    """Show both versions of a note side by side; what is sent then may replace the newer one, or bring it back."""
    note = conflict.note
    if wants_json(request):
        theirs = None if note.deleted else told_one(note)
        return JsonResponse({"error": str(conflict), "theirs": theirs}, status=409)
    messages.error(request, str(conflict))
    form = NoteForm(request.user, {**request.POST.dict(), "version": note.version})
    action = reverse("reader:note-edit", args=[note.pk])
    return _show(request, form, note, theirs=note, action=action, status=409)


@policies.signed_in
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a note, with a way back."""
    note = get_object_or_404(Note.objects.own(request.user), pk=pk)
    notes.delete(note)
    if wants_json(request):
        return JsonResponse({"id": note.pk})
    undo = ways_back.undo_tag(request, reverse("reader:note-restore", args=[pk]))
    messages.success(request, _("The note is deleted."), extra_tags=undo)
    return ways_back.go_back(request, "reader:notes")


@policies.signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a deleted note back."""
    note = get_object_or_404(Note.objects.written_by(request.user).select_related("document"), pk=pk)
    notes.restore(note)
    if wants_json(request):
        return JsonResponse(told_one(note))
    messages.success(request, _("The note is back."))
    return ways_back.go_back(request, "reader:notes")
