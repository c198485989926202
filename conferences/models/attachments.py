"""Files of a conference."""

import hashlib
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conferences.files import validate_attachment
from conferences.models.conference import Audience, Conference, ConferencePart, part_of
from courts.access import courts_below
from courts.revisions import Revised, RevisedQuerySet

LONGEST_FILENAME = 200


def new_key() -> str:
    """A random part of an attachment's address: 32 characters."""
    return secrets.token_hex(16)


def attachment_path(attachment: "KeptFile", filename: str) -> str:
    """A random name: what a person typed never reaches the disk."""
    return f"{secrets.token_hex(1)}/{secrets.token_hex(16)}"


class KeptFile(Revised):
    """A file of the record under a random address; leaves only through a view that asks who may read it."""

    key = models.CharField(_("key"), max_length=32, unique=True, editable=False, default=new_key)
    file = models.FileField(_("file"), upload_to=attachment_path, validators=[validate_attachment])
    filename = models.CharField(_("name of the file"), max_length=LONGEST_FILENAME, blank=True, editable=False)
    sha256 = models.CharField(_("digest of the file"), max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.filename

    def describe_file(self) -> None:
        """Keeps what a new file was called, with its ending, before it gets a random name, and what it holds."""
        if self.file and not self.filename:
            self.filename = self.file.name[-LONGEST_FILENAME:]
        if self.file and not self.file._committed:
            self.sha256 = hashlib.file_digest(self.file.open(), "sha256").hexdigest()
            self.file.seek(0)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.describe_file()
        super().save(*args, **kwargs)


class AttachmentQuerySet(RevisedQuerySet):
    def here(self) -> "AttachmentQuerySet":
        """Whose file is here: a record that came from another installation names its files without holding them."""
        return self.exclude(file="")

    def for_everyone(self) -> "AttachmentQuerySet":
        return self.filter(audience=Audience.PUBLIC)

    def visible_to(self, user: Any) -> "AttachmentQuerySet":
        """Attachments of visible conferences; those for staff only where the conference's own court or above reads."""
        visible = self.here().filter(conference__in=Conference.objects.visible_to(user))
        if user.is_superuser:
            return visible
        open_to = Q(audience=Audience.PUBLIC)
        if user.is_authenticated and user.court_id:
            open_to |= Q(conference__court_id=user.court_id) | Q(conference__court_id__in=courts_below(user))
        return visible.filter(open_to)


class Attachment(KeptFile, ConferencePart):
    """附件. A file of the conference; leaves only through a view that asks who may read it."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("Notice")
        REPORT = "report", _("Report")
        DECISION = "decision", _("Decision")
        PHOTO = "photo", _("Photograph")
        OTHER = "other", _("Other")

    conference = part_of("attachments")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.OTHER)
    title = models.CharField(_("title"), max_length=120)
    audience = models.CharField(_("audience"), max_length=6, choices=Audience, default=Audience.STAFF)

    objects = AttachmentQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta(ConferencePart.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("conferences:attachment", kwargs={"key": self.key})

    def clean(self) -> None:
        if self.file and not self.file.name:
            raise ValidationError({"file": _("Choose a file.")})
