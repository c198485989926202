"""Awards that a conference gave without naming who received them: entered on the honour roll, shown on the page."""

import pytest
from django.urls import reverse

from awards.models import AwardCategory, AwardGiven
from tests import make
from tests.test_screens import mistakes, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(client):
    conference = make.conference()
    client.force_login(make.user("clerk", court=conference.court))
    return conference


def given(client, conference, award, **typed):
    row = {"awards_given-0-category_name": award} | {f"awards_given-0-{name}": text for name, text in typed.items()}
    return save(client, reverse("admin:awards_honourroll_change", args=[conference.pk]), new_names="stop", **row)


def test_an_award_is_typed_by_its_name(conference, client):
    category = make.category(court=conference.court, name="先进个人")

    given(client, conference, "先进个人", quantity="30名")

    assert list(AwardGiven.objects.values_list("conference", "category", "quantity")) == [
        (conference.pk, category.pk, "30名")
    ]


def test_an_award_of_another_court_is_not_found(conference, client):
    make.category(name="先进个人")

    page = given(client, conference, "先进个人")

    assert (len(mistakes(page)), AwardGiven.objects.count()) == (1, 0)


def test_a_new_award_is_added_where_the_clerk_says_so(conference, client):
    address = reverse("admin:awards_honourroll_change", args=[conference.pk])

    save(client, address, new_names="add", **{"awards_given-0-category_name": "办案标兵"})

    assert AwardGiven.objects.get().category == AwardCategory.objects.get(court=conference.court, name="办案标兵")


def test_an_award_stands_once_in_a_conference(conference, client):
    make.award_given(conference=conference, category=make.category(court=conference.court, name="先进个人"))
    address = reverse("admin:awards_honourroll_change", args=[conference.pk])

    page = save(client, address, new_names="stop", **{"awards_given-1-category_name": "先进个人"})

    assert (len(mistakes(page)), AwardGiven.objects.count()) == (1, 1)


@pytest.mark.parametrize("announced", [True, False])
def test_an_award_with_winners_is_left_to_its_winners(announced):
    conference = make.published()
    named, unnamed = make.category(court=conference.court), make.category(court=conference.court)
    make.commendation(conference=conference, category=named, announced=announced)
    for category in (named, unnamed):
        make.award_given(conference=conference, category=category)

    assert [row.category for row in conference.awards_given.without_winners()] == [unnamed]


def test_the_page_names_awards_whose_winners_nobody_names(client):
    conference = make.published()
    make.award_given(conference=conference, category=make.category(court=conference.court, name="先进司法行政人员"))

    assert "先进司法行政人员" in client.get(conference.get_absolute_url()).content.decode()


def test_the_list_of_rolls_counts_the_winners_of_each(conference, client):
    for _winner in range(3):
        make.commendation(conference=conference)
    make.conference(court=conference.court, year_reviewed=2022)

    page = client.get(reverse("admin:awards_honourroll_changelist"))

    assert [(roll.year_reviewed, roll.winners) for roll in page.context["cl"].result_list] == [(2023, 3), (2022, 0)]
