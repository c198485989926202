"""Two entries of one person: noticed, merged with all that hangs on them, and taken apart again."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import Commendation
from conferences.models import Speech
from courts import merging
from courts.duplicates import name_key
from courts.models import Merge, Person
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK
from tests import make
from tests.test_publishing import at_once

pytestmark = pytest.mark.django_db


def two(**given):
    """Two entries of one court, and a clerk of it."""
    court = make.court()
    keep = make.person(court=court, name="张三", **given)
    return keep, make.person(court=court, name="张　三"), make.user(CLERK, court=court)


def everything(person: Person) -> dict[str, object]:
    """A row of each kind that points to a person, by its model."""
    conference = make.conference(court=person.court, year_reviewed=2000 + person.pk % 100)
    rows = [
        make.participant(conference=conference, person=person),
        make.agenda_item(conference=conference, person=person),
        make.speech(conference=conference, person=person),
        make.measure(task=make.task(conference=conference), responsible=person),
        make.commendation(conference=conference, person=person),
        make.honour(court=person.court, person=person),
        make.nomination(selection=make.selection(court=person.court), person=person),
        make.discipline(person=person),
        make.appraisal(person=person, year=2000 + person.pk % 100),
        make.user(court=person.court, person=person),
    ]
    return {type(row).__name__: row for row in rows}


# --- noticing ---


@pytest.mark.parametrize(
    ("one", "other"), [("张三", "张　三"), ("阿依古丽·买买提", "阿依古丽•买买提"), ("买买提.艾力", "买买提・艾力")]
)
def test_names_that_differ_by_spaces_or_the_form_of_the_dot_are_alike(one, other):
    assert name_key(one) == name_key(other)


def test_the_same_name_is_noticed_within_one_court_unless_the_departments_differ():
    court = make.court()
    here, there = make.department(court=court), make.department(court=court)
    known, unknown = make.person(name="张三", department=here), make.person(court=court, name="张 三")
    one, other = make.person(name="李四", department=here), make.person(name="李四", department=there)
    make.person(name="李四")  # of another court
    again = make.person(name="王五", department=here), make.person(name="王五", department=here)

    assert set(Person.objects.possible_duplicates()) == {known, unknown, *again}
    assert Person.objects.duplicates_of(known) == [unknown]
    assert Person.objects.duplicates_of(one) == Person.objects.duplicates_of(other) == []


def test_duplicates_are_found_with_the_same_number_of_queries(django_assert_num_queries):
    court = make.court()
    for _number in range(30):
        make.person(court=court, name="张三")

    with django_assert_num_queries(3):
        assert len(Person.objects.possible_duplicates()) == 30


# --- merging ---


def test_every_relation_to_a_person_is_known():
    person = make.person()

    assert {row.__class__.__name__ for row in everything(person).values()} | {"Merge", "Namesakes"} >= {
        link.model.__name__ for link in merging.links()
    }


def test_all_that_hangs_on_one_entry_goes_to_the_other():
    keep, other, clerk = two()
    rows = everything(other)

    merging.merge(keep, other, by=clerk)

    for row in rows.values():
        row.refresh_from_db()
    linked = {name: getattr(row, "responsible" if name == "Measure" else "person") for name, row in rows.items()}
    assert linked == dict.fromkeys(rows, keep)
    assert not Person.objects.filter(pk=other.pk).exists()


def test_two_live_nominations_for_one_award_are_not_made_one():
    keep, other, clerk = two()
    selection = make.selection(court=keep.court)
    award = make.category(court=keep.court)
    for person in (keep, other):
        make.nomination(selection=selection, category=award, person=person)

    with pytest.raises(Refused):
        merging.merge(keep, other, by=clerk)

    assert Person.objects.filter(pk=other.pk).exists()


def test_a_nomination_that_was_withdrawn_stands_in_nobodys_way():
    keep, other, clerk = two()
    selection = make.selection(court=keep.court)
    award = make.category(court=keep.court)
    make.nomination(selection=selection, category=award, person=keep)
    make.nomination(selection=selection, category=award, person=other).withdraw(by=clerk, reason="重复")

    merging.merge(keep, other, by=clerk)

    assert not Person.objects.filter(pk=other.pk).exists()


def test_what_was_said_on_the_day_stays_as_it_was():
    keep, other, clerk = two(post="庭长")
    speech = make.speech(conference=make.conference(court=keep.court), person=other, name="张　三", post="副庭长")

    merging.undo(merging.merge(keep, other, by=clerk), by=clerk)
    merging.merge(keep, other, by=clerk)

    assert Speech.objects.values("person", "name", "post").get(pk=speech.pk) == {
        "person": keep.pk,
        "name": "张　三",
        "post": "副庭长",
    }


def test_what_the_kept_entry_does_not_say_is_filled_and_nothing_else_changes():
    keep, other, clerk = two(post="庭长")
    department = make.department(court=keep.court)
    Person.objects.filter(pk=other.pk).update(post="副庭长", department=department, staff_category="judge")

    merging.merge(keep, other, by=clerk)

    keep.refresh_from_db()
    assert (keep.name, keep.post, keep.department, keep.staff_category) == ("张三", "庭长", department, "judge")


def test_two_who_have_one_award_at_one_conference_are_not_merged():
    keep, other, clerk = two()
    conference = make.conference(court=keep.court, title="年度大会")
    category = make.category(court=keep.court, name="先进个人")
    for person in (keep, other):
        make.commendation(conference=conference, category=category, person=person)
    speech = make.speech(conference=conference, person=other)

    with pytest.raises(Refused) as refused:
        merging.merge(keep, other, by=clerk)

    assert "张　三 先进个人（年度大会）" in refused.value.messages[0]
    speech.refresh_from_db()
    assert (speech.person, Person.objects.count(), Merge.objects.count()) == (other, 2, 0)


def test_entries_of_two_courts_and_an_entry_with_itself_are_not_merged():
    keep, _other, _clerk = two()
    root = make.user(is_superuser=True)

    for other in (make.person(name="张三"), keep):
        with pytest.raises(Refused):
            merging.merge(keep, other, by=root)


def test_only_a_clerk_of_the_court_merges():
    keep, other, _clerk = two()

    for user in (make.user(APPROVER, court=keep.court), make.user(CLERK, court=make.court())):
        with pytest.raises(NotAllowed):
            merging.merge(keep, other, by=user)


def test_what_was_removed_in_the_meantime_is_refused():
    keep, other, clerk = two()
    Person.objects.filter(pk=other.pk).delete()

    with pytest.raises(Refused):
        merging.merge(keep, other, by=clerk)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_the_same_entries_at_once_one_does():
    keep, other, clerk = two()
    make.speech(conference=make.conference(court=keep.court), person=other)

    outcomes = at_once(lambda: merging.merge(keep, other, by=clerk), lambda: merging.merge(other, keep, by=clerk))

    assert outcomes == ["done", "refused"]
    assert (Person.objects.count(), Merge.objects.count()) == (1, 1)
    assert Speech.objects.get().person == Person.objects.get()


def test_merging_and_undoing_raise_the_revision_of_the_court():
    keep, other, clerk = two()
    revisions = []
    for act in (
        lambda: None,
        lambda: merging.merge(keep, other, by=clerk),
        lambda: merging.undo(Merge.objects.get(), by=clerk),
    ):
        act()
        keep.court.refresh_from_db()
        revisions.append(keep.court.revision)

    assert revisions == sorted(set(revisions))


def test_merging_takes_one_statement_for_each_relation(django_assert_max_num_queries):
    keep, other, clerk = two()
    conference = make.conference(court=keep.court)
    for _number in range(30):
        make.speech(conference=conference, person=other)

    with django_assert_max_num_queries(70):
        merging.merge(keep, other, by=clerk)


# --- undoing ---


def test_undoing_brings_back_the_entry_and_what_was_its_own():
    keep, other, clerk = two()
    Person.objects.filter(pk=other.pk).update(post="法官")
    before = Person.objects.filter(pk=other.pk).values().get()
    rows, kept_rows = everything(other), everything(keep)

    merge = merging.merge(keep, other, by=clerk)
    merging.undo(merge, by=clerk)

    assert Person.objects.filter(pk=other.pk).values().get() == before
    keep.refresh_from_db()
    assert keep.post == ""
    for found, person in ((rows, other), (kept_rows, keep)):
        for name, row in found.items():
            row.refresh_from_db()
            assert getattr(row, "responsible_id" if name == "Measure" else "person_id") == person.pk


def test_undoing_leaves_alone_what_was_changed_since():
    keep, other, clerk = two()
    Person.objects.filter(pk=other.pk).update(post="法官")
    conference = make.conference(court=keep.court)
    moved, third = make.speech(conference=conference, person=other), make.person(court=keep.court)
    merge = merging.merge(keep, other, by=clerk)
    Speech.objects.filter(pk=moved.pk).update(person=third)
    Person.objects.filter(pk=keep.pk).update(post="庭长")

    merging.undo(merge, by=clerk)

    moved.refresh_from_db()
    keep.refresh_from_db()
    assert (moved.person, keep.post) == (third, "庭长")


def test_undoing_twice_changes_nothing_and_says_who_and_when_once():
    keep, other, clerk = two()
    merge = merging.merge(keep, other, by=clerk)
    merging.undo(merge, by=clerk)
    undone = Merge.objects.values("undone_at", "undone_by").get()

    merging.undo(merge, by=make.user(CLERK, court=keep.court))

    assert Merge.objects.values("undone_at", "undone_by").get() == undone
    assert Person.objects.count() == 2


def test_of_two_mergings_in_a_row_the_first_can_be_undone():
    keep, other, clerk = two()
    third = make.person(court=keep.court, name="张三", post="院长")
    Person.objects.filter(pk=other.pk).update(post="院长")
    speech = make.speech(conference=make.conference(court=keep.court), person=other)
    first = merging.merge(keep, other, by=clerk)
    merging.merge(third, Person.objects.get(pk=keep.pk), by=clerk)

    merging.undo(first, by=clerk)

    speech.refresh_from_db()
    third.refresh_from_db()
    assert (speech.person_id, third.post) == (other.pk, "院长")


def test_an_entry_whose_department_was_deleted_comes_back_without_it():
    keep, other, clerk = two()
    department = make.department(court=keep.court)
    Person.objects.filter(pk=other.pk).update(department=department)
    merge = merging.merge(keep, other, by=clerk)
    department.delete()

    merging.undo(merge, by=clerk)

    assert Person.objects.get(pk=other.pk).department is None


def test_where_the_kept_entry_is_gone_nothing_can_be_undone():
    keep, other, clerk = two()
    merge = merging.merge(keep, other, by=clerk)
    Person.objects.filter(pk=keep.pk).delete()

    with pytest.raises(Refused):
        merging.undo(merge, by=clerk)


# --- pages ---


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(person: Person, other: object) -> str:
    return f"{reverse('admin:courts_person_merge', args=[person.pk])}?other={other}"


def test_the_page_compares_two_entries_and_merges_the_one_that_was_chosen():
    keep, other, clerk = two()
    make.speech(conference=make.conference(court=keep.court), person=keep)
    client = signed_in(clerk)
    shown = client.get(page(other, keep.pk)).context["rows"]

    answer = client.post(page(other, keep.pk), {"keep": keep.pk})

    assert (Speech._meta.verbose_name_plural, [0, 1]) in shown
    assert answer.headers["Location"] == reverse("admin:courts_person_change", args=[keep.pk])
    assert list(Person.objects.values_list("pk", flat=True)) == [keep.pk]


def test_a_refusal_is_said_on_the_page_and_changes_nothing():
    keep, other, clerk = two()
    conference, category = make.conference(court=keep.court), make.category(court=keep.court, name="先进个人")
    for person in (keep, other):
        make.commendation(conference=conference, category=category, person=person)

    answer = signed_in(clerk).post(page(keep, other.pk), {"keep": keep.pk}, follow=True)

    assert len(answer.context["messages"]) == 1
    assert (Person.objects.count(), Commendation.objects.count()) == (2, 2)


@pytest.mark.parametrize("named", ["1" * 30, "x", "²", "-1", "0", "1.5"])
def test_an_entry_that_is_no_number_or_not_there_answers_404(named):
    keep, _other, clerk = two()

    assert signed_in(clerk).get(page(keep, named)).status_code == 404


def test_entries_of_another_court_answer_like_what_never_existed():
    keep, other, _clerk = two()
    stranger = make.user(CLERK, court=make.court())
    own = make.person(court=stranger.court)
    client = signed_in(stranger)

    for address in (page(keep, other.pk), page(own, other.pk)):
        assert (client.get(address).status_code, client.post(address, {"keep": own.pk}).status_code) == (404, 404)
    assert Person.objects.count() == 3


def test_the_list_leads_from_two_ticked_entries_to_their_page():
    keep, other, clerk = two()
    client, address = signed_in(clerk), reverse("admin:courts_person_changelist")
    ticked = {"action": "merge_entries", "_selected_action": [keep.pk, other.pk]}

    assert client.post(address, ticked).headers["Location"] == page(keep, other.pk)
    assert client.post(address, {**ticked, "_selected_action": [keep.pk]}).headers["Location"] == address


def test_the_list_shows_only_possible_duplicates_when_asked():
    keep, other, clerk = two()
    make.person(court=keep.court)

    answer = signed_in(clerk).get(reverse("admin:courts_person_changelist"), {"duplicates": "yes"})

    assert set(answer.context["cl"].result_list) == {keep, other}


def test_the_page_of_a_person_names_possible_duplicates_to_whoever_may_merge():
    keep, other, clerk = two()
    address = reverse("admin:courts_person_change", args=[keep.pk])

    assert signed_in(clerk).get(address).context["duplicates"] == [other]
    assert "duplicates" not in signed_in(make.user(APPROVER, court=keep.court)).get(address).context


def test_a_merging_is_undone_on_its_page():
    keep, other, clerk = two()
    merge = merging.merge(keep, other, by=clerk)

    signed_in(clerk).post(reverse("admin:courts_merge_undo", args=[merge.pk]))

    assert set(Person.objects.all()) == {keep, other}
