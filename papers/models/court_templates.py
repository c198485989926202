"""Templates that a court brings for its papers."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courts.models import Court


def template_path(template: "CourtTemplate", filename: str) -> str:
    """A random name: what a person typed never reaches the disk."""
    return f"templates/{secrets.token_hex(16)}"


class CourtTemplateQuerySet(models.QuerySet):
    def of(self, court: Court, kind: str) -> "CourtTemplate | None":
        return self.filter(court=court, kind=kind).first()


class CourtTemplate(models.Model):
    """文书模板. The court's own form of a paper, a DOCX with fields; without one the standard layout is used."""

    court_path = "court"

    class Kind(models.TextChoices):
        DECISION = "decision", _("Commendation decision")

    court = models.ForeignKey(Court, models.PROTECT, related_name="paper_templates", verbose_name=_("court"))
    kind = models.CharField(_("kind of paper"), max_length=10, choices=Kind, default=Kind.DECISION)
    file = models.FileField(_("template"), upload_to=template_path)
    filename = models.CharField(_("name of the file"), max_length=200, editable=False)
    fields = models.CharField(_("fields that it asks for"), max_length=300, blank=True, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by"), editable=False
    )

    objects = CourtTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of a paper")
        verbose_name_plural = _("templates of papers")
        ordering = ("court", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=["court", "kind"],
                name="paper_template_unique",
                violation_error_message=_("This court already has a template of this kind. Replace its file."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.filename}".strip()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """With its file."""
        deleted = super().delete(*args, **kwargs)
        self.file.delete(save=False)
        return deleted
