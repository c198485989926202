"""Who took which list away."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courts.models import Court


class ExportLog(models.Model):
    """导出记录. Who took which list, paper or package away; written once, changed by nobody."""

    court_path = "court"

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"
        DOCX = "docx", "DOCX"
        PDF = "pdf", "PDF"
        ZIP = "zip", "ZIP"

    at = models.DateTimeField(_("at"), auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), null=True)
    court = models.ForeignKey(Court, models.PROTECT, related_name="+", verbose_name=_("court"), null=True)
    what = models.CharField(_("what"), max_length=500)
    file_format = models.CharField(_("format"), max_length=4, choices=Format)
    rows = models.PositiveIntegerField(_("rows"))

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"
