"""The tokens by which a reader's programs get at the notes: made, listed, revoked."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from glossary import policies
from reader import tokens
from reader.answers import site_of
from reader.models import AccessToken, User


class TokenForm(forms.ModelForm[AccessToken]):
    """What a token is for, and what it can do."""

    class Meta:
        model = AccessToken
        fields = ("name", "read_only")
        error_messages = {"name": {"required": gettext_lazy("Say what it is for.")}}


@policies.signed_in
@require_safe
def token_list(request: HttpRequest) -> HttpResponse:
    """List the reader's tokens, with when they were used last."""
    return _list(request, TokenForm())


def _list(request: HttpRequest, form: TokenForm, *, secret: str = "", status: int = 200) -> HttpResponse:
    own = AccessToken.objects.filter(user=request.user.pk)
    address = site_of(request) + reverse("reader:annotations")
    context = {"form": form, "tokens": own, "secret": secret, "address": address}
    return render(request, "reader/token_list.html", context, status=status)


@policies.signed_in
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Make a token, and show its secret this one time."""
    if not isinstance(request.user, User):
        raise Http404
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=400)
    try:
        _token, secret = tokens.create(request.user, **form.cleaned_data)
    except tokens.TooManyTokensError as error:
        form.add_error(None, str(error))
        return _list(request, form, status=400)
    return _list(request, TokenForm(), secret=secret)


@policies.signed_in
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a token back: whoever has it gets nothing any more."""
    token = get_object_or_404(AccessToken, pk=pk, user=request.user.pk)
    token.delete()
    messages.success(request, _("“%(name)s” is revoked.") % {"name": token.name})
    return redirect("reader:tokens")
