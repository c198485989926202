"""Lists on their way into the record, and who brought which."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from courts.decisions import decided_at, decided_by, pair
from courts.models import Court
from courts.refusals import Refused
from courts.register import NewNames


class ImportQuerySet(models.QuerySet):
    def open_in(self, conference: Any) -> "ImportQuerySet":
        """Of this conference, neither confirmed nor cancelled."""
        return self.filter(conference=conference, confirmed_at__isnull=True, cancelled_at__isnull=True)


class Import(models.Model):
    """导入记录. A list that was read and compared with the record; confirmed, it was written. Changed by nobody."""

    court_path = "court"

    class Kind(models.TextChoices):
        DEPARTMENTS = "departments", _("departments")
        PEOPLE = "people", _("people")
        FIGURES = "figures", _("figures")
        AGENDA = "agenda", _("agenda")
        MEASURES = "measures", _("measures")
        COMMENDATIONS = "commendations", _("commendations")

    at = models.DateTimeField(_("at"), auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    court = models.ForeignKey(Court, models.PROTECT, related_name="+", verbose_name=_("court"))
    conference = models.ForeignKey(
        Conference, models.SET_NULL, related_name="+", verbose_name=_("conference"), null=True, blank=True
    )
    kind = models.CharField(_("kind of list"), max_length=14, choices=Kind)
    source = models.CharField(_("file of the list"), max_length=150)
    size = models.PositiveIntegerField(_("size in bytes"))
    form = models.CharField(_("format"), max_length=20)
    new_names = models.CharField(_("names not in the register"), max_length=4, choices=NewNames, default=NewNames.STOP)
    columns = models.CharField(_("columns"), max_length=300)
    notes = models.TextField(_("notes"), blank=True)
    rows = models.PositiveIntegerField(_("rows"))
    new = models.PositiveIntegerField(_("new rows"), default=0)
    changed = models.PositiveIntegerField(_("changed rows"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged rows"), default=0)
    wrong = models.PositiveIntegerField(_("wrong rows"), default=0)
    revision = models.PositiveBigIntegerField(_("revision"))
    confirmed_at = decided_at(_("confirmed at"))
    confirmed_by = decided_by(_("confirmed by"))
    cancelled_at = decided_at(_("cancelled at"))
    cancelled_by = decided_by(_("cancelled by"))

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-at", "-id")
        constraints = (pair("confirmed", "import_confirmed_pair"), pair("cancelled", "import_cancelled_pair"))

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.source}"

    @property
    def present(self) -> list[str]:
        """Names of the columns that the list has."""
        return self.columns.split(",")

    @property
    def checked(self) -> int:
        """How many of the rows were compared with the record."""
        return self.new + self.changed + self.unchanged + self.wrong

    @property
    def is_checked(self) -> bool:
        return self.checked == self.rows

    @property
    def is_open(self) -> bool:
        """Neither confirmed nor cancelled."""
        return self.confirmed_at is None and self.cancelled_at is None

    @property
    def state(self) -> Any:
        if self.confirmed_at:
            return _("Confirmed")
        return _("Cancelled") if self.cancelled_at else _("Not confirmed")

    def cancel(self, *, by: Any) -> None:
        """Puts the list away; its rows go. Twice changes nothing. Raises Refused for what was written."""
        if self.confirmed_at:
            raise Refused(_("This list was confirmed already."))
        if self.cancelled_at is None:
            self.cancelled_at, self.cancelled_by = timezone.now(), by
            self.save(update_fields=["cancelled_at", "cancelled_by"])
            self.pieces.all().delete()


class PieceQuerySet(models.QuerySet):
    def unchecked(self) -> "PieceQuerySet":
        return self.filter(results="")

    def left_behind(self, before: Any) -> "PieceQuerySet":
        """Of imports that were begun before and never confirmed."""
        return self.filter(of__at__lt=before, of__confirmed_at__isnull=True)


class Piece(models.Model):
    """导入数据. A part of a list: its rows as they stood in the file and, once compared, what would become of them."""

    court_path = "of__court"

    of = models.ForeignKey(Import, models.CASCADE, related_name="pieces", verbose_name=_("import"))
    number = models.PositiveSmallIntegerField(_("number"))
    cells = models.TextField(_("cells"))
    results = models.TextField(_("results"), blank=True)

    objects = PieceQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of an import")
        verbose_name_plural = _("parts of imports")
        ordering = ("of", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["of", "number"],
                name="piece_unique",
                violation_error_message=_("The import has this part already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.of_id}/{self.number}"

    def lines(self) -> Iterator[Any]:
        yield from json.loads(self.cells)

    def results_of(self) -> list[Any]:
        return json.loads(self.results or "[]")


def as_json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
