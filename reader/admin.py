"""The admin of the reading room: documents and users. Notes are private and have no place here."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from reader.models import Document, User

admin.site.register(User, UserAdmin)


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin[Document]):
    """What is said of a document; its text comes in by import."""

    list_display = ("title", "level", "public", "source_script", "revision", "added")
    list_filter = ("level", "public", "source_script")
    list_editable = ("level",)
    search_fields = ("title", "summary", "author", "slug")
    autocomplete_fields = ("owner",)
    readonly_fields = ("revision", "added")
