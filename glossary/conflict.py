"""Two editors on one concept: the second is told, and loses nothing of what was typed."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from glossary.history import Change, changed_since, version
from glossary.models import Concept, Term

# So many differences are told in the message; the history has them all.
TOLD = 5
MOST_ROWS = 1_000


class VersionField(forms.CharField):
    """The version that was opened: nothing that an editor types, and so nothing that changes."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Leave it out of what the log says was changed."""
        return False


class ConceptForm(forms.ModelForm[Concept]):
    """A concept, with the version of it that was opened; saved only if nobody has changed it meanwhile."""

    version = VersionField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Concept
        fields = ("key", "subject", "status", "definition_zh", "definition_en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = version(self.instance)

    def clean(self) -> dict[str, Any]:
        """Say who changed the concept meanwhile; whoever then saves again has seen it, and wins."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            # Two who save at the same moment go one after the other.
            Concept.objects.select_for_update().filter(pk=self.instance.pk).first()
        change = changed_since(self.instance, cleaned.get("version", ""))
        if change:
            self.data = self._data_as_of_now()
            self.add_error(None, told(change))
        return cleaned

    def _data_as_of_now(self) -> QueryDict:
        data = QueryDict(mutable=True)
        for name in self.data:
            values = self.data.getlist(name) if isinstance(self.data, QueryDict) else [self.data[name]]
            data.setlist(name, values)
        data[self.add_prefix("version")] = version(self.instance)
        return data


def told(change: Change) -> str:
    """Say to somebody who wanted to save what has been changed meanwhile, and how to go on."""
    what = [f"{label}: {old or '–'} → {new or '–'}" for label, old, new in change.differences]
    more = ["…"] if len(what) > TOLD else []
    return _(
        "%(who)s changed this concept at %(when)s, after you opened it (%(what)s). Nothing of yours is saved yet, and "
        "all that you typed still stands here. Save again to put it in place of what is there now."
    ) % {
        "who": change.user_name or _("Somebody"),
        "when": date_format(timezone.localtime(change.when), "H:i"),
        "what": "; ".join(what[:TOLD] + more),
    }


def rows_again(data: QueryDict, prefix: str, concept: Concept) -> QueryDict:
    """Turn rows of a form whose terms somebody has deleted meanwhile into new rows, so that they are not lost."""
    try:
        initial = int(data.get(f"{prefix}-INITIAL_FORMS", ""))
    except ValueError:
        return data
    there = {str(pk) for pk in Term.objects.filter(concept=concept).values_list("pk", flat=True)}
    pks = {number: data.get(f"{prefix}-{number}-id", "") for number in range(min(initial, MOST_ROWS))}
    gone = [number for number, pk in pks.items() if pk and pk not in there]
    return _gone_last(data, prefix, gone, initial) if gone else data


def _gone_last(data: QueryDict, prefix: str, gone: list[int], initial: int) -> QueryDict:
    """Put the rows whose terms are gone behind those whose terms are there, without the keys that they had."""
    kept = [number for number in range(initial) if number not in gone]
    places = {old: new for new, old in enumerate([*kept, *gone])}
    fresh = QueryDict(mutable=True)
    for name, values in data.lists():
        row = re.fullmatch(rf"{re.escape(prefix)}-(\d+)-(\w+)", name)
        number = int(row[1]) if row else initial
        lost = bool(row and row[2] == "id" and number in gone)
        fresh.setlist(
            f"{prefix}-{places[number]}-{row[2]}" if row and number in places else name, [""] if lost else values
        )
    fresh[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    return fresh
