"""Replies: to a note, and all of mine; said, changed, deleted and brought back.

Each change answers a script with JSON and a plain form with a page.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from glossary import policies
from reader import replies, reply_answers, waiting
from reader.answers import SignedInRequest, first_error, is_signed_in, shared_token, signed_out, wants_json
from reader.forms import typed_body
from reader.forms_sharing import ReplyForm
from reader.models import Note, Reply, SharedLink
from reader.note_answers import for_page, told

# The session's names for replies, and for changes of replies, that wait until their author has signed in.
PENDING, PENDING_EDIT = "pending-replies", "pending-reply-edits"
REPLIES_ON_A_PAGE = 100


@policies.asks_to_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def of_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the replies to a note, to a guest only under a link; and say something to it."""
    token = shared_token(request)
    visible = Note.objects.visible_to(request.user, token).select_related("document", "group")
    note = visible.filter(pk=pk).first()
    # Whether there is such a note, a guest is not told.
    if not request.user.is_authenticated and (request.method == "POST" or (note is None and not token)):
        return _ask_to_sign_in(request, pk, token)
    if note is None:
        raise Http404
    if request.method == "POST" and is_signed_in(request):
        return _say(request, note, token)
    if wants_json(request):
        return JsonResponse(reply_answers.of_note(note, request.user, token), safe=False)
    return _page(request, note, token, ReplyForm(initial=waiting.newest(request, PENDING, note=pk)))


def _address(pk: int, token: str) -> str:
    query = f"?{urlencode({'shared': token})}" if token else ""
    return reverse("reader:replies", args=[pk]) + query


def _ask_to_sign_in(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Send a guest to sign in; what was typed waits in the session, for signing in makes the form's token void."""
    body = typed_body(request)
    if wants_json(request):
        return signed_out(body)
    if body:
        waiting.keep(request, PENDING, note=pk, body=body, name=request.POST.get("name", "")[:100])
        messages.info(request, _("Your reply waits for you: sign in, then send it."))
    return redirect_to_login(_address(pk, token))


def _say(request: SignedInRequest, note: Note, token: str) -> HttpResponse:
    form = ReplyForm(request.POST)
    try:
        if not form.is_valid():
            raise replies.BadReplyError(first_error(form))
        reply = replies.say(note, request.user, link_token=token, **form.cleaned_data)
    except replies.REFUSALS as error:
        return _refuse(request, note, token, form, error)
    waiting.drop(request, PENDING, note=note.pk, body=typed_body(request))
    if wants_json(request):
        return JsonResponse(reply_answers.told(reply, request.user), status=201)
    messages.success(request, _("Your reply is said."))
    return redirect(f"{_address(note.pk, token)}#reply-{reply.pk}")


def _refuse(request: HttpRequest, note: Note, token: str, form: ReplyForm, error: ValueError) -> HttpResponse:
    """Say why a reply is not kept; what was typed is in the answer."""
    status = 403 if isinstance(error, replies.NotAllowedError) else 400
    if wants_json(request):
        wanted = "name" if isinstance(error, replies.NameWantedError) else None
        told_so = {"error": str(error), "body": form.data.get("body", ""), "needs": wanted}
        return JsonResponse(told_so, status=status)
    messages.error(request, str(error))
    return _page(request, note, token, form, status)


def _page(request: HttpRequest, note: Note, token: str, form: ReplyForm, status: int = 200) -> HttpResponse:
    # Which was seen when it was asked for; if it is shared no more since, what was typed is given back all the same.
    notes = for_page(Note.objects.filter(pk=note.pk))
    context: dict[str, Any] = {
        "note": note,
        "line": told(notes, request.user, token)[0],
        "replies": reply_answers.of_note(note, request.user, token),
        "form": form,
        "waiting": form.initial.get("key") or request.POST.get(waiting.FIELD, ""),
        "token": token,
        "query": urlencode({"note": note.pk} | ({"shared": token} if token else {})),
    }
    if request.user.is_authenticated:
        where = [place for place in replies.places(note, request.user, token) if place.lets(request.user, note)]
        context |= {"places": where, "known_name": replies.known_name(where[0], request.user) if where else ""}
    return render(request, "reader/reply_list.html", context, status=status)


@policies.signed_in
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """List what the reader has said to notes, also where the note is shared no more."""
    own = Reply.objects.visible_to(request.user).written_by(request.user).order_by("-created", "-pk")
    page = Paginator(own.select_related("note__document", "group", "link"), REPLIES_ON_A_PAGE)
    shown = page.get_page(request.GET.get("page"))
    homes = _homes(request, list(shown.object_list))
    rows = [(reply, reply_answers.told(reply, request.user), homes[reply.pk]) for reply in shown.object_list]
    return render(request, "reader/reply_mine.html", {"page": shown, "replies": rows})


def _home(request: SignedInRequest, reply: Reply) -> str:
    """Give where a reply stands for the reader; nothing where they do not see the note any more."""
    return _homes(request, [reply])[reply.pk]


def _homes(request: SignedInRequest, own: list[Reply]) -> dict[int, str]:
    """Give where replies stand for the reader, by their numbers; two queries."""
    under = {reply.note_id for reply in own}
    seen = set(Note.objects.visible_to(request.user).filter(pk__in=under).order_by().values_list("pk", flat=True))
    opened = SharedLink.objects.open_to(request.user, *{_token(reply) for reply in own})
    shown = set(opened.filter(notes__in=under, notes__deleted=None).order_by().values_list("token", "notes"))
    homes = dict.fromkeys((reply.pk for reply in own), "")
    for reply in own:
        if reply.note_id in seen or (_token(reply), reply.note_id) in shown:
            homes[reply.pk] = f"{_address(reply.note_id, _token(reply))}#reply-{reply.pk}"
    return homes


def _token(reply: Reply) -> str:
    return reply.link.token if reply.link else ""


def _ask_to_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a guest to sign in; what was typed waits, and is in the form when they come back to it."""
    body, modified = typed_body(request), request.POST.get("modified", "")[:40]
    if wants_json(request):
        return signed_out(body)
    if body:
        waiting.keep(request, PENDING_EDIT, reply=pk, body=body, modified=modified)
        messages.info(request, _("Your reply waits for you: sign in, then send it."))
    return redirect_to_login(request.path)


@policies.asks_to_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a reply says; who holds an older version is shown both, and a guest signs in first."""
    return _edit(request, pk) if is_signed_in(request) else _ask_to_edit(request, pk)


def _edit(request: SignedInRequest, pk: int) -> HttpResponse:
    own = Reply.objects.visible_to(request.user).written_by(request.user).select_related("note", "group", "link")
    reply = get_object_or_404(own, pk=pk)
    home = _home(request, reply) or reverse("reader:my-replies")
    context = {"reply": reply, "home": home}
    if request.method != "POST":
        typed = waiting.newest(request, PENDING_EDIT, reply=pk)
        modified = typed.get("modified", reply.modified.isoformat())
        form = ReplyForm(initial={"body": reply.body} | typed)
        context |= {"form": form, "modified": modified, "waiting": typed.get("key", "")}
        return render(request, "reader/reply_edit.html", context)
    form = ReplyForm(request.POST)
    try:
        if not form.is_valid():
            raise replies.BadReplyError(first_error(form))
        replies.edit(reply, form.cleaned_data["body"], request.POST.get("modified", ""))
    except replies.BadReplyError as refusal:
        return _refuse_edit(request, refusal, context | {"form": form})
    waiting.drop(request, PENDING_EDIT, reply=pk, body=typed_body(request))
    if wants_json(request):
        return JsonResponse(reply_answers.told(reply, request.user))
    messages.success(request, _("Your reply is changed."))
    return redirect(home)


def _refuse_edit(request: SignedInRequest, refusal: replies.BadReplyError, context: dict[str, Any]) -> HttpResponse:
    """Say why a change is not kept, and show both versions where another window was first."""
    typed, now = request.POST.get("body", ""), None
    if isinstance(refusal, replies.ConflictError):
        now = refusal.reply
    if wants_json(request):
        theirs = {"theirs": reply_answers.told(now, request.user)} if now else {}
        return JsonResponse({"error": str(refusal), "body": typed, **theirs}, status=409 if now else 400)
    context |= {"error": str(refusal), "waiting": request.POST.get(waiting.FIELD, "")}
    context |= {"modified": now.modified.isoformat() if now else request.POST.get("modified", "")}
    context |= {"theirs": now.body if now else ""}
    return render(request, "reader/reply_edit.html", context, status=409 if now else 400)


@policies.signed_in
@require_POST
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Delete a reply, one's own or one to a note of one's own, with a way back."""
    seen = Reply.objects.visible_to(request.user).deletable_by(request.user).select_related("note", "link")
    reply = get_object_or_404(seen, pk=pk)
    home = _home(request, reply) or reverse("reader:my-replies")
    replies.delete(reply, request.user)
    undo = reverse("reader:reply-restore", args=[pk])
    if wants_json(request):
        return JsonResponse({"id": pk, "undo": undo})
    messages.success(request, _("The reply is deleted."), extra_tags=f"undo:{undo}")
    return redirect(home)


@policies.signed_in
@require_POST
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring back a reply that the reader has deleted."""
    deleted = Reply.objects.restorable_by(request.user).select_related("note", "group", "link")
    reply = get_object_or_404(deleted, pk=pk)
    replies.restore(reply)
    if wants_json(request):
        return JsonResponse(reply_answers.told(reply, request.user))
    messages.success(request, _("The reply is back."))
    return redirect(_home(request, reply) or reverse("reader:my-replies"))
