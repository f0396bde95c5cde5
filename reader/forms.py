"""What readers write, checked; what they typed is never trimmed and never lost."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reader.anchoring import LONGEST_QUOTE
from reader.document_editing import LONGEST_SOURCE
from reader.models import Block, Colour, Membership, ReadingGroup, User
from reader.notes import LONGEST_BODY, split_tags


class BodyField(forms.CharField):
    """A text as its author typed it: browsers send line ends as two characters, but count them as one."""

    def to_python(self, value: Any) -> str:
        """Bring line ends to a line feed; nothing else is touched."""
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class NoteForm(forms.Form):
    """What a note says, how it looks, and whom it is for."""

    body = BodyField(
        label=_("Your note"),
        max_length=LONGEST_BODY,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Markdown: **bold**, lists, links."),
    )
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=1_000,
        help_text=_("Words to find the note by, with commas between. Whoever can read the note sees them, too."),
    )
    colour = forms.ChoiceField(
        label=_("Colour"), choices=Colour.choices, required=False, initial=Colour.YELLOW, widget=forms.RadioSelect
    )
    group = forms.ModelChoiceField(
        label=_("Who can read it"), queryset=ReadingGroup.objects.none(), required=False, empty_label=_("Only you")
    )
    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)

    def __init__(self, user: User | AnonymousUser, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[ReadingGroup]", self.fields["group"])
        field.queryset = ReadingGroup.objects.filter(pk__in=Membership.objects.groups_of(user))

    def said(self) -> dict[str, Any]:
        """Give what was said of the note, as notes.add and notes.edit take it; what was not sent is left out."""
        cleaned = self.cleaned_data
        said: dict[str, Any] = {"body": cleaned["body"]}
        if "tags" in self.data:
            said["tags"] = split_tags(cleaned["tags"])
        if cleaned["colour"]:
            said["colour"] = cleaned["colour"]
        if "group" in self.data:
            said["group"] = cleaned["group"]
        return said


def typed_body(request: HttpRequest) -> str:
    """Give what was typed of a note, cut where no note could hold it."""
    return request.POST.get("body", "").replace("\r\n", "\n")[:LONGEST_BODY]


def typed_looks(request: HttpRequest) -> dict[str, str]:
    """Give what else was said of a note, as it was sent."""
    return {name: request.POST[name][:1_000] for name in ("tags", "colour", "group") if name in request.POST}


class PositionForm(forms.Form):
    """Where a reader is: a code point of a revision of the text."""

    revision = forms.IntegerField(min_value=1, max_value=2_000_000_000)
    offset = forms.IntegerField(min_value=0, max_value=2_000_000_000)


class PlaceForm(forms.Form):
    """Where a note stands: code points of a revision of the text."""

    revision = forms.IntegerField(min_value=1, max_value=2_000_000_000)
    start = forms.IntegerField(min_value=0, max_value=2_000_000_000)
    end = forms.IntegerField(min_value=1, max_value=2_000_000_000)


class WordsForm(forms.Form):
    """Words of a text, and the paragraph in which they stand."""

    words = forms.CharField(label=_("The words"), max_length=LONGEST_QUOTE, widget=forms.Textarea(attrs={"rows": 3}))
    paragraph = forms.TypedChoiceField(label=_("Paragraph"), required=False, coerce=int, empty_value=None)

    def __init__(self, blocks: Iterable[Block], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.TypedChoiceField", self.fields["paragraph"])
        field.choices = [("", _("Anywhere in the text")), *((block.number, block.number + 1) for block in blocks)]


class SourceForm(forms.Form):
    """The source of a text, the revision it was edited from, and the fingerprint of the source seen last."""

    source = BodyField(
        label=_("Source"),
        max_length=LONGEST_SOURCE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text=_("As it came; it is cleaned again when it is saved. One paragraph a line, or Markdown."),
    )
    revision = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class ChoiceForm(PlaceForm):
    """What the word at a place means: a concept, or none; there, or throughout the text."""

    concept = forms.SlugField(required=False)
    throughout = forms.BooleanField(required=False)
