"""The register of honours: what the people and departments of a court received over the years, for its own staff.

What was given here and what came from above stand side by side and never in one list; nor do the families of awards.
Nobody is ranked: counts are of departments, in the court's own order, and of categories, never of persons.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from awards.models import Commendation, Family, Honour, HonourQuerySet
from awards.querysets import CommendationQuerySet
from awards.register.charts import Group, charts
from awards.register.form import RegisterFilter
from courts.models import Court, Department, Person

ABOVE = "above"
FAMILIES: list[tuple[str, Any]] = [*Family.choices, (ABOVE, _("Honours from above"))]
LEVELS = list(Honour.Level.values)
PER_PAGE = 50


class Entry(NamedTuple):
    """One honour, given here or received from above. `by`: the conference or the awarding bodies."""

    year: int
    title: str
    recipient: str
    person: int | None
    department: str
    department_id: int | None
    post: str
    by: str
    address: str
    document: str
    is_above: bool = False
    level: Any = ""
    posthumous: bool = False
    revoked_at: Any = None
    files: tuple[Any, ...] = ()


class Tab(NamedTuple):
    family: str
    label: Any
    number: int


def court_of(user: Any) -> Court:
    """Whose register an account reads. Raises Http404 for one that works for no court."""
    if user.court is None:
        raise Http404
    return user.court


def register_page(user: Any, court: Court, query: QueryDict, department: Department | None = None) -> dict[str, Any]:
    """One family of the register, of the court or of one department. A fixed number of queries."""
    given, above = in_register(user, court)
    if department:
        given, above = given.narrowed(department=[department.pk]), above.narrowed(department=[department.pk])
    groups, departments = [*_given_groups(given), *_above_groups(above)], list(court.departments.all())
    found = tabs(groups)
    family = next((tab for tab in found if tab.family == query.get("family")), found[0] if found else None)
    groups = [group for group in groups if family and group.family == family.family]
    form = RegisterFilter(query, groups=groups, departments=[] if department else departments)
    if family and family.family == ABOVE:
        form.fields["category"].label = _("Level of the honour")
    chosen = form.chosen()
    rows = entries(family.family, given, above, chosen) if family else Paginator([], PER_PAGE)
    return {
        "court": court,
        "department": department,
        "tabs": found,
        "family": family,
        "form": form,
        "page": rows.get_page(query.get("page")),
        "charts": charts(
            [group for group in groups if _fits(group, chosen)],
            [] if department else departments,
            by=_("By level") if family and family.family == ABOVE else _("By category"),
        ),
        "may_export": user.has_perm("awards.export_commendation"),
        "asked": _asked(chosen, family, department),
    }


def _asked(chosen: dict[str, list[Any]], family: Tab | None, department: Department | None) -> str:
    """The same choice for the address of the export; of the families a CSV takes the one that is shown."""
    one_by_one = {name: values[0] for name, values in chosen.items()}
    here = {"department": department.pk} if department else {}
    return urlencode(one_by_one | here | ({"family": family.family} if family else {}))


def person_page(user: Any, person: Person) -> dict[str, Any]:
    """All honours of one person, family by family. Three queries."""
    given, above = in_register(user, person.court)
    given, above = given.narrowed(person=[person.pk]), above.narrowed(person=[person.pk])
    rows: dict[str, list[Entry]] = {family: [] for family, _label in FAMILIES}
    for commendation in _with_texts(given):
        rows[commendation.category.family].append(_given(commendation))
    rows[ABOVE] = [_above(honour) for honour in _with_files(above)]
    return {
        "person": person,
        "court": person.court,
        "families": [(label, rows[family]) for family, label in FAMILIES if rows[family]],
        "may_export": user.has_perm("awards.export_commendation"),
        "asked": urlencode({"person": person.pk}),
    }


def in_register(user: Any, court: Court) -> tuple[CommendationQuerySet, HonourQuerySet]:
    """What the court gave, and what it received from above, as far as `user` may read it."""
    return Commendation.objects.in_register(user, court), Honour.objects.in_register(user, court)


def entries(family: str, given: Any, above: Any, chosen: dict[str, list[Any]]) -> Paginator:
    """The rows of one family, page by page."""
    if family == ABOVE:
        return Pages(_with_files(above.narrowed(**chosen)), _above)
    return Pages(_with_texts(given.narrowed(family=[family], **chosen)), _given)


class Pages(Paginator):
    """Pages of entries, made of the rows of that page alone."""

    def __init__(self, rows: Any, make: Any) -> None:
        super().__init__(rows, PER_PAGE)
        self.make = make

    def page(self, number: Any) -> Any:
        page = super().page(number)
        page.object_list = [self.make(row) for row in page.object_list]
        return page


def _with_texts(given: CommendationQuerySet) -> CommendationQuerySet:
    return given.select_related("category", "decision", "conference__court").latest_first()


def _with_files(above: HonourQuerySet) -> HonourQuerySet:
    return above.select_related("court", "conference__court").prefetch_related("files").latest_first()


def _given(row: Commendation) -> Entry:
    return Entry(
        year=row.conference.year_reviewed,
        title=row.category.name,
        recipient=row.recipient,
        person=row.person_id,
        department=row.department_name if row.name else "",
        department_id=row.department_id,
        post=row.post,
        by=row.conference.title,
        address=row.conference.get_absolute_url(),
        document=row.decision.document_number if row.decision else "",
        posthumous=row.posthumous,
        revoked_at=row.revoked_at,
    )


def _above(row: Honour) -> Entry:
    return Entry(
        year=row.year,
        title=row.title,
        recipient=recipient_of(row),
        person=row.person_id,
        department="",
        department_id=row.department_id,
        post="",
        by=row.bodies,
        address=row.conference.get_absolute_url() if row.conference else "",
        document=row.document,
        is_above=True,
        level=row.get_level_display(),
        files=tuple(row.files.all()),
    )


def recipient_of(row: Honour) -> str:
    """Who received it; where nobody is named, the court itself, or that it was a person or a project."""
    is_the_court = row.recipient_kind == Honour.RecipientKind.COURT
    return row.recipient_name or (row.court.short_name if is_the_court else str(row.get_recipient_kind_display()))


def _given_groups(given: CommendationQuerySet) -> list[Group]:
    columns = ("category__family", "category__order", "category__name", "conference__year_reviewed", "department_id")
    rows = given.with_states().order_by().values_list(*columns, "is_revoked").annotate(Count("pk"))
    return [Group(*row) for row in rows]


def _above_groups(above: HonourQuerySet) -> list[Group]:
    rows = above.with_department().order_by().values_list("level", "year", "in_department").annotate(Count("pk"))
    return [
        Group(ABOVE, LEVELS.index(level) if level else len(LEVELS), level, year, department, False, number)
        for level, year, department, number in rows
    ]


def tabs(groups: Iterable[Group]) -> list[Tab]:
    """The families of which there is something, in their order; revoked awards do not count."""
    groups = list(groups)
    return [
        Tab(family, label, sum(group.number for group in groups if group.family == family and not group.is_revoked))
        for family, label in FAMILIES
        if any(group.family == family for group in groups)
    ]


def _fits(group: Group, chosen: dict[str, list[Any]]) -> bool:
    return not group.is_revoked and all(
        getattr(group, name) in values for name, values in chosen.items() if values and name != "year"
    )
