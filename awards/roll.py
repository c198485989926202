"""The honour roll in the admin: all winners of a conference, by award, with decisions and honours from above."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from awards.announcing import time_set
from awards.models import AwardCategory, AwardGiven, Commendation, Decision, Family, Honour, HonourRoll, set_for
from awards.rows import (
    AwardGivenForm,
    AwardGivenFormSet,
    CommendationForm,
    CommendationFormSet,
    DecisionForm,
    DecisionFormSet,
    HonourForm,
    HonourFormSet,
)
from awards.steps import ANNOUNCE, HOLD_BACK, PRESENT
from conferences.models import Conference
from conferences.panel import PanelMixin
from conferences.steps import StepsMixin
from courts.history import ADDED, keep
from courts.screens import Page, RowInline, ScreenAdmin, ScreenForm


class RollPage(Page):
    """The awards of the court, those that are added while typing among them."""

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(request, *args)
        self.may_add_categories = request.user.has_perm("awards.add_awardcategory")
        self._new: dict[str, AwardCategory] = {}

    @cached_property
    def categories(self) -> list[AwardCategory]:
        """Family by family, as the page has them."""
        families = Family.values
        return sorted(
            self.court.award_categories.all(), key=lambda one: (families.index(one.family), one.order, one.pk)
        )

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter(category.name for category in self.categories)

    def category_label(self, category: AwardCategory) -> str:
        """The name; with the family where two families have an award of this name."""
        if self._names[category.name] > 1:
            return f"{category.name}（{category.get_family_display()}）"
        return category.name

    def category_called(self, typed: str) -> AwardCategory | None:
        return next((one for one in self.categories if self.category_label(one) == typed), None)

    def new_category(self, name: str, kind: str) -> AwardCategory:
        """An in-house award that `save_new` will write. Raises ValidationError."""
        if name not in self._new:
            order = max((one.order for one in self.categories), default=0) + 1 + len(self._new)
            category = AwardCategory(court=self.court, name=name, recipient_kind=kind, order=order)
            category.clean_fields(exclude={"court"})
            self._new[name] = category
        return self._new[name]

    def save_new(self) -> None:
        super().save_new()
        if self._new:
            keep(AwardCategory._base_manager.bulk_create(self._new.values()), ADDED)

    @property
    def lists(self) -> dict[str, list[str]]:
        return {
            "categories": [self.category_label(category) for category in self.categories],
            "decisions": list(self.named(Decision).stored.values()),
        }


class DecisionInline(RowInline):
    model = Decision
    row_form = DecisionForm
    formset = DecisionFormSet
    hint = _("青法〔2024〕3号 has the prefix 青法, the year 2024 and the number 3.")


class CommendationInline(RowInline):
    model = Commendation
    row_form = CommendationForm
    formset = CommendationFormSet
    template = "admin/rows/roll.html"
    hint = _("Type the name; department and post come from the register. Several lines can be pasted at once.")


class AwardGivenInline(RowInline):
    model = AwardGiven
    row_form = AwardGivenForm
    formset = AwardGivenFormSet
    hint = _("Only where nobody is named: the page then says which awards were given.")


class HonourInline(RowInline):
    model = Honour
    row_form = HonourForm
    formset = HonourFormSet
    hint = _(
        "What the court, a department or a person received from above; not what is given here. Documents as files are"
        " added below each row once it is saved."
    )


@admin.register(HonourRoll)
class HonourRollAdmin(PanelMixin, StepsMixin, ScreenAdmin):
    form = ScreenForm
    page_class = RollPage
    steps = (ANNOUNCE, HOLD_BACK, PRESENT)
    list_display = ("title", "year_reviewed", "starts_on", "state", "winners")
    list_filter = ("year_reviewed", "kind")
    search_fields = ("title",)
    inlines = (DecisionInline, CommendationInline, AwardGivenInline, HonourInline)
    fieldsets = ((None, {"fields": ("roll_order",)}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rolls: Any = super().get_queryset(request)
        return rolls.select_related("court").with_winners()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a roll is there with its conference

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_editable)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("state"))
    def state(self, roll: HonourRoll) -> Any:
        return roll.state.label

    @admin.display(description=_("commendations"))
    def winners(self, roll: Any) -> int:
        return roll.winners

    def notes(self, record: Conference) -> Iterator[str]:
        yield from super().notes(record)
        if at := time_set(record):
            yield set_for(at)

    def links(self, request: HttpRequest, record: HonourRoll | None) -> Iterable[tuple[Any, str]]:
        yield from super().links(request, record)
        if record:
            yield _("Lists in and out"), reverse("intake:conference_lists", args=[record.pk])
            yield _("Papers"), f"{reverse('papers:papers')}#year-{record.year_reviewed}"
        if record and request.user.has_perm("awards.print_certificate"):
            yield _("Certificates"), reverse("papers:certificates", args=[record.pk])
        if record and request.user.has_perm("conferences.view_conference"):
            yield _("Conference"), reverse("admin:conferences_conference_change", args=[record.pk])
