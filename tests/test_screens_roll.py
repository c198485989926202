"""The honour roll on one screen, and how rows find people."""

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import AwardCategory, Commendation, Decision, Honour
from courts.models import Department, Person
from tests import make
from tests.test_screens import MOST_QUERIES, mistakes, save
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
Recipient = AwardCategory.RecipientKind


@pytest.fixture
def court():
    return make.court(document_prefix="青法")


@pytest.fixture
def conference(court, client):
    client.force_login(make.user("clerk", court=court))
    return make.conference(court=court)


@pytest.fixture
def category(court):
    return make.category(court=court, name="先进个人")


@pytest.fixture
def person(court):
    return make.person(court=court, name="李娜", post="法官", department=make.department(court=court, name="民庭"))


def address(conference):
    return reverse("admin:awards_honourroll_change", args=[conference.pk])


def snapshot(winner):
    return winner.name, winner.department_name, winner.post, winner.person, winner.department


# --- Names ---


def winner_typed(client, conference, *, category="先进个人", new_names="stop", **typed):
    given = {f"commendations-0-{name}": text for name, text in typed.items()}
    return save(
        client, address(conference), new_names=new_names, **{"commendations-0-category_name": category}, **given
    )


def test_a_name_of_the_register_is_linked_and_filled(conference, category, person, client):
    winner_typed(client, conference, name="李　娜")
    winner = Commendation.objects.get()
    assert snapshot(winner) == ("李娜", "民庭", "法官", person, person.department)
    assert (winner.category, bool(winner.stroke_key), bool(winner.pinyin_key)) == (category, True, True)


def test_what_was_typed_beside_a_name_is_the_record(conference, category, person, client):
    make.department(court=conference.court, name="立案庭")
    winner_typed(client, conference, name="李娜", department_name="立案庭", post="副庭长")
    assert snapshot(Commendation.objects.get())[:3] == ("李娜", "立案庭", "副庭长")


def test_another_name_brings_its_own_department_and_post(conference, category, person, client):
    make.commendation(conference=conference, category=category, person=person)
    bureau = make.department(court=conference.court, name="执行局")
    other = make.person(court=conference.court, name="王芳", department=bureau, post="书记员")
    winner_typed(client, conference, name="王芳")
    assert snapshot(Commendation.objects.get()) == ("王芳", "执行局", "书记员", other, bureau)


def test_a_namesake_needs_the_department(conference, category, person, client):
    bureau = make.department(court=conference.court, name="执行局")
    namesake = make.person(court=conference.court, name="李娜", department=bureau)
    refused = winner_typed(client, conference, name="李娜")
    assert [anchor for anchor, _message in mistakes(refused)] == ["id_commendations-0-name"]
    assert "民庭、执行局" in mistakes(refused)[0][1]
    winner_typed(client, conference, name="李娜（执行局）")
    assert snapshot(Commendation.objects.get())[:4] == ("李娜", "执行局", "", namesake)


def test_an_unknown_name_stops_and_asks(conference, category, client):
    response = winner_typed(client, conference, name="赵新")
    assert [anchor for anchor, _message in mistakes(response)] == ["id_commendations-0-name"]
    assert fields_of(response)["commendations-0-new_name"] == ""
    assert (Commendation.objects.count(), Person.objects.count()) == (0, 0)


def test_an_unknown_name_is_added_with_its_department(conference, category, client):
    winner_typed(client, conference, new_names="add", name="赵新", department_name="新庭", post="法官")
    added = Person.objects.get()
    assert (added.court, added.name, added.department.name, added.post) == (conference.court, "赵新", "新庭", "法官")
    assert snapshot(Commendation.objects.get()) == ("赵新", "新庭", "法官", added, Department.objects.get())


def test_an_unknown_name_is_kept_as_written(conference, category, client):
    winner_typed(client, conference, new_names="keep", name="区委书记", department_name="区委")
    assert snapshot(Commendation.objects.get()) == ("区委书记", "区委", "", None, None)
    assert (Person.objects.count(), Department.objects.count()) == (0, 0)


def test_a_row_may_choose_for_itself(conference, category, client):
    typed = {
        "commendations-0-new_name": "keep",
        "commendations-0-category_name": "先进个人",
        "commendations-0-name": "外",
    }
    url = address(conference)
    client.post(url, fields_of(client.get(url)) | {"new_names": "add"} | typed)
    assert (Commendation.objects.get().name, Person.objects.count()) == ("外", 0)


def test_without_the_permission_nothing_is_added_to_the_register(conference, category, client, court):
    clerks = Group.objects.get(name="clerk")
    clerks.permissions.remove(clerks.permissions.get(codename="add_person"))
    response = winner_typed(client, conference, new_names="add", name="赵新")
    assert [anchor for anchor, _message in mistakes(response)] == ["id_commendations-0-name"]
    assert not Person.objects.exists()


def test_a_stored_row_is_not_complained_about_again(conference, category, client):
    make.commendation(conference=conference, category=category, name="从前的人")
    make.person(court=conference.court, name="从前的人")
    make.person(court=conference.court, name="从前的人")
    response = winner_typed(client, conference, deeds="补充事迹")
    assert response.status_code == 302
    assert (Commendation.objects.get().deeds, Commendation.objects.get().person) == ("补充事迹", None)


# --- Awards ---


def test_winners_stand_under_their_awards(conference, client, court):
    collective = make.category(court=court, name="先进集体", recipient_kind=Recipient.DEPARTMENT, order=1)
    single = make.category(court=court, name="先进个人", order=2)
    make.category(court=court, name="办案标兵", order=3)
    make.category(court=make.court(), name="别院奖项")
    make.commendation(conference=conference, category=single, name="李娜")
    make.commendation(conference=conference, category=collective, department=make.department(court=court))
    parts = client.get(address(conference)).context["inline_admin_formsets"]
    groups = list(next(part for part in parts if part.opts.model is Commendation).formset.groups())
    assert [(group.label, group.size, group.is_collective) for group in groups] == [
        ("先进集体", 1, True),
        ("先进个人", 1, False),
        ("办案标兵", 0, False),
        ("", 0, False),
    ]


def test_a_department_is_honoured_as_a_whole(conference, client, court):
    make.category(court=court, name="先进集体", recipient_kind=Recipient.DEPARTMENT)
    bureau = make.department(court=court, name="执行局")
    winner_typed(client, conference, category="先进集体", name="执行局")
    assert snapshot(Commendation.objects.get()) == ("", "执行局", "", None, bureau)


def test_a_family_is_not_looked_for_in_the_register(conference, client, court):
    make.category(court=court, name="文明家庭", recipient_kind=Recipient.FAMILY)
    make.person(court=court, name="李娜家庭")
    winner_typed(client, conference, category="文明家庭", name="李娜家庭")
    assert snapshot(Commendation.objects.get()) == ("李娜家庭", "", "", None, None)


def test_an_award_is_added_while_typing(conference, client, court):
    winner_typed(client, conference, category="办案能手", new_names="add", name="赵新")
    added = AwardCategory.objects.get()
    assert (added.court, added.name, added.family, added.recipient_kind) == (court, "办案能手", "in-house", "person")


@pytest.mark.parametrize("new_names", ["stop", "keep"])
def test_an_award_that_is_not_there_is_said_at_its_field(new_names, conference, client):
    make.category(name="别院奖项")
    response = winner_typed(client, conference, category="别院奖项", new_names=new_names, name="赵新")
    assert mistakes(response)[0][0] == "id_commendations-0-category_name"
    assert not Commendation.objects.exists()


def test_nobody_wins_an_award_twice(conference, category, person, client):
    make.commendation(conference=conference, category=category, person=person)
    url = address(conference)
    data = fields_of(client.get(url)) | {"commendations-1-name": "李娜", "commendations-1-category_name": "先进个人"}
    response = client.post(url, data)
    assert [anchor for anchor, _message in mistakes(response)] == ["id_commendations-1-name"]
    assert Commendation.objects.count() == 1


def test_nobody_new_wins_an_award_twice_either(conference, category, client):
    url = address(conference)
    data = fields_of(client.get(url)) | {"commendations-TOTAL_FORMS": "2", "new_names": "add"}
    for row in (0, 1):
        data |= {f"commendations-{row}-name": "赵新", f"commendations-{row}-category_name": "先进个人"}
    response = client.post(url, data)
    assert {anchor for anchor, _message in mistakes(response)} == {"id_commendations-0-name", "id_commendations-1-name"}
    assert (Commendation.objects.count(), Person.objects.count()) == (0, 0)


def test_two_winners_change_places(conference, category, court, client):
    people = [make.person(court=court, name=name) for name in ("甲某", "乙某")]
    rows = [make.commendation(conference=conference, category=category, person=person) for person in people]
    url = address(conference)
    client.post(url, fields_of(client.get(url)) | {"commendations-0-name": "乙某", "commendations-1-name": "甲某"})
    assert [Commendation.objects.get(pk=row.pk).person for row in rows] == people[::-1]


def test_what_was_announced_cannot_be_deleted(conference, category, client):
    make.commendation(conference=conference, category=category, name="已公布", announced=True)
    make.commendation(conference=conference, category=category, name="未公布")
    url = address(conference)
    data = fields_of(client.get(url))
    client.post(url, data | {f"commendations-{row}-DELETE": "on" for row in (0, 1)})
    assert [winner.name for winner in Commendation.objects.all()] == ["已公布"]


# --- Decisions and honours ---


def test_the_only_decision_is_that_of_each_new_winner(conference, category, person, client):
    url = address(conference)
    typed = {"decisions-0-title": "关于表彰的决定", "decisions-0-year": "2024", "decisions-0-serial": "3"}
    client.post(url, fields_of(client.get(url)) | typed)
    winner_typed(client, conference, name="李娜")
    decision = Decision.objects.get()
    assert (decision.document_number, decision.court) == ("青法〔2024〕3号", conference.court)
    assert Commendation.objects.get().decision == decision


def test_a_document_number_is_given_once(conference, client, court):
    make.decision(conference=make.conference(court=court, year_reviewed=2020), prefix="青法", year=2024, serial=3)
    typed = {"decisions-0-title": "另一决定", "decisions-0-year": "2024", "decisions-0-serial": "3"}
    url = address(conference)
    response = client.post(url, fields_of(client.get(url)) | typed)
    assert [anchor for anchor, _message in mistakes(response)] == ["id_decisions-0-serial"]
    assert Decision.objects.count() == 1


def test_a_decision_that_winners_rest_on_is_not_deleted(conference, category, client):
    decision = make.decision(conference=conference)
    make.commendation(conference=conference, category=category, decision=decision)
    response = save(client, address(conference), decisions__0__DELETE="on")
    assert [anchor for anchor, _message in mistakes(response)] == ["decisions"]
    assert Decision.objects.get() == decision


def test_an_honour_belongs_to_the_court_and_the_year_reviewed(conference, client):
    save(client, address(conference), honours__0__title="全市法院先进集体", honours__0__bodies="市中院、市总工会")
    honour = Honour.objects.get()
    assert (honour.court, honour.year, honour.body_list) == (conference.court, 2023, ["市中院", "市总工会"])


def test_the_row_of_an_honour_says_how_many_files_it_has_and_leads_to_them(conference, client):
    with_files, without = (make.honour(conference=conference, court=conference.court, order=one) for one in (1, 2))
    for _each in range(2):
        make.honour_file(honour=with_files)

    page = client.get(address(conference)).content.decode()

    place = r'<a href="/admin/awards/honour/(\d+)/change/#files-group">\D+(\d+)</a>'
    assert re.findall(place, page) == [(str(with_files.pk), "2"), (str(without.pk), "0")]
    assert 'id="files-group"' in client.get(f"/admin/awards/honour/{without.pk}/change/").content.decode()


def test_a_person_honoured_from_above_is_linked(conference, person, client):
    typed = {"honours-0-title": "先进个人", "honours-0-recipient_kind": "person", "honours-0-recipient_name": "李娜"}
    url = address(conference)
    client.post(url, fields_of(client.get(url)) | typed)
    assert (Honour.objects.get().person, Honour.objects.get().department) == (person, None)


# --- Bounds ---


def test_winners_of_another_court_are_refused_by_their_id(conference, category, client):
    mine = make.commendation(conference=conference, category=category, name="本院")
    other = make.commendation(name="别院")
    url = address(conference)
    data = fields_of(client.get(url)) | {"commendations-0-id": str(other.pk), "commendations-0-name": "劫持"}
    assert client.post(url, data | {"commendations-0-DELETE": "on"}).status_code == 200
    assert sorted(Commendation.objects.values_list("pk", "name")) == [(mine.pk, "本院"), (other.pk, "别院")]


def test_the_roll_of_a_submitted_conference_is_only_read(conference, category, client):
    make.commendation(conference=conference, category=category, name="赵已定")
    make.published(court=conference.court, year_reviewed=2020)
    clerk = make.user("clerk", court=conference.court)
    conference.submit(by=clerk)
    page = client.get(address(conference)).content.decode()
    assert ("赵已定" in page, 'name="commendations-0-name"' in page) == (True, False)
    assert client.post(address(conference), {"commendations-0-name": "改"}).status_code == 403


def test_sixty_winners_are_opened_and_saved_with_few_queries(conference, category, court, client):
    department = make.department(court=court, name="民庭")
    people = [make.person(court=court, name=f"王{chr(0x4E00 + n)}一", department=department) for n in range(120)]
    make.decision(conference=conference)
    for person in people[:60]:
        make.commendation(conference=conference, category=category, person=person, department=department)
    url = address(conference)
    with CaptureQueriesContext(connection) as opened:
        data = fields_of(client.get(url))
    for number, person in enumerate(people[60:]):
        data |= {f"commendations-{number}-name": person.name, f"commendations-{number}-decision_label": "1"}
    with CaptureQueriesContext(connection) as saved:
        response = client.post(url, data)
    assert response.status_code == 302, mistakes(response)[:5]
    assert [winner.person for winner in Commendation.objects.order_by("pk")] == people[60:]
    assert (len(opened) <= MOST_QUERIES, len(saved) <= MOST_QUERIES) == (True, True)
