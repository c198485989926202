"""The decision: confirmed names become commendations, all of them or none, once, and in good time."""

from typing import Any

import pytest
from django.db.models import ProtectedError

from awards.decisions.deciding import decide
from awards.models import Commendation, Decision, Nomination, Selection
from awards.selections.shortlist import numbers, shortlist
from awards.wording import decision_text, decision_title, list_title
from conferences.checks import assess
from conferences.models import Conference
from courts.bin import discard
from courts.models import Holiday
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK, LIAISON, STAFF
from tests import make
from tests.test_noticing import day, noon

pytestmark = pytest.mark.django_db
ENDED, AFTER = day("2024-03-08"), noon("2024-03-11")
DOCUMENT = {"title": "关于表彰先进的决定", "prefix": "青法", "year": 2024, "serial": 3, "signed_on": day("2024-03-11")}


@pytest.fixture(autouse=True)
def _holidays():
    make.holidays(2024)


def confirmed(selection: Selection, *names: str, **given: Any) -> list[Nomination]:
    """Names that stood in a notice until 8 March 2024 and were confirmed."""
    by = make.user(court=selection.court)
    category = given.pop("category", None) or make.quota(selection=selection).category
    rows = [
        make.nomination(selection=selection, category=category, name=name, approved=by, confirmed=by, **given)
        for name in names
    ]
    make.notice(
        selection=selection,
        nominations=rows,
        starts_on=day("2024-03-04"),
        ends_on=ENDED,
        concluded_at=noon("2024-03-09"),
        concluded_by=by,
        outcome="none",
        by=by,
    )
    return rows


@pytest.fixture
def conference():
    return make.conference(year_reviewed=2023)


@pytest.fixture
def selection(conference):
    return make.selection(conference=conference, title="2023年度评选", year=2023)


@pytest.fixture
def approver(selection):
    return make.user(APPROVER, court=selection.court)


def rows() -> list[Any]:
    """All that the act may change."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Nomination, Commendation, Decision, Conference, Selection)
    ]


def test_a_decision_makes_commendations_of_the_confirmed_and_of_nobody_else(selection, conference, approver):
    person = make.person(
        court=selection.court,
        name="丁一",
        post="法官",
        department=make.department(court=selection.court, name="执行局"),
    )
    named = confirmed(selection, "", person=person, deeds="三百件")
    department = make.category(court=selection.court, recipient_kind="department")
    named += confirmed(selection, "", category=department, department_name="立案庭")
    by = make.user(court=selection.court)
    make.nomination(selection=selection, approved=by)
    make.nomination(
        selection=selection, approved=by, confirmed=by, rejected_at=AFTER, rejected_by=by, rejection_reason="x"
    )

    decision = decide(selection, by=approver, now=AFTER, **DOCUMENT)

    made = Commendation.objects.order_by("order")
    assert (decision.document_number, decision.conference) == ("青法〔2024〕3号", conference)
    assert [(row.recipient, row.department_name, row.post, row.order, row.deeds) for row in made] == [
        ("立案庭", "立案庭", "", 1, "全年结案三百件"),
        ("丁一", "执行局", "法官", 2, "三百件"),
    ]
    assert [(row.person, row.decision, row.conference, row.announced_at) for row in made] == [
        (None, decision, conference, None),
        (person, decision, conference, None),
    ]
    for row in named:
        row.refresh_from_db()
    assert [(row.commendation, row.decided_by, row.decided_at) for row in named] == [
        (made[1], approver, AFTER),
        (made[0], approver, AFTER),
    ]
    assert [row.stage for row in named] == [Nomination.Stage.DECIDED] * 2
    assert [row.history.count() for row in made] == [1, 1]


def test_within_an_award_the_order_is_by_strokes_and_tells_no_rank(selection, approver):
    category = make.quota(selection=selection).category
    for rank, name in enumerate(("欧阳林", "王小宁", "丁一"), 1):
        confirmed(selection, name, category=category, rank=rank)

    decide(selection, by=approver, now=AFTER, **DOCUMENT)

    assert list(Commendation.objects.order_by("order").values_list("name", flat=True)) == ["丁一", "王小宁", "欧阳林"]


def test_what_the_conference_gave_already_stays_before_it(selection, conference, approver):
    make.commendation(conference=conference, order=7)
    confirmed(selection, "丁一")

    decide(selection, by=approver, now=AFTER, **DOCUMENT)

    assert list(Commendation.objects.values_list("order", flat=True)) == [7, 8]


def test_one_conference_may_have_several_decisions(selection, conference, approver):
    confirmed(selection, "丁一")
    decide(selection, by=approver, now=AFTER, **DOCUMENT)
    confirmed(selection, "王二")

    decide(selection, by=approver, now=AFTER, **DOCUMENT | {"serial": 4})

    numbered = [
        (decision.serial, [row.name for row in decision.commendations.all()]) for decision in conference.decisions.all()
    ]
    assert numbered == [(3, ["丁一"]), (4, ["王二"])]


# The last day of the notice is 8 March 2024, a Friday.
TOO_EARLY = {
    "on the last day": ("2024-03-08", "2024-03-08"),
    "on the Saturday after": ("2024-03-09", "2024-03-09"),
    "signed on the last day, entered later": ("2024-03-08", "2024-03-20"),
    "signed for a later day, entered on the last one": ("2024-03-11", "2024-03-08"),
}


@pytest.mark.parametrize(("signed_on", "today"), TOO_EARLY.values(), ids=TOO_EARLY.keys())
def test_nothing_is_decided_before_the_working_day_after_the_notice(selection, approver, signed_on, today):
    confirmed(selection, "丁一")
    before = rows()

    with pytest.raises(Refused) as refused:
        decide(selection, by=approver, now=noon(today), **DOCUMENT | {"signed_on": day(signed_on)})

    assert (rows(), refused.value.params) == (before, {"day": day("2024-03-11")})


def test_the_last_of_several_notices_counts(selection, approver):
    confirmed(selection, "丁一")
    later = confirmed(selection, "王二")[0].notice
    later.ends_on = day("2024-03-12")
    later.save()
    before = rows()

    with pytest.raises(Refused):
        decide(selection, by=approver, now=AFTER, **DOCUMENT)

    assert rows() == before


def test_in_a_year_that_nobody_knows_nothing_is_decided(selection, approver):
    notice = confirmed(selection, "丁一")[0].notice
    notice.ends_on = day("2024-12-31")
    notice.save()
    before = rows()

    with pytest.raises(Refused):
        decide(selection, by=approver, now=noon("2025-03-03"), **DOCUMENT | {"signed_on": day("2025-03-03")})

    assert rows() == before


def nobody(selection: Selection, approver: Any) -> None:
    by = make.user(court=selection.court)
    make.nomination(selection=selection, approved=by)


def nominated_by_the_approver(selection: Selection, approver: Any) -> None:
    confirmed(selection, "丁一")
    confirmed(selection, "王二", nominated=approver)
    Nomination.objects.filter(name="王二").update(approved_by=make.user())


def without_a_notice(selection: Selection, approver: Any) -> None:
    by = make.user(court=selection.court)
    make.nomination(selection=selection, approved=by, confirmed=by)


def numbered_already(selection: Selection, approver: Any) -> None:
    confirmed(selection, "丁一", "王二")
    make.decision(
        conference=make.conference(court=selection.court, year_reviewed=2000), prefix="青法", year=2024, serial=3
    )


def honoured_already(selection: Selection, approver: Any) -> None:
    rows = confirmed(selection, "丁一", "王二")
    make.commendation(conference=selection.conference, category=rows[0].category, name="王二")


def in_the_register_already(selection: Selection, approver: Any) -> None:
    person = make.person(court=selection.court, name="王二")
    rows = confirmed(selection, "王二", person=person)
    make.commendation(conference=selection.conference, category=rows[0].category, name="王二（执行局）", person=person)


def closed(selection: Selection, approver: Any) -> None:
    confirmed(selection, "丁一")
    selection.conference.submit(by=make.user(CLERK, court=selection.court))


REFUSED = (
    nobody,
    nominated_by_the_approver,
    without_a_notice,
    numbered_already,
    honoured_already,
    in_the_register_already,
    closed,
)


@pytest.mark.parametrize("prepare", REFUSED, ids=lambda prepare: prepare.__name__)
def test_a_decision_that_is_not_due_changes_nothing(selection, approver, prepare):
    prepare(selection, approver)
    before = rows()

    with pytest.raises(Refused):
        decide(selection, by=approver, now=AFTER, **DOCUMENT)

    assert rows() == before


INCOMPLETE = {"no title": {"title": ""}, "half a number": {"year": None}, "serial 0": {"serial": 0}}


@pytest.mark.parametrize("said", INCOMPLETE.values(), ids=INCOMPLETE.keys())
def test_an_incomplete_document_decides_nothing(selection, approver, said):
    confirmed(selection, "丁一")
    before = rows()

    with pytest.raises(Refused):
        decide(selection, by=approver, now=AFTER, **DOCUMENT | said)

    assert rows() == before


def test_decided_twice_changes_nothing(selection, approver):
    confirmed(selection, "丁一")
    decide(selection, by=approver, now=AFTER, **DOCUMENT)
    before = rows()

    with pytest.raises(Refused):
        decide(selection, by=approver, now=AFTER, **DOCUMENT | {"serial": 4})

    assert rows() == before


@pytest.mark.parametrize("role", [CLERK, STAFF, LIAISON, "elsewhere"])
def test_only_an_approver_of_the_court_decides(selection, role):
    confirmed(selection, "丁一")
    by = make.user(APPROVER, court=make.court()) if role == "elsewhere" else make.user(role, court=selection.court)
    before = rows()

    with pytest.raises(NotAllowed):
        decide(selection, by=by, now=AFTER, **DOCUMENT)

    assert rows() == before


OPENED = {
    "year": ("annual", 1, 2024, "2023年度工作总结暨表彰大会"),
    "h1": ("half-year", 1, 2023, "2023年上半年工作总结会"),
    "h2": ("half-year", 2, 2024, "2023年下半年工作总结会"),
    "q1": ("quarterly", 1, 2023, "2023年第一季度工作讲评会"),
    "q4": ("quarterly", 4, 2024, "2023年第四季度工作讲评会"),
}


@pytest.mark.parametrize("period", OPENED)
def test_awards_of_a_period_without_a_conference_open_one_as_a_draft(period):
    selection = make.selection(period=period, year=2023)
    confirmed(selection, "丁一")

    decide(selection, by=make.user(APPROVER, court=selection.court), now=AFTER, **DOCUMENT)

    opened = Conference.objects.get()
    assert (opened.kind, opened.number, opened.year_planned, opened.title) == OPENED[period]
    assert (opened.year_reviewed, opened.is_editable, opened.commendations.count()) == (2023, True, 1)
    selection.refresh_from_db()
    assert selection.conference == opened


def test_awards_of_a_period_go_to_the_conference_that_is_there():
    selection = make.selection(period="q3", year=2023)
    there = make.conference(court=selection.court, kind="quarterly", number=3, year_reviewed=2023)
    confirmed(selection, "丁一")

    decide(selection, by=make.user(APPROVER, court=selection.court), now=AFTER, **DOCUMENT)

    assert (list(Conference.objects.all()), there.commendations.count()) == ([there], 1)


def test_a_decision_with_winners_is_never_deleted(selection, approver):
    confirmed(selection, "丁一")
    decision = decide(selection, by=approver, now=AFTER, **DOCUMENT)
    clerk = make.user(CLERK, court=selection.court)

    for row in (decision, decision.commendations.get()):
        with pytest.raises(ProtectedError):
            discard(row, by=clerk)

    assert (Decision.objects.count(), Commendation.objects.count()) == (1, 1)


def test_a_day_of_signature_before_the_end_of_the_notice_is_a_finding_that_blocks(selection, conference, approver):
    confirmed(selection, "丁一")
    decision = decide(selection, by=approver, now=AFTER, **DOCUMENT)

    def found() -> list[tuple[Any, ...]]:
        return [one.values for one in assess(conference).blocking if one.code == "decision-before-notice-ends"]

    assert found() == []
    decision.signed_on = day("2024-03-09")
    decision.save()
    assert found() == [("2024-03-09", "2024-03-11")]


def test_where_a_year_is_unknown_the_findings_say_so_and_go_on(selection, conference, approver):
    notice = confirmed(selection, "丁一")[0].notice
    decision = decide(selection, by=approver, now=AFTER, **DOCUMENT)
    Holiday.objects.all().delete()

    found = [one for one in assess(conference).to_look_at if one.code == "decision-year-unknown"]

    assert [(one.values, one.blocks) for one in found] == [((notice.ends_on.year,), False)]
    assert decision.conference == conference


def test_the_text_of_the_decision_names_basis_numbers_and_notice():
    selection = make.selection(title="2023年度评选", basis="《评选方案》")
    persons = make.category(court=selection.court, name="先进个人")
    whole = make.category(court=selection.court, name="先进集体", recipient_kind="department", order=9)
    family = make.category(court=selection.court, name="文明家庭", recipient_kind="family", order=10)
    confirmed(selection, "丁一", "王二", category=persons)
    confirmed(selection, "执行局", category=whole)
    confirmed(selection, "李家", category=family)

    counted = numbers(shortlist(selection.nominations.to_be_decided()))

    assert decision_title(selection) == "关于2023年度评选的表彰决定"
    assert decision_text(selection, counted, selection.notices.all()).splitlines()[0] == (
        "根据《评选方案》，经推荐、资格审查和研究，并经2024年3月4日至3月8日公示，"
        "决定对先进集体1个、先进个人2名、文明家庭1户予以表彰。"
    )
    assert [list_title(category) for category, _number in counted] == ["先进集体名单", "先进个人名单", "文明家庭名单"]
