"""Certificates: their numbers, and how a court writes, prints and confirms them."""

import datetime
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.certificates import numbering
from awards.models.commendations import Commendation
from courts.decisions import decided_at, decided_by, pair
from courts.history import versions
from courts.models import Court
from courts.revisions import Revised, RevisedQuerySet

FURTHEST = 50  # millimetres by which a text may be moved
SIGNATORIES = 2
LONGEST_LINE = 30


def new_key() -> str:
    """A random part of the address of a check page: 16 characters, few enough for a small QR code."""
    return secrets.token_urlsafe(12)


def validate_signatories(value: str) -> None:
    lines = value.splitlines()
    if len(lines) > SIGNATORIES or any(len(line) > LONGEST_LINE for line in lines):
        raise ValidationError(_("At most two lines of at most 30 characters."), code="lines")


def offset(label: Any) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=4,
        decimal_places=1,
        default=0,
        validators=[MinValueValidator(-FURTHEST), MaxValueValidator(FURTHEST)],
    )


class CertificateSettingsQuerySet(RevisedQuerySet):
    def of_court(self, court_id: int) -> "CertificateSettingsQuerySet":
        return self.filter(court_id=court_id)


class CertificateSettings(Revised):
    """证书设置. How a court numbers its certificates, what stands on them, and who may look them up."""

    class CheckedBy(models.TextChoices):
        NETWORK = "network", _("Whoever is signed in, of any court")
        PUBLIC = "public", _("Everyone")

    class DateStyle(models.TextChoices):
        DIGITS = "digits", _("in digits")
        CHARACTERS = "characters", _("in characters")

    court = models.OneToOneField(Court, models.PROTECT, related_name="certificate_settings", verbose_name=_("court"))
    pattern = models.CharField(
        _("pattern of the numbers"),
        max_length=60,
        default=numbering.DEFAULT,
        help_text=_("{prefix}: the court's document prefix; {year}; {serial} or, filled with zeros, {serial:04}."),
    )
    checked_by = models.CharField(
        _("who may look up a certificate"),
        max_length=7,
        choices=CheckedBy,
        default=CheckedBy.NETWORK,
        help_text=_("By the QR code or the number: name, department, post, award and year, once they are announced."),
    )
    heading = models.CharField(_("heading"), max_length=12, default="荣誉证书")
    closing = models.CharField(_("closing line"), max_length=40, blank=True, default="特发此证，以资鼓励。")
    posthumous_closing = models.CharField(
        _("closing line, posthumous"), max_length=40, blank=True, default="特颁此证，以示褒扬。"
    )
    issuer = models.CharField(
        _("issuer"), max_length=60, blank=True, help_text=_("Empty: the court's full name, as on the seal.")
    )
    signatories = models.TextField(
        _("signatories"),
        blank=True,
        validators=[validate_signatories],
        help_text=_("One a line, two at most: 党组书记、院长　杜某."),
    )
    date_style = models.CharField(_("date"), max_length=10, choices=DateStyle, default=DateStyle.DIGITS)
    marks_seal = models.BooleanField(
        _("mark the place of the seal"), default=False, help_text=_("A faint circle over issuer and date.")
    )
    prints_code = models.BooleanField(_("print the QR code"), default=True)
    offset_x = offset(_("to the right, in millimetres"))
    offset_y = offset(_("down, in millimetres"))

    objects = CertificateSettingsQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_certsettings")

    class Meta:
        db_table = "awards_certset"  # its keys, which the database names, must not pass 30 characters
        verbose_name = _("certificate settings")
        verbose_name_plural = _("certificate settings")
        ordering = ("court",)

    def __str__(self) -> str:
        return f"{self.court}：{self._meta.verbose_name}"

    @classmethod
    def of(cls, court: Court) -> "CertificateSettings":
        """Those of the court; the usual ones, not stored, where it chose none."""
        return cls.objects.of_court(court.pk).first() or cls(court=court)

    def clean(self) -> None:
        prefix = self.court.document_prefix if self.court_id else ""
        try:
            numbering.validate_pattern(self.pattern, prefix=prefix)
        except ValidationError as error:
            raise ValidationError({"pattern": error}) from error


class CertificateQuerySet(RevisedQuerySet):
    def open_to(self, user: Any, now: datetime.datetime | None = None) -> "CertificateQuerySet":
        """Those that `user` may look up: of announced commendations, of courts that open their check page to `user`."""
        known = self.filter(commendation__announced_at__lte=now or timezone.now())
        if user.is_authenticated and (user.court_id or user.is_superuser):
            return known
        return known.filter(court__certificate_settings__checked_by=CertificateSettings.CheckedBy.PUBLIC)

    def in_order(self) -> "CertificateQuerySet":
        """By number, with their winners."""
        return self.order_by("series", "serial", "number", "id").select_related("commendation__category")

    def numbered(self, number: str) -> "CertificateQuerySet":
        """Several courts may have one number."""
        return self.filter(number=number.strip()).order_by("court__code", "court_id")


class Certificate(Revised):
    """证书. The number of a commendation's certificate, and the key of the page that confirms it.

    `series` and `serial`: what its number was counted as; no serial where a clerk had typed the number. A number whose
    commendation was deleted stays taken: its paper may be out.
    """

    may_be_put_back = False

    court = models.ForeignKey(Court, models.PROTECT, related_name="certificates", verbose_name=_("court"))
    commendation = models.OneToOneField(
        Commendation,
        models.SET_NULL,
        related_name="certificate",
        verbose_name=_("commendation"),
        db_column="award_id",
        null=True,
        blank=True,
    )
    number = models.CharField(_("certificate number"), max_length=numbering.LONGEST)
    series = models.PositiveSmallIntegerField(_("counted in the year"), default=0)
    serial = models.PositiveIntegerField(_("serial number"), null=True, blank=True)
    key = models.CharField(_("key"), max_length=16, unique=True, editable=False, default=new_key)
    issued_at = decided_at(_("issued at"))
    issued_by = decided_by(_("issued by"))

    objects = CertificateQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_certificate")

    class Meta:
        db_table = "awards_cert"  # as above
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("court", "-series", "-serial", "-id")
        permissions = (("print_certificate", "Can number and print certificates"),)
        constraints = (
            models.UniqueConstraint(
                fields=["court", "number"],
                name="certificate_number_unique",
                violation_error_message=_("Another certificate of the court has this number."),
            ),
            models.UniqueConstraint(
                fields=["court", "series", "serial"],
                condition=Q(serial__isnull=False),
                name="certificate_serial_unique",
                violation_error_message=_("Another certificate of the court has this serial number."),
            ),
            models.CheckConstraint(
                condition=~Q(number=""),
                name="certificate_has_number",
                violation_error_message=_("A certificate has a number."),
            ),
            pair("issued", "certificate_issued_pair"),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("certificates:certificate", kwargs={"key": self.key})
