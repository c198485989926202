"""Who may be honoured: what speaks against a nomination, and what speaks for it.

Each rule yields findings. One that blocks holds the approval up until someone lets it pass by name and reason; the
others are hints. Everything that the rules look at is loaded once, with a fixed number of queries.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models.categories import AwardCategory, Family
from awards.models.commendations import Commendation
from awards.titles import word_above
from conferences.checks.findings import Finding, Place
from courts.models import Person
from courts.register import key
from courts.service import Appraisal, Discipline

Staff = Person.StaffCategory
NOMINATION = "awards_nomination"
# Whoever is no civil servant cannot get a civil servant's reward.
NO_CIVIL_SERVANTS = {Staff.CONTRACT, Staff.ASSESSOR}
EXCELLENT_YEARS = 3
YEARS_OF_SERVICE = 30
# What a department may read of its own nominations: nothing about sanctions and appraisals.
FOR_DEPARTMENTS = {
    *("not-in-plan", "not-in-register", "staff-category", "not-in-service", "civil-service", "name-too-high"),
    *("over-department-quota", "over-person", "same-deeds"),
}


@dataclass(frozen=True)
class Candidates:
    """A selection with all that the rules compare. Nominations: the live ones, the first nominated first."""

    selection: Any
    nominations: list[Any]
    quotas: dict[int, Any]
    sanctions: dict[int, list[Discipline]]
    excellent: dict[int, set[int]]
    given: dict[Any, list[Commendation]]
    elsewhere: dict[Any, list[Any]]

    @property
    def standing(self) -> list[Any]:
        return [one for one in self.nominations if one.nominated_at]

    def place_of(self, nomination: Any, *, among: Callable[[Any], bool], at: str = "nominated_at") -> int:
        """Its place, from one on, among those that went before it by this moment; a later one comes behind all."""
        before = [one for one in self.nominations if getattr(one, at) and among(one)]
        own = getattr(nomination, at)
        if own is None:
            return len(before) + 1
        return sum((getattr(one, at), one.pk) <= (own, nomination.pk) for one in before)


def identity(row: Any) -> tuple[Any, ...]:
    """The same for the same recipient: an entry of the register, or else a name in a department."""
    return (row.person_id,) if row.person_id else (key(row.name), key(row.department_name))


def candidates(selection: Any, today: datetime.date | None = None) -> Candidates:
    """Loads what the rules look at: eight queries, however many nominations there are."""
    today = today or timezone.localdate()
    people = selection.nominations.live().values("person")
    nominations = selection.nominations.live().with_names()
    sanctions = Discipline.objects.filter(
        person__in=people, since__lte=max(today, selection.last_day), until__gte=selection.first_day
    )
    years = range(selection.year - EXCELLENT_YEARS + 1, selection.year + 1)
    appraisals = Appraisal.objects.filter(person__in=people, year__in=years, grade=Appraisal.Grade.EXCELLENT)
    kind, number = selection.meeting
    given = Commendation.objects.valid().filter(
        Q(conference=selection.conference_id) | Q(conference__kind=kind, conference__number=number),
        conference__court=selection.court_id,
        conference__year_reviewed=selection.year,
    )
    elsewhere = (
        selection.nominations.model.objects.standing()
        .filter(selection__court=selection.court_id, selection__year=selection.year, selection__period=selection.period)
        .exclude(selection=selection)
    )
    return Candidates(
        selection,
        sorted(nominations, key=lambda one: (one.nominated_at is None, one.nominated_at or one.pk, one.pk)),
        {quota.category_id: quota for quota in selection.quotas.planned()},
        _grouped(sanctions.order_by("since", "id"), lambda one: one.person_id),
        {person: {one.year for one in ones} for person, ones in _grouped(appraisals, lambda a: a.person_id).items()},
        _grouped(given, lambda one: (one.category_id, *identity(one))),
        _grouped(elsewhere.select_related("selection"), lambda one: (one.category_id, *identity(one))),
    )


def _grouped(rows: Any, by: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[by(row)].append(row)
    return dict(found)


def findings(about: Candidates) -> dict[int, list[Finding]]:
    """The findings of each live nomination by its key."""
    return {one.pk: findings_of(one, about) for one in about.nominations}


def findings_of(nomination: Any, about: Candidates) -> list[Finding]:
    """What blocks first, then the hints."""
    return sorted((found for rule in RULES for found in rule(nomination, about)), key=lambda found: not found.blocks)


def blocking(nomination: Any, found: list[Finding]) -> list[Finding]:
    """Those that hold up the approval: nobody let them pass."""
    passed = {override.key for override in nomination.overrides.all()}
    return [finding for finding in found if finding.blocks and finding.key not in passed]


def _finding(nomination: Any, code: str, text: str, *values: Any, blocks: bool = True) -> Finding:
    return Finding(code, text, Place(NOMINATION, "", nomination.pk), values, blocks)


def not_in_plan(nomination: Any, about: Candidates) -> Iterator[Finding]:
    if nomination.category_id not in about.quotas:
        text = _("“%(award)s” is not in the plan of this selection.") % {"award": nomination.category}
        yield _finding(nomination, "not-in-plan", text, nomination.category_id)


def not_in_register(nomination: Any, about: Candidates) -> Iterator[Finding]:
    """Only a hint: people's assessors, families and teams often stand in no register."""
    if nomination.category.recipient_kind == AwardCategory.RecipientKind.PERSON and not nomination.person:
        text = _("%(name)s is not in the register: nothing could be checked.") % {"name": nomination.recipient}
        yield _finding(nomination, "not-in-register", text, nomination.recipient, blocks=False)


def staff_category(nomination: Any, about: Candidates) -> Iterator[Finding]:
    person, allowed = nomination.person, nomination.category.staff_categories
    if person and allowed and person.staff_category not in allowed.split(","):
        names = "、".join(str(Staff(one).label) for one in allowed.split(",") if one in Staff.values)
        is_a = person.get_staff_category_display() or _("without a staff category in the register")
        text = _("%(name)s: %(category)s; this award is for %(allowed)s.")
        text %= {"name": nomination.recipient, "category": is_a, "allowed": names}
        yield _finding(nomination, "staff-category", text, person.staff_category, allowed)


def not_in_service(nomination: Any, about: Candidates) -> Iterator[Finding]:
    person, selection = nomination.person, about.selection
    if person is None:
        return
    if person.service_since and person.service_since > selection.last_day:
        text = _("%(name)s came only on %(day)s.") % {"name": person, "day": person.service_since}
    elif person.left_on and person.left_on < selection.first_day:
        text = _("%(name)s left on %(day)s already.") % {"name": person, "day": person.left_on}
    elif not person.is_active and not person.left_on:
        text = _("%(name)s is no longer in service.") % {"name": person}
    else:
        return
    yield _finding(nomination, "not-in-service", text, person.service_since, person.left_on, person.is_active)


def discipline(nomination: Any, about: Candidates) -> Iterator[Finding]:
    for sanction in about.sanctions.get(nomination.person_id, ()):
        text = _("%(name)s: %(kind)s from %(since)s, which counts until %(until)s.")
        said = {"kind": sanction.get_kind_display(), "since": sanction.since, "until": sanction.until}
        text %= {"name": nomination.recipient, **said}
        yield _finding(nomination, "discipline", text, sanction.kind, sanction.since, sanction.until)


def same_award(nomination: Any, about: Candidates) -> Iterator[Finding]:
    """The same award for the same cause: the same year or quarter of work."""
    who = (nomination.category_id, *identity(nomination))
    if any(one.pk != nomination.commendation_id for one in about.given.get(who, ())):
        text = _("%(name)s has “%(award)s” for this time already.")
        text %= {"name": nomination.recipient, "award": nomination.category}
        yield _finding(nomination, "same-award", text, nomination.category_id)
    for other in about.elsewhere.get(who, ()):
        text = _("%(name)s is nominated for “%(award)s” in “%(selection)s” too.")
        text %= {"name": nomination.recipient, "award": nomination.category, "selection": other.selection}
        yield _finding(nomination, "same-award-elsewhere", text, other.pk)


def same_deeds(nomination: Any, about: Candidates) -> Iterator[Finding]:
    """Two awards to one recipient for word for word the same deeds."""
    for other in about.nominations:
        is_same = other.pk != nomination.pk and identity(other) == identity(nomination)
        if is_same and nomination.deeds and key(other.deeds) == key(nomination.deeds):
            text = _("%(name)s is nominated for “%(award)s” with the same deeds.")
            text %= {"name": nomination.recipient, "award": other.category}
            yield _finding(nomination, "same-deeds", text, other.category_id)


def over_person(nomination: Any, about: Candidates) -> Iterator[Finding]:
    most, who = about.selection.most_per_person, identity(nomination)
    place = about.place_of(nomination, among=lambda one: one.pk != nomination.pk and identity(one) == who)
    place += nomination.nominated_at is not None
    if place > most:
        text = _("%(name)s is nominated for more than %(most)d awards.")
        yield _finding(nomination, "over-person", text % {"name": nomination.recipient, "most": most}, most)


def name_too_high(nomination: Any, about: Candidates) -> Iterator[Finding]:
    if word := word_above(about.selection.court, nomination.category):
        text = _("“%(award)s” is given by the court itself, but calls itself %(word)s.")
        text %= {"award": nomination.category, "word": word}
        yield _finding(nomination, "name-too-high", text, nomination.category.name)


def civil_service(nomination: Any, about: Candidates) -> Iterator[Finding]:
    person = nomination.person
    if person and nomination.category.family == Family.CIVIL and person.staff_category in NO_CIVIL_SERVANTS:
        text = _("%(name)s: %(category)s; a civil-service reward is for civil servants.")
        text %= {"name": nomination.recipient, "category": person.get_staff_category_display()}
        yield _finding(nomination, "civil-service", text, person.staff_category)


def over_quota(nomination: Any, about: Candidates) -> Iterator[Finding]:
    """In all by what is approved; for a department by what it nominated, the last ones over its number."""
    quota = about.quotas.get(nomination.category_id)
    if quota is None:
        return
    said = {"award": nomination.category, "limit": quota.limit}
    place = about.place_of(nomination, among=lambda one: one.category_id == quota.category_id, at="approved_at")
    if quota.limit is not None and place > quota.limit:
        text = _("“%(award)s” is given %(limit)d times, and as many are approved without this one.") % said
        yield _finding(nomination, "over-quota", text, quota.category_id, quota.limit)
    limit = quota.limit_of(nomination.by_department_id)
    if limit is None:
        return
    group = (quota.category_id, nomination.by_department_id)
    place = about.place_of(nomination, among=lambda one: (one.category_id, one.by_department_id) == group)
    if place > limit:
        text = _("%(department)s may nominate %(limit)d for “%(award)s”; this is number %(place)d.")
        text %= said | {"department": nomination.by_department, "limit": limit, "place": place}
        yield _finding(nomination, "over-department-quota", text, quota.category_id, limit)


def excellent_years(nomination: Any, about: Candidates) -> Iterator[Finding]:
    if len(about.excellent.get(nomination.person_id, ())) == EXCELLENT_YEARS:
        text = _("%(name)s was appraised as excellent in three years running.") % {"name": nomination.recipient}
        yield _finding(nomination, "excellent-years", text, blocks=False)


def years_of_service(nomination: Any, about: Candidates) -> Iterator[Finding]:
    since = nomination.person.service_since if nomination.person else None
    if since is None:
        return
    last = about.selection.last_day
    years = last.year - since.year - ((last.month, last.day) < (since.month, since.day))
    said = {"name": nomination.recipient, "years": years}
    if years >= YEARS_OF_SERVICE:
        text = _("%(name)s has served for %(years)d years.") % said
        yield _finding(nomination, "years-of-service", text, years, blocks=False)
    elif nomination.category.family == Family.COMMEMORATIVE:
        text = _("%(name)s has served for %(years)d years, not for thirty.") % said
        yield _finding(nomination, "years-of-service", text, years, blocks=False)


RULES = (
    not_in_plan,
    staff_category,
    not_in_service,
    discipline,
    same_award,
    same_deeds,
    over_person,
    name_too_high,
    civil_service,
    over_quota,
    not_in_register,
    excellent_years,
    years_of_service,
)
