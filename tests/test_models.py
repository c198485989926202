"""Each constraint of the record holds twice: every form says it (full_clean), and the database keeps it (save)."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from awards.models import (
    AwardCategory,
    Certificate,
    Commendation,
    Decision,
    DepartmentQuota,
    Honour,
    Nomination,
    Objection,
    Opinion,
    Override,
    PublicNotice,
    Quota,
    Selection,
)
from conferences.models import Conference, Figure, Indicator, MeasureHelper, PriorityTask, Speech
from courts.models import Appraisal, Court, Department, Holiday, Person
from papers.models import CourtTemplate
from tests import make

pytestmark = pytest.mark.django_db

DAY = datetime.date(2024, 2, 2)
NOW = timezone.now()


def a_conference(**given: Any) -> Conference:
    defaults = {"title": "年度大会", "year_reviewed": 2023, "year_planned": 2024}
    return Conference(**defaults | {"court": make.court()} | given)


def a_figure(**given: Any) -> Figure:
    return Figure(**{"conference": make.conference(), "label": "受理案件", "value": 100} | given)


def a_commendation(**given: Any) -> Commendation:
    conference = make.conference()
    category = make.category(court=conference.court)
    return Commendation(**{"conference": conference, "category": category, "name": "李某"} | given)


def a_notice(**given: Any) -> PublicNotice:
    defaults = {"title": "公示", "starts_on": DAY, "ends_on": DAY, "text": "现予公示。"}
    return PublicNotice(**defaults | {"selection": make.selection()} | given)


def an_objection(**given: Any) -> Objection:
    return Objection(**{"notice": make.notice(), "text": "不实"} | given)


def a_certificate(**given: Any) -> Certificate:
    return Certificate(**{"court": make.court(), "number": f"第{next(make.numbers)}号"} | given)


def half_a_pair(build: Callable[..., Any], name: str, **more: Any) -> dict[str, Callable[[], Any]]:
    """The two halves of who and when, each without the other."""
    return {
        f"{name} without when": lambda: build(**{f"{name}_by": make.user()}),
        f"{name} without who": lambda: build(**{f"{name}_at": NOW}, **more),
    }


def again(build: Callable[..., Any], *names: str, **given: Any) -> Callable[[], Any]:
    """A second row with the same values in `names` as a first one that is stored."""

    def second() -> Any:
        first = build(**given)
        first.save()
        return build(**given | {name: getattr(first, name) for name in names})

    return second


def own_parent() -> Court:
    court = make.court()
    court.parent = court
    return court


def a_second_decision() -> Decision:
    numbered = {"prefix": "青法", "year": 2024, "serial": 3}
    first = make.decision(**numbered)
    return Decision(conference=first.conference, court=first.conference.court, title="决定", **numbered)


def a_decision(**given: Any) -> Decision:
    conference = make.conference()
    return Decision(conference=conference, court=conference.court, title="决定", **given)


def the_same_winner() -> Commendation:
    first = make.commendation(person=make.person())
    return Commendation(conference=first.conference, category=first.category, person=first.person, name="王某")


def the_same_helper() -> MeasureHelper:
    first = MeasureHelper.objects.create(measure=make.measure(), department=make.department())
    return MeasureHelper(measure=first.measure, department=first.department)


def a_court(**given: Any) -> Court:
    return Court(**{"name": "甲区人民法院", "short_name": "甲法院", "slug": "jia", "level": "basic"} | given)


def a_person(**given: Any) -> Person:
    return Person(**{"court": make.court(), "name": "王某"} | given)


def a_selection(**given: Any) -> Selection:
    return Selection(**{"court": make.court(), "title": "年度评选", "year": 2023} | given)


def a_quota(**given: Any) -> Quota:
    selection = make.selection()
    return Quota(**{"selection": selection, "category": make.category(court=selection.court)} | given)


def a_department_quota(**given: Any) -> DepartmentQuota:
    return DepartmentQuota(**{"quota": make.quota(), "department": make.department(), "number": 1} | given)


def a_nomination(**given: Any) -> Nomination:
    selection = make.selection()
    category = make.category(court=selection.court)
    return Nomination(**{"selection": selection, "category": category, "name": "李某"} | given)


def an_opinion(**given: Any) -> Opinion:
    return Opinion(**{"nomination": make.nomination(), "body": "派驻纪检监察组"} | given)


def an_override(**given: Any) -> Override:
    return Override(**{"nomination": make.nomination(), "key": "k", "text": "缺", "reason": "会议决定"} | given)


def an_appraisal(**given: Any) -> Appraisal:
    return Appraisal(**{"person": make.person(), "year": 2023, "grade": "excellent"} | given)


def approved_by_whoever_nominated() -> Nomination:
    user = make.user()
    return a_nomination(nominated_at=NOW, nominated_by=user, approved_at=NOW, approved_by=user)


STAGES = ("nominated", "returned", "checked", "approved", "noticed", "confirmed", "decided", "rejected", "withdrawn")
REASONS = {"returned": "return_reason", "rejected": "rejection_reason", "withdrawn": "withdrawal_reason"}
EXPLAINED = dict.fromkeys(REASONS.values(), "不符")


# What must not be stored, and the constraint that says so.
REFUSED: dict[str, tuple[str, Callable[[], Any]]] = {
    "year before the republic": (
        "conference_years_possible",
        lambda: a_conference(year_reviewed=1948, year_planned=1949),
    ),
    "year of five digits": (
        "conference_years_possible",
        lambda: a_conference(year_reviewed=20230, year_planned=20231),
    ),
    "year zero": ("conference_years_possible", lambda: a_conference(year_reviewed=0, year_planned=0)),
    "plans the year before": ("conference_years_in_row", lambda: a_conference(year_planned=2022)),
    "plans two years on": ("conference_years_in_row", lambda: a_conference(year_planned=2025)),
    "ends before it starts": (
        "conference_ends_after_start",
        lambda: a_conference(starts_on=DAY, ends_on=DAY - datetime.timedelta(days=1)),
    ),
    "doubled conference": ("conference_unique", again(a_conference, "court", kind="quarterly", number=2)),
    "second annual conference": ("conference_one_annual", lambda: a_conference(number=2)),
    **{
        what: (f"conference_{name}_pair", build)
        for name in ("submitted", "published", "locked", "returned", "states_shown")
        for what, build in half_a_pair(a_conference, name, return_reason="漏一项").items()
    },
    "returned without a reason": (
        "conference_returned_reason",
        lambda: a_conference(returned_at=NOW, returned_by=make.user()),
    ),
    "figure that says nothing": ("figure_says_something", lambda: a_figure(value=None)),
    "change without its unit": ("figure_change_has_unit", lambda: a_figure(change="2.5")),
    "rank without its scope": ("figure_rank_has_scope", lambda: a_figure(rank=2, rank_kind="exact")),
    "rank that may be exact or not": ("figure_rank_has_scope", lambda: a_figure(rank=2, rank_scope="全市")),
    **{what: ("figure_rank_opened_pair", build) for what, build in half_a_pair(a_figure, "rank_opened").items()},
    "speech by nobody": ("speech_has_speaker", lambda: Speech(conference=make.conference())),
    "same department helps twice": ("measure_helper_unique", the_same_helper),
    "same indicator twice": (
        "indicator_unique",
        again(Indicator, name="结案率", valid_from=DAY),
    ),
    "indicator that ends before it begins": (
        "indicator_ends_after_start",
        lambda: Indicator(name="结案率", valid_from=DAY, valid_to=DAY - datetime.timedelta(days=1)),
    ),
    "left off without a reason": ("person_left_off_reason", lambda: a_person(left_off_since=DAY)),
    "left off without a day": ("person_left_off_reason", lambda: a_person(left_off_reason="本人要求")),
    "commendation of nobody": ("commendation_has_recipient", lambda: a_commendation(name="")),
    "same award twice": ("commendation_person_once", the_same_winner),
    "revocation without a reason": (
        "commendation_revoked_reason",
        lambda: a_commendation(revoked_at=NOW, revoked_by=make.user()),
    ),
    **{
        what: ("commendation_announced_pair", build) for what, build in half_a_pair(a_commendation, "announced").items()
    },
    "revoked without when": (
        "commendation_revoked_pair",
        lambda: a_commendation(revoked_by=make.user(), revocation_reason="弄虚作假"),
    ),
    "revoked without who": (
        "commendation_revoked_pair",
        lambda: a_commendation(revoked_at=NOW, revocation_reason="弄虚作假"),
    ),
    "corrected without a reason": (
        "commendation_corrected_reason",
        lambda: a_commendation(corrected_at=NOW, corrected_by=make.user()),
    ),
    "decision on a revocation that was none": (
        "commendation_revoked_document",
        lambda: a_commendation(revoked_by_decision=make.decision()),
    ),
    "decision on a correction that was none": (
        "commendation_corrected_doc",
        lambda: a_commendation(corrected_by_decision=make.decision()),
    ),
    "certificate that came back for nothing": (
        "commendation_returned_cause",
        lambda: a_commendation(certificate_returned_on=DAY),
    ),
    **{
        what: (f"commendation_{name}_pair", build)
        for name in ("corrected", "presented")
        for what, build in half_a_pair(a_commendation, name, correction_reason="笔误").items()
    },
    "notice that ends before it starts": (
        "notice_ends_after_start",
        lambda: a_notice(ends_on=DAY - datetime.timedelta(days=1)),
    ),
    "notice concluded without an outcome": (
        "notice_concluded_outcome",
        lambda: a_notice(concluded_at=NOW, concluded_by=make.user()),
    ),
    "outcome of a notice that goes on": ("notice_concluded_outcome", lambda: a_notice(outcome="none")),
    **{what: ("notice_started_pair", build) for what, build in half_a_pair(a_notice, "started").items()},
    "notice concluded by nobody": (
        "notice_concluded_pair",
        lambda: a_notice(concluded_at=NOW, outcome="none"),
    ),
    "objection without a word": ("objection_says_something", lambda: an_objection(text="")),
    "objection handled without an outcome": (
        "objection_handled_outcome",
        lambda: an_objection(handled_at=NOW, handled_by=make.user(), handling="查否"),
    ),
    "objection handled without a word": (
        "objection_handled_outcome",
        lambda: an_objection(handled_at=NOW, handled_by=make.user(), outcome="dismissed"),
    ),
    "objection upheld against nobody": (
        "objection_upheld_about",
        lambda: an_objection(handled_at=NOW, handled_by=make.user(), handling="属实", outcome="upheld"),
    ),
    "objection handled by nobody": (
        "objection_handled_pair",
        lambda: an_objection(handled_at=NOW, handling="查否", outcome="dismissed"),
    ),
    "number of another certificate": ("certificate_number_unique", again(a_certificate, "court", "number")),
    "serial number of another certificate": (
        "certificate_serial_unique",
        again(a_certificate, "court", "series", "serial", series=2024, serial=3),
    ),
    "certificate without a number": ("certificate_has_number", lambda: a_certificate(number="")),
    **{what: ("certificate_issued_pair", build) for what, build in half_a_pair(a_certificate, "issued").items()},
    "number of another decision": ("decision_number_unique", a_second_decision),
    "number without its year": ("decision_number_whole", lambda: a_decision(prefix="青法", serial=3)),
    "year without its number": ("decision_number_whole", lambda: a_decision(prefix="青法", year=2024)),
    "same category twice": (
        "category_name_unique",
        again(lambda **given: AwardCategory(**{"court": make.court()} | given), "court", name="办案标兵"),
    ),
    "same template twice": (
        "paper_template_unique",
        again(lambda **given: CourtTemplate(**{"court": make.court(), "uploaded_by": make.user()} | given), "court"),
    ),
    "same department twice": (
        "department_name_unique",
        again(lambda **given: Department(**{"court": make.court()} | given), "court", name="立案庭"),
    ),
    "left before coming": (
        "person_leaves_after_coming",
        lambda: a_person(service_since=DAY, left_on=DAY - datetime.timedelta(days=1)),
    ),
    "second grade for a year": ("appraisal_once_a_year", again(an_appraisal, "person")),
    "grade of year zero": ("appraisal_year_possible", lambda: an_appraisal(year=0)),
    "the same selection twice": ("selection_unique", again(a_selection, "court")),
    "selection of year zero": ("selection_year_possible", lambda: a_selection(year=0)),
    "window without its end": ("selection_window_whole", lambda: a_selection(opens_on=DAY)),
    "window that closes before it opens": (
        "selection_window_whole",
        lambda: a_selection(opens_on=DAY, closes_on=DAY - datetime.timedelta(days=1)),
    ),
    "the same award in a plan twice": ("quota_unique", again(a_quota, "selection", "category")),
    "share of nothing": ("quota_share_has_base", lambda: a_quota(kind="share", share=10)),
    "base without a share": ("quota_share_has_base", lambda: a_quota(kind="share", base=10)),
    "second number of a department": ("department_quota_unique", again(a_department_quota, "quota", "department")),
    "nomination of nobody": ("nomination_has_recipient", lambda: a_nomination(name="")),
    "a family nominated twice": ("nomination_named_once", again(a_nomination, "selection", "category")),
    "a person nominated twice": (
        "nomination_person_once",
        again(lambda **given: a_nomination(**{"person": make.person()} | given), "selection", "category", "person"),
    ),
    "approved by whoever nominated": ("nomination_two_people", approved_by_whoever_nominated),
    **{
        f"nomination {act} without a reason": (
            f"nomination_{act}_reason",
            lambda act=act: a_nomination(**{f"{act}_at": NOW, f"{act}_by": make.user()}),
        )
        for act in REASONS
    },
    **{
        f"nomination {what}": (f"nomination_{name}_pair", build)
        for name in STAGES
        for what, build in half_a_pair(a_nomination, name, **EXPLAINED).items()
    },
    "the same body asked twice": ("opinion_unique", again(an_opinion, "nomination")),
    "opinion that says nothing": (
        "opinion_says_something",
        lambda: an_opinion(recorded_at=NOW, recorded_by=make.user()),
    ),
    **{
        f"opinion {what}": (f"opinion_{name}_pair", build)
        for name in ("asked", "recorded")
        for what, build in half_a_pair(an_opinion, name, verdict="agrees").items()
    },
    "the same finding let pass twice": ("override_unique", again(an_override, "nomination")),
    "let pass without a reason": ("override_has_reason", lambda: an_override(reason="")),
    **{
        f"finding {what}": ("override_overridden_pair", build)
        for what, build in half_a_pair(an_override, "overridden").items()
    },
    "code of another court": ("court_code_unique", lambda: (make.court(code="豫1202"), a_court(code="豫1202"))[1]),
    "its own superior": ("court_not_own_parent", own_parent),
}


def message_of(row: Any, name: str) -> str:
    constraints = (one for model in type(row)._meta.get_parent_list() or [] for one in model._meta.constraints)
    everything = [*type(row)._meta.constraints, *constraints]
    return str(next(one for one in everything if one.name == name).violation_error_message)


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


def test_every_constraint_of_the_record_stands_in_the_table():
    models = [Court, Department, Person, Holiday, Conference, Figure, Indicator, Speech, PriorityTask]
    models += [MeasureHelper, AwardCategory, Certificate, Commendation, Decision, Honour, PublicNotice, Objection]
    models += [Appraisal, Selection, Quota, DepartmentQuota, Nomination, Opinion, Override]

    named = {constraint.name for model in models for constraint in model._meta.constraints}

    assert named - {name for name, _build in REFUSED.values()} == set()


ALLOWED: dict[str, Callable[[], Any]] = {
    "first possible year": lambda: a_conference(year_reviewed=1949, year_planned=1949),
    "last possible year": lambda: a_conference(year_reviewed=2100, year_planned=2100),
    "one day": lambda: a_conference(starts_on=DAY, ends_on=DAY),
    "same kind, another number": lambda: a_conference(
        court=make.conference(kind="quarterly").court, kind="quarterly", number=2
    ),
    "figure in words alone": lambda: a_figure(value=None, precision="words", value_text="清零"),
    "figure with a change alone": lambda: a_figure(value=None, change_text="实现双下降"),
    "figure with a rank alone": lambda: a_figure(value=None, rank=10, rank_kind="top", rank_scope="全省"),
    "decision without a number": a_decision,
    "two decisions without a number": lambda: (make.decision(), a_decision())[1],
    "two winners outside the register": lambda: (make.commendation(name="李某"), a_commendation(name="李某"))[1],
    "two courts without a code": lambda: (make.court(), a_court())[1],
}


@pytest.mark.parametrize("build", ALLOWED.values(), ids=ALLOWED.keys())
def test_what_lies_at_the_edge_of_a_rule_is_stored(build):
    row = build()
    row.full_clean()
    row.save()

    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_conference_without_a_first_day_has_no_last_one():
    with pytest.raises(ValidationError) as refused:
        a_conference(ends_on=DAY).full_clean()

    assert refused.value.messages == [message_of(a_conference(), "conference_ends_after_start")]


CODES = {
    "": True,  # none
    "最高法": True,
    "豫": True,
    "豫12": True,
    "豫1202": True,
    "沪0115": True,
    "兵": True,
    "军": True,
    "豫1": False,
    "豫120": False,
    "豫12021": False,
    "豫 12": False,
    "豫１２": False,  # full-width digits
    "豫٣٤": False,  # digits of another script
    "州12": False,
    "高": False,
    "最高": False,
    "豫豫": False,
    "12": False,
    "Y12": False,
    "豫12\n": False,
}


def complaints(row: Any) -> dict[str, list[str]]:
    """What the fields say: messages by field."""
    try:
        row.clean_fields()
    except ValidationError as refused:
        return refused.message_dict
    return {}


@pytest.mark.parametrize(("code", "fits"), CODES.items(), ids=ascii)
def test_the_shape_of_a_court_code(code, fits):
    assert complaints(a_court(code=code)).keys() == (set() if fits else {"code"})


@pytest.mark.parametrize("code", ["41120", "4112021", "４１１２０２", "411202\n", "41120x"])
def test_a_division_code_has_six_plain_digits(code):
    assert complaints(a_court(division_code=code)).keys() == {"division_code"}


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (lambda name: Person(name=name), "name"),
        (lambda name: Department(name=name), "name"),
        (lambda name: Commendation(name=name), "name"),
        (lambda name: Honour(recipient_name=name), "recipient_name"),
        (lambda name: Conference(title=name), "title"),
    ],
)
def test_a_name_of_200_characters_is_refused_at_its_field(row, field):
    with pytest.raises(ValidationError) as refused:
        row("名" * 200).clean_fields()

    assert [error.code for error in refused.value.error_dict[field]] == ["max_length"]


@pytest.mark.parametrize("slug", ["admin", "awards", "attachments", "search", "static", "Ä", "a b", "a/b", ".."])
def test_no_court_takes_an_address_of_the_site_or_one_that_is_none(slug):
    assert complaints(a_court(slug=slug)).keys() == {"slug"}


def test_a_person_works_in_a_department_of_the_own_court():
    person = Person(court=make.court(), name="王某", department=make.department())

    with pytest.raises(ValidationError) as refused:
        person.full_clean()

    assert "department" in refused.value.message_dict
