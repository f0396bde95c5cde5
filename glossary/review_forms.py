"""What readers suggest and editors decide, checked; what was typed stays when something is wrong."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from glossary.forms import TextField
from glossary.models import Concept, SubjectField, SuggestionKind, SuggestionStatus, Term
from zhtext.pinyin import check_reading
from zhtext.script import simplify


class SuggestionForm(forms.Form):
    """What a reader finds wrong with a word."""

    text = TextField(label=_("Word"), max_length=80)
    kind = forms.ChoiceField(label=_("What is wrong?"), choices=SuggestionKind.choices, widget=forms.RadioSelect)
    proposal = TextField(
        label=_("What should it be?"),
        max_length=240,
        required=False,
        help_text=_(
            "The English gloss, the reading as pinyin (jī xiè or ji1 xie4), or the words as they should be cut."
        ),
    )
    comment = TextField(
        label=_("Anything else"), max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a word of what is meant, and hold a reading against the characters."""
        data = super().clean() or self.cleaned_data
        if not data.get("proposal") and not data.get("comment") and not self.errors:
            raise ValidationError(_("Write what it should be, or a comment."))
        if data.get("kind") == SuggestionKind.READING and data.get("proposal") and data.get("text"):
            try:
                data["proposal"] = " ".join(check_reading(simplify(data["text"]), data["proposal"]))
            except ValueError as error:
                self.add_error("proposal", str(error))
        return data


class QueueForm(forms.Form):
    """Which suggestions to look through."""

    status = forms.ChoiceField(
        label=_("Status"), choices=[*SuggestionStatus.choices, ("all", _("all"))], required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *SuggestionKind.choices], required=False)


class DecisionForm(forms.Form):
    """An editor's decision on a suggestion."""

    value = TextField(max_length=240, required=False)
    answer = TextField(max_length=500, required=False)


class CandidateForm(forms.Form):
    """What a candidate becomes; ``key`` says which one was looked at."""

    key = TextField(max_length=120)
    zh = TextField(max_length=120, required=False)
    en = TextField(max_length=120, required=False)
    subject = forms.ModelChoiceField(SubjectField.objects.all(), to_field_name="slug", required=False)
    publish = forms.BooleanField(required=False)


class MergeForm(forms.Form):
    """A concept that a candidate is another name of: its key, or one of its names."""

    key = TextField(max_length=120)
    zh = TextField(max_length=120, required=False)
    en = TextField(max_length=120, required=False)
    into = TextField(max_length=120)

    def clean_into(self) -> Concept:
        """Find the concept. Raises ValidationError where there is none, or more than one."""
        asked = self.cleaned_data["into"]
        found = list(Concept.objects.filter(key=asked))
        keys = Term.objects.filter(text=simplify(asked)).values_list("concept", flat=True)
        found = found or list(Concept.objects.filter(pk__in=keys)[:2])
        if len(found) != 1:
            raise ValidationError(
                _("Several concepts are called so: choose one by its key.") if found else _("There is no such concept.")
            )
        return found[0]
