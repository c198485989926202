"""Which awards a conference gave, also where the record does not name who received them."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from awards.models.categories import AwardCategory
from awards.models.commendations import Commendation
from conferences.models import Conference
from courts.history import versions
from courts.revisions import Revised, RevisedQuerySet


class AwardGivenQuerySet(RevisedQuerySet):
    def without_winners(self) -> "AwardGivenQuerySet":
        """Those of which the conference names nobody, announced or not."""
        named = Commendation.objects.filter(conference=OuterRef("conference"), category=OuterRef("category"))
        return self.exclude(Exists(named))


class AwardGiven(Revised):
    """所设奖项. An award that a conference gave, also where the record does not name who received it."""

    court_path = "conference__court"

    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="awards_given", verbose_name=_("conference")
    )
    category = models.ForeignKey(
        AwardCategory, models.PROTECT, related_name="awards_given", verbose_name=_("award category")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    quantity = models.CharField(
        _("how many, as said"), max_length=30, blank=True, help_text=_("Only where it was said: 30名.")
    )

    objects = AwardGivenQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_awardgiven")

    class Meta:
        verbose_name = _("award given")
        verbose_name_plural = _("awards given without names")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["conference", "category"],
                name="award_given_unique",
                violation_error_message=_("This award stands here already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.category)
