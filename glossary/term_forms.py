"""The form of a concept with its terms, in the admin and beside a text: the same rules, said in the same words."""

from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext_lazy as _

from glossary.conflict import ConceptForm, rows_again
from glossary.impact import impact
from glossary.models import Concept, Source, Term, TermStatus
from glossary.proposals import effects, spelled

PROPOSED = ("reading", "hant", "hant_tw", "hant_hk")


class TermForm(forms.ModelForm[Term]):
    """A term; what the house would write stands greyed in the empty fields, and is never saved unasked."""

    class Meta:
        model = Term
        fields = ("text", "language", "status", "kind", "reading", "hant", "hant_tw", "hant_hk", "annotate", "forced")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", "language", *PROPOSED):
            self.fields[name].widget.attrs["data-propose"] = name
        if self.instance.pk and self.instance.language == "zh":
            for name, form in spelled(self.instance.text).items():
                self.fields[name].widget.attrs["placeholder"] = form

    def effects(self) -> list[str]:
        """Say what the term as it stands in the form would do to the texts, and where its last form would be missed."""
        text, before = str(self["text"].value() or ""), self.initial.get("text", "") if self.instance.pk else ""
        if not text or "text" in self.errors:
            return []
        said = list(effects(impact(text, concept=self.instance.concept_id)))
        if before and before != text:
            places = impact(before, concept=self.instance.concept_id).count
            said.append(_("%(count)d places of %(term)s lose their mark") % {"count": places, "term": before})
        return said

    def has_changed(self) -> bool:
        """Take a new row without a term for an empty one, whatever else is chosen in it."""
        return super().has_changed() and bool(self.instance.pk or self["text"].value())


class TermFormSet(BaseInlineFormSet[Term, Concept, forms.ModelForm[Term]]):
    """The terms of one concept together: what holds between them is said in human words."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        concept = kwargs.get("instance")
        if data and concept and concept.pk:
            data = rows_again(data, kwargs.get("prefix") or self.get_default_prefix(), concept)
        super().__init__(data, *args, **kwargs)

    def clean(self) -> None:
        """Refuse a concept without a term, a term that is there twice, and two preferred terms in one language."""
        super().clean()
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        terms = [data for data in kept if data.get("text")]
        if not terms:
            raise forms.ValidationError(_("A concept needs at least one term."))
        if len({(data.get("language"), data["text"]) for data in terms}) < len(terms):
            raise forms.ValidationError(_("The concept has this term already."))
        for language in {data.get("language") for data in terms}:
            same = [data for data in terms if data.get("language") == language]
            if sum(data.get("status") == TermStatus.PREFERRED for data in same) > 1:
                raise forms.ValidationError(_("Only one term in each language can be the preferred one."))

    def save_existing_objects(self, commit: bool = True) -> list[Term]:
        """Save the terms that were there; a preferred one that steps down or goes makes room for the next first."""
        leaving = [form.instance.pk for form in self.initial_forms if form in self.deleted_forms or _steps_down(form)]
        Term.objects.filter(pk__in=leaving, status=TermStatus.PREFERRED).update(status=TermStatus.ADMITTED)
        return super().save_existing_objects(commit)


def _steps_down(form: forms.ModelForm[Term]) -> bool:
    return "status" in form.changed_data and form.cleaned_data["status"] != TermStatus.PREFERRED


class ConceptPanelForm(ConceptForm):
    """What is said of a concept besides its terms, beside a text; its key is made from them."""

    class Meta:
        model = Concept
        fields = ("subject", "status", "definition_en", "definition_zh")
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in ("definition_en", "definition_zh")}


def term_forms(extra: int) -> type[TermFormSet]:
    """Make the forms of the terms of a concept, with so many empty ones."""
    made = inlineformset_factory(Concept, Term, form=TermForm, formset=TermFormSet, extra=extra)
    return made  # type: ignore[return-value]  # the factory's type forgets which formset it was given


class SourceForm(forms.ModelForm[Source]):
    """Where something that is said of a concept comes from."""

    url = forms.URLField(label=_("address"), required=False, assume_scheme="https", empty_value="")

    class Meta:
        model = Source
        fields = ("title", "url", "licence")


SourceForms = inlineformset_factory(Concept, Source, form=SourceForm, extra=1)
