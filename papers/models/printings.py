"""What was printed, by whom and how often."""

import datetime
import json
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.models import Certificate
from awards.models.certificates import offset
from conferences.models import Conference
from courts.decisions import pair
from courts.models import Court
from courts.piecework import Piecework, PieceworkQuerySet


def new_key() -> str:
    """What the parts of a file are called on the disk: 32 characters."""
    return secrets.token_hex(16)


def printing_path(printing: "Printing", filename: str) -> str:
    """A random name: what a person typed never reaches the disk."""
    return f"printings/{secrets.token_hex(16)}"


class PrintingQuerySet(PieceworkQuerySet):
    def of_conference(self, conference: Conference) -> "PrintingQuerySet":
        return self.filter(conference=conference)

    def left_behind(self, before: datetime.datetime) -> "PrintingQuerySet":
        """Begun before and with files that nobody needs any more."""
        return self.filter(Q(at__lt=before), ~Q(file="") | Q(parts__gt=0))


class Printing(Piecework):
    """打印. Certificates that were printed at once: who, when, how many. The file is kept for a day."""

    court_path = "court"

    class Size(models.TextChoices):
        A4 = "a4", _("A4, landscape")
        A3 = "a3", _("A3, folded to A4")

    class Stock(models.TextChoices):
        PLAIN = "plain", _("Plain paper: with frame and heading")
        PRINTED = "printed", _("Pre-printed stock: the text alone")

    class Output(models.TextChoices):
        PDF = "pdf", _("One PDF")
        ZIP = "zip", _("ZIP with a PDF for each")

    at = models.DateTimeField(_("at"), auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    court = models.ForeignKey(Court, models.PROTECT, related_name="+", verbose_name=_("court"))
    conference = models.ForeignKey(
        Conference, models.SET_NULL, related_name="+", verbose_name=_("conference"), null=True, blank=True
    )
    size = models.CharField(_("size of the paper"), max_length=2, choices=Size, default=Size.A4)
    stock = models.CharField(_("stock"), max_length=7, choices=Stock, default=Stock.PLAIN)
    output = models.CharField(_("kind of file"), max_length=3, choices=Output, default=Output.PDF)
    offset_x = offset(_("to the right, in millimetres"))
    offset_y = offset(_("down, in millimetres"))
    winners = models.TextField(_("whose certificates"), editable=False)
    address = models.CharField(_("address of the site"), max_length=200, editable=False)
    total = models.PositiveIntegerField(_("certificates"))
    done = models.PositiveIntegerField(_("of them ready"), default=0)
    again = models.PositiveIntegerField(_("of them printed before"), default=0)
    parts = models.PositiveIntegerField(_("parts of the file"), default=0, editable=False)
    key = models.CharField(_("key"), max_length=32, default=new_key, editable=False)
    file = models.FileField(_("file"), upload_to=printing_path, blank=True, editable=False)
    filename = models.CharField(_("name of the file"), max_length=200, blank=True, editable=False)
    certificates = models.ManyToManyField(
        Certificate, related_name="printings", verbose_name=_("certificates"), db_table="papers_printed"
    )

    objects = PrintingQuerySet.as_manager()

    class Meta:
        verbose_name = _("printing")
        verbose_name_plural = _("printings")
        ordering = ("-at", "-id")
        constraints = (pair("finished", "printing_finished_pair"), pair("cancelled", "printing_cancelled_pair"))

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.filename or self.conference or ''}"

    @property
    def keys(self) -> list[int]:
        """Of the commendations, in the order of the roll."""
        return json.loads(self.winners)

    @property
    def state(self) -> Any:
        if self.finished_at:
            return _("Ready") if self.file else _("Printed")
        return _("Cancelled") if self.cancelled_at else _("In work")
