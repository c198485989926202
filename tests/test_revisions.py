"""Every change of a court's record raises the court's revision, whichever way it is written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet

from awards.models import (
    AwardCategory,
    AwardGiven,
    Certificate,
    CertificateSettings,
    Commendation,
    Decision,
    DepartmentQuota,
    Evidence,
    Honour,
    HonourFile,
    Nomination,
    Objection,
    Opinion,
    Override,
    PublicNotice,
    Quota,
    Selection,
)
from conferences.models import (
    AgendaItem,
    Attachment,
    Conference,
    Correction,
    Edition,
    Figure,
    FigureSet,
    Indicator,
    IndicatorSet,
    Keynote,
    Measure,
    MeasureHelper,
    Participant,
    PeriodFigure,
    PriorityTask,
    ProgressFile,
    ProgressReport,
    Speech,
    Supervision,
    Waiver,
)
from courts.models import Appraisal, Court, Department, Discipline, Merge, Person
from courts.namesakes import Namesakes
from courts.revisions import Revised
from tests import make

pytestmark = pytest.mark.django_db


def helper(court: Court) -> MeasureHelper:
    measure = make.measure(task=make.task(conference=make.conference(court=court)))
    return MeasureHelper.objects.create(measure=measure, department=make.department(court=court))


def of_a_conference(build: Callable[..., Any]) -> Callable[[Court], Any]:
    return lambda court: build(conference=make.conference(court=court))


def of_a_nomination(build: Callable[..., Any]) -> Callable[[Court], Any]:
    return lambda court: build(nomination=make.nomination(selection=make.selection(court=court)))


def department_quota(court: Court) -> DepartmentQuota:
    quota = make.quota(selection=make.selection(court=court))
    return DepartmentQuota.objects.create(quota=quota, department=make.department(court=court), number=1)


# One row of every model of the record, and a text field to change.
ROWS: dict[type, tuple[Callable[[Court], Any], str]] = {
    Department: (lambda court: make.department(court=court), "name"),
    Person: (lambda court: make.person(court=court), "post"),
    Merge: (lambda court: make.merge(court=court), "removed_name"),
    Namesakes: (lambda court: make.namesakes(court=court), "undone_at"),
    Conference: (lambda court: make.conference(court=court), "title"),
    Participant: (of_a_conference(make.participant), "post"),
    Keynote: (of_a_conference(make.keynote), "text"),
    AgendaItem: (of_a_conference(make.agenda_item), "title"),
    Speech: (of_a_conference(make.speech), "text"),
    Figure: (of_a_conference(make.figure), "label"),
    PriorityTask: (of_a_conference(make.task), "heading"),
    FigureSet: (lambda court: make.figure_set(court=court), "source"),
    PeriodFigure: (lambda court: make.period_figure(figure_set=make.figure_set(court=court)), "label"),
    Measure: (lambda court: make.measure(task=make.task(conference=make.conference(court=court))), "text"),
    MeasureHelper: (helper, ""),
    ProgressReport: (lambda court: make.progress(measure=make.followed(court=court)), "text"),
    ProgressFile: (
        lambda court: make.progress_file(report=make.progress(measure=make.followed(court=court))),
        "filename",
    ),
    Supervision: (lambda court: make.supervision(measure=make.followed(court=court)), "text"),
    Attachment: (of_a_conference(make.attachment), "title"),
    AwardCategory: (lambda court: make.category(court=court), "name"),
    AwardGiven: (of_a_conference(make.award_given), "quantity"),
    Decision: (of_a_conference(make.decision), "title"),
    Commendation: (of_a_conference(make.commendation), "name"),
    Certificate: (
        lambda court: make.certificate(
            commendation=make.commendation(conference=make.conference(court=court)), issued_at=None, issued_by=None
        ),
        "number",
    ),
    CertificateSettings: (lambda court: make.certificate_settings(court=court), "heading"),
    Edition: (of_a_conference(lambda conference: Edition.objects.create(conference=conference, number=1)), "note"),
    Correction: (of_a_conference(lambda conference: conference.corrections.create(what="数", reason="误")), "what"),
    Waiver: (of_a_conference(lambda conference: conference.waivers.create(key="k", text="缺", reason="无")), "text"),
    Honour: (lambda court: make.honour(court=court), "title"),
    HonourFile: (lambda court: make.honour_file(honour=make.honour(court=court)), "filename"),
    Selection: (lambda court: make.selection(court=court), "title"),
    Quota: (lambda court: make.quota(selection=make.selection(court=court)), "conditions"),
    DepartmentQuota: (department_quota, ""),
    PublicNotice: (lambda court: make.notice(selection=make.selection(court=court), nominations=[]), "title"),
    Objection: (
        lambda court: make.objection(notice=make.notice(selection=make.selection(court=court), nominations=[])),
        "text",
    ),
    Nomination: (lambda court: make.nomination(selection=make.selection(court=court)), "deeds"),
    Opinion: (of_a_nomination(make.opinion), "text"),
    Override: (of_a_nomination(make.override), "text"),
    Evidence: (of_a_nomination(make.evidence), "filename"),
    Discipline: (lambda court: make.discipline(person=make.person(court=court)), "document"),
    Appraisal: (lambda court: make.appraisal(person=make.person(court=court)), "grade"),
}
# What the pages of every court show.
SHARED: dict[type, Callable[[], Any]] = {
    Court: make.court,
    Indicator: lambda: Indicator.objects.create(name="结案率"),
    IndicatorSet: lambda: IndicatorSet.objects.create(name="指标体系", valid_from="2024-01-01", size=26),
}


def count_from_here() -> None:
    QuerySet.update(Court.objects.all(), revision=0)


def revisions(*courts: Court) -> list[int]:
    return [Court.objects.get(pk=court.pk).revision for court in courts]


def models_of_the_record(model: type = Revised) -> set[type]:
    found = {one for below in model.__subclasses__() for one in models_of_the_record(below)}
    return found if model._meta.abstract else found | {model}


def save(row: Any, field: str) -> None:
    row.save()


def save_one_field(row: Any, field: str) -> None:
    row.save(update_fields=[field or "department"])


def delete(row: Any, field: str) -> None:
    row.delete()


def add(row: Any, field: str) -> None:
    row.delete()
    row._state.adding, row.pk = True, None
    count_from_here()
    row.save()


def add_many(row: Any, field: str) -> None:
    row.delete()
    row.pk = None
    count_from_here()
    type(row).objects.bulk_create([row])


def change_many(row: Any, field: str) -> None:
    type(row).objects.bulk_update([row], [field or "department"])


def update(row: Any, field: str) -> None:
    field = field or "department"
    value = getattr(row, field)
    type(row).objects.filter(pk=row.pk).update(**{field: "改" if isinstance(value, str) else value})


def delete_many(row: Any, field: str) -> None:
    type(row).objects.filter(pk=row.pk).delete()


WAYS = [save, save_one_field, delete, add, add_many, change_many, update, delete_many]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_every_way_of_writing_raises_the_revision_of_the_own_court_alone(model, way):
    own, other = make.court(), make.court()
    build, field = ROWS[model]
    row = build(own)
    count_from_here()

    way(row, field)

    changed, unchanged = revisions(own, other)
    assert (changed > 0, unchanged) == (True, 0)


@pytest.mark.parametrize("build", SHARED.values(), ids=lambda build: build.__name__)
@pytest.mark.parametrize("way", [save, delete], ids=lambda way: way.__name__)
def test_what_all_courts_share_raises_the_revision_of_each(way, build):
    courts = make.court(), make.court()
    row = build()
    count_from_here()

    way(row, "")

    assert min(revisions(*courts)) > 0


def test_no_model_of_the_record_is_missing_here():
    proxies = {model for model in models_of_the_record() if model._meta.proxy}

    assert models_of_the_record() - proxies == ROWS.keys() | SHARED.keys()


def test_rows_added_unless_they_are_there_count_for_all():
    court = make.court()
    count_from_here()

    Department.objects.bulk_create([Department(court=court, name="立案庭")], ignore_conflicts=True)

    assert revisions(court) > [0]


M2M: dict[str, Callable[[Any, Department], None]] = {
    "set": lambda helpers, another: helpers.set([another]),
    "set to none": lambda helpers, _: helpers.set([]),
    "add": lambda helpers, another: helpers.add(another),
    "remove": lambda helpers, _: helpers.remove(helpers.get()),
    "clear": lambda helpers, _: helpers.clear(),
}


@pytest.mark.parametrize("way", M2M.values(), ids=M2M.keys())
def test_a_change_of_the_helping_departments_counts(way):
    court = make.court()
    measure, another = helper(court).measure, make.department(court=court)
    count_from_here()

    way(measure.helpers, another)

    assert revisions(court) > [0]


def move_by_save(department: Department, court: Court) -> None:
    department.court = court
    department.save()


def move_by_saving_the_field(department: Department, court: Court) -> None:
    department.court = court
    department.save(update_fields=["court"])


def move_by_update(department: Department, court: Court) -> None:
    Department.objects.filter(court=department.court_id).update(court=court)


def move_many(department: Department, court: Court) -> None:
    department.court = court
    Department.objects.bulk_update([department], ["court"])


@pytest.mark.parametrize("move", [move_by_save, move_by_saving_the_field, move_by_update, move_many])
def test_a_row_that_changes_its_court_counts_for_both(move):
    here, there = make.court(), make.court()
    department = make.department(court=here)
    count_from_here()

    move(department, there)

    assert min(revisions(here, there)) > 0


def test_a_change_that_is_taken_back_does_not_count():
    court = make.court()
    count_from_here()

    with transaction.atomic():
        make.department(court=court)
        transaction.set_rollback(True)

    assert revisions(court) == [0]
