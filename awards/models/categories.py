"""The kinds of awards that a court gives."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courts.history import versions
from courts.models import Court
from courts.revisions import Revised


class Family(models.TextChoices):
    """Families never mix in one list."""

    IN_HOUSE = "in-house", _("In-house")
    CIVIL = "civil", _("Civil-service reward")
    PARTY = "party", _("Party")
    COMMEMORATIVE = "commemorative", _("Commemorative")


class AwardCategory(Revised):
    """奖项. A kind of award that a court gives."""

    class RecipientKind(models.TextChoices):
        PERSON = "person", _("Person")
        DEPARTMENT = "department", _("Department")
        TEAM = "team", _("Team")
        FAMILY = "family", _("Family")
        OTHER = "other", _("Other")

    # In the order of the conference: collectives first.
    COLLECTIVE = (RecipientKind.DEPARTMENT, RecipientKind.TEAM)

    court = models.ForeignKey(Court, models.PROTECT, related_name="award_categories", verbose_name=_("court"))
    name = models.CharField(_("name"), max_length=60)
    family = models.CharField(_("family"), max_length=14, choices=Family, default=Family.IN_HOUSE)
    recipient_kind = models.CharField(
        _("kind of recipient"), max_length=10, choices=RecipientKind, default=RecipientKind.PERSON
    )
    staff_categories = models.CharField(
        _("eligible staff categories"), max_length=120, blank=True, help_text=_("None ticked: everyone.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    citation_template = models.TextField(
        _("citation"), blank=True, help_text=_("The body of the certificate. {name}, {year} and {award} are filled in.")
    )

    history = versions("history_awardcategory")

    class Meta:
        verbose_name = _("award category")
        verbose_name_plural = _("award categories")
        ordering = ("court", "order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["court", "name", "family"],
                name="category_name_unique",
                violation_error_message=_("This court already has a category of this name."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_collective(self) -> bool:
        return self.recipient_kind in self.COLLECTIVE
