"""Who and when: the fields of a decision, and the rule that both are known or neither."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def pair(name: str, constraint: str) -> models.CheckConstraint:
    """Who and when come in pairs: both or neither."""
    neither = Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True})
    both = Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False})
    return models.CheckConstraint(
        condition=neither | both, name=constraint, violation_error_message=_("Who and when belong together.")
    )


def decided_at(label: Any) -> models.DateTimeField:
    return models.DateTimeField(label, null=True, blank=True, editable=False)


def decided_by(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=label,
        null=True,
        blank=True,
        editable=False,
    )
