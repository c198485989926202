"""Records for the tests of exchange: one with a row of every kind, and an installation without it."""

import datetime
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jsonschema
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from awards.models import Commendation
from conferences.models import Conference, Indicator, MeasureHelper
from exchange.document import as_bytes, document
from exchange.importing import Plan, take_in
from exchange.reading import read
from exchange.schema import schema
from tests import make

AT = datetime.datetime(2024, 2, 2, 1, 30, 0, 250000, tzinfo=datetime.UTC)


def full_record(**given: Any) -> Conference:
    """A draft with at least one row of every kind, every link and every step in it."""
    court = make.court(slug="origin", code="豫1299", parent=make.court(slug="above"), document_prefix="源法")
    conference = make.conference(court=court, theme="实干\n争先", time_of_day="上午9:30", venue="审判楼", **given)
    two = [make.department(court=court, order=2, kind="trial"), make.department(court=court, order=1)]
    person = make.person(court=court, name="𬴂某", department=two[0], sort_key="𬴂=1234", service_since="2001-07-01")
    make.left_off(court=court)
    who = {"person": person, "department": two[0], "post": ""}
    indicator = Indicator.objects.create(name="结案率", unit="%", valid_from="2024-01-01", order=3)
    for build in (make.participant, make.agenda_item):
        build(conference=conference, order=1, **who)
    speech = make.speech(conference=conference, text="一、抓审判\n二、抓执行", order=4, **who)
    make.keynote(conference=conference, speech=speech)
    of_it = {"conference": conference, "speech": speech, "indicator": indicator, "quote": "全市第二"}
    signed = {"rank_opened_at": AT, "rank_opened_by": make.user()}
    make.figure(
        **of_it, value="98.50", change="1.2", change_unit="points", rank=2, rank_kind="top", rank_scope="全市", **signed
    )
    make.figure(conference=conference, label="审执结", value=None, value_text="1万余", order=9)
    follow_up(make.task(conference=conference, speech=speech, passage="一、抓审判"), two, person, indicator)
    awards(conference, two[0], person)
    make.attachment(conference=conference, file=SimpleUploadedFile("通知.pdf", b"%PDF-1.7"), filename="")
    Commendation.objects.update(presented_at=AT, presented_by=make.user())
    return conference


def follow_up(task: Any, departments: list[Any], person: Any, indicator: Any) -> None:
    closed = {"closed_at": AT, "closed_by": make.user(), "deferred_at": AT, "deferred_by": make.user()}
    target = {"indicator": indicator, "target_value": "99.5", "responsible": person, "leader": person}
    measure = make.measure(
        task=task,
        lead=departments[1],
        due_on="2024-06-30",
        deferred_to="2024-09-30",
        deferral_reason="人手",
        **target,
        **closed,
    )
    MeasureHelper.objects.bulk_create(MeasureHelper(measure=measure, department=one) for one in departments)
    report = make.progress(measure=measure, year=2024, quarter=1, reported_at=AT, department=departments[0])
    make.progress_file(report=report, file=SimpleUploadedFile("台账.pdf", b"%PDF-x"))
    make.supervision(measure=measure, taken_at=AT, answer_by="2024-05-01")


def awards(conference: Conference, department: Any, person: Any) -> None:
    court = conference.court
    category = make.category(court=court, citation_template="{name}", order=2)
    decision = make.decision(
        conference=conference, prefix="源法", year=2024, serial=3, text="决定", signed_on="2024-01-30"
    )
    given = {"conference": conference, "category": category, "decision": decision, "announced": AT}
    make.commendation(**given, person=person, post="庭长", deeds="办案三百件", posthumous=True)
    make.commendation(**given, department=department, order=2)
    revoked = {
        "revoked_at": AT,
        "revoked_by": make.user(),
        "revocation_reason": "弄虚作假",
        "revoked_by_decision": decision,
    }
    make.commendation(**given, name="李某", order=3, certificate_returned_on="2024-03-01", **revoked)
    make.award_given(conference=conference, quantity="30名")
    honour = make.honour(conference=conference, person=person, department=department, recipient_kind="person")
    make.honour_file(honour=honour, file=SimpleUploadedFile("通报.pdf", b"%PDF-y"), audience="public")


def exported(conference: Conference) -> bytes:
    """The complete document, which keeps to the schema."""
    written = as_bytes(document(conference))
    valid(json.loads(written))
    return written


def valid(data: dict[str, Any]) -> None:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(schema(), format_checker=checker).validate(data)


def taken_in(content: bytes) -> Plan:
    return take_in(read(content, now=timezone.now()))


@contextmanager
def elsewhere() -> Iterator[None]:
    """What is done here is done in another installation: afterwards nothing of it is left."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
