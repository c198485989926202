"""Archive packages: who made one, what is in it, and what was missing."""

import json
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from courts.decisions import pair
from courts.models import Court
from courts.piecework import Piecework, PieceworkQuerySet


def new_path() -> str:
    """Where the file grows on the disk, under a random name."""
    return f"archives/{secrets.token_hex(16)}"


class ArchivePackageQuerySet(PieceworkQuerySet):
    def of_conference(self, conference: Conference) -> "ArchivePackageQuerySet":
        """The newest first."""
        return self.filter(conference=conference).select_related("by").order_by("-at", "-id")

    def kept(self, conference: Conference) -> "ArchivePackage | None":
        """The one whose file can be taken."""
        return self.of_conference(conference).filter(finished_at__isnull=False).exclude(file="").first()

    def replaced_by(self, newer: "ArchivePackage") -> "ArchivePackageQuerySet":
        """Whose file nobody needs any more: of the same conference, or of one that was deleted since."""
        others = Q(conference=newer.conference_id) | Q(court=newer.court_id, conference__isnull=True)
        return self.filter(others).exclude(pk=newer.pk).exclude(file="")


class ArchivePackage(Piecework):
    """归档包. The whole record of one conference as one file for the archive; the newest one is kept."""

    court_path = "court"

    at = models.DateTimeField(_("at"), auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    court = models.ForeignKey(Court, models.PROTECT, related_name="+", verbose_name=_("court"))
    conference = models.ForeignKey(
        Conference, models.SET_NULL, related_name="+", verbose_name=_("conference"), null=True, blank=True
    )
    revision = models.PositiveBigIntegerField(_("state of the record"), editable=False)
    total = models.PositiveIntegerField(_("files"), default=0)
    done = models.PositiveIntegerField(_("of them packed"), default=0)
    contents = models.TextField(_("contents"), default="[]", editable=False)
    missing = models.TextField(_("what is missing"), default="[]", editable=False)
    file = models.FileField(_("file"), blank=True, default=new_path, editable=False)
    filename = models.CharField(_("name of the file"), max_length=200, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    sha256 = models.CharField(_("SHA-256 checksum"), max_length=64, blank=True, editable=False)

    objects = ArchivePackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("archive package")
        verbose_name_plural = _("archive packages")
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["conference"],
                condition=Q(finished_at__isnull=True, cancelled_at__isnull=True),
                name="package_one_at_a_time",
                violation_error_message=_("A package of this conference is being made already."),
            ),
            pair("finished", "package_finished_pair"),
            pair("cancelled", "package_cancelled_pair"),
        )

    def __str__(self) -> str:
        return self.filename or str(self.conference or "")

    @property
    def state(self) -> Any:
        if self.finished_at:
            return _("Ready") if self.file else _("Replaced by a newer one")
        return _("Cancelled") if self.cancelled_at else _("In work")

    @property
    def entries(self) -> list[dict[str, Any]]:
        """One for each file: what archive/directory.py lists."""
        return json.loads(self.contents)

    @property
    def gaps(self) -> list[list[str]]:
        """What is missing, and why: see archive/gaps.py."""
        return json.loads(self.missing)
