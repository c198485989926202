"""Winners by pasting: each line matched, new, ambiguous or wrong before anything is saved; then all or nothing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings

from awards.models import Commendation
from conferences.models import Conference
from courts.models import Person
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK
from intake.winners import ADD, KEEP, LEAVE, Pasted, State
from tests import make
from tests.test_publishing import at_once
from tests.test_reading_names import TEXTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return make.court()


@pytest.fixture
def conference(court):
    return make.conference(court=court)


@pytest.fixture
def category(court):
    return make.category(court=court, name="先进个人")


@pytest.fixture
def clerk(court):
    return make.user(CLERK, court=court)


@pytest.fixture
def read(conference, category, clerk):
    """The text read for the award; choices by the name of the line."""

    def of(text, by=None, of=category, **choices):
        found = as_stored(conference)
        pasted = Pasted(found, of, text, by=by or clerk)
        fields = {
            winner.field_name: choices[winner.line.name] for winner in pasted.winners if winner.line.name in choices
        }
        return Pasted(found, of, text, by=by or clerk, choices=fields) if fields else pasted

    return of


def as_stored(conference) -> Conference:
    return Conference.objects.select_related("court").get(pk=conference.pk)


def states(pasted) -> list[State]:
    return [winner.state for winner in pasted.winners]


def saved(pasted) -> int:
    return pasted.save(seen=pasted.seen)


def rows(conference):
    return list(conference.commendations.order_by("order").values_list("name", "department_name", "post"))


def test_each_line_says_what_becomes_of_it(read, court):
    department = make.department(court=court, name="执行局")
    make.person(court=court, name="张三")
    make.person(name="李四", department=department)
    make.person(court=court, name="李四")

    pasted = read("先进个人（4名）：\n张三\n李四\n王五\n赵六123")

    assert states(pasted) == [State.HEADING, State.MATCHED, State.AMBIGUOUS, State.NEW, State.WRONG]
    assert Commendation.objects.count() == 0


@pytest.mark.parametrize(
    ("registered", "written"), [("张　三", "张三"), ("张三", "张 三"), ("买买提•艾力", "买买提·艾力")]
)
def test_a_name_is_found_however_its_spaces_and_dots_are_written(read, court, registered, written):
    person = make.person(court=court, name=registered)

    assert [(winner.state, winner.person) for winner in read(written).winners] == [(State.MATCHED, person)]


def test_the_department_tells_two_people_of_one_name_apart(read, court):
    here, there = make.department(court=court, name="执行局"), make.department(court=court, name="立案庭")
    people = make.person(name="张三", department=here), make.person(name="张三", department=there)

    pasted = read("张三（执行局）\n立案庭 张三")

    assert [winner.person for winner in pasted.winners] == list(people)


def test_of_two_people_of_one_name_the_chosen_one_is_honoured(read, court, conference):
    people = [make.person(court=court, name="张三") for _number in range(2)]

    assert states(read("张三")) == [State.AMBIGUOUS]
    saved(read("张三", 张三=str(people[1].pk)))

    assert conference.commendations.get().person == people[1]


def test_saving_takes_department_and_post_from_the_text_and_else_from_the_register(read, court, conference):
    department = make.department(court=court, name="执行局")
    make.person(name="张三", department=department, post="法官")
    make.person(name="李四", department=department, post="法官")

    saved(read("张三\n立案庭 李四 庭长"))

    assert rows(conference) == [("张三", "执行局", "法官"), ("李四", "立案庭", "庭长")]


def test_new_names_are_added_to_the_register_or_kept_as_written(read, court, conference):
    department = make.department(court=court, name="执行局")

    saved(read("执行局 王五 法官\n赵六\n钱七", 赵六=KEEP, 钱七=LEAVE))

    person = Person.objects.get()
    assert (person.name, person.department, person.post, person.court) == ("王五", department, "法官", court)
    assert [(row.name, row.person) for row in conference.commendations.order_by("order")] == [
        ("王五", person),
        ("赵六", None),
    ]


def test_whoever_may_not_add_people_keeps_names_as_they_are_written(read, court, conference):
    by = make.user(CLERK, court=court)
    by.groups.get().permissions.remove(*by.groups.get().permissions.filter(codename="add_person"))

    pasted = read("王五", by=by)

    assert dict(pasted.winners[0].options).keys() == {KEEP, LEAVE}
    saved(pasted)
    assert (Person.objects.count(), conference.commendations.get().name) == (0, "王五")


def test_a_namesake_who_is_new_can_be_added_beside_the_one_who_is_known(read, court, conference):
    known = make.person(court=court, name="张三")

    saved(read("张三", 张三=ADD))

    assert conference.commendations.get().person not in {known, None}


def test_who_has_the_award_already_is_not_honoured_twice(read, court, conference, category):
    person = make.person(court=court, name="张三")
    make.commendation(conference=conference, category=category, person=person)
    make.commendation(conference=conference, category=category, name="李四")

    pasted = read("张三\n李四\n王五", 李四=KEEP)

    assert states(pasted) == [State.THERE, State.THERE, State.NEW]
    assert saved(pasted) == 1


def test_two_lines_that_are_one_person_are_refused(read, court, conference):
    one, _other = (
        make.person(name="张三", department=make.department(court=court, name=name)) for name in ("执行局", "立案庭")
    )
    pasted = read("张三（执行局）\n张三（立案庭）")
    assert states(pasted) == [State.MATCHED] * 2

    pasted = read("张三（执行局）\n张三（立案庭）", 张三=str(one.pk))

    assert states(pasted) == [State.MATCHED, State.WRONG]
    with pytest.raises(Refused):
        saved(pasted)
    assert conference.commendations.count() == 0


def test_two_new_namesakes_of_unknown_departments_are_refused(read):
    pasted = read("张三（甲处室）\n张三（乙处室）")

    assert states(pasted) == [State.NEW, State.WRONG]


def test_one_unsettled_line_holds_everything_back(read, conference):
    for text in ("张三\n李四123", "张三\n张三"):
        with pytest.raises(Refused):
            saved(read(text))

    assert (conference.commendations.count(), Person.objects.count()) == (0, 0)


def test_a_wrong_line_can_be_left_out(read, conference):
    pasted = read("张三\n李四123")
    choices = {pasted.winners[1].field_name: LEAVE}

    saved(Pasted(as_stored(conference), pasted.category, "张三\n李四123", by=pasted.by, choices=choices))

    assert [name for name, _department, _post in rows(conference)] == ["张三"]


def test_the_award_of_departments_honours_them_as_a_whole(read, court, conference):
    department = make.department(court=court, name="执行局")
    category = make.category(court=court, name="先进集体", recipient_kind="department")

    saved(read("1.执行局\n2.青年突击队", of=category))

    found = conference.commendations.order_by("order").values_list("name", "department_name", "department", "person")
    assert list(found) == [("", "执行局", department.pk, None), ("", "青年突击队", None, None)]


def test_winners_come_behind_those_that_are_there_under_the_only_decision(read, conference, category):
    decision = make.decision(conference=conference)
    make.commendation(conference=conference, category=category, order=7)

    saved(read("张三、李四"))

    assert list(conference.commendations.order_by("order").values_list("order", "decision"))[1:] == [
        (8, decision.pk),
        (9, decision.pk),
    ]


def test_saving_makes_an_open_screen_stale_and_keeps_versions(read, conference, clerk):
    before = conference.changed_at

    saved(read("张三"))

    conference.refresh_from_db()
    assert (conference.changed_at > before, conference.changed_by) == (True, clerk)
    assert Commendation.history.filter(history_type="+").count() == Person.history.filter(history_type="+").count() == 1


def test_a_conference_that_is_no_draft_takes_no_winners(read, conference, clerk):
    pasted = read("张三")
    conference.submit(by=clerk)

    with pytest.raises(Refused):
        saved(pasted)


def test_another_text_than_the_one_shown_is_refused(read):
    with pytest.raises(Refused):
        read("张三、李四").save(seen=read("张三").seen)


def test_what_was_shown_before_the_register_changed_is_refused(read, court):
    seen = read("张三").seen
    make.person(court=court, name="张三")

    with pytest.raises(Refused):
        read("张三").save(seen=seen)


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_save_the_same_names_at_once_one_does(read, conference):
    pasted = [read("张三、李四、王五") for _number in range(8)]

    outcomes = at_once(*(lambda one=one: saved(one) for one in pasted))

    assert outcomes == ["done"] + 7 * ["refused"]
    assert (conference.commendations.count(), Person.objects.count()) == (3, 3)


def test_only_a_clerk_of_the_court_saves(read, court):
    for user in (make.user(APPROVER, court=court), make.user(CLERK, court=make.court())):
        with pytest.raises(NotAllowed):
            saved(read("张三", by=user))


def test_sixty_winners_take_as_many_queries_as_one():
    taken = []
    for number in (1, 60):
        conference = make.conference()
        department = make.department(court=conference.court, name="执行局")
        names = [f"王{chr(0x4E10 + place)}" for place in range(number)]
        for name in names[::2]:
            make.person(name=name, department=department)
        text = "\n".join([*names, "李新"])
        clerk, category = make.user(CLERK, court=conference.court), make.category(court=conference.court)
        with CaptureQueriesContext(connection) as queries:
            assert saved(Pasted(as_stored(conference), category, text, by=clerk)) == number + 1
        taken.append(len(queries))

    assert taken[0] == taken[1]


# --- the page ---


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(conference) -> str:
    return reverse("intake:paste_winners", args=[conference.pk])


def test_a_clerk_pastes_reads_chooses_and_saves(conference, category, clerk):
    people = [make.person(court=conference.court, name="张三") for _number in range(2)]
    client, typed = signed_in(clerk), {"category": category.pk, "text": "张三\n李四"}

    shown = client.post(page(conference), typed | {"read": ""}).context["pasted"]
    again = {**typed, "seen": shown.seen, shown.winners[0].field_name: people[0].pk, shown.winners[1].field_name: KEEP}
    answer = client.post(page(conference), again | {"save": ""})

    assert states(shown) == [State.AMBIGUOUS, State.NEW]
    assert answer.headers["Location"] == reverse("admin:awards_honourroll_change", args=[conference.pk])
    assert list(conference.commendations.order_by("order").values_list("name", "person")) == [
        ("张三", people[0].pk),
        ("李四", None),
    ]


def test_what_is_refused_is_said_and_shown_again(conference, category, clerk):
    client, typed = signed_in(clerk), {"category": category.pk, "text": "张三"}
    seen = client.post(page(conference), typed).context["pasted"].seen

    answer = client.post(page(conference), {"category": category.pk, "text": "李四", "seen": seen, "save": ""})

    assert [str(message.level_tag) for message in answer.context["messages"]] == ["error"]
    assert [winner.line.name for winner in answer.context["pasted"].winners] == ["李四"]
    assert conference.commendations.count() == 0


def test_conferences_and_awards_of_other_courts_are_not_there(conference, category, clerk):
    other = make.conference()
    client = signed_in(clerk)

    assert client.get(page(other)).status_code == 404
    assert client.post(page(other), {"category": category.pk, "text": "张三", "save": ""}).status_code == 404
    foreign = make.category(court=other.court)
    assert client.post(page(conference), {"category": foreign.pk, "text": "张三"}).context["pasted"] is None


def test_a_published_conference_shows_no_form(category, clerk):
    published = make.published(court=category.court, year_reviewed=2020)

    answer = signed_in(clerk).post(page(published), {"category": category.pk, "text": "张三", "save": ""})

    assert answer.context["pasted"] is None
    assert Commendation.objects.count() == 0


def test_the_honour_roll_leads_to_the_page_with_its_award(conference, category, clerk):
    roll = signed_in(clerk).get(reverse("admin:awards_honourroll_change", args=[conference.pk])).content.decode()

    assert f"{page(conference)}?category={category.pk}" in roll


@given(text=TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_page_and_what_is_saved_is_whole(text, conference, category, clerk):
    client, typed = signed_in(clerk), {"category": category.pk, "text": text}
    Commendation.objects.all().delete()

    answer = client.post(page(conference), typed)
    pasted = answer.context.get("pasted") if answer.context else None
    if pasted is not None:
        answer = client.post(page(conference), typed | {"seen": pasted.seen, "save": ""})
        wanted = 0 if pasted.unsettled else len(pasted.written)
        assert Commendation.objects.count() == wanted
    assert answer.status_code in {200, 302, 400}
    assert Conference.objects.count() == 1


def test_what_is_still_to_be_chosen_can_be_chosen_and_saved_at_once(conference, category, clerk):
    """Without reading once more; and the first open choice has the focus."""
    people = [make.person(court=conference.court, name="张三") for _number in range(2)]
    client, typed = signed_in(clerk), {"category": category.pk, "text": "张三"}
    shown = client.post(page(conference), typed | {"read": ""})
    (winner,) = shown.context["pasted"].winners
    body = shown.content.decode()

    chosen = {"seen": shown.context["pasted"].seen, winner.field_name: people[1].pk}
    client.post(page(conference), typed | chosen | {"save": ""})

    assert f'<select name="{winner.field_name}" autofocus>' in body
    assert (body.count("autofocus"), body.count('name="save"')) == (1, 1)
    assert conference.commendations.get().person == people[1]


def test_without_a_choice_nothing_is_saved_and_the_text_is_still_there(conference, category, clerk):
    for _number in range(2):
        make.person(court=conference.court, name="张三")
    client, typed = signed_in(clerk), {"category": category.pk, "text": "张三\n李四"}
    seen = client.post(page(conference), typed).context["pasted"].seen

    answer = client.post(page(conference), typed | {"seen": seen, "save": ""})

    assert answer.context["form"]["text"].value() == "张三\n李四"
    assert conference.commendations.count() == 0


def test_a_name_that_stands_twice_is_not_called_no_name(read):
    doubled = read("张三\n张三").winners[1]

    with override("zh-hans"):
        assert (str(doubled.state.label), doubled.note) == ("有错误", "此姓名重复出现。")


def test_the_empty_page_puts_the_focus_where_the_names_go(conference, category, clerk):
    assert signed_in(clerk).get(page(conference)).content.decode().count("autofocus") == 1
