"""What readers write, checked; what they typed is never trimmed and never lost."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reader.notes import LONGEST_BODY


class NoteForm(forms.Form):
    """What a note says."""

    body = forms.CharField(
        label=_("Your note"),
        max_length=LONGEST_BODY,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Markdown: **bold**, lists, links. Only you can read it."),
    )


class PlaceForm(forms.Form):
    """Where a note stands: code points of a revision of the text."""

    revision = forms.IntegerField(min_value=1, max_value=2_000_000_000)
    start = forms.IntegerField(min_value=0, max_value=2_000_000_000)
    end = forms.IntegerField(min_value=1, max_value=2_000_000_000)
