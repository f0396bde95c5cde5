"""A reader takes all along, or leaves."""

from tempfile import TemporaryFile

from allauth.core.ratelimit import consume_or_429
from django import forms
from django.contrib.auth import logout
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from glossary import policies
from reader import account_deletion, account_export
from reader.answers import SignedInRequest, site_of


class PasswordForm(forms.Form):
    """The password, asked for once more."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Give your password.")},
    )


@policies.signed_in
@require_safe
def export(request: SignedInRequest) -> FileResponse:
    """Send all that is the reader's, in one ZIP; it is written to a file, for it may be long."""
    # FileResponse closes it.
    out = TemporaryFile()  # noqa: SIM115
    account_export.write(request.user, out, site=site_of(request))
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"zhujie-{request.user.get_username()}.zip")


@policies.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest) -> HttpResponse:
    """Say what goes with the account and what stays; delete it for who gives the password."""
    user = request.user
    refused: HttpResponse | None = consume_or_429(request, action="reauthenticate", user=user)
    if refused:
        return refused
    form = PasswordForm(request.POST) if request.method == "POST" else PasswordForm()
    if form.is_valid():
        if user.check_password(form.cleaned_data["password"]):
            account_deletion.delete(user)
            logout(request)
            return render(request, "reader/account_deleted.html")
        form.add_error("password", _("This is not your password."))
    context = {"form": form, "belongings": account_deletion.belongings(user)}
    return render(request, "reader/account_delete.html", context, status=400 if form.is_bound else 200)
