"""The pages of the follow-up: a department's measures and report, the board, the desk, and the state on the page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conferences.follow_up.quarters import quarter_of
from conferences.models import Measure, ProgressFile, ProgressReport, Supervision
from courts.roles import APPROVER, CLERK, LIAISON, STAFF
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return make.court()


@pytest.fixture
def department(court):
    return make.department(court=court)


@pytest.fixture
def measure(court, department):
    return make.followed(court=court, lead=department, text="开展业务培训")


@pytest.fixture
def liaison(client, court, department):
    user = make.user(LIAISON, court=court, department=department)
    client.force_login(user)
    return user


def sign_in(client, role, court):
    user = make.user(role, court=court)
    client.force_login(user)
    return user


def address_of(measure):
    return reverse("tasks:measure", args=[measure.pk])


def desk_of(measure):
    return reverse("admin:conferences_conference_measure", args=[measure.task.conference_id, measure.pk])


def board_of(measure):
    return reverse("admin:conferences_conference_tasks", args=[measure.task.conference_id])


def test_a_liaison_reports_with_a_file(client, measure, liaison):
    quarter = quarter_of(timezone.localdate())
    said = {"quarter": quarter.key, "text": "已开展两次培训", "percent": "40", "problems": "人手不足"}

    client.post(address_of(measure), said | {"files": SimpleUploadedFile("台账.pdf", b"%PDF-1.4")})

    report = ProgressReport.objects.get()
    assert (report.when, report.percent, report.problems, report.reported_by) == (quarter, 40, "人手不足", liaison)
    assert [file.filename for file in ProgressFile.objects.all()] == ["台账.pdf"]


@pytest.mark.parametrize(
    "wrong",
    [{"percent": "101"}, {"percent": ""}, {"text": " "}, {"quarter": "1999-1"}, {"text": "长" * 2001}],
    ids=["too much", "no percent", "nothing said", "long ago", "too long"],
)
def test_a_wrong_report_changes_nothing_and_keeps_what_was_typed(client, measure, liaison, wrong):
    said = {"quarter": quarter_of(timezone.localdate()).key, "text": "已开展", "percent": "40", "problems": "经费不足"}

    page = client.post(address_of(measure), said | wrong).content.decode()

    assert (ProgressReport.objects.count(), "经费不足" in page) == (0, True)


def test_a_file_that_is_none_of_the_kinds_is_refused(client, measure, liaison):
    said = {"quarter": quarter_of(timezone.localdate()).key, "text": "已开展", "percent": "40"}

    client.post(address_of(measure), said | {"files": SimpleUploadedFile("x.exe", b"MZ")})

    assert not ProgressReport.objects.exists()


def test_a_helping_department_reads_and_does_not_report(client, court, measure):
    helper = make.department(court=court)
    measure.helpers.add(helper)
    client.force_login(make.user(LIAISON, court=court, department=helper))

    page = client.get(address_of(measure))

    assert (page.context["form"], page.context["measure"]) == (None, measure)


def test_the_list_of_a_department_parts_what_waits_from_what_does_not(client, court, department, liaison):
    conference = make.published(court=court, year_reviewed=timezone.localdate().year - 2)
    task, told = make.task(conference=conference), quarter_of(timezone.localdate()).before
    later = {"task": task, "lead": department, "due_on": "2090-01-01"}
    waits, reported, helped, closed = [make.measure(**later) for _ in range(4)]
    late = make.measure(task=task, lead=department)
    make.progress(measure=reported, year=told.year, quarter=told.number)
    Measure.objects.filter(pk=helped.pk).update(lead=make.department(court=court), all_help=True)
    Measure.objects.filter(pk=closed.pk).update(closed_at=timezone.now(), closed_by=make.user())

    page = client.get(reverse("tasks:tasks")).context

    parts = {name: [line.measure for line in page[name]] for name in PARTS}
    assert parts == {
        "overdue": [late],
        "waiting": [waits],
        "others": [reported],
        "helping": [helped],
        "ended": [closed],
    }


PARTS = ("overdue", "waiting", "others", "helping", "ended")


def test_whoever_follows_up_for_the_whole_court_has_the_measures_of_all_departments(client, court):
    late = make.followed(court=court, due_on="2020-01-01")
    in_time = make.measure(task=late.task, lead=make.department(court=court))
    sign_in(client, CLERK, court)

    page = client.get(reverse("tasks:tasks")).context

    assert [[line.measure for line in page[name]] for name in ("overdue", "helping")] == [[late], []]
    assert in_time in [line.measure for name in ("waiting", "others") for line in page[name]]


def asking(client):
    """The number beside the tasks in the head of every page."""
    return client.get("/").context["measures_asking"]()


def test_every_page_reminds_a_liaison_of_what_waits_for_a_report(client, court, department, measure, liaison):
    told = quarter_of(timezone.localdate()).before
    conference = measure.task.conference
    conference._meta.model.objects.filter(pk=conference.pk).update(starts_on=told.last_day)
    make.measure(task=measure.task, lead=make.department(court=court))
    assert asking(client) == 1

    report = make.progress(measure=measure, year=told.year, quarter=told.number)
    assert asking(client) == 0

    report.give_back(by=make.user(CLERK, court=court), reason="缺佐证材料")
    assert asking(client) == 1
    assert "缺佐证材料" in client.get(reverse("tasks:tasks")).content.decode()


def test_a_step_of_supervision_asks_until_it_is_answered(client, court, measure, liaison):
    quarter = quarter_of(timezone.localdate())
    for told in (quarter.before, quarter):
        make.progress(measure=measure, year=told.year, quarter=told.number)
    assert asking(client) == 0

    measure.supervise("urge", by=make.user(CLERK, court=court), text="请在月底前办结")
    assert asking(client) == 1
    assert "请在月底前办结" in client.get(reverse("tasks:tasks")).content.decode()

    measure.report(quarter, by=liaison, text="已办结", percent=100)
    assert asking(client) == 0
    assert "请在月底前办结" not in client.get(reverse("tasks:tasks")).content.decode()


def test_nobody_else_is_asked_and_nothing_is_asked_for_them(
    client, court, department, measure, django_assert_num_queries
):
    measure.supervise("urge", by=make.user(CLERK, court=court))
    for user in (make.user(STAFF, court=court, department=department), make.user(LIAISON, court=court), None):
        client.force_login(user) if user else client.logout()
        page = client.get("/")
        page.context["user"].has_perm("x")
        with django_assert_num_queries(0):
            assert page.context["measures_asking"]() == 0


def test_where_none_leads_the_helping_departments_are_asked(client, court, department, liaison):
    make.supervision(measure=make.followed(court=court, all_help=True))

    assert asking(client) == 1


def test_a_liaison_without_a_department_is_told_so(client, court):
    client.force_login(make.user(LIAISON, court=court))

    assert client.get(reverse("tasks:tasks")).context["lacks_department"] is True


def test_the_page_of_a_department_says_how_far_and_not_what_was_reported(client, court, department, measure):
    make.progress(measure=measure, text="内部情况", percent=40)
    sign_in(client, STAFF, court)

    page = client.get(reverse("tasks:department", args=[department.pk])).content.decode()

    assert ("开展业务培训" in page, "内部情况" in page) == (True, False)


def test_a_draft_stands_on_no_page_of_a_department(client, court, department, liaison):
    draft = make.measure(task=make.task(conference=make.conference(court=court)), lead=department, text="尚未部署")

    pages = [reverse("tasks:tasks"), reverse("tasks:department", args=[department.pk])]

    assert ["尚未部署" in client.get(page).content.decode() for page in pages] == [False, False]
    assert client.get(address_of(draft)).status_code == 404


ACTS = {
    "cancel": ({"reason": "政策调整"}, lambda measure: measure.cancelled_at),
    "defer": ({"reason": "招标延期", "day": "2090-01-01"}, lambda measure: measure.deferred_to),
    "close": ({}, lambda measure: measure.closed_at),
    "urge": ({"reason": "请加快"}, lambda measure: measure.supervisions.exists()),
    "return": ({"reason": "缺佐证"}, lambda measure: measure.reports.get().returned_at),
}


@pytest.mark.parametrize("role", [CLERK, APPROVER])
@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_the_page_of_a_measure(client, court, measure, act, role):
    report = make.progress(measure=measure)
    sign_in(client, role, court)
    said, changed = ACTS[act]

    client.post(desk_of(measure), said | {"act": act, "report": report.pk})

    assert changed(Measure.objects.get(pk=measure.pk))


@pytest.mark.parametrize(
    "said",
    [{"act": "defer", "reason": "因"}, {"act": "defer", "reason": "因", "day": "x"}, {"act": "nothing"}, {}],
    ids=["no day", "no such day", "no such act", "nothing"],
)
def test_what_cannot_be_done_changes_nothing(client, court, measure, said):
    sign_in(client, CLERK, court)
    before = Measure.objects.values().get(pk=measure.pk)

    client.post(desk_of(measure), said)

    assert Measure.objects.values().get(pk=measure.pk) == before


def test_the_board_supervises_the_chosen_ones_or_none(client, court, measure):
    others = [make.measure(task=measure.task) for _ in range(2)]
    Measure.objects.filter(pk=others[1].pk).update(closed_at=timezone.now(), closed_by=make.user())
    sign_in(client, CLERK, court)

    client.post(board_of(measure), {"act": "remind", "chosen": [measure.pk, others[0].pk]})
    client.post(board_of(measure), {"act": "urge", "chosen": [measure.pk, others[1].pk]})

    assert [(one.measure, one.kind) for one in Supervision.objects.all()] == [
        (measure, "remind"),
        (others[0], "remind"),
    ]


def test_the_board_takes_no_measure_of_another_conference(client, court, measure):
    other = make.followed(court=make.court())
    sign_in(client, CLERK, court)

    client.post(board_of(measure), {"act": "remind", "chosen": [other.pk]})

    assert not Supervision.objects.exists()


def shown(page):
    return [[line.measure for line in group.lines] for group in page.context["groups"]]


def test_the_board_is_laid_out_by_task_by_department_and_by_light(client, court, department, measure):
    other = make.measure(task=make.task(conference=measure.task.conference), due_on="2020-01-01")
    sign_in(client, CLERK, court)
    board = board_of(measure)

    assert shown(client.get(board)) == [[measure], [other]]
    assert shown(client.get(board, {"by": "department"})) == [[measure], [other]]
    assert shown(client.get(board, {"by": "light"})) == [[other], [measure]]
    assert shown(client.get(board, {"light": "overdue"})) == [[other]]
    assert shown(client.get(board, {"department": department.pk})) == [[measure]]
    assert shown(client.get(board, {"light": "x", "department": "y"})) == [[measure], [other]]


@pytest.mark.parametrize("is_shown", [False, True])
def test_the_page_of_the_conference_says_the_state_where_the_court_chose_it(client, court, measure, is_shown):
    Measure.objects.filter(pk=measure.pk).update(due_on="2020-01-01")
    approver = sign_in(client, APPROVER, court)
    if is_shown:
        client.post(board_of(measure), {"act": "show"})
        assert measure.task.conference._meta.model.objects.get().states_shown_by == approver
    client.logout()

    page = client.get(measure.task.conference.get_absolute_url()).content.decode()

    assert ("light-red" in page) == is_shown


def test_a_clerk_does_not_choose_what_the_page_shows(client, court, measure):
    sign_in(client, CLERK, court)

    client.post(board_of(measure), {"act": "show"})

    assert measure.task.conference._meta.model.objects.get().states_shown_at is None


def test_the_desk_counts_what_is_overdue_and_what_lacks_a_report(client, court, department):
    conference = make.published(court=court, year_reviewed=2022)
    for due_on in ("2023-06-30", None):
        make.measure(task=make.task(conference=conference), due_on=due_on)
    make.followed(court=make.court(), due_on="2020-01-01")
    sign_in(client, CLERK, court)

    followed = client.get(reverse("admin:index")).context["followed"]

    assert [(one["task__conference"], one["late"], one["untold"]) for one in followed] == [(conference.pk, 2, 2)]


PAGES = {
    "list": lambda _measure: reverse("tasks:tasks"),
    "department": lambda measure: reverse("tasks:department", args=[measure.lead_id]),
    "board": board_of,
    "measure": address_of,
}


def queries(client, page):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_a_page_asks_as_much_for_thirty_measures_as_for_one(client, department, measure, page):
    client.force_login(make.user(CLERK, LIAISON, court=department.court, department=department))
    helper = make.department(court=department.court)
    measure.helpers.add(helper)
    client.get(page(measure))
    first = queries(client, page(measure))
    for _ in range(29):
        more = make.measure(task=make.task(conference=measure.task.conference), lead=department)
        more.helpers.add(helper)
        make.progress(measure=more, department=department)

    assert queries(client, page(measure)) == first
