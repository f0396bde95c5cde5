"""What readers write, checked; what they typed is never trimmed and never lost."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reader.notes import LONGEST_BODY


class BodyField(forms.CharField):
    """A text as its author typed it: browsers send line ends as two characters, but count them as one."""

    def to_python(self, value: Any) -> str:
        """Bring line ends to a line feed; nothing else is touched."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


class NoteForm(forms.Form):
    """What a note says."""

    body = BodyField(
        label=_("Your note"),
        max_length=LONGEST_BODY,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Markdown: **bold**, lists, links. Only you can read it."),
    )


class PositionForm(forms.Form):
    """Where a reader is: a code point of a revision of the text."""

    revision = forms.IntegerField(min_value=1, max_value=2_000_000_000)
    offset = forms.IntegerField(min_value=0, max_value=2_000_000_000)


class PlaceForm(forms.Form):
    """Where a note stands: code points of a revision of the text."""

    revision = forms.IntegerField(min_value=1, max_value=2_000_000_000)
    start = forms.IntegerField(min_value=0, max_value=2_000_000_000)
    end = forms.IntegerField(min_value=1, max_value=2_000_000_000)


class ChoiceForm(PlaceForm):
    """What the word at a place means: a concept, or none; there, or throughout the text."""

    concept = forms.SlugField(required=False)
    throughout = forms.BooleanField(required=False)
