"""Headings of a speech become tasks: proposed, ticked, linked to their passage, and counted."""

import pytest
from django.urls import reverse

from conferences.follow_up.headings import headings_of, make_tasks
from conferences.models import PriorityTask
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK
from tests import make

pytestmark = pytest.mark.django_db
TEXT = """同志们：
一、坚持政治引领
（一）强化理论武装
一是抓学习。每月一次。
二、聚焦主责主业
一审二审都要抓。"""


@pytest.fixture
def speech():
    return make.speech(text=TEXT)


def headings(speech):
    return {one.block.title: one for part in headings_of(speech.conference) for one in part.headings}


def clerk_of(speech):
    return make.user(CLERK, court=speech.conference.court)


def tick(speech, *titles, by=None):
    keys = [headings(speech)[title].key for title in titles]
    return make_tasks(speech.conference, keys, by=by or clerk_of(speech))


def test_the_headings_of_the_text_are_proposed(speech):
    assert list(headings(speech)) == ["一、坚持政治引领", "（一）强化理论武装", "一是抓学习", "二、聚焦主责主业"]
    assert not PriorityTask.objects.exists()


def test_only_what_was_ticked_becomes_a_task_with_its_passage(speech):
    tick(speech, "一是抓学习", "二、聚焦主责主业")

    rows = PriorityTask.objects.values_list("heading", "passage", "text", "speech", "order")
    assert list(rows) == [
        ("抓学习", "一是抓学习。", "每月一次。", speech.pk, 1),
        ("聚焦主责主业", "二、聚焦主责主业", "", speech.pk, 2),
    ]


def test_the_meter_says_how_many_headings_have_no_task(speech):
    tick(speech, "一是抓学习")
    task = make.task(conference=speech.conference, speech=speech, heading="聚焦主责主业")
    make.measure(task=task, text="强化理论武装")

    assert [(part.done, part.left) for part in headings_of(speech.conference)] == [(3, 1)]


def test_ticked_twice_a_heading_becomes_one_task(speech):
    first, second = tick(speech, "一是抓学习"), tick(speech, "一是抓学习", "一、坚持政治引领")

    assert (first, second, PriorityTask.objects.count()) == (1, 1, 2)


def test_what_was_changed_in_the_meantime_is_not_saved_unseen(speech):
    key = headings(speech)["二、聚焦主责主业"].key
    speech.text = TEXT.replace("聚焦主责主业", "聚焦执行攻坚")
    speech.save()

    with pytest.raises(Refused):
        make_tasks(speech.conference, [key], by=clerk_of(speech))
    assert not PriorityTask.objects.exists()


def test_nothing_ticked_is_refused(speech):
    with pytest.raises(Refused):
        make_tasks(speech.conference, [], by=clerk_of(speech))


def test_a_published_record_takes_no_task():
    speech = make.speech(conference=make.published(), text=TEXT)

    with pytest.raises(Refused):
        tick(speech, "一是抓学习")
    assert not PriorityTask.objects.exists()


@pytest.mark.parametrize("role", [APPROVER, "elsewhere"])
def test_only_the_clerks_of_the_court_make_tasks(speech, role):
    court = make.court() if role == "elsewhere" else speech.conference.court

    with pytest.raises(NotAllowed):
        tick(speech, "一是抓学习", by=make.user(CLERK if role == "elsewhere" else role, court=court))


def test_the_page_proposes_and_saves_what_was_ticked(client, speech):
    client.force_login(clerk_of(speech))
    page = reverse("admin:conferences_conference_headings", args=[speech.conference_id])
    key = headings(speech)["一、坚持政治引领"].key

    shown = client.get(page).content.decode()
    client.post(page, {"heading": [key]})

    assert ("checked" in shown, key in shown) == (False, True)
    assert [task.heading for task in PriorityTask.objects.all()] == ["坚持政治引领"]


def test_the_page_of_the_conference_leads_from_a_task_to_its_passage(client):
    speech = make.speech(conference=make.published(), text=TEXT)
    for passage in ("二、聚焦主责主业", "不再有的标题"):
        make.task(conference=speech.conference, speech=speech, heading=passage, passage=passage)

    page = client.get(speech.conference.get_absolute_url()).content.decode()

    assert page.count('class="passage"') == 1
    assert f'href="{speech.get_absolute_url()}#p5"' in page
