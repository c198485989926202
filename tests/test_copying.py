"""Last year's conference as the beginning of this year's."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.checks import assess
from conferences.models import Conference, Figure, Indicator, Measure
from courts.refusals import NotAllowed
from courts.roles import APPROVER, CLERK
from intake.copying import Parts, advanced, copy, first_values
from intake.kinds import KINDS
from tests import make
from tests.test_screens import address, save

pytestmark = pytest.mark.django_db
ALL = list(Parts)
PARTS = ("participants", "agenda", "speeches", "awards_given", "figures", "tasks", "keynotes", "attachments")


def full(court, rows=1) -> Conference:
    """A conference with `rows` rows in each part."""
    made = make.published(
        court=court, title="2023年度工作总结暨2024年工作部署会", theme="去年的主题", summary="去年的摘要"
    )
    for number in range(rows):
        person = make.person(department=make.department(court=court), post="庭长")
        given = {"conference": made, "order": number, "person": person}
        make.participant(**given, name="旧名", post="副庭长", role="chair")
        make.agenda_item(**given, name="旧名", title="宣读2023年度表彰决定", private_note="私下", minutes=5)
        speech = make.speech(**given, name="旧名", text="全文", summary="摘要", kind="report")
        make.figure(
            conference=made,
            order=number,
            label="2023年受理案件",
            speech=speech,
            quote="原话",
            rank=1,
            rank_scope="全市",
            rank_kind="exact",
        )
        task = make.task(conference=made, order=number, speech=speech, heading="把牢方向", text="正文")
        measure = make.measure(
            task=task,
            lead=person.department,
            responsible=person,
            responsible_name="某",
            due_on=datetime.date(2024, 2, 29),
        )
        measure.helpers.add(make.department(court=court))
        make.commendation(conference=made, announced=True)
        make.keynote(conference=made)
    return made


def copied(source, parts=ALL, **values):
    clerk = make.user(CLERK, court=source.court)
    return copy(source, Conference(**first_values(source) | values), parts, by=clerk)


def counts(conference) -> dict[str, int]:
    return {part: number for part in PARTS if (number := getattr(conference, part).count())}


def test_years_title_and_dates_go_forward_and_the_day_of_the_week_stays():
    source = make.published(
        title="二〇二三年总结暨2024年部署会", starts_on=datetime.date(2024, 2, 2), ends_on=datetime.date(2024, 2, 3)
    )

    made = copied(source)

    assert (made.title, made.year_reviewed, made.year_planned) == ("二〇二四年总结暨2025年部署会", 2024, 2025)
    assert (made.starts_on, made.ends_on) == (datetime.date(2025, 1, 31), datetime.date(2025, 2, 1))
    assert made.starts_on.weekday() == source.starts_on.weekday()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年总结、2024年部署", "2024年总结、2025年部署"),
        ("第2022号", "第2022号"),
        ("二〇二四", "二〇二五"),
        ("", ""),
    ],
)
def test_only_the_years_of_the_conference_are_advanced(text, expected):
    assert advanced(text, Conference(year_reviewed=2023, year_planned=2024)) == expected


def test_a_conference_whose_two_years_are_one_is_advanced_once():
    assert advanced("2024年半年总结", Conference(year_reviewed=2024, year_planned=2024)) == "2025年半年总结"


def test_a_copy_is_a_draft_with_the_habits_and_without_what_happened_that_day():
    source = full(make.court())
    Conference.objects.filter(pk=source.pk).update(venue="二楼", audience="public", roll_order="strokes")
    source.refresh_from_db()

    made = copied(source)

    assert made.state == Conference.State.DRAFT
    assert (made.venue, made.audience, made.roll_order, made.theme, made.summary) == (
        "二楼",
        "public",
        "strokes",
        "",
        "",
    )
    assert made.commendations.count() == 0


def test_only_what_was_chosen_comes_along():
    source = full(make.court())

    assert counts(copied(source, [])) == {}
    assert counts(copied(source, [Parts.AGENDA], year_reviewed=2030, year_planned=2030)) == {"agenda": 1}
    everything = copied(source, ALL, year_reviewed=2031, year_planned=2031)
    assert counts(everything) == dict.fromkeys(PARTS[:6], 1)


def test_people_are_what_the_register_says_now():
    source = full(make.court())
    person = source.participants.get().person

    made = copied(source)

    for part in ("participants", "agenda", "speeches"):
        row = getattr(made, part).get()
        assert (row.name, row.post, row.department, row.department_name) == (
            person.name,
            "庭长",
            person.department,
            person.department.name,
        )
    assert made.participants.get().role == "chair"
    assert source.participants.get().name == "旧名"


def test_whoever_left_comes_along_no_more():
    source = full(make.court())
    source.participants.update(department=None, department_name="")
    source.court.people.update(is_active=False)

    made = copied(source)

    assert made.participants.count() == 0
    assert [(row.person, row.name) for row in (made.agenda.get(), made.speeches.get())] == [(None, "")] * 2
    assert [(row.responsible, row.responsible_name) for row in Measure.objects.filter(task__conference=made)] == [
        (None, "")
    ]


def test_guests_and_departments_come_along_as_they_were_written():
    source = make.conference()
    make.speech(conference=source, name="", department_name="执行局")
    guest = make.person(court=source.court, organisation="区委", post="书记")
    make.participant(conference=source, person=guest, name="杨某", department_name="区委")

    made = copied(source)

    assert made.speeches.get().department_name == "执行局"
    assert made.participants.values_list("name", "department_name", "post").get() == (guest.name, "区委", "书记")


def test_texts_notes_and_values_stay_behind():
    made = copied(full(make.court()))

    assert made.agenda.values_list("title", "private_note", "minutes").get() == ("宣读2024年度表彰决定", "", 5)
    assert made.speeches.values_list("kind", "text", "summary").get() == ("report", "", "")
    figure = made.figures.get()
    assert (figure.label, figure.value, figure.quote, figure.rank, figure.unit) == (
        "2024年受理案件",
        None,
        "",
        None,
        "件",
    )
    assert figure.value_text != ""
    figure.full_clean()
    task = made.tasks.get()
    assert (task.heading, task.text) == ("把牢方向", "")


def test_figures_and_tasks_keep_their_speech_among_the_new_ones():
    source = full(make.court(), rows=3)
    source.speeches.update(order=0)

    made = copied(source)

    speech_of = {figure.order: figure.speech.name for figure in source.figures.all()}
    assert len(set(made.figures.values_list("speech", flat=True))) == 3
    assert {figure.speech.conference for figure in made.figures.all()} == {made}
    assert len(speech_of) == made.tasks.exclude(speech=None).count() == 3


def test_measures_keep_their_departments_and_are_due_a_year_later():
    source = full(make.court())
    old = Measure.objects.get(task__conference=source)

    made = copied(source)

    new = Measure.objects.get(task__conference=made)
    assert (new.text, new.lead, list(new.helpers.all())) == (old.text, old.lead, list(old.helpers.all()))
    assert new.due_on == datetime.date(2025, 2, 28)


def test_an_indicator_that_ended_gives_way_to_the_one_that_took_its_name_over():
    source = make.conference()
    old = Indicator.objects.create(name="结案率", valid_to=datetime.date(2023, 12, 31))
    gone = Indicator.objects.create(name="旧指标", valid_to=datetime.date(2023, 12, 31))
    new = Indicator.objects.create(name="结案率", valid_from=datetime.date(2024, 1, 1))
    for order, indicator in enumerate((old, gone)):
        make.figure(conference=source, indicator=indicator, order=order)

    made = copied(source)

    assert [figure.indicator for figure in made.figures.all()] == [new, None]


def test_awards_without_names_come_along_once():
    source = full(make.court())
    category = make.category(court=source.court)
    make.award_given(conference=source, category=category, quantity="30名")
    make.award_given(conference=source, category=source.commendations.get().category)

    made = copied(source)

    assert list(made.awards_given.values_list("category", "quantity")) == [
        (source.commendations.get().category_id, ""),
        (category.pk, ""),
    ]


def test_what_fails_leaves_nothing_behind(monkeypatch):
    source = full(make.court())
    monkeypatch.setattr(Figure.objects, "bulk_create", lambda _rows: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        copied(source)

    assert list(Conference.objects.all()) == [source]


def test_only_a_clerk_of_the_court_copies():
    source = make.conference()

    for user in (make.user(APPROVER, court=source.court), make.user(CLERK, court=make.court())):
        with pytest.raises(NotAllowed):
            copy(source, Conference(**first_values(source)), ALL, by=user)
    assert Conference.objects.count() == 1


def test_a_copy_takes_the_same_number_of_queries_for_one_row_and_for_thirty():
    one, thirty = full(make.court()), full(make.court(), rows=30)
    taken = []
    for source in (one, thirty):
        clerk = make.user(CLERK, court=source.court)
        with CaptureQueriesContext(connection) as queries:
            copy(source, Conference(**first_values(source)), ALL, by=clerk)
        taken.append(len(queries))

    assert taken[0] == taken[1]


# --- pages ---


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(source) -> str:
    return reverse("intake:copy_conference", args=[source.pk])


def filled(client, source) -> dict:
    form = client.get(page(source)).context["form"]
    return {name: form.initial[name] for name in form.fields if form.initial.get(name) is not None}


def test_a_clerk_chooses_a_conference_and_gets_its_copy():
    source = full(make.court())
    client = signed_in(make.user(CLERK, court=source.court))

    offered = client.get(reverse("intake:copy")).context["conferences"]
    answer = client.post(page(source), filled(client, source))

    made = Conference.objects.get(year_reviewed=2024)
    assert list(offered) == [source]
    assert answer.headers["Location"] == reverse("admin:conferences_conference_change", args=[made.pk])
    assert (counts(made), Measure.objects.filter(task__conference=made).count()) == (dict.fromkeys(PARTS[:6], 1), 0)


@pytest.mark.parametrize("kind", [Conference.Kind.ANNUAL, Conference.Kind.QUARTERLY])
def test_a_year_that_has_its_conference_is_refused_at_the_field(kind):
    source = make.published(kind=kind)
    make.conference(court=source.court, kind=kind, year_reviewed=2024)
    client = signed_in(make.user(CLERK, court=source.court))

    form = client.post(page(source), filled(client, source)).context["form"]

    assert list(form.errors) == ["year_reviewed"]
    assert Conference.objects.count() == 2


def test_conferences_of_other_courts_are_neither_offered_nor_copied():
    source = make.published()
    client = signed_in(make.user(CLERK, court=make.court()))

    assert list(client.get(reverse("intake:copy")).context["conferences"]) == []
    assert (client.get(page(source)).status_code, client.post(page(source), {"title": "x"}).status_code) == (404, 404)


@pytest.mark.parametrize("address", ["admin:conferences_conference_changelist", "admin:conferences_conference_add"])
def test_the_list_and_the_new_conference_lead_to_the_copy(address):
    client = signed_in(make.user(CLERK, court=make.court()))

    assert reverse("intake:copy") in client.get(reverse(address)).content.decode()


# --- filling in what the copy left open ---


def test_a_number_typed_on_the_screen_replaces_what_the_copy_left_open(client):
    made = copied(full(make.court()))
    client.force_login(make.user(CLERK, court=made.court))

    saved = save(client, address(made), figures__0__value="12478")

    figure = made.figures.get()
    assert saved.status_code == 302
    assert (figure.value, figure.value_text, figure.precision) == (12478, "", Figure.Precision.EXACT)
    assert [finding.code for finding in assess(made).blocking if finding.code == "figure-placeholder"] == []


def test_a_number_that_is_pasted_replaces_it_too(client):
    made = copied(full(make.court()))
    client.force_login(make.user(CLERK, court=made.court))
    headings = "\t".join(KINDS["figures"].column(name).heading for name in ("label", "value"))
    text = f"{headings}\n{made.figures.get().label}\t12478"

    answer = client.post(reverse("intake:paste_table", args=[made.pk]), {"kind": "figures", "text": text})
    client.post(answer.headers["Location"], {"act": "confirm"})

    figure = made.figures.get()
    assert (figure.value, figure.value_text, figure.precision) == (12478, "", Figure.Precision.EXACT)


def test_words_of_the_clerk_are_no_placeholder():
    figure = make.figure(value=40, value_text="40余", precision="about")

    figure.take_number()

    assert (figure.value_text, figure.precision) == ("40余", "about")
