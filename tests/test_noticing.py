"""Public notice: what is put up and for how long, who objects, and what comes of it."""

import datetime
from typing import Any

import pytest

from awards.models import Nomination, Objection, PublicNotice
from awards.notices.noticing import (
    MOST_IN_A_DAY,
    Terms,
    conclude_notice,
    drafted,
    enter_objection,
    handle_objection,
    move_notice,
    object_to,
    start_notice,
)
from courts.models import Holiday
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK, LIAISON, STAFF
from tests import make

pytestmark = pytest.mark.django_db
Stage = Nomination.Stage


def day(written: str) -> datetime.date:
    return datetime.date.fromisoformat(written)


def noon(written: str) -> datetime.datetime:
    """Noon of that day by the clock of the courts."""
    return datetime.datetime.fromisoformat(f"{written}T12:00+08:00")


BEFORE, FIRST, LAST, AFTER = noon("2024-03-01"), noon("2024-03-04"), noon("2024-03-08"), noon("2024-03-11")
TERMS = Terms(day("2024-03-04"), 5)


@pytest.fixture(autouse=True)
def _holidays():
    make.holidays(2023, 2024)


@pytest.fixture
def selection():
    return make.selection(title="2023年度先进集体和先进个人", basis="2023年度评先评优工作方案")


@pytest.fixture
def clerk(selection):
    return make.user(CLERK, court=selection.court)


@pytest.fixture
def approver(selection):
    return make.user(APPROVER, court=selection.court)


@pytest.fixture
def approved(selection, approver) -> list[Nomination]:
    individual = make.quota(
        selection=selection, category=make.category(court=selection.court, name="先进个人")
    ).category
    return [
        make.nomination(selection=selection, category=individual, name=name, approved=approver)
        for name in ("王小宁", "丁大明", "李文")
    ]


@pytest.fixture
def notice(selection, approved, clerk) -> PublicNotice:
    return start_notice(selection, TERMS, by=clerk, now=BEFORE)


def rows() -> list[Any]:
    """All that an act may change."""
    return [list(model.objects.order_by("pk").values()) for model in (PublicNotice, Objection, Nomination)]


def stages(nominations: list[Nomination]) -> list[str]:
    return [Nomination.objects.get(pk=row.pk).stage for row in nominations]


def test_a_notice_puts_up_what_was_approved_and_says_so_in_chinese(selection, approved, clerk):
    notice = start_notice(
        selection, Terms(day("2024-02-07"), 5, contact="政治部（电话 8123456）"), by=clerk, now=noon("2024-02-06")
    )

    assert (notice.title, notice.ends_on, notice.started_by) == (
        "关于2023年度先进集体和先进个人拟表彰对象的公示",
        day("2024-02-19"),
        clerk,
    )
    assert notice.text == (
        "根据《2023年度评先评优工作方案》，经推荐、资格审查和研究，拟对先进个人3名予以表彰。"
        "为接受监督，现将拟表彰对象名单予以公示。\n"
        "公示时间：2024年2月7日至2月19日，共5个工作日。\n"
        "公示期间，对拟表彰对象有异议的，可以通过书面、电话、当面或者网上填写的方式向政治部（电话 8123456）反映。"
        "提倡实名反映，反映的情况应当客观真实。对反映人的身份和反映的内容严格保密。"
    )
    assert stages(approved) == [Stage.IN_NOTICE] * 3


def test_only_what_was_approved_is_put_up(selection, approved, approver, clerk):
    others = [
        make.nomination(selection=selection),
        make.nomination(selection=selection, nominated=clerk, checked=clerk),
        make.nomination(
            selection=selection, approved=approver, withdrawn_at=FIRST, withdrawn_by=clerk, withdrawal_reason="x"
        ),
        make.nomination(
            selection=selection, approved=approver, rejected_at=FIRST, rejected_by=clerk, rejection_reason="x"
        ),
        make.nomination(approved=approver),
    ]

    notice = start_notice(selection, TERMS, by=clerk, now=BEFORE)

    assert set(notice.nominations.all()) == set(approved)
    assert [Nomination.objects.get(pk=row.pk).notice for row in others] == [None] * 5


NOT_STARTED = {
    "on a Saturday": Terms(day("2024-03-02"), 5),
    "in Spring Festival": Terms(day("2024-02-14"), 5),
    "on a day that is past": Terms(day("2024-01-31"), 5),
    "into a year that nobody knows": Terms(day("2024-12-30"), 5),
    "decided in a year that nobody knows": Terms(day("2024-12-27"), 3),
    "in a year that nobody knows": Terms(day("2025-03-04"), 5),
}


@pytest.mark.parametrize("terms", NOT_STARTED.values(), ids=NOT_STARTED.keys())
def test_a_notice_with_impossible_days_is_refused(selection, approved, clerk, terms):
    before = rows()

    with pytest.raises(Refused):
        start_notice(selection, terms, by=clerk, now=noon("2024-02-01"))

    assert rows() == before


def test_nothing_is_put_up_before_it_is_approved(selection, clerk):
    make.nomination(selection=selection, nominated=clerk, checked=clerk)
    before = rows()

    with pytest.raises(Refused):
        start_notice(selection, TERMS, by=clerk, now=BEFORE)

    assert rows() == before


def test_nothing_is_put_up_twice(selection, notice, clerk):
    before = rows()

    with pytest.raises(Refused):
        start_notice(selection, TERMS, by=clerk, now=BEFORE)

    assert rows() == before


def test_what_is_approved_later_has_a_notice_of_its_own(selection, notice, approver, clerk):
    late = make.nomination(selection=selection, approved=approver)

    second = start_notice(selection, Terms(day("2024-03-05"), 5), by=clerk, now=FIRST)

    assert (list(second.nominations.all()), notice.nominations.count()) == ([late], 3)


def test_what_is_shown_beforehand_is_what_is_put_up(selection, approved, clerk):
    shown = drafted(selection, TERMS, today=day("2024-03-01"))
    assert PublicNotice.objects.count() == 0

    put_up = start_notice(selection, TERMS, by=clerk, now=BEFORE)

    assert [getattr(shown, name) for name in ("title", "text", "ends_on")] == [
        getattr(put_up, name) for name in ("title", "text", "ends_on")
    ]


def test_a_notice_is_moved_before_it_begins_and_its_text_with_it(notice, clerk):
    move_notice(notice, by=clerk, starts_on=day("2024-03-05"), days=7, now=BEFORE)

    assert (notice.starts_on, notice.days, notice.ends_on) == (day("2024-03-05"), 7, day("2024-03-13"))
    assert "公示时间：2024年3月5日至3月13日，共7个工作日。" in notice.text


def test_a_notice_that_has_begun_may_last_longer(notice, clerk):
    move_notice(notice, by=clerk, starts_on=notice.starts_on, days=7, now=LAST)

    assert notice.ends_on == day("2024-03-12")


def test_the_same_days_again_change_nothing(notice, clerk):
    make.objection(notice=notice)
    before = rows()

    move_notice(notice, by=clerk, starts_on=notice.starts_on, days=5, now=FIRST)

    assert rows() == before


NOT_MOVED = {
    "after an objection": (True, "2024-03-04", 7, FIRST),
    "after its last day": (False, "2024-03-04", 10, AFTER),
    "another first day after it has begun": (False, "2024-03-06", 5, noon("2024-03-05")),
    "to a day that is past": (False, "2024-02-29", 5, BEFORE),
    "to a Saturday": (False, "2024-03-09", 5, BEFORE),
    "so short that it would be over": (False, "2024-03-04", 1, LAST),
}


@pytest.mark.parametrize("case", NOT_MOVED.values(), ids=NOT_MOVED.keys())
def test_days_that_others_rely_on_are_not_moved(notice, clerk, case):
    is_objected, starts_on, days, now = case
    if is_objected:
        make.objection(notice=notice)
    before = rows()

    with pytest.raises(Refused):
        move_notice(notice, by=clerk, starts_on=day(starts_on), days=days, now=now)

    assert rows() == before


def test_a_concluded_notice_is_not_moved(notice, clerk):
    conclude_notice(notice, by=clerk, now=AFTER)
    before = rows()

    with pytest.raises(Refused):
        move_notice(notice, by=clerk, starts_on=notice.starts_on, days=9, now=AFTER)

    assert rows() == before


WHEN = {
    "the day before": (noon("2024-03-03"), False),
    "first minute of the first day": (datetime.datetime.fromisoformat("2024-03-04T00:00+08:00"), True),
    "last minute of the last day": (datetime.datetime.fromisoformat("2024-03-08T23:59+08:00"), True),
    "first minute after it": (datetime.datetime.fromisoformat("2024-03-09T00:00+08:00"), False),
}


@pytest.mark.parametrize(("now", "is_taken"), WHEN.values(), ids=WHEN.keys())
def test_objections_are_taken_from_the_first_day_to_the_last(notice, now, is_taken):
    try:
        object_to(notice, text="材料不实", now=now)
    except Refused:
        assert not is_taken
    assert Objection.objects.count() == is_taken


def test_an_objection_needs_no_name(notice, approved):
    objection = object_to(notice, text="材料不实", nomination=approved[0], now=FIRST)

    kept = Objection.objects.get()
    assert (kept, kept.name, kept.contact, kept.nomination, kept.received_at) == (objection, "", "", approved[0], FIRST)
    assert (kept.channel, kept.handled_at) == (Objection.Channel.PAGE, None)


def test_nobody_floods_a_notice(notice):
    Objection.objects.bulk_create(
        Objection(notice=notice, text="x", received_at=FIRST) for _each in range(MOST_IN_A_DAY)
    )

    with pytest.raises(Refused):
        object_to(notice, text="材料不实", now=FIRST)

    assert Objection.objects.count() == MOST_IN_A_DAY
    object_to(notice, text="材料不实", now=FIRST + datetime.timedelta(days=1, seconds=1))


def test_an_objection_is_about_a_name_of_its_notice(notice, approver):
    other = make.nomination(selection=notice.selection, approved=approver)

    with pytest.raises(Refused):
        object_to(notice, text="材料不实", nomination=other, now=FIRST)

    assert Objection.objects.count() == 0


def test_a_letter_that_came_in_time_is_entered_until_the_conclusion(notice, clerk):
    enter_objection(notice, by=clerk, text="来信一封", channel=Objection.Channel.LETTER, now=AFTER)
    handle_objection(Objection.objects.get(), by=clerk, handling="查否", outcome="dismissed", now=AFTER)
    conclude_notice(notice, by=clerk, now=AFTER)
    before = rows()

    with pytest.raises(Refused):
        enter_objection(notice, by=clerk, text="又一封", channel=Objection.Channel.LETTER, now=AFTER)

    assert rows() == before


def test_no_letter_is_entered_before_the_first_day(notice, clerk):
    with pytest.raises(Refused):
        enter_objection(notice, by=clerk, text="来信一封", now=BEFORE)

    assert Objection.objects.count() == 0


def test_without_objections_all_are_confirmed_and_the_record_says_so(notice, approved, clerk):
    conclude_notice(notice, by=clerk, now=AFTER)

    assert (notice.outcome, notice.concluded_by, notice.concluded_at) == (
        PublicNotice.Outcome.NO_OBJECTION,
        clerk,
        AFTER,
    )
    assert notice.conclusion == (
        "《关于2023年度先进集体和先进个人拟表彰对象的公示》自2024年3月4日至3月8日（共5个工作日）进行公示。公示期间未收到异议。"
    )
    assert stages(approved) == [Stage.CONFIRMED] * 3


def test_an_objection_that_is_upheld_costs_one_name_and_the_others_are_confirmed(notice, approved, clerk):
    true, false = (
        make.objection(notice=notice, nomination=row, name=name)
        for row, name in zip(approved, ["某某", ""], strict=False)
    )
    handle_objection(true, by=clerk, handling="经核实属实", outcome="upheld", now=FIRST)
    handle_objection(false, by=clerk, handling="经核实不属实", outcome="dismissed", now=FIRST)

    conclude_notice(notice, by=clerk, now=AFTER)

    assert notice.outcome == PublicNotice.Outcome.HANDLED
    assert notice.conclusion.endswith("公示期间共收到异议2件，其中实名1件、匿名1件，均已办理：异议成立1件，不成立1件。")
    assert stages(approved) == [Stage.REJECTED, Stage.CONFIRMED, Stage.CONFIRMED]
    assert Nomination.objects.get(pk=approved[0].pk).rejection_reason == "公示期间收到异议，经核实异议成立"


def test_who_was_withdrawn_meanwhile_is_not_confirmed(notice, approved, clerk):
    Nomination.objects.filter(pk=approved[0].pk).update(
        withdrawn_at=FIRST, withdrawn_by=clerk, withdrawal_reason="本人申请"
    )

    conclude_notice(notice, by=clerk, now=AFTER)

    assert stages(approved) == [Stage.WITHDRAWN, Stage.CONFIRMED, Stage.CONFIRMED]


def test_concluded_twice_changes_nothing(notice, clerk, approver):
    conclude_notice(notice, by=clerk, now=AFTER)
    before = rows()

    conclude_notice(notice, by=approver, now=AFTER + datetime.timedelta(days=1))

    assert rows() == before


@pytest.mark.parametrize("now", [BEFORE, FIRST, LAST])
def test_nothing_is_concluded_before_the_last_day_is_over(notice, clerk, now):
    before = rows()

    with pytest.raises(Refused):
        conclude_notice(notice, by=clerk, now=now)

    assert rows() == before


def test_nothing_is_concluded_while_an_objection_waits(notice, clerk):
    handle_objection(make.objection(notice=notice), by=clerk, handling="查否", outcome="dismissed")
    make.objection(notice=notice)
    before = rows()

    with pytest.raises(Refused) as refused:
        conclude_notice(notice, by=clerk, now=AFTER)

    assert (rows(), refused.value.params) == (before, {"count": 1})


def test_an_outcome_may_be_corrected_until_the_conclusion_and_history_keeps_both(notice, approved, clerk, approver):
    objection = make.objection(notice=notice, nomination=approved[0])
    handle_objection(objection, by=clerk, handling="属实", outcome="upheld", now=FIRST)

    handle_objection(objection, by=approver, handling="再查不属实", outcome="dismissed", now=LAST)

    assert (objection.outcome, objection.handled_by, objection.handled_at) == ("dismissed", approver, LAST)
    assert [version.outcome for version in objection.history.all()] == ["dismissed", "upheld", ""]
    conclude_notice(notice, by=clerk, now=AFTER)
    with pytest.raises(Refused):
        handle_objection(objection, by=clerk, handling="属实", outcome="upheld", now=AFTER)


def test_the_same_outcome_again_changes_nothing(notice, approved, clerk, approver):
    objection = make.objection(notice=notice, nomination=approved[0])
    handle_objection(objection, by=clerk, handling="属实", outcome="upheld", now=FIRST)
    before = rows()

    handle_objection(objection, by=approver, handling=" 属实 ", outcome="upheld", now=LAST)

    assert rows() == before


NOT_HANDLED = {
    "without a word": {"handling": " ", "outcome": "dismissed"},
    "without an outcome": {"handling": "查了", "outcome": ""},
    "with an outcome that is none": {"handling": "查了", "outcome": "perhaps"},
    "upheld against nobody": {"handling": "查了", "outcome": "upheld"},
}


@pytest.mark.parametrize("said", NOT_HANDLED.values(), ids=NOT_HANDLED.keys())
def test_half_a_handling_is_refused(notice, clerk, said):
    objection = make.objection(notice=notice)
    before = rows()

    with pytest.raises(Refused):
        handle_objection(objection, by=clerk, **said)

    assert rows() == before


def test_an_objection_against_all_is_upheld_against_one_of_them(notice, approved, clerk):
    objection = make.objection(notice=notice)

    handle_objection(objection, by=clerk, handling="属实", outcome="upheld", nomination=approved[1])
    conclude_notice(notice, by=clerk, now=AFTER)

    assert stages(approved) == [Stage.CONFIRMED, Stage.REJECTED, Stage.CONFIRMED]


ACTS = {
    "start": lambda notice, by: start_notice(notice.selection, TERMS, by=by, now=BEFORE),
    "move": lambda notice, by: move_notice(notice, by=by, starts_on=day("2024-03-05"), days=5, now=BEFORE),
    "enter": lambda notice, by: enter_objection(notice, by=by, text="来信", now=FIRST),
    "handle": lambda notice, by: handle_objection(notice.objections.get(), by=by, handling="查", outcome="dismissed"),
    "conclude": lambda notice, by: conclude_notice(notice, by=by, now=AFTER),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [STAFF, LIAISON, "elsewhere"])
def test_whoever_has_not_the_role_changes_nothing(notice, approver, role, act):
    make.objection(notice=notice)
    court = notice.selection.court
    by = make.user(CLERK, APPROVER, court=make.court()) if role == "elsewhere" else make.user(role, court=court)
    before = rows()

    with pytest.raises(NotAllowed):
        ACTS[act](notice, by)

    assert rows() == before


def test_the_approver_starts_and_moves_nothing(notice, approver):
    before = rows()

    for act in ("start", "move"):
        with pytest.raises(NotAllowed):
            ACTS[act](notice, approver)

    assert rows() == before


def test_a_day_off_entered_by_hand_moves_the_end(selection, approved, clerk):
    Holiday.objects.create(date=day("2024-03-06"), name="运动会")

    assert start_notice(selection, TERMS, by=clerk, now=BEFORE).ends_on == day("2024-03-11")
