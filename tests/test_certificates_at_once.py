"""Certificates are numbered while somebody else acts on the same winners, each on a connection of their own.

One order of locks holds everywhere: the conference, then its court, then the rows. Whoever took a row before the court
would wait for ever for somebody who holds the court and wants the row.
"""

import datetime
import time
from threading import Event
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from awards.announcing import hold_back
from awards.certificates import issuing
from awards.models import Certificate, Commendation
from awards.presenting import present
from conferences.models import Conference
from courts.merging import merge
from courts.models import Person
from courts.roles import APPROVER, CLERK
from tests import make
from tests.test_publishing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def revoke(winner: Commendation, by: Any) -> None:
    winner.revoke(by=by, reason="事迹材料不实")


def correct(winner: Commendation, by: Any) -> None:
    winner.correct(by=by, reason="姓名有误", name="王丽")


def hide(winner: Commendation, by: Any) -> None:
    hold_back(winner.conference, by=by)


def note_presentation(winner: Commendation, by: Any) -> None:
    present(winner.conference, by=by)


def save_the_row(winner: Commendation, by: Any) -> None:
    winner.deeds = f"{by}改写"
    winner.save(update_fields=["deeds"])


def merge_people(winner: Commendation, by: Any) -> None:
    merge(Person.objects.get(name="王立（另一条）"), winner.person, by=by)


@pytest.fixture
def conference() -> Conference:
    """An open one with a winner who is known and one whose hour is still to come."""
    conference = make.conference()
    clerk = make.user(CLERK, court=conference.court)
    award = {"conference": conference, "category": make.category(court=conference.court)}
    person, _double = (make.person(court=conference.court, name=name) for name in ("王立", "王立（另一条）"))
    make.commendation(**award, person=person, name="王立", announced_at=timezone.now(), announced_by=clerk)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    make.commendation(**award, name="张强", announced_at=tomorrow, announced_by=clerk)
    return conference


@pytest.mark.parametrize("act", [revoke, correct, hide, note_presentation, save_the_row, merge_people])
def test_whoever_acts_on_a_winner_waits_until_the_numbers_are_given(conference, act, monkeypatch):
    winner = conference.commendations.get(name="王立")
    by = make.user(CLERK, APPROVER, court=conference.court)
    counting = Event()
    give_numbers = issuing._number

    def give_numbers_late(*args: Any, **kwargs: Any) -> None:
        """Once the other one has gone as far as it comes."""
        counting.set()
        with connection.cursor() as cursor:
            for _try in range(40):
                time.sleep(0.05)
                if cursor.execute(WAITING).fetchone()[0]:
                    break
        give_numbers(*args, **kwargs)

    monkeypatch.setattr(issuing, "_number", give_numbers_late)

    def number() -> None:
        issuing.issue(conference, conference.commendations.values_list("pk", flat=True), by=by)

    def meanwhile() -> None:
        assert counting.wait(10)
        act(winner, by)

    assert at_once(number, meanwhile) == ["done", "done"]

    assert Certificate.objects.count() == 2
