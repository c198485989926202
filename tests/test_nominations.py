"""The stages of a nomination: each step refuses what is not due, and two people stand behind an approval."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from awards.models import DepartmentQuota, Nomination, Opinion, Override
from awards.nominations.eligibility import candidates, findings_of
from awards.nominations.nominating import STEPS, ask, let_pass, record_opinion, set_ranks, take, take_back
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK, LIAISON, STAFF
from tests import make

pytestmark = pytest.mark.django_db
Stage = Nomination.Stage


class Case:
    """A court with a department, its liaison, a clerk and an approver, and a selection that is open."""

    def __init__(self) -> None:
        self.court = make.court()
        self.department = make.department(court=self.court)
        self.liaison = make.user(LIAISON, court=self.court, department=self.department)
        self.clerk, self.approver = make.user(CLERK, court=self.court), make.user(APPROVER, court=self.court)
        self.selection = make.selection(court=self.court)
        self.award = make.quota(selection=self.selection).category

    def draft(self, **given: Any) -> Nomination:
        given.setdefault("person", make.person(court=self.court, department=self.department))
        usual = {"selection": self.selection, "category": self.award, "by_department": self.department}
        return make.nomination(**usual | given)

    def at(self, stage: str, **given: Any) -> Nomination:
        """A nomination that has come as far as this."""
        row = self.draft(**given)
        if stage in ("draft", "withdrawn"):
            if stage == "withdrawn":
                row.withdraw(by=self.liaison, reason="重复")
            return row
        row.nominate(by=self.liaison)
        if stage == "returned":
            row.give_back(by=self.clerk, reason="事迹太短")
        elif stage == "rejected":
            row.reject(by=self.clerk, reason="不符合条件")
        else:
            self._forward(row, stage)
        return row

    def _forward(self, row: Nomination, stage: str) -> None:
        if stage == "nominated":
            return
        row.pass_check(by=self.clerk)
        if stage == "checked":
            return
        row.approve(by=self.approver)
        for act in ("noticed", "confirmed", "decided"):
            if stage == "approved":
                return
            now = {f"{act}_at": timezone.now(), f"{act}_by": self.clerk}
            Nomination.objects.filter(pk=row.pk).update(**now)
            row.refresh_from_db()
            if stage == act:
                return


@pytest.fixture
def case():
    return Case()


ACTS: dict[str, Callable[[Case, Nomination], None]] = {
    "nominate": lambda case, row: row.nominate(by=case.liaison),
    "check": lambda case, row: row.pass_check(by=case.clerk),
    "approve": lambda case, row: row.approve(by=case.approver),
    "return": lambda case, row: row.give_back(by=case.clerk, reason="补充"),
    "reject": lambda case, row: row.reject(by=case.approver, reason="不符"),
    "withdraw": lambda case, row: row.withdraw(by=case.liaison, reason="重复"),
    "withdraw by the court": lambda case, row: row.withdraw(by=case.clerk, reason="重复"),
}
# What becomes of each stage; = stays as it was without a word, - is refused.
TABLE = """
stage     nominate  check   approve  return   reject   withdraw  withdraw by the court
draft     nominated -       -        -        -        withdrawn withdrawn
returned  nominated -       -        =        -        withdrawn withdrawn
nominated =         checked -        returned rejected withdrawn withdrawn
checked   =         =       approved returned rejected withdrawn withdrawn
approved  =         =       =        returned rejected -         withdrawn
noticed   =         =       =        -        rejected -         withdrawn
confirmed =         =       =        -        rejected -         withdrawn
decided   =         =       =        -        -        -         -
rejected  -         -       -        -        =        -         -
withdrawn -         -       -        -        -        =         =
"""
ROWS = [line.split() for line in TABLE.splitlines()[2:]]
CELLS = [(stage, act, cell) for stage, *cells in ROWS for act, cell in zip(ACTS, cells, strict=True)]


@pytest.mark.parametrize(("stage", "act", "expected"), CELLS, ids=lambda one: one)
def test_each_step_from_each_stage(case, stage, act, expected):
    row = case.at(stage)
    before = Nomination.objects.filter(pk=row.pk).values().get()

    if expected == "-":
        with pytest.raises(Refused):
            ACTS[act](case, row)
    else:
        ACTS[act](case, row)

    after = Nomination.objects.get(pk=row.pk)
    assert after.stage == (stage if expected in "-=" else expected)
    if expected in "-=":
        assert Nomination.objects.filter(pk=row.pk).values().get() == before


MAY: dict[str, set[str]] = {
    "nominate": {"liaison", "clerk"},
    "check": {"clerk", "approver"},
    "approve": {"approver"},
    "return": {"clerk", "approver"},
    "reject": {"clerk", "approver"},
    "withdraw": {"liaison", "clerk"},
}
FROM = {"nominate": "draft", "check": "nominated", "approve": "checked"}
DONE_BY: dict[str, Callable[[Nomination, Any], None]] = {
    "nominate": lambda row, by: row.nominate(by=by),
    "check": lambda row, by: row.pass_check(by=by),
    "approve": lambda row, by: row.approve(by=by),
    "return": lambda row, by: row.give_back(by=by, reason="补充"),
    "reject": lambda row, by: row.reject(by=by, reason="不符"),
    "withdraw": lambda row, by: row.withdraw(by=by, reason="重复"),
}


@pytest.mark.parametrize("act", MAY)
def test_whose_step_it_is(case, act):
    elsewhere = make.court()
    people = {
        "liaison": case.liaison,
        "clerk": case.clerk,
        "approver": case.approver,
        "liaison of another department": make.user(
            LIAISON, court=case.court, department=make.department(court=case.court)
        ),
        "liaison without a department": make.user(LIAISON, court=case.court),
        "staff of the department": make.user(STAFF, court=case.court, department=case.department),
        "clerk of another court": make.user(CLERK, court=elsewhere),
        "approver of another court": make.user(APPROVER, court=elsewhere),
    }
    allowed = set()
    for name, user in people.items():
        row = case.at(FROM.get(act, "nominated"))
        try:
            DONE_BY[act](row, user)
        except NotAllowed:
            continue
        allowed.add(name)

    assert allowed == MAY[act]


def test_whoever_nominated_does_not_approve(case):
    both = make.user(CLERK, APPROVER, court=case.court)
    row = case.draft()
    row.nominate(by=both)
    row.pass_check(by=case.clerk)

    with pytest.raises(Refused):
        row.approve(by=both)
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.filter(pk=row.pk).update(approved_at=timezone.now(), approved_by=both)

    assert Nomination.objects.get(pk=row.pk).stage == Stage.CHECKED


def at_noon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


DAYS = {"the day before": ("opens_on", -1, False), "the first day": ("opens_on", 0, True)}
DAYS |= {"the last day": ("closes_on", 0, True), "a day late": ("closes_on", 1, False)}


@pytest.mark.parametrize(("field", "days", "is_due"), DAYS.values(), ids=DAYS.keys())
def test_nominations_come_within_the_days_of_the_selection(case, field, days, is_due):
    row, now = case.draft(), at_noon(getattr(case.selection, field) + datetime.timedelta(days=days))

    if is_due:
        row.nominate(by=case.liaison, now=now)
    else:
        with pytest.raises(Refused) as refused:
            row.nominate(by=case.liaison, now=now)
        assert str(case.selection.closes_on) in " ".join(refused.value.messages)

    assert row.stage == (Stage.NOMINATED if is_due else Stage.DRAFT)


def test_what_was_returned_may_come_back_after_the_last_day(case):
    row = case.at("returned")

    row.nominate(by=case.liaison, now=at_noon(case.selection.closes_on + datetime.timedelta(days=9)))

    assert (row.stage, row.return_reason, row.returned_by) == (Stage.NOMINATED, "", None)


def test_nobody_nominates_in_a_selection_without_days(case):
    row = case.draft()
    case.selection.opens_on = case.selection.closes_on = None
    case.selection.save()

    with pytest.raises(Refused):
        Nomination.objects.get(pk=row.pk).nominate(by=case.liaison)


def test_nobody_is_nominated_without_deeds(case):
    row = case.draft(deeds=" ")

    with pytest.raises(Refused):
        row.nominate(by=case.liaison)


@pytest.mark.parametrize("reason", ["", "  ", "长" * 301])
@pytest.mark.parametrize("act", ["give_back", "reject", "withdraw"])
def test_a_step_back_needs_its_reason(case, act, reason):
    row = case.at("nominated")

    with pytest.raises(Refused):
        getattr(row, act)(by=case.clerk, reason=reason)

    assert Nomination.objects.get(pk=row.pk).stage == Stage.NOMINATED


def test_of_two_steps_at_once_the_second_is_refused(case):
    row = case.at("nominated")
    seen_by_another = Nomination.objects.get(pk=row.pk)
    row.reject(by=case.clerk, reason="不符")

    with pytest.raises(Refused):
        seen_by_another.pass_check(by=case.clerk)

    assert Nomination.objects.get(pk=row.pk).stage == Stage.REJECTED


def test_of_two_approvals_for_the_last_place_the_second_is_refused(case):
    case.selection.quotas.update(number=1)
    one, other = case.at("checked"), case.at("checked")  # both loaded before either is approved
    one.approve(by=case.approver)

    with pytest.raises(Refused):
        other.approve(by=case.approver)

    assert Nomination.objects.get(pk=other.pk).stage == Stage.CHECKED


def test_every_step_has_its_version(case):
    row = case.at("returned")
    row.nominate(by=case.liaison)

    said = list(row.history.order_by("history_id").values_list("nominated_by", "return_reason"))

    assert said == [(None, ""), (case.liaison.pk, ""), (None, "事迹太短"), (case.liaison.pk, "")]


# --- the same twice ---


SAME = {
    "a person": lambda case: {"person": make.person(court=case.court)},
    "a department": lambda case: {"person": None, "department": case.department},
    "a family": lambda case: {"person": None, "name": "王某家庭", "department": case.department},
}


@pytest.mark.parametrize("given", SAME.values(), ids=SAME.keys())
def test_nobody_is_nominated_twice_for_one_award_unless_the_first_ended(case, given):
    who = given(case)
    first = case.draft(**who)

    with pytest.raises(IntegrityError), transaction.atomic():
        case.draft(**who)
    first.withdraw(by=case.liaison, reason="重复")
    again = case.draft(**who)

    assert Nomination.objects.live().get() == again


# --- findings that are let pass ---


def in_trouble(case: Case, **given: Any) -> tuple[Nomination, str]:
    """A checked nomination with a sanction, and the key of that finding."""
    row = case.at("checked", **given)
    make.discipline(person=row.person, since=datetime.date(2023, 5, 1))
    (finding,) = findings_of(row, candidates(case.selection))
    return row, finding.key


def test_a_finding_holds_the_approval_up_until_it_is_let_pass(case):
    row, key = in_trouble(case)

    with pytest.raises(Refused):
        row.approve(by=case.approver)
    let_pass(row, key, reason="党组会议研究决定", by=case.approver)
    row = Nomination.objects.get(pk=row.pk)
    row.approve(by=case.approver)

    override = Override.objects.get()
    assert row.stage == Stage.APPROVED
    assert (override.reason, override.overridden_by) == ("党组会议研究决定", case.approver)


def test_letting_pass_twice_changes_nothing_and_taking_back_is_kept_in_the_history(case):
    row, key = in_trouble(case)
    let_pass(row, key, reason="一", by=case.approver)
    let_pass(row, key, reason="二", by=case.approver)

    assert Override.objects.get().reason == "一"
    take_back(row, key, by=case.approver)
    take_back(row, key, by=case.approver)

    kinds = Override.history.order_by("history_id").values_list("history_type", "reason")
    assert list(kinds) == [("+", "一"), ("-", "一")]


@pytest.mark.parametrize(("key", "reason"), [("no-such:key", "理由"), (None, ""), (None, "长" * 301)])
def test_what_cannot_be_let_pass(case, key, reason):
    row, real = in_trouble(case)

    with pytest.raises(Refused):
        let_pass(row, key or real, reason=reason, by=case.approver)

    assert not Override.objects.exists()


def test_a_clerk_lets_nothing_pass_and_nobody_for_the_own_nomination(case):
    row, key = in_trouble(case)
    both = make.user(CLERK, APPROVER, court=case.court)
    Nomination.objects.filter(pk=row.pk).update(nominated_by=both)
    row.refresh_from_db()

    with pytest.raises(NotAllowed):
        let_pass(row, key, reason="理由", by=case.clerk)
    with pytest.raises(Refused):
        let_pass(row, key, reason="理由", by=both)


def test_what_was_let_pass_holds_only_as_long_as_it_says_the_same(case):
    row, key = in_trouble(case)
    let_pass(row, key, reason="理由", by=case.approver)
    make.discipline(person=row.person, kind="demerit", since=datetime.date(2023, 6, 1))

    with pytest.raises(Refused):
        Nomination.objects.get(pk=row.pk).approve(by=case.approver)


# --- several at once ---


def step(name: str) -> Any:
    return next(one for one in STEPS if one.name == name)


def test_a_step_is_taken_with_all_that_were_chosen(case):
    rows = [case.at("nominated") for _ in range(3)]

    count = take(step("check"), case.selection, [row.pk for row in rows[:2]], by=case.clerk)

    assert count == 2
    assert [Nomination.objects.get(pk=row.pk).stage for row in rows] == ["checked", "checked", "nominated"]


def test_a_step_that_is_not_due_for_one_is_taken_with_none(case):
    rows = [case.at("nominated"), case.at("draft")]

    with pytest.raises(Refused) as refused:
        take(step("check"), case.selection, [row.pk for row in rows], by=case.clerk)

    assert rows[1].recipient in " ".join(refused.value.messages)
    assert [Nomination.objects.get(pk=row.pk).stage for row in rows] == ["nominated", "draft"]


def test_no_step_reaches_another_selection(case):
    other = case.at("nominated", selection=make.selection(court=case.court), category=case.award)

    with pytest.raises(Refused):
        take(step("check"), case.selection, [other.pk], by=case.clerk)


def test_ranks_are_set_and_taken_away(case):
    one, other = case.at("nominated"), case.at("nominated", rank=3)

    changed = set_ranks(case.selection, {one.pk: 1, other.pk: None}, by=case.approver)

    assert changed == 2
    assert [Nomination.objects.get(pk=row.pk).rank for row in (one, other)] == [1, None]
    assert set_ranks(case.selection, {one.pk: 1}, by=case.clerk) == 0
    with pytest.raises(NotAllowed):
        set_ranks(case.selection, {one.pk: 2}, by=case.liaison)


def test_opinions_are_asked_once_and_given(case):
    rows = [case.at("nominated") for _ in range(2)]
    keys = [row.pk for row in rows]

    assert ask(case.selection, keys, body="派驻纪检监察组", by=case.clerk) == 2
    assert ask(case.selection, keys, body="派驻纪检监察组", by=case.clerk) == 0
    opinion = rows[0].opinions.get()
    record_opinion(opinion, verdict="agrees", text="无异议", by=case.clerk)

    assert (opinion.verdict, opinion.recorded_by, opinion.asked_by) == ("agrees", case.clerk, case.clerk)
    assert opinion.given_on == timezone.localdate()
    for verdict in ("", "maybe"):
        with pytest.raises(Refused):
            record_opinion(opinion, verdict=verdict, by=case.clerk)
    with pytest.raises(NotAllowed):
        record_opinion(opinion, verdict="objects", by=case.liaison)
    assert Opinion.objects.get(pk=opinion.pk).verdict == "agrees"


def test_a_department_over_its_quota_may_nominate_and_is_held_up_at_the_approval(case):
    DepartmentQuota.objects.create(quota=case.selection.quotas.get(), department=case.department, number=1)
    case.at("nominated")
    second = case.at("checked")

    with pytest.raises(Refused):
        second.approve(by=case.approver)


def test_winners_are_recorded_without_any_selection(case):
    winner = make.commendation(conference=make.conference(court=case.court), person=make.person(court=case.court))

    assert not Nomination.objects.filter(commendation=winner).exists()
    assert winner.pk
