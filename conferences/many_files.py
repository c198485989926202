"""A field for several files at once."""

from typing import Any

from django import forms

from conferences.files import validate_attachment


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once, each checked by its content."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [super(ManyFilesField, self).clean(one, initial) for one in data or []]
        for file in files:
            validate_attachment(file)
        return files
