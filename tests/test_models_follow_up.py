"""What must not be stored of measures, reports, readings and periods; said by a form and kept by the database."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from conferences.models import (
    FigureSet,
    Indicator,
    IndicatorSet,
    Measure,
    PageCount,
    PeriodFigure,
    ProgressReport,
    Supervision,
)
from tests import make
from tests.test_models import again, half_a_pair, message_of

pytestmark = pytest.mark.django_db

DAY = datetime.date(2024, 2, 2)
NOW = timezone.now()


def a_measure(**given: Any) -> Measure:
    return Measure(**{"task": make.task(), "text": "每月学习一次"} | given)


def a_report(**given: Any) -> ProgressReport:
    defaults = {"year": 2024, "quarter": 1, "text": "已完成", "percent": 100}
    return ProgressReport(**defaults | {"measure": make.measure()} | given)


def a_supervision(**given: Any) -> Supervision:
    return Supervision(**{"measure": make.measure(), "kind": "remind"} | given)


def the_same_speech(row: PageCount) -> PageCount:
    return PageCount(conference=row.conference, speech=row.speech, day=row.day)


def a_second_period() -> FigureSet:
    first = make.figure_set()
    return FigureSet(court=first.court, kind=first.kind, starts_on=first.starts_on, ends_on=first.ends_on)


def a_second_figure() -> PeriodFigure:
    first = make.period_figure()
    return PeriodFigure(figure_set=first.figure_set, label=first.label, value=7)


# What an act on a measure writes beside who and when.
ACTS: dict[str, dict[str, Any]] = {
    "closed": {},
    "reopened": {"reopening_reason": "未达标"},
    "deferred": {"deferral_reason": "招标延期", "deferred_to": DAY},
    "cancelled": {"cancellation_reason": "政策调整"},
}


MODELS = (Measure, ProgressReport, Supervision, IndicatorSet, FigureSet, PeriodFigure)
# What must not be stored, and the constraint that says so.
REFUSED: dict[str, tuple[str, Any]] = {
    **{
        what: (f"measure_{act}_pair", build)
        for act, more in ACTS.items()
        for what, build in {
            f"measure {act} without when": lambda act=act: a_measure(**{f"{act}_by": make.user()}),
            f"measure {act} without who": lambda act=act, more=more: a_measure(**{f"{act}_at": NOW} | more),
        }.items()
    },
    **{
        f"measure {act} without a reason": (
            f"measure_{act}_reason",
            lambda act=act, more=more: a_measure(
                **{f"{act}_at": NOW, f"{act}_by": make.user()} | {k: v for k, v in more.items() if k == "deferred_to"}
            ),
        )
        for act, more in ACTS.items()
        if more
    },
    "measure that ended twice": (
        "measure_one_end",
        lambda: a_measure(
            closed_at=NOW,
            closed_by=make.user(),
            cancelled_at=NOW,
            cancelled_by=make.user(),
            cancellation_reason="重复",
        ),
    ),
    "deferred to no day": (
        "measure_deferred_to",
        lambda: a_measure(deferred_at=NOW, deferred_by=make.user(), deferral_reason="延期"),
    ),
    "value of no indicator": ("measure_target_whole", lambda: a_measure(target_value=95)),
    "indicator without the value to reach": (
        "measure_target_whole",
        lambda: a_measure(indicator=Indicator.objects.create(name="结案率")),
    ),
    "quarter reported twice": ("progress_quarter_once", again(a_report, "measure")),
    "fifth quarter": ("progress_quarter_possible", lambda: a_report(quarter=5)),
    "more than everything done": ("progress_percent_possible", lambda: a_report(percent=101)),
    "report that says nothing": ("progress_says_something", lambda: a_report(text="")),
    "report returned without a reason": (
        "progress_returned_reason",
        lambda: a_report(returned_at=NOW, returned_by=make.user()),
    ),
    **{what: ("progress_reported_pair", build) for what, build in half_a_pair(a_report, "reported").items()},
    **{
        what: ("progress_returned_pair", build)
        for what, build in {
            "report returned without when": lambda: a_report(returned_by=make.user()),
            "report returned without who": lambda: a_report(returned_at=NOW, return_reason="太简"),
        }.items()
    },
    "page of a conference counted twice for a day": (
        "page_count_conference_day",
        lambda: PageCount(conference=make.page_count().conference, day=timezone.localdate()),
    ),
    "page of a speech counted twice for a day": (
        "page_count_speech_day",
        lambda: the_same_speech(make.page_count(speech=make.speech())),
    ),
    "set of indicators that ends before it begins": (
        "indicator_set_ends_later",
        lambda: IndicatorSet(name="体系", size=26, valid_from=DAY, valid_to=DAY - datetime.timedelta(1)),
    ),
    "period that ends before it begins": (
        "figure_set_ends_after_start",
        lambda: FigureSet(court=make.court(), starts_on=DAY, ends_on=DAY - datetime.timedelta(1)),
    ),
    "period entered twice": ("figure_set_unique", a_second_period),
    "figure of a period entered twice": ("period_figure_unique", a_second_figure),
    "order that says nothing": ("supervision_says_what", lambda: a_supervision(kind="rectify")),
    **{what: ("supervision_taken_pair", build) for what, build in half_a_pair(a_supervision, "taken").items()},
}


@pytest.mark.parametrize(("name", "build"), REFUSED.values(), ids=REFUSED.keys())
def test_a_form_says_which_rule_a_row_breaks(name, build):
    row = build()

    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()

    assert refused.value.messages == [message_of(row, name)]


@pytest.mark.parametrize(("name", "build"), REFUSED.values(), ids=REFUSED.keys())
def test_the_database_keeps_the_rule_for_whoever_passes_by_the_forms(name, build):
    row = build()

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_every_constraint_of_the_follow_up_stands_in_the_table():
    named = {one.name for model in (Measure, ProgressReport, Supervision, PageCount) for one in model._meta.constraints}
    named = {one.name for model in MODELS for one in model._meta.constraints}

    assert named - {name for name, _build in REFUSED.values()} == set()
