"""Parts of one conference as lists: its agenda, its figures, the measures of its tasks."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from conferences.models import AgendaItem, Figure, Indicator, Measure, MeasureHelper, PriorityTask
from conferences.task_rows import EVERYONE, SEPARATORS
from courts.history import ADDED, keep
from courts.models import Department
from courts.register import NewNames, key
from intake.cells import Choice, Clock, Day, Name, Number, Text
from intake.kinds.base import Column, Kind, Page, Scope, Values, linked, unknown_name

ORDER = Column("order", _("order"), Number(whole=True), width=7)


class Agenda(Kind):
    name = "agenda"
    model = AgendaItem
    identity = ("title",)
    loose = ("order",)
    counted_in = "conference_id"
    reported_at = {"department_name": "department"}
    columns = (
        ORDER,
        Column("kind", _("kind"), Choice(AgendaItem.Kind.choices), width=16),
        Column("title", _("title"), required=True, width=36),
        Column("starts_at", _("begins at"), Clock(), width=9),
        Column("minutes", _("minutes"), Number(whole=True), width=7),
        Column("name", _("name"), Name(), also=("姓名",)),
        Column("department", _("department"), Name(), lambda item: item.department_name, width=24),
        Column("post", _("post"), width=28),
    )

    def rows(self, scope: Scope) -> QuerySet:
        return AgendaItem.objects.filter(conference=scope.conference).select_related("person__department", "department")

    def names(self, rows: list[Values]) -> list[str]:
        return [row["name"] for row in rows if row.get("name")]

    def fill(self, row: AgendaItem, values: Values, changed: set[str], page: Page) -> None:
        super().fill(row, values, changed - {"name", "department", "post"}, page)
        if "name" in changed:  # another name brings its own department and post, unless the list says them too
            row.name, row.department_name, row.post = values["name"], "", ""
        row.department_name = values.get("department", row.department_name)
        row.post = values.get("post", row.post)
        if changed & {"name", "department"}:
            linked(row, page, who=row.name)

    def prepare(self, row: AgendaItem) -> None:
        row.take_snapshot()


class FigurePage(Page):
    @cached_property
    def indicators(self) -> list[Indicator]:
        """All of them, the newest definition last."""
        return sorted(Indicator.objects.all(), key=lambda one: (str(one.valid_from or ""), one.order))

    def indicator_called(self, name: str) -> Indicator:
        """The one that was valid in the year reviewed. Raises ValidationError."""
        called = [one for one in self.indicators if one.name == name]
        year = self.scope.conference.year_reviewed if self.scope.conference else 0
        valid = [one for one in called if one.is_valid_in(year)]
        if not called:
            raise ValidationError({"indicator": _("There is no indicator of this name.")})
        return (valid or called)[-1]


class Figures(Kind):
    name = "figures"
    model = Figure
    identity = ("label",)
    firm = ("group",)
    loose = ("order",)
    counted_in = "conference_id"
    page_class = FigurePage
    reported_at = {
        "figure_says_something": "value",
        "figure_change_has_unit": "change_unit",
        "figure_rank_has_scope": "rank_scope",
    }
    columns = (
        ORDER,
        Column("group", _("group"), width=18),
        Column("label", _("label"), required=True, width=24),
        Column("indicator", _("indicator"), Text(), lambda row: row.indicator.name if row.indicator else "", width=20),
        Column("precision", _("precision"), Choice(Figure.Precision.choices), width=10),
        Column("value", _("value"), Number(), width=12),
        Column("unit", _("unit"), width=8),
        Column("value_text", _("value as said"), width=16),
        Column("change_direction", _("direction of change"), Choice(Figure.Direction.choices), width=8),
        Column("change", _("change"), Number(), width=10),
        Column("change_unit", _("unit of change"), Choice(Figure.ChangeUnit.choices), width=12),
        Column("change_text", _("change in words"), width=16),
        Column("rank_scope", _("scope of the rank"), width=12),
        Column("rank_kind", _("kind of rank"), Choice(Figure.RankKind.choices), width=10),
        Column("rank", _("rank"), Number(whole=True), width=7),
        Column("quote", _("wording"), width=40),
    )

    def rows(self, scope: Scope) -> QuerySet:
        return Figure.objects.filter(conference=scope.conference).select_related("indicator")

    def fill(self, row: Figure, values: Values, changed: set[str], page: FigurePage) -> None:
        super().fill(row, values, changed - {"indicator"}, page)
        if "indicator" in changed:
            row.indicator = page.indicator_called(values["indicator"])

    def prepare(self, row: Figure) -> None:
        row.take_number()


class MeasurePage(Page):
    @cached_property
    def tasks(self) -> list[PriorityTask]:
        return list(PriorityTask.objects.filter(conference=self.scope.conference))

    def task_called(self, heading: str) -> PriorityTask:
        """Raises ValidationError."""
        called = [one for one in self.tasks if key(one.heading) == key(heading)]
        if len(called) == 1:
            return called[0]
        message = _("Several tasks have this heading.") if called else _("The conference has no task of this heading.")
        raise ValidationError({"task": message})

    def departments_named(self, typed: str) -> tuple[bool, list[Department]]:
        """Whether all help, and the departments that are named. Raises ValidationError."""
        names = dict.fromkeys(name.strip() for name in SEPARATORS.split(typed) if name.strip())
        found = {name: self.department_called(name) for name in names if name != EVERYONE}
        if unknown := [name for name, department in found.items() if department is None]:
            raise ValidationError({"helpers": unknown_name("、".join(unknown))})
        return EVERYONE in names, [department for department in found.values() if department]


def helpers_of(row: Any) -> str:
    """As they are typed: joined by 、, and 各部门 for all."""
    names = [helper.name for helper in row.helpers.all()]
    return "、".join([EVERYONE, *names] if row.all_help else names)


class Measures(Kind):
    name = "measures"
    model = Measure
    identity = ("task", "text")
    loose = ("order",)
    counted_in = "task_id"
    page_class = MeasurePage
    columns = (
        Column("task", _("priority task"), Text(), lambda row: row.task.heading, required=True, width=28),
        ORDER,
        Column("text", _("text"), required=True, width=48),
        Column("lead", _("lead department"), Name(), lambda row: row.lead.name if row.lead else "", width=20),
        Column("helpers", _("helping departments"), Text(), helpers_of, width=28),
        Column("responsible_name", _("responsible person"), Name()),
        Column("due_on", _("due date"), Day(), width=12),
        Column("target", _("target"), width=28),
    )

    def rows(self, scope: Scope) -> QuerySet:
        rows = Measure.objects.filter(task__conference=scope.conference)
        return (
            rows.select_related("task", "lead")
            .prefetch_related("helpers")
            .order_by("task__order", "task_id", "order", "id")
        )

    def names(self, rows: list[Values]) -> list[str]:
        return [row["responsible_name"] for row in rows if row.get("responsible_name")]

    def new(self, scope: Scope) -> Measure:
        return Measure()

    def fill(self, row: Any, values: Values, changed: set[str], page: MeasurePage) -> None:
        super().fill(row, values, changed - {"task", "lead", "helpers"}, page)
        if "task" in changed and row._state.adding:
            row.task = page.task_called(values["task"])
        if "lead" in changed:
            row.lead = page.department_called(values["lead"])
            if row.lead is None:
                raise ValidationError({"lead": unknown_name(values["lead"])})
        if "helpers" in changed:
            row.all_help, row.said_helpers = page.departments_named(values["helpers"])
        if "responsible_name" in changed:
            self._set_responsible(row, page)

    def _set_responsible(self, row: Measure, page: MeasurePage) -> None:
        try:
            row.responsible = page.person(row.responsible_name, row.lead.name if row.lead else "")
        except ValidationError as error:
            raise ValidationError({"responsible_name": error.messages}) from error
        if row.responsible is None and page.new_names == NewNames.STOP:
            raise ValidationError({"responsible_name": unknown_name(row.responsible_name)})

    def aside(self, row: Any) -> dict[str, Any]:
        """The helping departments, where the list says other ones."""
        return {"helpers": [one.pk for one in row.said_helpers]} if hasattr(row, "said_helpers") else {}

    def write_aside(self, rows: Iterable[tuple[Any, dict[str, Any]]]) -> None:
        """Writes the helping departments anew; through the base manager as the rows."""
        helpers = MeasureHelper._base_manager
        helpers.filter(measure__in=[row for row, _aside in rows]).delete()
        new = [
            MeasureHelper(measure=row, department_id=department)
            for row, aside in rows
            for department in aside["helpers"]
        ]
        keep(helpers.bulk_create(new), ADDED)
