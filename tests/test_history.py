"""Every version is kept, whichever way a row is written; the page tells it, and puts it back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Commendation
from conferences.models import Conference, Figure, PriorityTask, Speech
from courts.history import are_kept
from courts.versions import changes, find_version, kept_models
from tests import make
from tests.test_revisions import ROWS
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
KEPT = [model for model in ROWS if are_kept(model)]


@pytest.fixture
def court():
    return make.court()


@pytest.fixture
def clerk(court, client):
    user = make.user("clerk", court=court)
    client.force_login(user)
    return user


@pytest.fixture
def conference(court):
    return make.conference(court=court)


def kinds(row):
    """The kinds of the kept versions of a row, the first one first."""
    return "".join(type(row).history.filter(id=row.pk).order_by("history_id").values_list("history_type", flat=True))


def history_of(record, name="conferences_conference"):
    return reverse(f"admin:{name}_history", args=[record.pk])


def told(record):
    """Kind of row, its name, act and (old, new) of each change."""
    return [
        (change.model, change.row, change.kind, [(field.old, field.new) for field in change.fields])
        for change in changes(record)
    ]


# --- Every way to write ---


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_saving_and_deleting_keep_a_version(model, court):
    row = ROWS[model][0](court)
    row.save()
    before = kinds(row)
    pk = row.pk

    row.delete()

    row.pk = pk
    assert (before, kinds(row)) == ("+~", "+~-")


@pytest.mark.parametrize("model", [one for one in KEPT if ROWS[one][1]], ids=lambda model: model.__name__)
def test_writing_many_rows_at_once_keeps_a_version_of_each(model):
    field = ROWS[model][1]
    rows = [ROWS[model][0](make.court()) for _n in range(2)]
    keys = [row.pk for row in rows]

    model.objects.filter(pk__in=keys[:1]).update(**{field: "改过"})
    rows[1].refresh_from_db()
    setattr(rows[1], field, "也改过")
    model.objects.bulk_update(rows[1:], [field])

    assert [kinds(row) for row in rows] == ["+~", "+~"]
    assert list(
        model.history.filter(id__in=keys, history_type="~").order_by("history_id").values_list(field, flat=True)
    ) == ["改过", "也改过"]


def test_rows_that_are_added_at_once_keep_their_first_version(conference):
    made = Speech.objects.bulk_create(Speech(conference=conference, name=name) for name in ("甲", "乙"))

    assert [kinds(row) for row in made] == ["+", "+"]


def test_a_condition_that_the_update_itself_ends_still_keeps_the_versions(conference):
    figure = make.figure(conference=conference, label="受理案件")

    Figure.objects.filter(label="受理案件").update(label="新收案件")

    assert kinds(figure) == "+~"


def test_a_screen_keeps_who_saved_what(clerk, conference, client):
    task = make.task(conference=conference, heading="旧标题")
    url = reverse("admin:conferences_conference_change", args=[conference.pk])
    typed = fields_of(client.get(url)) | {"tasks-0-heading": "新标题", "speeches-0-name": "杜某", "new_names": "keep"}

    assert client.post(url, typed).status_code == 302

    version = PriorityTask.history.get(id=task.pk, history_type="~")
    speech = Speech.history.get(conference_id=conference.pk)
    assert (version.heading, version.history_user) == ("新标题", clerk)
    assert (speech.name, speech.history_type, speech.history_user) == ("杜某", "+", clerk)


def test_the_honour_roll_keeps_versions_of_the_conference_itself(clerk, conference, client):
    url = reverse("admin:awards_honourroll_change", args=[conference.pk])

    client.post(url, fields_of(client.get(url)) | {"roll_order": "strokes"})

    assert Conference.history.filter(id=conference.pk).latest().roll_order == "strokes"


def test_a_decision_about_a_conference_is_kept(clerk, conference):
    conference.submit(by=clerk)

    assert Conference.history.filter(id=conference.pk).latest().submitted_by == clerk


# --- What is told ---


def test_a_record_tells_of_all_rows_that_belong_to_it(conference):
    kinds_of_rows = {model._meta.label_lower for model in kept_models(conference)}

    assert kinds_of_rows == {
        "conferences.conference",
        "conferences.participant",
        "conferences.keynote",
        "conferences.agendaitem",
        "conferences.speech",
        "conferences.figure",
        "conferences.prioritytask",
        "conferences.measure",
        "conferences.measurehelper",
        "conferences.progressreport",
        "conferences.supervision",
        "conferences.waiver",
        "awards.awardgiven",
        "awards.decision",
        "awards.commendation",
        "awards.honour",
    }


def test_a_change_tells_the_old_and_the_new_value(conference):
    figure = make.figure(conference=conference, label="受理案件", value=12487)
    figure.refresh_from_db()
    figure.value = 12478
    figure.save()

    assert told(conference)[0] == ("conferences.figure", "受理案件", "~", [("12487", "12478")])


def test_rows_that_are_gone_and_their_own_rows_are_told(conference):
    task = make.task(conference=conference, heading="把牢方向")
    make.measure(task=task, text="每月学习")
    task.delete()

    gone = [(model, row, kind) for model, row, kind, _fields in told(conference)]
    assert sorted(gone[:2]) == [("conferences.measure", "每月学习", "-"), ("conferences.prioritytask", "把牢方向", "-")]
    assert gone[2:4] == [("conferences.measure", "每月学习", "+"), ("conferences.prioritytask", "把牢方向", "+")]


def test_links_are_told_by_what_they_lead_to(court, conference):
    old, new = (make.department(court=court, name=name) for name in ("立案庭", "执行局"))
    measure = make.measure(task=make.task(conference=conference), lead=old)
    measure.lead = new
    measure.save()

    assert told(conference)[0][3] == [("立案庭", "执行局")]


def test_a_save_that_changed_nothing_is_not_told(conference):
    before = told(conference)
    conference.save()

    assert told(conference) == before


def test_a_page_asks_as_often_for_thirty_changes_as_for_one(clerk, conference, client):
    make.figure(conference=conference)
    with CaptureQueriesContext(connection) as few:
        client.get(history_of(conference))
    for _n in range(30):
        make.figure(conference=conference)
        make.speech(conference=conference)
    with CaptureQueriesContext(connection) as many:
        response = client.get(history_of(conference))

    assert len(response.context["changes"]) == 62
    assert len(many) == len(few)


@pytest.mark.parametrize("name", ["conferences_conference", "awards_honourroll"])
def test_the_history_of_another_court_is_not_there(clerk, client, name):
    other = make.conference(court=make.court())
    missing = client.get(reverse(f"admin:{name}_history", args=[other.pk + 1000]))

    response = client.get(history_of(other, name))

    assert (response.status_code, response.url) == (missing.status_code, missing.url)


# --- Put back ---


def put_back(client, record, row, which, name="conferences_conference"):
    version = list(type(row).history.filter(id=row.pk).order_by("history_id"))[which]
    data = {"model": row._meta.label_lower, "version": version.history_id}
    return client.post(history_of(record, name), data, follow=True)


def test_an_old_version_is_put_back_and_that_is_a_change_too(clerk, conference, client):
    figure = make.figure(conference=conference, value=12487)
    figure.value = 1
    figure.save()

    put_back(client, conference, figure, 0)

    figure.refresh_from_db()
    assert (figure.value, kinds(figure)) == (12487, "+~~")


def test_a_row_that_is_gone_comes_back_under_its_number(clerk, conference, client):
    speech = make.speech(conference=conference, name="杜某", text="第一段")
    pk = speech.pk
    speech.delete()
    speech.pk = pk

    put_back(client, conference, speech, -1)

    assert Speech.objects.get(pk=pk).text == "第一段"


def test_a_screen_that_was_open_does_not_undo_what_was_put_back(clerk, conference, client):
    figure = make.figure(conference=conference, value=12487)
    Figure.objects.filter(pk=figure.pk).update(value=1)
    url = reverse("admin:conferences_conference_change", args=[conference.pk])
    opened = fields_of(client.get(url))
    put_back(client, conference, figure, 0)

    response = client.post(url, opened | {"venue": "二楼"})

    figure.refresh_from_db()
    assert (response.status_code, figure.value) == (200, 12487)


def test_typing_over_what_was_put_back_is_asked_about(clerk, conference, client):
    figure = make.figure(conference=conference, value=12487)
    Figure.objects.filter(pk=figure.pk).update(value=1)
    url = reverse("admin:conferences_conference_change", args=[conference.pk])
    opened = fields_of(client.get(url))
    put_back(client, conference, figure, 0)

    response = client.post(url, opened | {"figures-0-value": "2"})

    figure.refresh_from_db()
    assert (response.status_code, figure.value) == (200, 12487)


def test_decisions_are_not_put_back(clerk, conference, client):
    commendation = make.commendation(conference=conference, announced=True)
    Commendation.objects.filter(pk=commendation.pk).update(announced_at=None, announced_by=None, post="法官")

    put_back(client, conference, commendation, 0)

    commendation.refresh_from_db()
    assert (commendation.post, commendation.announced_at) == ("", None)


def test_what_does_not_fit_any_more_is_refused_and_changes_nothing(clerk, court, conference, client):
    person = make.person(court=court)
    category = make.category(court=court)
    first = make.commendation(conference=conference, category=category, person=person)
    first.person = None
    first.save()
    make.commendation(conference=conference, category=category, person=person)

    response = put_back(client, conference, first, 0)

    first.refresh_from_db()
    assert first.person is None
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_a_submitted_conference_is_not_put_back(clerk, conference, client):
    figure = make.figure(conference=conference, value=1)
    Figure.objects.filter(pk=figure.pk).update(value=2)
    conference.submit(by=clerk)

    put_back(client, conference, figure, 0)

    figure.refresh_from_db()
    assert figure.value == 2


@pytest.mark.parametrize(
    "data",
    [{}, {"model": "courts.user", "version": "1"}, {"model": "conferences.figure", "version": "x"}],
    ids=["nothing", "another model", "no number"],
)
def test_what_is_no_version_of_this_record_is_not_there(clerk, conference, client, data):
    assert client.post(history_of(conference), data).status_code == 404


def test_a_version_of_another_record_is_not_there(clerk, court, conference, client):
    figure = make.figure(conference=make.conference(court=court, year_reviewed=2022))

    assert find_version(conference, "conferences.figure", figure.history.get().history_id) is None
