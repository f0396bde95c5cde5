"""Unlisted links: mine, made and changed and revoked; and the page that they open to whoever has them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from glossary import policies
from reader import links, naming, reply_answers, sharing
from reader.answers import SignedInRequest, number_in
from reader.forms_sharing import LinkForm
from reader.models import Document, Note, SharedLink
from reader.note_answers import for_page, told

REFUSALS = (sharing.BadSharingError, naming.BadNameError)


@policies.signed_in
@require_safe
def link_list(request: SignedInRequest) -> HttpResponse:
    """List the reader's links, each with its address."""
    own = links.with_counts(SharedLink.objects.visible_to(request.user))
    shown = [(link, request.build_absolute_uri(link.get_absolute_url())) for link in own]
    return render(request, "reader/link_list.html", {"links": shown})


@policies.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Make a link: choose a document, then the notes on it."""
    slug = (request.POST.get("document") or request.GET.get("document", "")).replace("\0", "")
    if not slug:
        return render(request, "reader/link_choose.html", {"documents": links.documents_of(request.user)})
    document = get_object_or_404(Document.objects.visible_to(request.user), slug=slug)
    own = links.notes_for(request.user, document)
    if not document.public or not own:
        return render(request, "reader/link_edit.html", {"document": document, "nothing": True})
    if request.method != "POST":
        chosen = own.filter(pk=number_in(request.GET.get("note")) or 0)
        return _form(request, LinkForm(own, initial={"notes": chosen or own}), document)
    form = LinkForm(own, request.POST)
    if form.is_valid():
        try:
            link = links.make(user=request.user, document=document, **form.cleaned_data)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The link is made: whoever has its address sees these notes."))
            return redirect("reader:link-edit", link.pk)
    return _form(request, form, document)


def _form(request: SignedInRequest, form: LinkForm, document: Document, link: SharedLink | None = None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "document": document, "link": link}
    if link:
        context["address"] = request.build_absolute_uri(link.get_absolute_url())
    return render(request, "reader/link_edit.html", context, status=400 if form.errors else 200)


@policies.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a link with its address, and change what it shows."""
    link = get_object_or_404(SharedLink.objects.visible_to(request.user).select_related("document"), pk=pk)
    own = links.notes_for(request.user, link.document)
    if request.method != "POST":
        said = {"name": link.name, "allows_replies": link.allows_replies, "notes": link.notes.all()}
        return _form(request, LinkForm(own, initial=said), link.document, link)
    form = LinkForm(own, request.POST)
    if form.is_valid():
        try:
            links.change(link, **form.cleaned_data)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The link is changed; its address is the same."))
            return redirect("reader:link-edit", pk)
    return _form(request, form, link.document, link)


@policies.signed_in
@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a link."""
    link = get_object_or_404(SharedLink.objects.visible_to(request.user), pk=pk)
    links.revoke(link)
    messages.success(request, _("The link is revoked: its address leads nowhere."))
    return redirect("reader:links")


@policies.public
@require_safe
@never_cache
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show the notes of a link to whoever has it; no search engine lists it, and no other site learns of it."""
    opened = SharedLink.objects.open_to(request.user, token).select_related("document")
    link = get_object_or_404(opened)
    visible = Note.objects.visible_to(request.user, token).filter(shared_links=link)
    notes = list(for_page(visible))
    replies = reply_answers.under_link(link, request.user)
    shown = [
        (note, line, replies.get(note.pk, []))
        for note, line in zip(notes, told(notes, request.user, token), strict=True)
    ]
    context = {"link": link, "document": link.document, "notes": shown, "is_mine": link.user_id == request.user.pk}
    response = render(request, "reader/shared_notes.html", context)
    # Not even a site that a note links to may learn the address.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
