"""What has changed in the glossary, as readers and editors are told: by day, each concept or import once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from glossary.differences import MODELS
from glossary.models import Concept, ConceptStatus, Import

# What an import or its undoing writes says so; all of it is one entry.
WHOLE = Q(history_change_reason__startswith="import") | Q(history_change_reason__startswith="undo import")
# So many of the last histories are looked through; they all stay on the pages of their concepts.
MOST = 20_000
# What was changed by hand: of which concept, when, by whom, and what became of it.
Edit = tuple[int, datetime, str, str]


@dataclass(frozen=True)
class Entry:
    """One concept on one day, or one import: when, by whom, and what became of it."""

    when: datetime
    user: str
    kind: str
    key: str = ""
    name: str = ""
    # Of an import: how many concepts it touched, which one it was, and whether that was taking it back.
    count: int = 0
    job: int | None = None

    def __str__(self) -> str:
        words = {
            "new": _("%(name)s is new"),
            "changed": _("%(name)s was changed"),
            "deleted": _("%(name)s was removed"),
            "undone": ngettext(
                "An import of one concept was taken back", "An import of %(count)d concepts was taken back", self.count
            ),
            "import": ngettext("An import touched one concept", "An import touched %(count)d concepts", self.count),
        }
        return words[self.kind] % {"name": self.name or self.key, "count": self.count}

    @property
    def url(self) -> str:
        """Lead to the page that tells more."""
        return reverse("glossary:concept-changes", args=[self.key]) if self.key else reverse("glossary:changes")

    @property
    def day(self) -> date:
        """Give the day under which the entry stands."""
        return timezone.localtime(self.when).date()


@lru_cache(maxsize=4)
def entries(edition: int, *, everything: bool) -> tuple[Entry, ...]:
    """Give what has changed up to a revision, the newest first; unless asked for everything, what readers may see."""
    found = [*_imports(), *_concepts(everything=everything)]
    return tuple(sorted(found, key=attrgetter("when"), reverse=True))


def _histories(model: Any) -> "QuerySet[Any]":
    rows: QuerySet[Any] = model.history.order_by()
    return rows


def _imports() -> Iterator[Entry]:
    """Give the imports: all that one writes has one moment, one reason and one user."""
    names = ("history_date", "history_change_reason", "history_user__username")
    counts: dict[tuple[datetime, str, str | None], int] = {}
    for model in MODELS:
        concept = "id" if model is Concept else "concept_id"
        rows = _histories(model).filter(WHOLE).values_list(*names).annotate(count=Count(concept, distinct=True))
        for *place, count in rows:
            counts[tuple(place)] = max(count, counts.get(tuple(place), 0))
    jobs = set(Import.objects.values_list("pk", flat=True))
    for (when, reason, user), count in counts.items():
        pk = int(reason.split()[-1]) if reason.split()[-1].isdigit() else None
        kind = "undone" if reason.startswith("undo") else "import"
        yield Entry(when, user or "", kind, count=count, job=pk if pk in jobs else None)


def _concepts(*, everything: bool) -> Iterator[Entry]:
    """Give the concepts that somebody changed by hand, each once a day and by each of those who did."""
    found: dict[tuple[date, int, str], Entry] = {}
    hidden = set() if everything else _hidden()
    edits = sorted(_edits(), key=lambda edit: edit[1])
    for pk, when, user, kind in edits if everything else _of_published(edits):
        entry = Entry(when, user, kind)
        place = (entry.day, pk, user)
        earlier = found.get(place)
        # Whoever makes a concept and goes on writing has made it; one that is gone is gone.
        made = earlier and earlier.kind == "new" and kind == "changed"
        found[place] = replace(entry, kind="new") if made else entry
    called = _called({pk for _day, pk, _user in found})
    for (_day, pk, _user), entry in found.items():
        if pk not in hidden and pk in called:
            key, name = called[pk]
            yield replace(entry, key=key, name=name)


def _of_published(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Keep what was changed of concepts while readers saw them; what publishes a concept makes it new to them."""
    statuses = _statuses()
    for pk, when, user, kind in edits:
        told = [(moment, status) for moment, status in statuses.get(pk, ()) if moment <= when]
        if not told or told[-1][1] == ConceptStatus.PUBLISHED:
            first = next((moment for moment, status in told if status == ConceptStatus.PUBLISHED), None)
            yield pk, when, user, "new" if kind == "changed" and when == first else kind


def _statuses() -> dict[int, list[tuple[datetime, str]]]:
    """Give for each concept that was ever a draft when it had which status, the oldest first."""
    drafts = _histories(Concept).exclude(status=ConceptStatus.PUBLISHED).values("id")
    rows = _histories(Concept).filter(id__in=drafts).order_by("history_date", "history_id")
    found: dict[int, list[tuple[datetime, str]]] = {}
    for pk, when, status in rows.values_list("id", "history_date", "status"):
        found.setdefault(pk, []).append((when, status))
    return found


def _edits() -> Iterator[Edit]:
    for model in MODELS:
        concept = "id" if model is Concept else "concept_id"
        kinds = {"+": "new", "-": "deleted"} if model is Concept else {}
        rows = _histories(model).exclude(WHOLE & Q(history_change_reason__isnull=False)).order_by("-history_id")
        for pk, when, user, kind in rows.values_list(concept, "history_date", "history_user__username", "history_type")[
            :MOST
        ]:
            yield pk, when, user or "", kinds.get(kind, "changed")


def _hidden() -> set[int]:
    """Give the concepts that readers do not see: those not published, and those that went before they were."""
    there = Concept.objects.exclude(status=ConceptStatus.PUBLISHED).values_list("pk", flat=True)
    gone = _histories(Concept).filter(history_type="-").exclude(status=ConceptStatus.PUBLISHED)
    return {*there, *gone.values_list("id", flat=True)} - set(Concept.objects.published().values_list("pk", flat=True))


def _called(concepts: set[int]) -> dict[int, tuple[str, str]]:
    """Give the key and the name of concepts; of those that are gone the key they had."""
    gone = _histories(Concept).filter(id__in=concepts, history_type="-").order_by("history_id")
    called = {pk: (key, "") for pk, key in gone.values_list("id", "key")}
    there = Concept.objects.filter(pk__in=concepts).prefetch_related("terms")
    return called | {concept.pk: (concept.key, concept.preferred_zh) for concept in there}
