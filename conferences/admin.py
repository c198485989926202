"""Conferences in the admin: the list, and one conference with all its parts on one screen."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from conferences import lists  # noqa: F401 - it registers its pages
from conferences.defaults import first_values
from conferences.derived import Beside, beside
from conferences.follow_up.board import TaskBoardMixin
from conferences.follow_up.carry_pages import CarryPage
from conferences.follow_up.headings import HeadingsPage
from conferences.models import AgendaItem, Attachment, Conference, Figure, Keynote, Participant, PriorityTask, Speech
from conferences.panel import FindingsPageMixin
from conferences.periods import screen  # noqa: F401 - it registers its page
from conferences.periods.pages import PeriodsPage
from conferences.reading_pages import ReadingsPage
from conferences.rows import (
    AgendaItemForm,
    AttachmentForm,
    FigureForm,
    FigureFormSet,
    KeynoteForm,
    ParticipantForm,
    SpeechForm,
    WithIndicators,
)
from conferences.steps import StepsMixin
from conferences.task_rows import TaskForm, TaskFormSet
from courts.person_rows import PersonRowFormSet
from courts.screens import Page, RowInline, ScreenAdmin, ScreenForm
from courts.widgets import LightDate, ParagraphsField


class ParticipantInline(RowInline):
    model = Participant
    row_form = ParticipantForm
    formset = PersonRowFormSet
    hint = _("In the order of the rostrum: outside leaders first. Whoever chaired gets the role Chair.")


class AgendaInline(RowInline):
    model = AgendaItem
    row_form = AgendaItemForm
    formset = PersonRowFormSet
    hint = _("Step by step, as the conference went.")
    pasted_as = "agenda"


class SpeechInline(RowInline):
    model = Speech
    row_form = SpeechForm
    formset = PersonRowFormSet
    hint = _("Where a department spoke, leave the name empty. Paste the text under “More”.")


class FigureInline(RowInline):
    model = Figure
    row_form = FigureForm
    formset = FigureFormSet
    hint = _("As they were said. A wording such as 40余 and the sentence it comes from go under “More”.")
    pasted_as = "figures"


class TaskInline(RowInline):
    model = PriorityTask
    row_form = TaskForm
    formset = TaskFormSet
    hint = _("Speech: its number or its speaker. Several helping departments are joined by 、; 各部门 means all.")
    pasted_as = "measures"


class KeynoteInline(RowInline):
    model = Keynote
    row_form = KeynoteForm
    hint = _("Campaigns of the year, slogans, targets: one in each row.")


class AttachmentInline(RowInline):
    model = Attachment
    row_form = AttachmentForm
    hint = _("PDF, PNG, JPEG, DOCX or XLSX. If the page comes back with a mistake, choose the file again.")


class ConferencePage(WithIndicators, Page):
    @property
    def year(self) -> int | None:
        return self.record.year_reviewed

    @property
    def lists(self) -> dict[str, list[str]]:
        return {"speeches": list(self.named(Speech).stored.values()), **super().lists}

    @cached_property
    def beside(self) -> dict[int, Beside]:
        """The changes of the stored figures as last year's record has them."""
        if not self.record.pk:
            return {}
        before = list(Figure.objects.of_the_year_before([self.record]))
        return beside(self.parts[Figure].get_queryset(), before) if before else {}


class ConferenceForm(ScreenForm):
    reported_at = {
        "conference_unique": "year_reviewed",
        "conference_years_possible": "year_reviewed",
        "conference_years_in_row": "year_planned",
        "conference_ends_after_start": "ends_on",
        "conference_one_annual": "number",
    }

    class Meta:
        field_classes = {"summary": ParagraphsField}
        widgets = {"starts_on": LightDate, "ends_on": LightDate}


@admin.register(Conference)
class ConferenceAdmin(
    PeriodsPage,
    CarryPage,
    HeadingsPage,
    TaskBoardMixin,
    ReadingsPage,
    FindingsPageMixin,
    StepsMixin,
    ScreenAdmin,
):
    form = ConferenceForm
    page_class = ConferencePage
    list_display = ("title", "court_name", "kind", "year_reviewed", "starts_on", "state", "audience", "changed_at")
    list_filter = ("kind", "year_reviewed", "audience")
    list_select_related = ("court",)
    search_fields = ("title", "theme", "venue")
    date_hierarchy = "starts_on"
    inlines = (
        ParticipantInline,
        AgendaInline,
        SpeechInline,
        FigureInline,
        TaskInline,
        KeynoteInline,
        AttachmentInline,
    )
    fieldsets = (
        (_("Conference"), {"fields": ("court", "title", ("kind", "number"), ("year_reviewed", "year_planned"))}),
        (_("Time and place"), {"fields": (("starts_on", "ends_on", "time_of_day"), "venue", "attendance")}),
        (_("In short"), {"fields": ("theme", "summary")}),
        (_("For whom"), {"fields": (("audience", "roll_order"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("court")

    def get_changeform_initial_data(self, request: Any) -> dict[str, Any]:
        """What the address says comes before the defaults."""
        court = request.user.court
        return {
            **(first_values(court, timezone.localdate()) if court else {}),
            **super().get_changeform_initial_data(request),
        }

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_editable)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and not (obj.is_editable and not obj.was_published):
            return False
        return super().has_delete_permission(request, obj)

    @admin.display(description=_("court"), ordering="court")
    def court_name(self, conference: Conference) -> str:
        return conference.court.short_name

    @admin.display(description=_("state"))
    def state(self, conference: Conference) -> Any:
        return conference.state.label

    def links(self, request: HttpRequest, record: Conference | None) -> Iterable[tuple[Any, str]]:
        yield from super().links(request, record)
        if self.has_add_permission(request):
            address = reverse("intake:copy_conference", args=[record.pk]) if record else reverse("intake:copy")
            yield _("Copy for the next year") if record else _("Copy last year"), address
        if record:
            yield _("Look at the page"), record.get_absolute_url()
            if request.user.has_perm("conferences.add_prioritytask"):
                yield _("Headings become tasks"), reverse("admin:conferences_conference_headings", args=[record.pk])
                yield _("Carry over from last year"), reverse("admin:conferences_conference_carry", args=[record.pk])
            if record.kind == Conference.Kind.ANNUAL and request.user.has_perm("conferences.change_figure"):
                yield _("Figures from periods"), reverse("admin:conferences_conference_periods", args=[record.pk])
            if request.user.has_perm("conferences.follow_measure"):
                yield _("Follow-up of the tasks"), reverse("admin:conferences_conference_tasks", args=[record.pk])
            if record.is_published and request.user.has_perm("conferences.view_pagecount"):
                yield _("Readings"), reverse("admin:conferences_conference_readings", args=[record.pk])
            yield _("Lists in and out"), reverse("intake:conference_lists", args=[record.pk])
            yield _("Archive package"), reverse("archive:package", args=[record.pk])
        if record is None or not request.user.has_perm("awards.view_honourroll"):
            return
        winners = _("Honour roll (%(count)d)") % {"count": record.commendations.count()}
        yield winners, reverse("admin:awards_honourroll_change", args=[record.pk])
