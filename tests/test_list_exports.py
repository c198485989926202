"""Award lists taken from the admin's list of commendations: those chosen, or all that a filter leaves."""

import csv
import io

import pytest
from django.urls import reverse

from awards.models import ExportLog
from tests import make

pytestmark = pytest.mark.django_db
LIST = reverse("admin:awards_commendation_changelist")


@pytest.fixture
def conference():
    return make.published()


def taken(client, winners, **more):
    chosen = {"action": "export_csv", "_selected_action": [winner.pk for winner in winners], "index": "0"}
    return client.post(LIST, chosen | more)


def names(response):
    rows = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")))
    return [row["获奖者"] for row in rows]


def winner(conference, name, **given):
    return make.commendation(conference=conference, name=name, announced=True, **given)


def test_the_chosen_ones_are_taken_and_the_log_says_so(conference, client):
    chosen = winner(conference, "王小宁")
    winner(conference, "李一鸣")
    client.force_login(make.user("clerk", court=conference.court))

    response = taken(client, [chosen])

    assert names(response) == ["王小宁"]
    assert list(ExportLog.objects.values_list("rows", "file_format")) == [(1, "csv")]


def test_all_that_a_filter_leaves_are_taken(conference, client):
    one = winner(conference, "王小宁")
    winner(make.published(court=conference.court, year_reviewed=2022), "李一鸣")
    client.force_login(make.user("approver", court=conference.court))

    response = client.post(
        f"{LIST}?year=2023", {"action": "export_csv", "_selected_action": [one.pk], "index": "0", "select_across": "1"}
    )

    assert names(response) == ["王小宁"]


def test_nothing_leaves_before_the_announcement(conference, client):
    secret = make.commendation(conference=conference, name="王小宁")
    client.force_login(make.user("clerk", court=conference.court))

    response = taken(client, [secret])

    assert (response.status_code, ExportLog.objects.count()) == (302, 0)


def test_rows_of_another_court_are_not_taken(conference, client):
    foreign = winner(conference, "王小宁")
    client.force_login(make.user("clerk", court=make.court()))

    response = taken(client, [foreign])

    assert (response.status_code, ExportLog.objects.count()) == (302, 0)
