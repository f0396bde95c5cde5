"""Say in words in what two states of a concept differ: its own fields, its terms, sources and relations."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from glossary.models import Concept, Relation, Source, Term

# What of each is told, in the order in which it is told.
FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Concept: ("key", "subject", "status", "definition_zh", "definition_en"),
    Term: ("text", "language", "status", "kind", "reading", "hant", "hant_tw", "hant_hk", "annotate", "forced"),
    Source: ("title", "url", "licence"),
    Relation: ("target", "kind"),
}
MODELS = tuple(FIELDS)
# What stood in the tables at one moment: for each row of them, by table and key, the history that says it.
State = Mapping[tuple[type[models.Model], int], Any]


class Difference(NamedTuple):
    """One field, or one whole term, source or relation, what stood there and what does; empty for nothing."""

    label: str
    old: str
    new: str


def differences(old: State, new: State) -> Iterator[Difference]:
    """Give what differs, the concept's own fields first, then terms, sources and relations."""
    for model in MODELS:
        keys = [key for key in {**old, **new} if key[0] is model]
        for key in keys:
            yield from _of_row(model, old.get(key), new.get(key))


def _of_row(model: type[models.Model], old: Any, new: Any) -> Iterator[Difference]:
    if model is not Concept and (old is None or new is None):
        yield Difference(_name(model), _summary(model, old), _summary(model, new))
        return
    for name in FIELDS[model]:
        if old is not None and new is not None and _stored(model, old, name) == _stored(model, new, name):
            continue
        before, after = _shown(model, old, name), _shown(model, new, name)
        if before != after:
            label = _label(model, name)
            whose = "" if model is Concept else f"{_shown(model, new, FIELDS[model][0])}: "
            yield Difference(f"{whose}{label}", before, after)


def _stored(model: type[models.Model], row: Any, name: str) -> Any:
    return getattr(row, getattr(model._meta.get_field(name), "attname", name))


def _name(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name)


def _label(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    return str(getattr(field, "verbose_name", name))


def _summary(model: type[models.Model], row: Any) -> str:
    """Say a whole term or source in one line: what it is called, and what is said of it beside."""
    if row is None:
        return ""
    first, *others = (_said(model, row, name) for name in FIELDS[model] if not _usual(model, row, name))
    return f"{first} ({', '.join(others)})" if others else first


def _said(model: type[models.Model], row: Any, name: str) -> str:
    """Say a field in a summary; a yes or no says nothing without its name."""
    shown = _shown(model, row, name)
    is_yes_or_no = isinstance(model._meta.get_field(name), models.BooleanField)
    return f"{_label(model, name)}: {shown}" if is_yes_or_no else shown


def _usual(model: type[models.Model], row: Any, name: str) -> bool:
    """Tell whether a field says what it says of most rows, so that it need not be told."""
    field = model._meta.get_field(name)
    if isinstance(field, models.BooleanField):
        return bool(getattr(row, name) == field.get_default())
    return not _stored(model, row, name)


def _shown(model: type[models.Model], row: Any, name: str) -> str:
    if row is None:
        return ""
    field = model._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        try:
            return str(getattr(row, name))
        except ObjectDoesNotExist:
            # The subject is gone, and only its number is left.
            return str(getattr(row, field.attname))
    if isinstance(field, models.BooleanField):
        return _("yes") if getattr(row, name) else _("no")
    display = getattr(row, f"get_{name}_display", None)
    return str(display()) if display else str(getattr(row, name))
