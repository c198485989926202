"""Winners as a list: of one conference, or of all conferences of a court as the award list leaves."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from awards.exports import COLUMNS
from awards.models import AwardCategory, Commendation, Decision, Family
from conferences.models import Conference
from courts.register import key
from intake.cells import Choice, Name, Number, Text, YesNo
from intake.kinds.base import Column, Kind, Page, Scope, Values, forms_of, linked

Recipient = AwardCategory.RecipientKind


def _of_export(name: str, cell: Text, show: Any, **more: Any) -> Column:
    """A column of the award list that leaves, with the same heading."""
    return Column(name, COLUMNS[name].label, cell, show, width=COLUMNS[name].width, **more)


class Winners(Page):
    """The register, and the conferences, awards and decisions that the rows name."""

    @cached_property
    def conferences(self) -> list[Conference]:
        return list(self.court.conferences.all())

    @cached_property
    def categories(self) -> list[AwardCategory]:
        return list(self.court.award_categories.all())

    @cached_property
    def decisions(self) -> list[Decision]:
        return list(Decision.objects.filter(court=self.court))

    def conference_called(self, title: str, year: int | None) -> Conference:
        """Raises ValidationError."""
        called = [one for one in self.conferences if key(one.title) == key(title) and year in {None, one.year_reviewed}]
        if len(called) == 1:
            return called[0]
        message = _("Several conferences are called so.") if called else _("The court has no such conference.")
        raise ValidationError({"conference": message})

    def category_called(self, name: str, family: str | None) -> AwardCategory:
        """Raises ValidationError."""
        called = [one for one in self.categories if key(one.name) == key(name) and family in {None, one.family}]
        if len(called) == 1:
            return called[0]
        message = _("Several families have an award of this name. Add the column of the family.")
        raise ValidationError({"category": message if called else _("The court has no award of this name.")})

    def decision_numbered(self, number: str, conference: Conference) -> Decision:
        """Raises ValidationError."""
        called = [one for one in self.decisions if one.document_number == number]
        found = next((one for one in called if one.conference_id == conference.pk), None)
        if found is None:
            raise ValidationError({"decision": _("The conference has no decision of this number.")})
        return found


class Commendations(Kind):
    name = "commendations"
    model = Commendation
    identity = ("conference", "category", "recipient")
    firm = ("court", "year", "family")
    loose = ("department", "post")
    beside = (COLUMNS["number"].label, COLUMNS["signed_on"].label, COLUMNS["state"].label)
    counted_in = "conference_id"
    page_class = Winners
    reported_at = {
        "commendation_has_recipient": "recipient",
        "commendation_person_once": "recipient",
        "name": "recipient",
        "department_name": "department",
        "certificate_number": "certificate",
    }
    columns = (
        _of_export("court", Name(), lambda row: row.conference.court.name),
        _of_export("year", Number(whole=True), lambda row: row.conference.year_reviewed),
        _of_export("conference", Text(), lambda row: row.conference.title),
        _of_export("family", Choice(Family.choices), lambda row: row.category.family),
        _of_export("category", Text(), lambda row: row.category.name, required=True),
        _of_export("recipient", Name(), lambda row: row.recipient, required=True, also=("姓名", "获奖人")),
        _of_export("department", Name(), lambda row: row.department_name),
        _of_export("post", Text(), lambda row: row.post),
        _of_export("posthumous", YesNo(_("Posthumous")), lambda row: row.posthumous),
        _of_export("decision", Text(), lambda row: row.decision.document_number if row.decision else ""),
        _of_export("certificate", Text(), lambda row: row.certificate_number),
    )

    def fits(self, scope: Scope) -> bool:
        """Of a conference, and of all conferences of a court."""
        return True

    def required(self, scope: Scope) -> list[Column]:
        """Where the list is not of one conference, each row names its own."""
        return [*([] if scope.conference else [self.column("conference")]), *super().required(scope)]

    def rows(self, scope: Scope) -> QuerySet:
        of: dict[str, Any] = (
            {"conference": scope.conference} if scope.conference else {"conference__court": scope.court}
        )
        rows = Commendation.objects.filter(**of).select_related("conference__court", "category", "decision")
        return rows.order_by(
            "conference__year_reviewed", "conference_id", "category__order", "category_id", "order", "id"
        )

    def stored(self, scope: Scope, rows: list[Values]) -> Iterable[Any]:
        names = forms_of(row.get("recipient") for row in rows)
        return (
            self.rows(scope)
            .filter(Q(name__in=names) | Q(department_name__in=names))
            .select_related("person__department", "department")
        )

    def names(self, rows: list[Values]) -> list[str]:
        return [row["recipient"] for row in rows if row.get("recipient")]

    def new(self, scope: Scope) -> Commendation:
        return Commendation(**({"conference": scope.conference} if scope.conference else {}))

    def fill(self, row: Commendation, values: Values, changed: set[str], page: Winners) -> None:
        if row._state.adding:
            self._place(row, values, page)
        if "decision" in changed:
            row.decision = page.decision_numbered(values["decision"], row.conference)
        row.post = values.get("post", row.post)
        row.posthumous = values.get("posthumous", row.posthumous)
        row.certificate_number = values.get("certificate", row.certificate_number)
        if changed & {"recipient", "department"}:
            self._name(row, values["recipient"], values.get("department", row.department_name), page)

    def _place(self, row: Commendation, values: Values, page: Winners) -> None:
        """The conference and the award of a new row. Raises ValidationError."""
        own = page.scope.conference
        if "court" in values and key(values["court"]) != key(page.court.name):
            raise ValidationError({"court": _("This is another court's. A list enters awards of your own court.")})
        title, year = values.get("conference", ""), values.get("year")
        if own is None:
            row.conference = page.conference_called(title, year)
        elif title and key(title) != key(own.title):
            raise ValidationError({"conference": _("This row is of another conference.")})
        elif year not in {None, own.year_reviewed}:
            raise ValidationError({"year": _("This row is of another conference.")})
        row.category = page.category_called(values.get("category", ""), values.get("family"))

    def _name(self, row: Commendation, recipient: str, department: str, page: Winners) -> None:
        """Who is honoured. Where the recipient equals the department, the department is honoured as a whole."""
        kind = row.category.recipient_kind
        is_whole = kind != Recipient.PERSON and (
            recipient == department or (kind == Recipient.DEPARTMENT and not department)
        )
        row.name, row.department_name = ("", recipient) if is_whole else (recipient, department)
        who = row.name if kind == Recipient.PERSON else ""
        linked(row, page, who=who, at=("recipient", "recipient" if is_whole else "department"))

    def prepare(self, row: Commendation) -> None:
        row.prepare()

    def closed(self, row: Commendation) -> Any:
        if row.is_final:
            return _("It was announced or revoked; a list does not change it any more.")
        if not row.conference.is_editable:
            return _("The conference is submitted or published; only a draft takes a list.")
        return ""
