"""What readers say when they share: names, what others may do, which notes, and replies; nothing typed is lost."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from reader.answers import LONGEST_NUMBER, number_in
from reader.forms import BodyField
from reader.models import LONGEST_NAME, Note, NoteQuerySet
from reader.replies import LONGEST_REPLY


def _name(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_NAME,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say a name.")},
    )


class GroupForm(forms.Form):
    """How a group is called, and what its members may do."""

    name = _name(_("Name of the group"))
    members_share = forms.BooleanField(
        label=_("Members share notes, too"),
        required=False,
        initial=True,
        help_text=_("Otherwise only you do. What is shared already stays. With a note its tags are shared."),
    )
    allows_replies = forms.BooleanField(
        label=_("Members can reply"), required=False, initial=True, help_text=_("Otherwise only you do.")
    )


class NewGroupForm(GroupForm):
    """A group that is made, with how its owner is called in it."""

    own_name = _name(_("Your name in it"), _("So the others see you; your user name is not shown."))
    field_order = ("name", "own_name", "members_share", "allows_replies")


class NameForm(forms.Form):
    """How a reader is called in a group."""

    name = _name(_("Your name in this group"), _("So the others see you; your user name is not shown."))


class NotesField(forms.ModelMultipleChoiceField["Note"]):
    """Notes by their numbers; a number that no database holds is none of them."""

    def clean(self, value: Any) -> Any:
        """Refuse such a number in words, before the database is asked."""
        for number in value or ():
            if number_in(number) is None:
                message = str(self.error_messages["invalid_pk_value"]) % {"pk": str(number)[:LONGEST_NUMBER]}
                raise forms.ValidationError(message, code="invalid_pk_value")
        return super().clean(value)


class LinkForm(forms.Form):
    """Which notes a link shows, under what name, and whether its readers can reply."""

    notes = NotesField(
        label=_("Notes that it shows"),
        help_text=_("Their tags are seen, too."),
        queryset=Note.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one note.")},
    )
    name = _name(_("Your name there"), _("So its readers see you; your user name is not shown."))
    allows_replies = forms.BooleanField(
        label=_("Readers can reply"), required=False, help_text=_("Who replies needs an account.")
    )

    def __init__(self, notes: NoteQuerySet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelMultipleChoiceField[Note]", self.fields["notes"]).queryset = notes


class ReplyForm(forms.Form):
    """What a reply says."""

    body = BodyField(
        label=_("Your reply"),
        max_length=LONGEST_REPLY,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Markdown: **bold**, lists, links."),
        error_messages={"required": _("Write something first.")},
    )
    name = forms.CharField(label=_("Your name here"), max_length=LONGEST_NAME, required=False)
