"""Attachments: which kinds are taken, recognised by their content and not by their name."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courts.packages import opened_package

# Kind: (endings, first bytes). Everything leaves as a download, so no kind needs to be shown by a browser.
SIGNATURES: dict[str, tuple[tuple[str, ...], bytes]] = {
    "application/pdf": ((".pdf",), b"%PDF-"),
    "image/png": ((".png",), b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": ((".jpg", ".jpeg"), b"\xff\xd8\xff"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ((".docx",), b"PK\x03\x04"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ((".xlsx",), b"PK\x03\x04"),
}
# What an Office file of each ending must contain.
OFFICE_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}


def content_type(filename: str) -> str:
    """The kind that goes with the ending; only for names that were validated."""
    ending = "." + filename.rsplit(".", 1)[-1].lower()
    return next(
        (kind for kind, (endings, _first) in SIGNATURES.items() if ending in endings), "application/octet-stream"
    )


def validate_attachment(file: Any) -> None:
    """Refuses a file that is too big, of another kind than its name says, or of no kind on the list."""
    if getattr(file, "_committed", False):
        return  # stored already, and validated then
    if file.size > settings.ATTACHMENT_MAX_MB * 1024 * 1024:
        raise ValidationError(
            _("The file is larger than %(max)s MB."), code="too_big", params={"max": settings.ATTACHMENT_MAX_MB}
        )
    ending = "." + file.name.rsplit(".", 1)[-1].lower()
    kinds = {e: first for endings, first in SIGNATURES.values() for e in endings}
    file.seek(0)
    begins = file.read(8)
    if ending not in kinds or not begins.startswith(kinds[ending]):
        raise ValidationError(_("Only PDF, PNG, JPEG, DOCX and XLSX files, as what their names say."), code="kind")
    if ending in OFFICE_PARTS:
        _validate_office(file, OFFICE_PARTS[ending])
    file.seek(0)


def _validate_office(file: Any, part: str) -> None:
    with opened_package(file) as package:
        names = set(package.namelist())
    if part not in names or any(name.endswith("vbaProject.bin") for name in names):
        raise ValidationError(_("Only PDF, PNG, JPEG, DOCX and XLSX files, as what their names say."), code="kind")
