from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConferencesConfig(AppConfig):
    name = "conferences"
    verbose_name = _("Conferences")
    # Rules about a record (conferences/checks): where they stand, in the order of the panel.
    record_checks = (
        "conferences.checks.completeness.RULES",
        "conferences.checks.arithmetic.RULES",
        "conferences.checks.changes.RULES",
        "conferences.checks.periods.RULES",
        "conferences.checks.citations.RULES",
        "conferences.checks.limits.RULES",
        "conferences.checks.left_off.RULES",
    )
