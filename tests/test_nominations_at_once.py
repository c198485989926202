"""Several people act on one selection at the same moment, each over a connection of their own."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.models import Nomination, Quota
from awards.nominations.nominating import STEPS, take
from courts.refusals import Refused
from courts.roles import APPROVER, CLERK, LIAISON
from tests import make
from tests.test_publishing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
APPROVE = next(step for step in STEPS if step.name == "approve")


def checked(quota: Quota, count: int) -> list[Nomination]:
    clerk = make.user(CLERK, court=quota.selection.court)
    given = {"selection": quota.selection, "category": quota.category, "nominated": clerk, "checked": clerk}
    people = [make.person(court=quota.selection.court) for _ in range(count)]
    return [make.nomination(person=person, **given) for person in people]


def test_the_last_place_of_a_quota_is_given_once():
    quota = make.quota(number=1)
    rows = checked(quota, 4)
    approvers = [make.user(APPROVER, court=quota.selection.court) for _ in rows]

    outcomes = at_once(*(lambda row=row, by=by: row.approve(by=by) for row, by in zip(rows, approvers, strict=True)))

    assert outcomes == ["done", "refused", "refused", "refused"]
    assert [one.stage for one in Nomination.objects.all()].count("approved") == 1


def test_two_who_take_steps_with_the_same_rows_do_not_wait_for_each_other_for_ever():
    quota = make.quota(number=9)
    rows = checked(quota, 6)
    approvers = [make.user(APPROVER, court=quota.selection.court) for _ in range(2)]
    keys = [row.pk for row in rows], [row.pk for row in reversed(rows)]

    outcomes = at_once(
        *(lambda k=k, by=by: take(APPROVE, quota.selection, k, by=by) for k, by in zip(keys, approvers, strict=True))
    )

    assert outcomes == ["done", "done"]
    assert {one.stage for one in Nomination.objects.all()} == {"approved"}


def test_the_same_form_sent_by_two_hands_at_once_is_stored_once():
    court = make.court()
    department = make.department(court=court)
    person = make.person(department=department)
    quota = make.quota(selection=make.selection(court=court))
    liaisons = [make.user(LIAISON, court=court, department=department) for _ in range(4)]
    clients = [Client() for _ in liaisons]
    for client, user in zip(clients, liaisons, strict=True):
        client.force_login(user)
    typed = {"category": quota.category_id, "person": person.pk, "deeds": "结案三百件", "nominate": "x"}
    address = reverse("nominations:add", args=[quota.selection_id])

    def send(client: Client) -> None:
        if client.post(address, typed).status_code != 302:
            raise Refused("once")

    outcomes = at_once(*(lambda client=client: send(client) for client in clients))

    assert (outcomes.count("done"), Nomination.objects.count()) == (1, 1)


def test_a_quota_that_is_lowered_while_something_is_decided_never_falls_below_it():
    quota = make.quota(number=2)
    row = make.nomination(selection=quota.selection, category=quota.category)
    user = make.user(court=quota.selection.court)

    def decide() -> None:
        with transaction.atomic():
            type(quota.selection).objects.lock(quota.selection_id)
            now = Quota.objects.get(pk=quota.pk)
            if now.limit is not None and now.limit < 1:
                raise Refused("full")
            Nomination.objects.filter(pk=row.pk).update(decided_at=timezone.now(), decided_by=user)

    def lower() -> None:
        with transaction.atomic():
            type(quota.selection).objects.lock(quota.selection_id)
            now = Quota.objects.get(pk=quota.pk)
            now.number = 0
            try:
                now.full_clean()
            except ValidationError as error:
                raise Refused("decided") from error
            now.save()

    outcomes = at_once(decide, lower)

    assert outcomes == ["done", "refused"]
