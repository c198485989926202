"""The conference on one screen, posted as a browser without JavaScript posts it."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.defaults import first_values, year_to_review
from conferences.models import Conference, Figure, Measure, MeasureHelper, Participant, PriorityTask, Speech
from courts.models import Person
from tests import make
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 40


@pytest.fixture
def court():
    return make.court(default_venue="三楼会议室")


@pytest.fixture
def clerk(court, client):
    user = make.user("clerk", court=court)
    client.force_login(user)
    return user


def address(conference: Conference) -> str:
    return reverse("admin:conferences_conference_change", args=[conference.pk])


def save(client: Any, url: str, **typed: str) -> Any:
    """Opens the page, types, saves. The names of rows have underscores for the hyphens of the form's."""
    return client.post(
        url, fields_of(client.get(url)) | {name.replace("__", "-"): text for name, text in typed.items()}
    )


def mistakes(response: Any) -> list[tuple[str, str]]:
    """Place and message of each mistake in the summary."""
    return [(problem.anchor, problem.message) for problem in response.context["problems"]]


# --- Entering ---


def test_a_new_conference_begins_with_the_habits_of_the_court(clerk, court, client):
    make.conference(court=court, year_reviewed=2020, venue="", attendance="全体干警", time_of_day="上午")
    make.conference(court=court, year_reviewed=2025, kind="debriefing", attendance="中层干部")
    values = first_values(court, today=make.datetime.date(2026, 1, 5))
    assert values == {
        "kind": "annual",
        "year_reviewed": 2025,
        "year_planned": 2026,
        "title": "2025年度工作总结暨表彰大会",
        "venue": "三楼会议室",
        "time_of_day": "上午",
        "attendance": "全体干警",
        "audience": "staff",
        "roll_order": "entered",
    }


@pytest.mark.parametrize(("month", "year"), [(1, 2025), (6, 2025), (7, 2026), (12, 2026)])
def test_the_year_to_review_is_the_one_that_ends(month, year):
    assert year_to_review(make.datetime.date(2026, month, 1)) == year


def test_a_conference_is_entered_with_all_its_parts_at_once(clerk, court, client):
    bureau = make.department(court=court, name="执行局")
    make.department(court=court, name="立案庭")
    head = make.person(court=court, name="杜晓明", department=bureau, post="院长")
    response = save(
        client,
        reverse("admin:conferences_conference_add"),
        title="2025年度工作总结暨表彰大会",
        participants__0__name="杜晓明",
        agenda__0__title="工作报告",
        speeches__0__name="杜晓明",
        speeches__0__text="\u3000\u3000一、讲政治 \r\n\r\n\r\n\r\n二、抓落实\u000b三、\u200b带队伍",
        figures__0__label="受理案件",
        figures__0__value="12478",
        figures__0__speech_label="杜晓明",
        tasks__0__heading="把牢政治方向",
        tasks__0__speech_label="1",
        **{
            "tasks-0-measures-0-text": "每月学习",
            "tasks-0-measures-0-lead_name": "执行局",
            "tasks-0-measures-0-helper_names": "立案庭、各部门",
            "tasks-0-measures-0-responsible_name": "杜晓明",
        },
    )
    assert response.status_code == 302, mistakes(response)
    conference, speech, measure = Conference.objects.get(), Speech.objects.get(), Measure.objects.get()
    assert (conference.court, conference.changed_by) == (court, clerk)
    assert (speech.person, speech.department, speech.post) == (head, bureau, "院长")
    assert speech.text == "一、讲政治\n\n二、抓落实\n三、带队伍"
    assert conference.figures.get().speech == conference.tasks.get().speech == speech
    assert (measure.lead, measure.responsible, measure.all_help) == (bureau, head, True)
    assert [str(one) for one in measure.helpers.all()] == ["立案庭"]


def test_a_second_conference_of_the_kind_and_year_is_refused_at_the_field(clerk, court, client):
    existing = make.conference(court=court, year_reviewed=2025)
    url = reverse("admin:conferences_conference_add")
    response = save(client, url, year_reviewed="2025", year_planned="2026", title="再来一次")
    assert mistakes(response) == [("id_year_reviewed", "本院该年度已有同类会议。")]
    assert list(Conference.objects.all()) == [existing]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        pytest.param({"year_reviewed": "20255"}, "id_year_reviewed", id="year of five digits"),
        pytest.param({"year_reviewed": "0"}, "id_year_reviewed", id="year nought"),
        pytest.param({"year_planned": "2030"}, "id_year_planned", id="years not in a row"),
        pytest.param({"starts_on": "2026-02-30"}, "id_starts_on", id="no such day"),
        pytest.param({"starts_on": "2026-02-02", "ends_on": "2026-02-01"}, "id_ends_on", id="ends before it begins"),
        pytest.param({"number": "2"}, "id_number", id="a second annual one"),
        pytest.param({"title": "会" * 200}, "id_title", id="title of 200 characters"),
        pytest.param({"participants__0__name": "张" * 200}, "id_participants-0-name", id="name of 200 characters"),
        pytest.param(
            {"figures__0__label": "结案率", "figures__0__value": "多"}, "id_figures-0-value", id="a word for a number"
        ),
        pytest.param({"figures__0__label": "结案率"}, "id_figures-0-value", id="a figure that says nothing"),
        pytest.param(
            {"figures__0__label": "收案", "figures__0__value": "1", "figures__0__change": "3"},
            "id_figures-0-change_unit",
            id="a change without unit",
        ),
        pytest.param({"tasks__0__text": "没有标题"}, "id_tasks-0-heading", id="a task without heading"),
        pytest.param(
            {"tasks__0__heading": "任务", "tasks-0-measures-0-target": "98%"},
            "id_tasks-0-measures-0-text",
            id="a measure without text",
        ),
        pytest.param({"agenda__0__title": "报告", "agenda__0__minutes": "601"}, "id_agenda-0-minutes", id="too long"),
        pytest.param(
            {"figures__0__label": "收", "figures__0__value": "1", "figures__0__speech_label": "谁"},
            "id_figures-0-speech_label",
            id="a speech that is not there",
        ),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_saved(typed, place, clerk, client):
    response = save(client, reverse("admin:conferences_conference_add"), **typed)
    assert [anchor for anchor, _message in mistakes(response)] == [place]
    assert f'id="{place}"' in response.content.decode()
    assert not Conference.objects.exists()


def test_after_a_mistake_everything_typed_is_still_there(clerk, client):
    typed = {"participants-0-name": "<b>区委</b>书记", "tasks-0-measures-0-text": "只有举措", "year_planned": "1"}
    url = reverse("admin:conferences_conference_add")
    response = client.post(url, fields_of(client.get(url)) | typed)
    assert fields_of(response) | typed == fields_of(response)
    assert "<b>区委</b>" not in response.content.decode()


# --- Changing ---


def test_rows_are_changed_added_and_deleted_together(clerk, court, client):
    conference = make.conference(court=court)
    first = make.task(conference=conference, heading="一", order=1)
    second = make.task(conference=conference, heading="二", order=2)
    make.measure(task=first)
    url = address(conference)
    data = fields_of(client.get(url))
    data |= {"tasks-0-DELETE": "on", "tasks-1-heading": "二改", "tasks-1-order": "5", "tasks-2-heading": "三"}
    assert client.post(url, data).status_code == 302
    assert list(PriorityTask.objects.values_list("heading", "order")) == [("三", 3), ("二改", 5)]
    assert PriorityTask.objects.get(heading="二改").pk == second.pk
    assert not Measure.objects.exists()


def test_deleting_a_speech_leaves_its_figures_and_tasks(clerk, court, client):
    conference = make.conference(court=court)
    speech = make.speech(conference=conference)
    make.figure(conference=conference, speech=speech)
    make.task(conference=conference, speech=speech)
    response = save(
        client, address(conference), speeches__0__DELETE="on", figures__0__label="新名称", figures__0__speech_label=""
    )
    assert response.status_code == 302, mistakes(response)
    assert (Figure.objects.get().speech, PriorityTask.objects.get().speech) == (None, None)


def test_a_save_that_changes_nothing_writes_no_row(clerk, court, client):
    conference = make.conference(court=court)
    make.speech(conference=conference, text="两段\n\n文字")
    make.measure(task=make.task(conference=conference), lead=make.department(court=court))
    with CaptureQueriesContext(connection) as queries:
        save(client, address(conference))
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert {sql.split('"')[1] for sql in written} == {
        *("courts_court", "conferences_conference", "history_conference", "django_admin_log"),
        "courts_typeddraft",
    }


def test_a_save_raises_the_revision_of_the_court(clerk, court, client):
    conference = make.conference(court=court)
    court.refresh_from_db()
    before = court.revision
    save(client, address(conference), keynotes__0__text="能力提升年")
    court.refresh_from_db()
    assert court.revision > before


def test_a_log_entry_says_kind_and_number_but_no_name(clerk, court, client):
    conference = make.conference(court=court)
    save(client, address(conference), new_names="keep", participants__0__name="不可说")
    entry = LogEntry.objects.get()
    assert entry.get_change_message().count("与会人员") == 1
    assert "不可说" not in entry.change_message


def test_a_double_post_adds_its_rows_once(clerk, court, client):
    conference = make.conference(court=court)
    url = address(conference)
    data = fields_of(client.get(url)) | {"keynotes-0-text": "提升年"}
    assert [client.post(url, data).status_code for _twice in range(2)] == [302, 200]
    assert conference.keynotes.count() == 1


@pytest.mark.parametrize("state", ["submitted", "published"])
def test_only_a_draft_is_changed(state, clerk, court, client):
    conference = make.published(court=court) if state == "published" else make.conference(court=court)
    make.speech(conference=conference, text="不能改的讲话")
    if state == "submitted":
        conference.submit(by=clerk)
    response = client.get(address(conference))
    assert "不能改的讲话" in response.content.decode()
    assert 'name="speeches-0-text"' not in response.content.decode()
    assert client.post(address(conference), {"title": "改"}).status_code == 403


# --- Other courts ---


@pytest.fixture
def other():
    """A draft of another court, with a row of each kind that a form might name."""
    conference = make.conference(title="别院会议")
    make.measure(task=make.task(conference=conference, heading="别院任务"))
    make.speech(conference=conference, name="别院院长")
    make.participant(conference=conference, name="别院人员")
    make.person(court=conference.court, name="别院法官")
    return conference


def stored(conference: Conference) -> list[Any]:
    rows = [conference.participants, conference.speeches, conference.tasks, conference.figures]
    return [list(part.order_by("pk").values()) for part in rows] + [list(Measure.objects.order_by("pk").values())]


def test_rows_of_another_court_are_refused_by_their_id(clerk, court, client, other):
    mine = make.conference(court=court)
    make.participant(conference=mine, name="本院")
    before = stored(other)
    url = address(mine)
    data = fields_of(client.get(url)) | {
        "participants-0-id": str(other.participants.get().pk),
        "participants-0-name": "劫持",
        "participants-0-conference": str(other.pk),
    }
    response = client.post(url, data)
    assert response.status_code == 200
    assert stored(other) == before
    assert mine.participants.get().name == "本院"


def test_a_measure_of_another_court_is_refused_by_its_id(clerk, court, client, other):
    mine = make.conference(court=court)
    make.measure(task=make.task(conference=mine), text="本院举措")
    before = stored(other)
    url = address(mine)
    data = fields_of(client.get(url)) | {
        "tasks-0-measures-0-id": str(Measure.objects.get(task__conference=other).pk),
        "tasks-0-measures-0-DELETE": "on",
    }
    client.post(url, data)
    assert stored(other) == before


def test_the_conference_of_another_court_is_not_there(clerk, client, other):
    url = address(other)
    data = {"title": "劫持", "seen_at": other.changed_at.isoformat()}
    assert client.get(url).status_code == client.post(url, data).status_code == 302
    other.refresh_from_db()
    assert other.title == "别院会议"


def test_the_court_is_no_field_of_the_form(clerk, court, client, other):
    save(client, reverse("admin:conferences_conference_add"), court=str(other.court.pk))
    assert Conference.objects.exclude(pk=other.pk).get().court == court


def test_nothing_of_another_court_is_offered_or_found(clerk, court, client, other):
    mine = make.conference(court=court)
    page = client.get(address(mine)).content.decode()
    assert [name for name in ("别院法官", "别院院长", "别院任务") if name in page] == []
    response = save(
        client,
        address(mine),
        participants__0__name="别院法官",
        new_names="keep",
        tasks__0__heading="任务",
        tasks__0__speech_label="别院院长",
    )
    assert [anchor for anchor, _message in mistakes(response)] == ["id_tasks-0-speech_label"]
    save(client, address(mine), participants__0__name="别院法官", new_names="keep")
    assert Participant.objects.get(conference=mine).person is None


# --- Sixty rows ---


def with_rows(court: Any, number: int) -> Conference:
    """A conference with that many rows of each part, each with all its links."""
    conference = make.conference(court=court)
    department = make.department(court=court, name="执行局")
    people = [make.person(court=court, department=department, name=f"王{chr(0x4E00 + n)}一") for n in range(number)]
    for place, person in enumerate(people, start=1):
        given = {"conference": conference, "order": place}
        who = {"person": person, "name": person.name}
        speech = make.speech(**given, **who, title="讲话")
        make.participant(**given, **who)
        make.agenda_item(**given, **who)
        make.figure(**given, speech=speech)
        make.keynote(**given, speech=speech)
        make.attachment(**given)
        measure = make.measure(
            task=make.task(**given, speech=speech), lead=department, responsible=person, responsible_name=person.name
        )
        MeasureHelper.objects.create(measure=measure, department=department)
    return conference


@pytest.mark.parametrize("number", [1, 60])
def test_the_screen_opens_with_as_many_queries_whatever_its_rows(number, clerk, court, client):
    conference = with_rows(court, number)
    client.get(address(conference))  # a process asks once for the kinds of things that rights are about
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address(conference))
    assert len(response.context["inline_admin_formsets"][0].formset.initial_forms) == number
    assert len(queries) == 38


def test_sixty_changed_rows_of_each_part_are_saved_with_few_queries(clerk, court, client):
    conference = with_rows(court, 60)
    url = address(conference)
    data = fields_of(client.get(url)) | {"new_names": "add"}
    for name, text in data.items():
        last = name.rsplit("-", 1)[-1]
        if "-" in name and text and last in {"name", "responsible_name"}:
            data[name] = f"新{text}"
        elif "-" in name and text and last in {"title", "text", "label", "heading"}:
            data[name] = f"{text}改"
        elif last == "speech_label" and text:
            data[name] = "2"
    with CaptureQueriesContext(connection) as queries:
        response = client.post(url, data)
    assert response.status_code == 302, mistakes(response)[:5]
    assert Person.objects.filter(court=court, name__startswith="新").count() == 60
    assert Figure.objects.filter(label__endswith="改", speech=conference.speeches.get(order=2)).count() == 60
    assert Participant.objects.filter(name__startswith="新", person__name__startswith="新").count() == 60
    # Savepoints neither read nor write.
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= MOST_QUERIES


def test_a_view_only_screen_of_sixty_rows_makes_no_query_for_a_row(clerk, court, client):
    conference = with_rows(court, 60)
    conference.submit(by=clerk)
    with CaptureQueriesContext(connection) as queries:
        client.get(address(conference))
    assert len(queries) <= MOST_QUERIES


# --- Files, and who may only read ---


def with_file(client: Any, conference: Conference, file: SimpleUploadedFile) -> Any:
    url = address(conference)
    return client.post(url, fields_of(client.get(url)) | {"attachments-0-title": "通知", "attachments-0-file": file})


def test_a_file_is_kept_under_its_own_name(clerk, court, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    conference = make.conference(court=court)
    with_file(client, conference, SimpleUploadedFile("会议 通知.pdf", b"%PDF-1.7 text"))
    attachment = conference.attachments.get()
    with attachment.file as stored_file:
        content = stored_file.read()
    assert (attachment.filename, content) == ("会议 通知.pdf", b"%PDF-1.7 text")


def test_a_file_of_another_kind_is_refused_at_its_field(clerk, court, client):
    conference = make.conference(court=court)
    response = with_file(client, conference, SimpleUploadedFile("通知.pdf", b"MZ no PDF"))
    assert [anchor for anchor, _message in mistakes(response)] == ["id_attachments-0-file"]
    assert not conference.attachments.exists()


def test_an_approver_reads_the_draft_and_changes_nothing(court, client):
    conference = make.conference(court=court)
    make.figure(conference=conference, label="结案率", value="97.8500", unit="%")
    client.force_login(make.user("approver", court=court))
    page = client.get(address(conference)).content.decode()
    assert ("<dd>97.85</dd>" in "".join(page.split()), 'name="figures-0-value"' in page) == (True, False)
    assert client.post(address(conference), {"title": "改"}).status_code == 403


def test_an_administrator_chooses_the_court_of_a_new_conference(court, client):
    client.force_login(make.user("clerk", court=None, is_superuser=True))
    person = make.person(court=court, name="杜晓明")
    typed = {"title": "总结大会", "year_reviewed": "2023", "year_planned": "2024"}
    url = reverse("admin:conferences_conference_add")
    response = save(client, url, court=str(court.pk), participants__0__name="杜晓明", **typed)
    assert response.status_code == 302, mistakes(response)
    assert Conference.objects.get().participants.get().person == person
