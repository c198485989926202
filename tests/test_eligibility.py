"""What speaks against a nomination and for it: one table of rules, each with its edges."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from awards.models import DepartmentQuota, Nomination, Selection
from awards.nominations.eligibility import candidates, findings, findings_of
from courts.models import Discipline, Person
from courts.service import months_later
from tests import make

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2024, 1, 16)


class Case:
    """A selection of 2023 in a court, and whoever is nominated in it."""

    def __init__(self, **given: Any) -> None:
        self.court = make.court()
        self.selection = make.selection(court=self.court, year=2023, **given)
        self.user = make.user(court=self.court)

    def person(self, **given: Any) -> Person:
        return make.person(court=self.court, **{"staff_category": "judge"} | given)

    def award(self, quota: dict[str, Any] | None = None, **given: Any) -> Any:
        award = make.category(court=self.court, **given)
        make.quota(selection=self.selection, category=award, **quota or {})
        return award

    def nominate(self, **given: Any) -> Nomination:
        given.setdefault("category", None)
        given["category"] = given["category"] or self.award()
        if not {"person", "name", "department"} & set(given):
            given["person"] = self.person()
        return make.nomination(selection=self.selection, nominated=self.user, **given)


def codes(nomination: Nomination) -> list[tuple[str, bool]]:
    """Code and whether it blocks."""
    about = candidates(Selection.objects.get(pk=nomination.selection_id), TODAY)
    row = next(one for one in about.nominations if one.pk == nomination.pk)
    return [(found.code, found.blocks) for found in findings_of(row, about)]


def of(build: Callable[[Case], Nomination]) -> Callable[[], Nomination]:
    return lambda: build(Case())


def person_with(**given: Any) -> Callable[[], Nomination]:
    return of(lambda case: case.nominate(person=case.person(**given)))


def disciplined(kind: str, since: datetime.date) -> Callable[[], Nomination]:
    def build(case: Case) -> Nomination:
        person = case.person()
        make.discipline(person=person, kind=kind, since=since)
        return case.nominate(person=person)

    return of(build)


def honoured(**given: Any) -> Callable[[], Nomination]:
    """Has the award already: of the same year unless something else is given."""

    def build(case: Case) -> Nomination:
        person, award = case.person(), case.award()
        meeting = {"kind": "annual", "year_reviewed": 2023} | given.get("meeting", {})
        winner = make.commendation(
            conference=make.conference(court=case.court, **meeting),
            category=make.category(court=case.court) if given.get("another") else award,
            person=person,
        )
        if given.get("revoked"):
            type(winner).objects.filter(pk=winner.pk).update(
                revoked_at=winner.conference.changed_at, revoked_by=case.user, revocation_reason="误"
            )
        return case.nominate(person=person, category=award)

    return of(build)


def awards_of_one(count: int) -> Callable[[], Nomination]:
    def build(case: Case) -> Nomination:
        person = case.person()
        return [case.nominate(person=person, deeds=f"事迹{n}") for n in range(count)][-1]

    return of(build)


def named(name: str, family: str = "in-house") -> Callable[[], Nomination]:
    return of(lambda case: case.nominate(category=case.award(name=name, family=family)))


def civil(staff_category: str) -> Callable[[], Nomination]:
    return of(
        lambda case: case.nominate(
            person=case.person(staff_category=staff_category), category=case.award(family="civil", name="嘉奖")
        )
    )


def excellent(*years: int) -> Callable[[], Nomination]:
    def build(case: Case) -> Nomination:
        person = case.person()
        for year in years:
            make.appraisal(person=person, year=year)
        make.appraisal(person=person, year=2019, grade="competent")
        return case.nominate(person=person)

    return of(build)


def same_words(*, other_person: bool) -> Callable[[], Nomination]:
    def build(case: Case) -> Nomination:
        person = case.person()
        case.nominate(person=case.person() if other_person else person, deeds="调解成功一百件")
        return case.nominate(person=person, deeds="调解成功 一百件")

    return of(build)


def in_two_selections(period: str) -> Callable[[], Nomination]:
    def build(case: Case) -> Nomination:
        award, person = case.award(), case.person()
        other = make.selection(court=case.court, year=2023, period=period)
        make.nomination(selection=other, category=award, person=person, nominated=case.user)
        return case.nominate(category=award, person=person)

    return of(build)


def judges_only(staff_category: str) -> Callable[[], Nomination]:
    return of(
        lambda case: case.nominate(
            person=case.person(staff_category=staff_category), category=case.award(staff_categories="judge,assistant")
        )
    )


D = datetime.date
FOUND: dict[str, tuple[Callable[[], Nomination], list[tuple[str, bool]]]] = {
    "nothing": (of(lambda case: case.nominate()), []),
    "award not in the plan": (
        of(lambda case: case.nominate(category=make.category(court=case.court))),
        [("not-in-plan", True)],
    ),
    "eligible category": (judges_only("assistant"), []),
    "wrong category": (judges_only("clerk"), [("staff-category", True)]),
    "category unknown": (judges_only(""), [("staff-category", True)]),
    "not in the register": (of(lambda case: case.nominate(name="外聘某")), [("not-in-register", False)]),
    "came on the last day": (person_with(service_since=D(2023, 12, 31)), []),
    "came a day too late": (person_with(service_since=D(2024, 1, 1)), [("not-in-service", True)]),
    "left on the first day": (person_with(left_on=D(2023, 1, 1)), []),
    "left the day before": (person_with(left_on=D(2022, 12, 31)), [("not-in-service", True)]),
    "no longer in service": (person_with(is_active=False), [("not-in-service", True)]),
    "left during the year": (person_with(is_active=False, left_on=D(2023, 6, 1)), []),
    "warned in the year": (disciplined("warning", D(2023, 3, 1)), [("discipline", True)]),
    "warning that ended before": (disciplined("warning", D(2022, 7, 1)), []),
    "warning that ends on the first day": (disciplined("warning", D(2022, 7, 2)), [("discipline", True)]),
    "demerit of the year before": (disciplined("demerit", D(2022, 7, 1)), [("discipline", True)]),
    "removal two years ago": (disciplined("removal", D(2021, 2, 1)), [("discipline", True)]),
    "warned after the year, before today": (disciplined("warning", TODAY), [("discipline", True)]),
    "warned in the future": (disciplined("warning", D(2024, 1, 17)), []),
    "the award of this year": (honoured(), [("same-award", True)]),
    "the award of last year": (honoured(meeting={"year_reviewed": 2022}), []),
    "the award of a quarter": (honoured(meeting={"kind": "quarterly"}), []),
    "another award of this year": (honoured(another=True), []),
    "the award of this year, revoked": (honoured(revoked=True), []),
    "the same award in two selections": (in_two_selections("year"), [("same-award-elsewhere", True)]),
    "the same award in a quarter": (in_two_selections("q1"), []),
    "two awards": (awards_of_one(2), []),
    "three awards": (awards_of_one(3), [("over-person", True)]),
    "the same deeds twice": (same_words(other_person=False), [("same-deeds", True)]),
    "the deeds of somebody else": (same_words(other_person=True), []),
    "called national": (named("全国办案标兵"), [("name-too-high", True)]),
    "national and of the party": (named("全国优秀共产党员", "party"), []),
    "civil servant": (civil("judge"), []),
    "contract staff": (civil("contract"), [("civil-service", True)]),
    "excellent for three years": (excellent(2021, 2022, 2023), [("excellent-years", False)]),
    "excellent with a gap": (excellent(2020, 2022, 2023), []),
    "thirty years on the last day": (person_with(service_since=D(1993, 12, 31)), [("years-of-service", False)]),
    "thirty years a day later": (person_with(service_since=D(1994, 1, 1)), []),
}


@pytest.mark.parametrize(("build", "expected"), FOUND.values(), ids=FOUND.keys())
def test_what_is_found(build, expected):
    assert codes(build()) == expected


def test_a_medal_for_thirty_years_says_who_has_not_served_them():
    case = Case()
    award = case.award(family="commemorative", name="荣誉天平纪念章")

    nomination = case.nominate(category=award, person=case.person(service_since=D(1994, 1, 1)))

    assert codes(nomination) == [("years-of-service", False)]


def test_the_last_ones_of_a_department_are_over_its_quota():
    case = Case()
    award, department = case.award(), make.department(court=case.court)
    DepartmentQuota.objects.create(quota=case.selection.quotas.get(), department=department, number=1)
    first, second = (case.nominate(category=award, by_department=department) for _ in range(2))
    of_another = case.nominate(category=award, by_department=make.department(court=case.court))
    draft = make.nomination(selection=case.selection, category=award, by_department=department, person=case.person())

    got = [codes(one) for one in (first, second, of_another, draft)]

    assert got == [[], [("over-department-quota", True)], [], [("over-department-quota", True)]]


def test_what_goes_beyond_the_number_in_all_is_whoever_is_not_approved_yet():
    case = Case()
    award = case.award({"number": 1})
    approved = case.nominate(category=award, checked=case.user, approved=make.user(court=case.court))
    waiting = case.nominate(category=award)

    assert [codes(approved), codes(waiting)] == [[], [("over-quota", True)]]


def test_rejected_and_withdrawn_ones_use_no_quota_and_have_no_findings():
    case = Case()
    award, department = case.award(), make.department(court=case.court)
    DepartmentQuota.objects.create(quota=case.selection.quotas.get(), department=department, number=1)
    gone, kept = (case.nominate(category=award, by_department=department) for _ in range(2))
    Nomination.objects.filter(pk=gone.pk).update(
        rejected_at=gone.nominated_at, rejected_by=case.user, rejection_reason="不符"
    )

    found = findings(candidates(case.selection, TODAY))

    assert found == {kept.pk: []}


def test_a_finding_has_another_key_once_what_it_compares_changes():
    case = Case()
    person = case.person()
    sanction = make.discipline(person=person)
    nomination = case.nominate(person=person)
    before = findings(candidates(case.selection, TODAY))[nomination.pk]
    again = findings(candidates(case.selection, TODAY))[nomination.pk]
    sanction.kind = Discipline.Kind.DEMERIT
    sanction.save()

    after = findings(candidates(case.selection, TODAY))[nomination.pk]

    assert before[0].key == again[0].key != after[0].key


@pytest.mark.parametrize("rows", [1, 30])
def test_a_whole_selection_takes_the_same_number_of_queries(rows, django_assert_num_queries):
    case = Case()
    for _ in range(rows):
        person = case.person()
        make.discipline(person=person)
        make.appraisal(person=person)
        make.override(nomination=case.nominate(person=person))
    selection = Selection.objects.get(pk=case.selection.pk)

    with django_assert_num_queries(11):
        findings(candidates(selection, TODAY))


MONTHS = {
    (D(2024, 1, 15), 6): D(2024, 7, 15),
    (D(2024, 8, 31), 6): D(2025, 2, 28),
    (D(2023, 8, 31), 6): D(2024, 2, 29),
    (D(2024, 12, 1), 1): D(2025, 1, 1),
    (D(2024, 1, 1), 24): D(2026, 1, 1),
}


@pytest.mark.parametrize(("given", "expected"), MONTHS.items())
def test_months_later(given, expected):
    assert months_later(*given) == expected


UNTIL = {
    "warning": D(2024, 7, 14),
    "demerit": D(2025, 1, 14),
    "serious-demerit": D(2025, 7, 14),
    "demotion": D(2026, 1, 14),
    "removal": D(2026, 1, 14),
}


@pytest.mark.parametrize(("kind", "until"), UNTIL.items())
def test_the_last_day_of_a_sanction_follows_from_its_kind(kind, until):
    assert make.discipline(kind=kind, since=D(2024, 1, 15)).until == until


def test_a_court_sets_its_own_months(settings):
    settings.DISCIPLINE_MONTHS = {**settings.DISCIPLINE_MONTHS, "warning": 12}

    assert make.discipline(kind="warning", since=D(2024, 1, 15)).until == D(2025, 1, 14)
