"""Relations: how one concept stands to another; each is one row, read from both sides."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from glossary.models.choices import RelationKind
from glossary.models.concept import Concept

Name = TypeVar("Name", int, str)


class RelationQuerySet(models.QuerySet["Relation"]):
    """Relations, by what they are good for."""

    def published(self) -> "RelationQuerySet":
        """Keep the relations of which readers see both concepts."""
        return self.filter(concept__in=Concept.objects.published(), target__in=Concept.objects.published())


class Relation(models.Model):
    """One concept's relation to another: interpretability is the broader one of mechanistic interpretability."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="relations", verbose_name=_("concept"))
    kind = models.CharField(
        _("relation"),
        max_length=8,
        choices=RelationKind.choices,
        default=RelationKind.RELATED,
        help_text=_("A broader concept shows this one as a narrower one, a related one shows it as related."),
    )
    target = models.ForeignKey(Concept, models.CASCADE, related_name="relations_here", verbose_name=_("to the concept"))

    objects = RelationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(
                fields=("concept", "target", "kind"),
                name="relation_unique",
                violation_error_message=_("The concept has this relation already."),
            ),
            models.UniqueConstraint(
                Least("concept", "target"),
                Greatest("concept", "target"),
                condition=Q(kind="related"),
                name="relation_related_once",
                violation_error_message=_("The two concepts are related already."),
            ),
            models.CheckConstraint(
                condition=~Q(concept=F("target")),
                name="relation_to_another",
                violation_error_message=_("A concept has no relation to itself."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RelationKind.values),
                name="relation_kind_is_known",
                violation_error_message=_("This relation does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concept} · {self.get_kind_display()} · {self.target}"

    def clean(self) -> None:
        """Refuse a relation to itself and a loop. Raises ValidationError in words for an editor."""
        if self.concept_id is None or self.target_id is None:
            return
        if self.concept_id == self.target_id:
            raise ValidationError({"target": _("A concept has no relation to itself.")})
        if self.kind == RelationKind.BROADER:
            others = Relation.objects.filter(kind=RelationKind.BROADER).exclude(pk=self.pk)
            above: dict[int, set[int]] = {}
            for concept, target in others.values_list("concept_id", "target_id"):
                above.setdefault(concept, set()).add(target)
            if reaches(above, self.target_id, self.concept_id):
                message = _("This would be a loop: %(target)s is itself narrower than %(concept)s.")
                raise ValidationError({"target": message % {"target": self.target, "concept": self.concept}})


def reaches(above: Mapping[Name, Iterable[Name]], start: Name, goal: Name) -> bool:
    """Tell whether one comes from a concept to another by going to broader ones."""
    seen: set[Name] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            waiting.extend(above.get(name, ()))
    return False
