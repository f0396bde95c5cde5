"""The admin of the glossary: where editors do their daily work."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.admin import SimpleHistoryAdmin

from glossary import concordance, edition
from glossary.conflict import ConceptForm
from glossary.models import Concept, ConceptStatus, Entry, Relation, Source, SubjectField, Term
from glossary.term_forms import TermForm, TermFormSet


class TermInline(admin.TabularInline[Term, Concept]):
    """Terms inside their concept."""

    model = Term
    form = TermForm
    formset = TermFormSet
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Term]:
        """Show the terms in the order in which an editor reads them."""
        return Term.objects.ranked()


class SourceInline(admin.TabularInline[Source, Concept]):
    """Sources inside their concept."""

    model = Source
    extra = 0
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class RelationInline(admin.TabularInline[Relation, Concept]):
    """Relations inside the concept that they are of; the other concept shows them from its side."""

    model = Relation
    fk_name = "concept"
    autocomplete_fields = ("target",)
    extra = 0


@admin.register(Concept)
class ConceptAdmin(SimpleHistoryAdmin):  # type: ignore[misc]  # simple_history has no type hints
    """Concepts with their terms, relations, sources, history, and where they occur now."""

    form = ConceptForm
    list_display = ("key", "chinese", "english", "subject", "status", "occurrence_count", "modified")
    list_filter = ("status", "subject", "terms__status")
    search_fields = ("key", "terms__text", "definition_zh", "definition_en")
    search_help_text = _("Searches keys, terms in all languages, and definitions.")
    autocomplete_fields = ("subject",)
    inlines = (TermInline, RelationInline, SourceInline)
    readonly_fields = ("places",)
    actions = ("publish", "retire")
    list_per_page = 50
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 100})}}
    save_on_top = True

    class Media:
        js = ("glossary/propose.js",)
        css = {"all": ("glossary/admin.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Concept]:
        """Bring the terms along, which the list shows."""
        queryset: QuerySet[Concept] = super().get_queryset(request)
        return queryset.prefetch_related("terms")

    @admin.display(description=_("Chinese"))
    def chinese(self, concept: Concept) -> str:
        """Show the preferred Chinese term."""
        return concept.preferred("zh")

    @admin.display(description=_("English"))
    def english(self, concept: Concept) -> str:
        """Show the preferred English term."""
        return concept.preferred("en")

    @admin.display(description=_("places"))
    def occurrence_count(self, concept: Concept) -> int:
        """Count the places where the concept stands in public texts, now."""
        return sum(len(found.spans) for found in concordance.occurrences(concept.pk))

    @admin.display(description=_("where it occurs"))
    def places(self, concept: Concept) -> SafeString | str:
        """Show the texts in which the concept stands, with its first places."""
        found = concordance.occurrences(concept.pk) if concept.pk else []
        if not found:
            return str(_("In no public text."))
        lines = [
            (text.text.title, len(text.spans), line.url, line.before, line.keyword, line.after)
            for text in found
            for line in concordance.lines(text, most=3)
        ]
        row = '<li>{} ({}): <a href="{}">{}<b>{}</b>{}</a></li>'
        return format_html("<ul>{}</ul>", format_html_join("", row, lines))

    def save_model(self, request: HttpRequest, obj: Concept, form: Any, change: bool) -> None:
        """Save a concept; a revert from its history comes here alone."""
        super().save_model(request, obj, form, change)
        edition.advance()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the terms, and let the glossary's revision go on: every page shows the change on its next load."""
        super().save_related(request, form, formsets, change)
        edition.advance()

    def delete_model(self, request: HttpRequest, obj: Concept) -> None:
        """Delete a concept; its pages and marks go with it."""
        super().delete_model(request, obj)
        edition.advance()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Concept]) -> None:
        """Delete concepts; their pages and marks go with them."""
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            edition.advance()

    @admin.action(description=_("Publish the selected concepts"))
    def publish(self, request: HttpRequest, queryset: QuerySet[Concept]) -> None:
        """Show the concepts to readers."""
        self._set_status(request, queryset, ConceptStatus.PUBLISHED)

    @admin.action(description=_("Mark the selected concepts as obsolete"))
    def retire(self, request: HttpRequest, queryset: QuerySet[Concept]) -> None:
        """Hide the concepts from readers, and keep them."""
        self._set_status(request, queryset, ConceptStatus.OBSOLETE)

    def _set_status(self, request: HttpRequest, queryset: QuerySet[Concept], status: ConceptStatus) -> None:
        with transaction.atomic():
            for concept in queryset:
                concept.status = status
                concept.save()
            edition.advance()
        count = len(queryset)
        text = ngettext("%(count)d concept is now %(status)s.", "%(count)d concepts are now %(status)s.", count)
        self.message_user(request, text % {"count": count, "status": status.label}, messages.SUCCESS)


@admin.register(SubjectField)
class SubjectFieldAdmin(admin.ModelAdmin[SubjectField]):
    """The parts of the field."""

    list_display = ("slug", "name_zh", "name_en", "position")
    list_editable = ("position",)
    search_fields = ("slug", "name_zh", "name_en")

    def save_model(self, request: HttpRequest, obj: SubjectField, form: Any, change: bool) -> None:
        """Save a subject; its name stands on cards."""
        super().save_model(request, obj, form, change)
        edition.advance()


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin[Entry]):
    """The dictionary, to look things up; it is loaded as a whole and not edited."""

    list_display = ("simplified", "traditional", "reading")
    search_fields = ("=simplified", "=traditional")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Entries come with the dictionary."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        """Entries are not edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        """Entries go with the dictionary."""
        return False
