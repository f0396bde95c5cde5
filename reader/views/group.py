"""Groups such as a class: made, joined by their invitation, left and closed; for all others they do not exist."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from glossary import policies
from reader import naming, sharing
from reader.answers import SignedInRequest, first_error, is_signed_in
from reader.forms_sharing import GroupForm, NameForm, NewGroupForm
from reader.models import Membership, Note, ReadingGroup
from reader.note_answers import for_page, told

NOTES_ON_A_PAGE = 100
# Two forms on the page of a group ask for a name.
OWN_ID = "own_%s"


@policies.signed_in
@require_safe
def group_list(request: SignedInRequest) -> HttpResponse:
    """List the groups that the reader is in, with the form for a new one."""
    return _list(request, NewGroupForm())


def _list(request: SignedInRequest, form: NewGroupForm, status: int = 200) -> HttpResponse:
    own = Membership.objects.filter(user=request.user.pk).select_related("group").order_by("group__name", "pk")
    return render(request, "reader/group_list.html", {"memberships": own, "form": form}, status=status)


@policies.signed_in
@require_POST
def make(request: SignedInRequest) -> HttpResponse:
    """Make a group."""
    form = NewGroupForm(request.POST)
    if form.is_valid():
        try:
            group = sharing.make_group(owner=request.user, **form.cleaned_data)
        except naming.BadNameError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The group is made. Send its invitation to whom you want in it."))
            return redirect(group)
    return _list(request, form, status=400)


@policies.signed_in
@require_safe
def group_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a group to its members: who is in it, and what they have shared."""
    return _page(request, _membership(request, pk))


def _membership(request: SignedInRequest, pk: int) -> Membership:
    """Give the reader's own membership of a group; who is not in it is told that there is none."""
    # By the group's own key: of a number that no database holds, a reference would not say that there is none.
    return get_object_or_404(Membership.objects.select_related("group"), group__in=_numbered(pk), user=request.user.pk)


def _numbered(pk: int) -> QuerySet[ReadingGroup]:
    return ReadingGroup.objects.filter(pk=pk)


def _owned(request: SignedInRequest, pk: int) -> ReadingGroup:
    """Give a group of which the reader decides."""
    return get_object_or_404(ReadingGroup.objects.owned_by(request.user), pk=pk)


def _page(request: SignedInRequest, own: Membership, status: int = 200, **forms: Form) -> HttpResponse:
    group = own.group
    shared = Note.objects.visible_to(request.user).filter(group=group).select_related("document")
    page = Paginator(for_page(shared), NOTES_ON_A_PAGE).get_page(request.GET.get("page"))
    notes = list(page.object_list)
    context: dict[str, Any] = {
        "group": group,
        "own": own,
        "is_owner": group.owner_id == request.user.pk,
        "members": group.memberships.all(),
        "page": page,
        "notes": list(zip(notes, told(notes, request.user), strict=True)),
        "invitation": request.build_absolute_uri(reverse("reader:group-join", args=[group.invitation])),
        "name_form": NameForm(initial={"name": own.name}, auto_id=OWN_ID),
        "settings_form": GroupForm(initial=vars(group)),
    }
    return render(request, "reader/group_detail.html", context | forms, status=status)


@policies.signed_in
@require_POST
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name a group anew, and say what its members may do."""
    group, form = _owned(request, pk), GroupForm(request.POST)
    if form.is_valid():
        try:
            sharing.change_group(group, **form.cleaned_data)
        except naming.BadNameError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The group is changed."))
            return redirect(group)
    return _page(request, _membership(request, pk), 400, settings_form=form)


@policies.signed_in
@require_POST
def renew(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a group another invitation."""
    group = _owned(request, pk)
    sharing.renew_invitation(group)
    messages.success(request, _("The group has a new invitation; the old one leads nowhere."))
    return redirect(group)


@policies.signed_in
@require_POST
def rename(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the reader be called otherwise in a group."""
    own, form = _membership(request, pk), NameForm(request.POST, auto_id=OWN_ID)
    try:
        if not form.is_valid():
            raise naming.BadNameError(first_error(form))
        sharing.rename(own, form.cleaned_data["name"])
    except naming.BadNameError as error:
        form.errors.clear()
        form.add_error("name", str(error))
        own.refresh_from_db()
        return _page(request, own, 400, name_form=form)
    messages.success(request, _("In this group you are called %(name)s now.") % {"name": own.name})
    return redirect(own.group)


@policies.signed_in
@require_POST
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the reader out of a group, and their notes with them."""
    own = _membership(request, pk)
    try:
        private = sharing.leave(own)
    except sharing.BadSharingError as error:
        messages.error(request, str(error))
        return redirect(own.group)
    messages.success(request, f"{_('You have left %(group)s.') % {'group': own.group}} {_private(private)}")
    return redirect("reader:groups")


@policies.signed_in
@require_POST
def remove(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Put a member out of a group."""
    group = _owned(request, pk)
    member = get_object_or_404(group.memberships, pk=number)
    try:
        sharing.remove(member)
    except sharing.BadSharingError as error:
        messages.error(request, str(error))
        return redirect(group)
    done = _("%(name)s is out, and what they shared is private again. The old invitation is void; here is a new one.")
    messages.success(request, done % {"name": member.name})
    return redirect(group)


@policies.signed_in
@require_POST
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a group."""
    group = _owned(request, pk)
    private = sharing.close(group)
    messages.success(request, f"{_('The group %(group)s is closed.') % {'group': group}} {_private(private)}")
    return redirect("reader:groups")


def _private(notes: int) -> str:
    if not notes:
        return ""
    return ngettext("%(notes)d note is private again.", "%(notes)d notes are private again.", notes) % {"notes": notes}


@policies.asks_to_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation, and let who has it into the group; a guest signs in first and comes back."""
    if not is_signed_in(request):
        messages.info(request, _("You are invited to a group. Sign in or sign up, then you can join it."))
        return redirect_to_login(request.path)
    group = get_object_or_404(ReadingGroup, invitation=token)
    if group.memberships.filter(user=request.user).exists():
        messages.info(request, _("You are in this group already."))
        return redirect(group)
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            own = sharing.join(invitation=token, user=request.user, name=form.cleaned_data["name"])
        except ReadingGroup.DoesNotExist as error:
            # The invitation was renewed in between.
            raise Http404 from error
        except naming.BadNameError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Welcome, %(name)s.") % {"name": own.name})
            return redirect(group)
    context = {"group": group, "owner": group.memberships.get(user=group.owner_id), "form": form}
    return render(request, "reader/group_join.html", context, status=400 if form.errors else 200)
