"""The form for files of notes."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from reader.models import Document, User
from reader.note_formats.reading import LARGEST


class NoteImportForm(forms.Form):
    """A file of notes, and what to do with those whose text is not here."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        help_text=_("JSON-LD as it is exported here, or a JSON file of Hypothesis."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty."),
            "missing": _("Choose a file."),
        },
    )
    document = forms.ModelChoiceField(
        label=_("The text, where the file does not tell"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("as the file says"),
    )
    leave_out = forms.BooleanField(label=_("Leave out notes on texts that are not here"), required=False)

    def __init__(self, user: User | AnonymousUser, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Document]", self.fields["document"])
        field.queryset = Document.objects.visible_to(user)

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large to be read."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB. Cut it in parts."))
        return upload
