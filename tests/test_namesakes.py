"""Two entries of one name that are two people: said by name and day, and nobody is asked about them again."""

import datetime

import pytest
from django.urls import reverse

from courts import merging
from courts.models import Merge, Person
from courts.namesakes import Namesakes
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK
from tests import make
from tests.test_merging import page, signed_in, two
from tests.test_publishing import at_once

pytestmark = pytest.mark.django_db


def alike(one: Person, other: Person) -> bool:
    """Whether both are possible duplicates, on the list and on the page of either."""
    listed = set(Person.objects.possible_duplicates())
    asked = [Person.objects.duplicates_of(one) == [other], Person.objects.duplicates_of(other) == [one]]
    assert listed in (set(), {one, other})
    assert {bool(listed), *asked} in ({True}, {False})
    return bool(listed)


def test_whoever_was_told_apart_is_no_possible_duplicate_any_more():
    one, other, clerk = two()
    before = alike(one, other)

    merging.keep_apart(one, other, by=clerk)

    assert (before, alike(one, other)) == (True, False)


def test_it_is_said_by_name_and_day_and_twice_changes_nothing():
    one, other, clerk = two()
    day = datetime.datetime(2024, 3, 1, 9, tzinfo=datetime.UTC)

    merging.keep_apart(one, other, by=clerk, now=day)
    merging.keep_apart(other, one, by=make.user(CLERK, court=one.court))

    assert list(Namesakes.objects.values_list("one", "other", "at", "by")) == [(one.pk, other.pk, day, clerk.pk)]


def test_a_third_entry_of_that_name_is_still_noticed():
    one, other, clerk = two()
    third = make.person(court=one.court, name="张三")

    merging.keep_apart(one, other, by=clerk)

    assert set(Person.objects.possible_duplicates()) == {one, other, third}
    assert Person.objects.duplicates_of(one) == [third]


def test_only_a_clerk_of_the_court_tells_apart_and_undoes_it():
    one, other, clerk = two()
    said = merging.keep_apart(one, other, by=clerk)

    for user in (make.user(APPROVER, court=one.court), make.user(CLERK, court=make.court())):
        with pytest.raises(NotAllowed):
            merging.keep_apart(one, other, by=user)
        with pytest.raises(NotAllowed):
            merging.ask_again(said, by=user)


def test_an_entry_and_itself_and_entries_of_two_courts_are_not_told_apart():
    one, _other, _clerk = two()
    root = make.user(is_superuser=True)

    for other in (make.person(name="张三"), one):
        with pytest.raises(Refused):
            merging.keep_apart(one, other, by=root)


def test_whoever_was_told_apart_is_not_merged_and_it_is_said_who_said_so():
    one, other, clerk = two()
    day = datetime.datetime(2024, 2, 29, 16, 30, tzinfo=datetime.UTC)
    merging.keep_apart(other, one, by=clerk, now=day)

    with pytest.raises(Refused) as refused:
        merging.merge(one, other, by=clerk)

    assert str(clerk) in refused.value.messages[0]
    assert "2024-03-01" in refused.value.messages[0]
    assert (Person.objects.count(), Merge.objects.count()) == (2, 0)


def test_undone_they_are_asked_about_again_and_can_be_merged_and_taken_apart():
    one, other, clerk = two()
    said = merging.keep_apart(one, other, by=clerk)

    merging.ask_again(said, by=clerk)
    asked = alike(one, other)
    merging.undo(merging.merge(one, other, by=clerk), by=clerk)

    said.refresh_from_db()
    assert (asked, said.one, said.other, said.undone_by) == (True, one, other, clerk)


def test_undoing_twice_changes_nothing():
    one, other, clerk = two()
    said = merging.keep_apart(one, other, by=clerk)
    merging.ask_again(said, by=clerk)
    undone = said.undone_at

    merging.ask_again(said, by=make.user(CLERK, court=one.court))

    said.refresh_from_db()
    assert (said.undone_at, said.undone_by) == (undone, clerk)


def test_what_was_said_goes_along_when_one_of_the_two_is_merged_with_a_third():
    one, other, clerk = two()
    third = make.person(court=one.court, name="张三")
    for entry in (other, third):
        merging.keep_apart(one, entry, by=clerk)

    merge = merging.merge(third, other, by=clerk)
    after = alike(one, third)
    for said in Namesakes.objects.standing()[:1]:
        merging.ask_again(said, by=clerk)
    asked_again = alike(one, third)
    merging.undo(merge, by=clerk)

    assert (after, asked_again) == (False, True)
    assert {(said.one, said.other) for said in Namesakes.objects.all()} == {(one, other), (one, third)}


@pytest.mark.django_db(transaction=True)
def test_told_apart_twice_at_once_it_is_said_once():
    one, other, clerk = two()

    outcomes = at_once(
        lambda: merging.keep_apart(one, other, by=clerk), lambda: merging.keep_apart(other, one, by=clerk)
    )

    assert (outcomes, Namesakes.objects.count()) == (["done", "done"], 1)


def test_the_page_that_compares_two_tells_them_apart():
    one, other, clerk = two()
    client = signed_in(clerk)

    answer = client.post(page(one, other.pk), {"apart": "", "keep": other.pk})

    assert answer.headers["Location"] == reverse("admin:courts_person_change", args=[one.pk])
    assert (Person.objects.count(), alike(one, other)) == (2, False)
    assert client.get(answer.headers["Location"]).context["duplicates"] == []


def test_it_is_undone_on_its_page():
    one, other, clerk = two()
    said = merging.keep_apart(one, other, by=clerk)
    address = reverse("admin:courts_namesakes_undo", args=[said.pk])
    client = signed_in(clerk)
    record = client.get(reverse("admin:courts_namesakes_change", args=[said.pk]))

    answer = client.post(address)

    assert address in record.content.decode()
    assert answer.headers["Location"] == reverse("admin:courts_namesakes_change", args=[said.pk])
    assert alike(one, other)


def test_of_another_court_it_is_not_there():
    one, other, clerk = two()
    said = merging.keep_apart(one, other, by=clerk)
    stranger = signed_in(make.user(CLERK, court=make.court()))

    for address in (page(one, other.pk), reverse("admin:courts_namesakes_undo", args=[said.pk])):
        assert stranger.post(address, {"apart": ""}).status_code == 404
    assert not alike(one, other)
