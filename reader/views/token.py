"""The tokens by which a reader's programs get at the notes: made, listed, revoked."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from glossary import policies
from reader import tokens
from reader.answers import SignedInRequest, site_of
from reader.models import AccessToken

# The cookie in which a new token's secret is on its way to the page that shows it, and for how many seconds at most.
NEW, LONGEST = "new-token", 60


class TokenForm(forms.ModelForm[AccessToken]):
    """What a token is for, and what it can do."""

    class Meta:
        model = AccessToken
        fields = ("name", "read_only")
        error_messages = {"name": {"required": gettext_lazy("Say what it is for.")}}


@policies.signed_in
@require_safe
def token_list(request: SignedInRequest) -> HttpResponse:
    """List the reader's tokens, with when they were used last; a new one with its secret, this one time."""
    secret = request.get_signed_cookie(NEW, "", salt=_salt(request), max_age=LONGEST)
    response = _list(request, TokenForm(), secret=secret or "")
    if NEW in request.COOKIES:
        response.delete_cookie(NEW, path=request.path)
    return response


def _salt(request: SignedInRequest) -> str:
    return f"{NEW} of {request.user.pk}"


def _list(request: SignedInRequest, form: TokenForm, *, secret: str = "", status: int = 200) -> HttpResponse:
    own = AccessToken.objects.filter(user=request.user)
    address = site_of(request) + reverse("reader:annotations")
    context = {"form": form, "tokens": own, "secret": secret, "address": address}
    return render(request, "reader/token_list.html", context, status=status)


@policies.signed_in
@require_POST
def add(request: SignedInRequest) -> HttpResponse:
    """Make a token, and let the list show its secret once; loading that again makes no other."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=400)
    try:
        _token, secret = tokens.create(request.user, **form.cleaned_data)
    except tokens.TooManyTokensError as error:
        form.add_error(None, str(error))
        return _list(request, form, status=400)
    response = redirect("reader:tokens")
    # Only the browser holds it on the way: here, none but its digest is kept.
    response.set_signed_cookie(
        NEW,
        secret,
        salt=_salt(request),
        max_age=LONGEST,
        path=response.url,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


@policies.signed_in
@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a token back: whoever has it gets nothing any more."""
    token = get_object_or_404(AccessToken, pk=pk, user=request.user)
    token.delete()
    messages.success(request, _("“%(name)s” is revoked.") % {"name": token.name})
    return redirect("reader:tokens")
