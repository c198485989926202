"""The register of a court as lists: its departments and its people."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courts.models import Department, Person
from intake.cells import Choice, Name, Number, YesNo
from intake.kinds.base import Column, Kind, Page, Scope, Values, forms_of, unknown_name


class Departments(Kind):
    name = "departments"
    model = Department
    of_conference = False
    identity = ("name",)
    counted_in = "court_id"
    columns = (
        Column("name", _("name"), Name(), required=True, width=28, also=("名称", "部门", "部门名称")),
        Column("kind", _("kind"), Choice(Department.Kind.choices)),
        Column("order", _("order"), Number(whole=True), width=7),
    )

    def rows(self, scope: Scope) -> QuerySet:
        return scope.court.departments.order_by("order", "id")


class People(Kind):
    name = "people"
    model = Person
    of_conference = False
    identity = ("name",)
    firm = ("department", "organisation")
    loose = ("post",)
    columns = (
        Column("name", _("name"), Name(), required=True, also=("姓名",)),
        Column(
            "department", _("department"), Name(), lambda person: person.department and person.department.name, width=24
        ),
        Column("post", _("post"), width=28),
        Column("staff_category", _("staff category"), Choice(Person.StaffCategory.choices)),
        Column("organisation", _("organisation"), width=28),
        Column("sort_key", _("sort key by strokes")),
        Column("is_active", _("in service"), YesNo(), width=7),
    )

    def rows(self, scope: Scope) -> QuerySet:
        return scope.court.people.select_related("department").order_by("stroke_key", "id")

    def stored(self, scope: Scope, rows: list[Values]) -> QuerySet:
        return self.rows(scope).filter(name__in=forms_of(row.get("name") for row in rows))

    def fill(self, row: Any, values: Values, changed: set[str], page: Page) -> None:
        if "department" in changed:
            row.department = page.department_called(values["department"])
            if row.department is None:
                raise ValidationError({"department": unknown_name(values["department"])})
        super().fill(row, values, changed - {"department"}, page)

    def prepare(self, row: Person) -> None:
        row.fill_keys()
