"""The admin of the reading room: documents and users. Notes are private and have no place here."""

from collections.abc import Iterable

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from reader import account_deletion, excerpts
from reader.models import Document, User

Deleted = tuple[list[str], dict[str, int], set[str], list[str]]


def _only_named(objects: Iterable[Model]) -> Deleted:
    """Name what is to be deleted; Django would show the readers' notes that hang on it."""
    return [str(one) for one in objects], {}, set(), []


@admin.register(User)
class ReaderAdmin(UserAdmin[User]):
    """Accounts; one that is deleted goes as if its reader had left."""

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest) -> Deleted:
        """Name the accounts."""
        return _only_named(objs)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Delete an account, and nothing of other readers."""
        account_deletion.delete(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Delete accounts, and nothing of other readers."""
        for user in queryset.order_by("pk"):
            account_deletion.delete(user)


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin[Document]):
    """What is said of a document; its text comes in by import."""

    list_display = ("title", "level", "public", "source_script", "revision", "added")
    list_filter = ("level", "public", "source_script")
    list_editable = ("level",)
    search_fields = ("title", "summary", "author", "slug")
    autocomplete_fields = ("owner",)
    readonly_fields = ("revision", "added")

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest) -> Deleted:
        """Name the texts."""
        return _only_named(objs)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Document) -> None:
        """Delete a text; whoever noted something in it keeps that."""
        locked = Document.objects.select_for_update().get(pk=obj.pk)
        excerpts.leave(locked)
        locked.delete()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> None:
        """Delete texts; whoever noted something in them keeps that."""
        for document in queryset.order_by("pk"):
            self.delete_model(request, document)
