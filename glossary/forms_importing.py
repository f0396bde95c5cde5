"""The form for files that editors bring in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from glossary.formats import FORMATS, READERS
from glossary.imports import guess_format

# All of CC-CEDICT has 10 MB.
LARGEST = 32 * 1024 * 1024


class ImportForm(forms.Form):
    """A file, and the format it is in."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty."),
            "missing": _("Choose a file."),
        },
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=lambda: [("", _("by the file’s name")), *((name, FORMATS[name].label) for name in READERS)],
        help_text=_("UTF-8 or GB18030; the first line of a table names its columns."),
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large to be kept."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 32 MB. Cut it in parts."))
        return upload

    def clean(self) -> dict[str, Any]:
        """Find the format by the file's name where none was chosen."""
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("file")
        if upload and "format" in cleaned and not cleaned["format"]:
            cleaned["format"] = guess_format(upload.name)
            if not cleaned["format"]:
                self.add_error("format", _("The file’s name does not tell its format. Choose one."))
        return cleaned
