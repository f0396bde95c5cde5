"""What visitors type into the glossary, checked before it is used."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from glossary.coverage import Sorting
from glossary.lines import SCRIPTS, Order
from glossary.models import SubjectField
from zhtext.characters import normalise

LONGEST_QUERY = 80


class TextField(forms.CharField):
    """A line of text that can be stored and looked up: brought to NFC, without NUL and half surrogates."""

    def to_python(self, value: Any) -> str:
        """Normalise the text. Raises ValidationError in human words."""
        try:
            return normalise(super().to_python(value) or "")
        except ValueError as error:
            raise ValidationError(str(error)) from error


def problems(form: forms.BaseForm) -> list[str]:
    """Give all that is wrong with what was typed, in words."""
    return [str(text) for texts in form.errors.values() for text in texts]


class LookUpForm(forms.Form):
    """A word to look up."""

    q = TextField(label=_("Word"), max_length=LONGEST_QUERY)


class ConceptFilterForm(forms.Form):
    """What of the glossary to list."""

    q = TextField(label=_("Search"), max_length=LONGEST_QUERY, required=False)
    subject = forms.ModelChoiceField(
        SubjectField.objects.all(),
        to_field_name="slug",
        required=False,
        label=_("Subject"),
        empty_label=_("All subjects"),
    )


class ConcordanceForm(forms.Form):
    """In which order and script to show the places of a concept."""

    sort = forms.ChoiceField(choices=Order.choices, required=False)
    script = forms.ChoiceField(choices=SCRIPTS, required=False)


class CoverageForm(forms.Form):
    """In which order to show how texts write the concepts."""

    sort = forms.ChoiceField(choices=Sorting.choices, required=False)


class ProposeForm(forms.Form):
    """A term that an editor is about to add, and the key of the concept it belongs to, if that has one."""

    text = TextField(max_length=120)
    concept = forms.CharField(max_length=80, required=False)
