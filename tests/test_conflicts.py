"""Two people at one record: the second sees what the first saved, chooses, and writes over nothing unasked."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conferences.models import Conference, Figure, Keynote, Measure, PriorityTask, Speech
from tests import make
from tests.test_screens import MOST_QUERIES, address, mistakes, save, with_rows
from tests.typed import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return make.court()


@pytest.fixture
def conference(court):
    return make.conference(court=court, theme="原来", venue="一楼")


@pytest.fixture
def mine(court) -> Client:
    client = Client()
    client.force_login(make.user("clerk", court=court, last_name="李", first_name="明"))
    return client


@pytest.fixture
def theirs(court) -> Client:
    client = Client()
    client.force_login(make.user("clerk", court=court, last_name="王", first_name="芳"))
    return client


def conflicts(response: Any) -> list[tuple[str, str, str]]:
    """Name, my value and the other's of each conflict."""
    found = response.context["comparison"].conflicts
    return [(one.name, one.mine, one.theirs) for one in found]


def changes(response: Any) -> list[tuple[str, str]]:
    """What was taken over: my value and the other's."""
    return [(one.mine, one.theirs) for one in response.context["comparison"].changes]


def choose(response: Any, choice: str) -> dict[str, str]:
    """The page as it would be posted with this button chosen in every conflict."""
    chosen = {f"choose-{one.name}": f"{choice}:{one.print}" for one in response.context["comparison"].conflicts}
    return fields_of(response) | chosen


def test_a_field_that_both_changed_is_chosen(mine, theirs, conference):
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"theme": "我的", "keynotes-0-text": "我的提法"}
    save(theirs, url, theme="别人的")

    shown = mine.post(url, typed)

    conference.refresh_from_db()
    assert (conference.theme, conference.keynotes.count()) == ("别人的", 0)
    assert conflicts(shown) == [("theme", "我的", "别人的")]
    assert fields_of(shown) | {"theme": "我的", "keynotes-0-text": "我的提法"} == fields_of(shown)


@pytest.mark.parametrize(("choice", "theme"), [("mine", "我的"), ("theirs", "别人的")])
def test_what_was_chosen_is_saved_with_everything_else(choice, theme, mine, theirs, conference):
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"theme": "我的", "venue": "二楼"}
    save(theirs, url, theme="别人的")

    saved = mine.post(url, choose(mine.post(url, typed), choice))

    conference.refresh_from_db()
    assert (saved.status_code, conference.theme, conference.venue) == (302, theme, "二楼")


def test_the_second_is_told_of_everyone_who_saved(mine, theirs, court, conference):
    third = Client()
    third.force_login(make.user("clerk", court=court, last_name="赵", first_name="强"))
    url = address(conference)
    save(third, url, theme="更早")
    typed = fields_of(mine.get(url)) | {"theme": "我的"}
    save(theirs, url, theme="别人的")
    save(mine, url, venue="三楼")

    shown = mine.post(url, typed)

    told = str(shown.context["meanwhile"])
    assert ([name for name in ("赵强", "王芳", "李明") if name in told], mistakes(shown)) == (["王芳", "李明"], [])


@pytest.mark.parametrize("seen_at", ["", "nonsense", "2020-01-01", "0001-01-01T00:00:00+14:00"])
def test_a_page_that_does_not_say_when_it_was_opened_is_answered_too(seen_at, mine, theirs, conference):
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"theme": "我的", "seen_at": seen_at}
    save(theirs, url, theme="别人的")

    assert "王芳" in str(mine.post(url, typed).context["meanwhile"])


def test_without_a_choice_it_is_asked_again(mine, theirs, conference):
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"theme": "我的"}
    save(theirs, url, theme="别人的")

    again = mine.post(url, fields_of(mine.post(url, typed)))

    conference.refresh_from_db()
    assert (conflicts(again), conference.theme) == ([("theme", "我的", "别人的")], "别人的")


def test_a_choice_does_not_hold_for_what_a_third_one_saves(mine, theirs, conference):
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"theme": "我的"}
    save(theirs, url, theme="别人的")
    chosen = choose(mine.post(url, typed), "mine")
    save(theirs, url, theme="又改了")

    again = mine.post(url, chosen)

    conference.refresh_from_db()
    assert (conflicts(again), conference.theme) == ([("theme", "我的", "又改了")], "又改了")


def test_what_the_other_changed_alone_is_taken_over_and_shown(mine, theirs, conference):
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"theme": "我的"}
    save(theirs, url, venue="三楼")

    shown = mine.post(url, typed)
    saved = mine.post(url, fields_of(shown))

    conference.refresh_from_db()
    assert (conflicts(shown), changes(shown)) == ([], [("一楼", "三楼")])
    assert (saved.status_code, conference.theme, conference.venue) == (302, "我的", "三楼")


def test_what_was_taken_over_can_be_changed_on_the_same_page(mine, theirs, conference):
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"theme": "我的"}
    save(theirs, url, venue="三楼")

    saved = mine.post(url, fields_of(mine.post(url, typed)) | {"venue": "一楼"})

    conference.refresh_from_db()
    assert (saved.status_code, conference.venue) == (302, "一楼")


def test_both_typing_the_same_is_no_conflict(mine, theirs, conference):
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"theme": "一样"}
    save(theirs, url, theme="一样")

    assert mine.post(url, typed).status_code == 302


def test_what_does_not_concern_this_screen_does_not_stop_it(mine, theirs, conference):
    make.category(court=conference.court, name="先进个人")
    roll = f"/admin/awards/honourroll/{conference.pk}/change/"
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"theme": "我的"}
    save(theirs, roll, honours__0__title="全省法院先进集体")

    assert (mine.post(url, typed).status_code, conference.honours.count()) == (302, 1)


def test_a_change_on_another_page_is_seen_too(mine, conference):
    figure = make.figure(conference=conference, value=100)
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"figures-0-value": "300"}
    Figure.objects.filter(pk=figure.pk).update(value=200)

    shown = mine.post(url, typed)

    assert conflicts(shown) == [("figures-0-value", "300", "200")]


def test_fields_of_a_row_are_told_apart(mine, theirs, conference):
    make.figure(conference=conference, label="收案", value=100, unit="件", rank=3, rank_kind="exact", rank_scope="全市")
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"figures-0-value": "200.0"}
    save(theirs, url, figures__0__label="收案数", figures__0__rank="2")

    shown = mine.post(url, typed)
    mine.post(url, fields_of(shown))

    figure = Figure.objects.get()
    assert (conflicts(shown), changes(shown)) == ([], [("收案", "收案数"), ("3", "2")])
    assert (figure.label, figure.value, figure.rank) == ("收案数", 200, 2)


def test_a_long_text_is_shown_where_it_differs(mine, theirs, conference):
    before, after = "开头" * 500, "结尾" * 500
    make.speech(conference=conference, text=f"{before}原文{after}")
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"speeches-0-text": f"{before}我的{after}"}
    save(theirs, url, speeches__0__text=f"{before}别人{after}")

    [(_name, my_text, their_text)] = conflicts(mine.post(url, typed))

    assert (my_text, their_text) == (
        f"…{'开头' * 15}我的{'结尾' * 15}…",
        f"…{'开头' * 15}别人{'结尾' * 15}…",
    )


def test_a_row_that_the_other_added_stays_and_is_shown(mine, theirs, conference):
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"keynotes-0-text": "我加的"}
    save(theirs, url, keynotes__0__text="别人加的")

    shown = mine.post(url, typed)
    saved = mine.post(url, fields_of(shown))

    assert [mine_text for mine_text, _theirs in changes(shown)] == [""]
    assert "别人加的" in changes(shown)[0][1]
    assert saved.status_code == 302
    assert set(Keynote.objects.values_list("text", flat=True)) == {"我加的", "别人加的"}


def test_a_row_that_the_other_deleted_goes(mine, theirs, conference):
    make.keynote(conference=conference, text="要删的")
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"theme": "我的"}
    save(theirs, url, keynotes__0__DELETE="on")

    shown = mine.post(url, typed)
    saved = mine.post(url, fields_of(shown))

    assert (len(changes(shown)), conflicts(shown), saved.status_code) == (1, [], 302)
    assert (changes(shown)[0][0].split()[-1], Keynote.objects.count()) == ("要删的", 0)


@pytest.mark.parametrize(("choice", "texts"), [("mine", ["我改的"]), ("theirs", [])])
def test_a_row_that_the_other_deleted_and_i_changed_is_chosen(choice, texts, mine, theirs, conference):
    make.keynote(conference=conference, text="提法")
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"keynotes-0-text": "我改的"}
    save(theirs, url, keynotes__0__DELETE="on")

    shown = mine.post(url, typed)
    saved = mine.post(url, choose(shown, choice))

    assert [name for name, _mine, _theirs in conflicts(shown)] == ["keynotes-0-DELETE"]
    assert saved.status_code == 302, mistakes(saved)
    assert list(Keynote.objects.values_list("text", flat=True)) == texts


@pytest.mark.parametrize(("choice", "texts"), [("mine", []), ("theirs", ["别人改的"])])
def test_a_row_that_i_deleted_and_the_other_changed_is_chosen(choice, texts, mine, theirs, conference):
    make.keynote(conference=conference, text="提法")
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"keynotes-0-DELETE": "on"}
    save(theirs, url, keynotes__0__text="别人改的")

    shown = mine.post(url, typed)
    saved = mine.post(url, choose(shown, choice))

    assert [name for name, _mine, _theirs in conflicts(shown)] == ["keynotes-0-DELETE"]
    assert saved.status_code == 302, mistakes(saved)
    assert list(Keynote.objects.values_list("text", flat=True)) == texts


def test_a_deleted_task_is_brought_back_with_its_measures(mine, theirs, conference):
    make.measure(task=make.task(conference=conference, heading="任务"), text="举措")
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"tasks-0-measures-0-text": "举措改"}
    save(theirs, url, tasks__0__DELETE="on")

    saved = mine.post(url, choose(mine.post(url, typed), "mine"))

    assert saved.status_code == 302, mistakes(saved)
    assert (PriorityTask.objects.get().heading, Measure.objects.get().text) == ("任务", "举措改")
    assert Measure.objects.get().task == PriorityTask.objects.get()


def test_a_task_that_i_delete_is_asked_about_when_the_other_added_a_measure(mine, theirs, conference):
    make.measure(task=make.task(conference=conference), text="举措")
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"tasks-0-DELETE": "on"}
    save(theirs, url, **{"tasks-0-measures-1-text": "又一条"})

    shown = mine.post(url, typed)
    kept = mine.post(url, choose(shown, "theirs"))

    assert [name for name, _mine, _theirs in conflicts(shown)] == ["tasks-0-DELETE"]
    assert (kept.status_code, Measure.objects.count()) == (302, 2)


def test_measures_are_compared_inside_their_task(mine, theirs, conference):
    make.measure(task=make.task(conference=conference), text="举措", target="95%")
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"tasks-0-measures-0-text": "我的"}
    save(theirs, url, **{"tasks-0-measures-0-text": "别人的", "tasks-0-measures-0-target": "98%"})

    shown = mine.post(url, typed)
    mine.post(url, choose(shown, "mine"))

    assert conflicts(shown) == [("tasks-0-measures-0-text", "我的", "别人的")]
    assert (Measure.objects.get().text, Measure.objects.get().target) == ("我的", "98%")


def test_a_speaker_called_differently_changes_no_row_that_points_to_the_speech(mine, theirs, conference):
    speech = make.speech(conference=conference, name="杜某", title="报告")
    make.figure(conference=conference, speech=speech)
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"theme": "我的"}
    save(theirs, url, new_names="keep", speeches__0__name="杜晓明")

    shown = mine.post(url, typed)
    saved = mine.post(url, fields_of(shown))

    assert (conflicts(shown), changes(shown)) == ([], [("杜某", "杜晓明")])
    assert (saved.status_code, Figure.objects.get().speech) == (302, Speech.objects.get())


def test_of_rows_that_both_moved_my_order_stays(mine, theirs, conference):
    for place in (1, 2):
        make.keynote(conference=conference, text=f"第{place}", order=place)
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"keynotes-0-order": "5"}
    save(theirs, url, keynotes__0__order="9", keynotes__1__order="1")

    saved = mine.post(url, typed)

    assert saved.status_code == 302
    assert list(Keynote.objects.order_by("order").values_list("text", "order")) == [("第2", 1), ("第1", 5)]


def test_a_page_that_does_not_say_what_it_showed_writes_over_nothing(mine, conference):
    url = address(conference)
    typed = fields_of(mine.get(url)) | {"theme": "我的", "opened": "nonsense"}

    shown = mine.post(url, typed)

    conference.refresh_from_db()
    assert (conflicts(shown), conference.theme) == ([("theme", "我的", "原来")], "原来")


def test_a_row_like_one_that_the_other_added_is_refused_at_its_field(mine, theirs, conference):
    category = make.category(court=conference.court, name="先进个人")
    person = make.person(court=conference.court, name="李建国")
    roll = f"/admin/awards/honourroll/{conference.pk}/change/"
    winner = {"commendations-0-name": person.name, "commendations-0-category_name": category.name}
    typed = fields_of(mine.get(roll)) | winner
    save(theirs, roll, **winner)

    refused = mine.post(roll, fields_of(mine.post(roll, typed)))

    assert [place for place, _message in mistakes(refused)] == ["id_commendations-0-name"]
    assert conference.commendations.count() == 1


def test_sixty_rows_that_both_changed_are_compared_with_few_queries(mine, theirs, court):
    conference = with_rows(court, 60)
    url = address(conference)
    names = [name for name, text in fields_of(mine.get(url)).items() if name.endswith(("-title", "-heading")) and text]
    typed = fields_of(mine.get(url)) | dict.fromkeys(names, "我的")
    theirs.post(url, fields_of(theirs.get(url)) | dict.fromkeys(names, "别人的"))

    with CaptureQueriesContext(connection) as queries:
        shown = mine.post(url, typed)

    assert len(conflicts(shown)) == len(names) >= 180
    assert len(queries) <= MOST_QUERIES


def test_a_clerk_of_another_court_learns_nothing(theirs, conference):
    other = Client()
    other.force_login(make.user("clerk", court=make.court()))
    url = address(conference)
    typed = fields_of(theirs.get(url)) | {"opened": "", "theme": "劫持"}

    assert other.post(url, typed)["Location"] == "/admin/"
    assert Conference.objects.get().theme == "原来"
