"""A record with a secret word in every text field of what is not open. tests/test_secret_words.py looks for them."""

import datetime
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone

from conferences.models import Audience, Conference, Correction
from courts.models import Court, Department
from courts.roles import APPROVER
from intake.models import Piece, as_json
from tests import make

BEGINNING = "qzx"  # of every secret word: what a curious reader searches for
WORD = re.compile(BEGINNING + r"\d{4}")
WRITTEN_BY_THE_SITE = {"filename", "revocation_reason"}  # not in a form, and shown all the same
CODES = {"staff_categories", "sort_key", "roll_order", "key"}  # text in the table, but no words


class Secrets:
    """Words that were hidden. `places`: what each word is, as (what it is part of, field)."""

    def __init__(self) -> None:
        self.places: dict[str, tuple[str, str]] = {}
        self.numbers = count(1000)

    def fill(self, what: str, row: Any, *only: str) -> Any:
        """Puts a word into every text field of a row, or into some."""
        words = {field.name: f"{BEGINNING}{next(self.numbers)}" for field in text_fields(type(row), *only)}
        for name, word in words.items():
            self.places[word] = (what, f"{type(row).__name__}.{name}")
        type(row)._base_manager.filter(pk=row.pk).update(**words)
        return row

    def of(self, what: str) -> set[str]:
        return {field for part, field in self.places.values() if part == what}

    def found_in(self, words: set[str], what: str) -> set[str]:
        """The fields of `what` that these words betray."""
        return {self.places[word][1] for word in words if self.places[word][0] == what}


def text_fields(model: type[models.Model], *only: str) -> Iterator[models.Field]:
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.FileField)
        if only:
            chosen = field.name in only
        else:
            shown = field.editable or field.name in WRITTEN_BY_THE_SITE
            chosen = is_text and shown and not field.choices and field.name not in CODES
        if chosen:
            yield field


def bureau(court: Court) -> Department:
    """The department that hidden rows name; a page of its own shows what was published of it."""
    return court.departments.first() or make.department(court=court)


def winners(secrets: Secrets, what: str, conference: Conference, **given: Any) -> Any:
    """One commendation with its category and decision, full of words."""
    category = secrets.fill(what, make.category(court=conference.court), "name", "citation_template")
    decision = secrets.fill(what, make.decision(conference=conference, year=2024, serial=conference.pk))
    named = {"name": "x", "department": bureau(conference.court)}
    row = make.commendation(conference=conference, category=category, decision=decision, **named, **given)
    fields = [field.name for field in text_fields(type(row)) if field.name != "revocation_reason" or row.revoked_at]
    return secrets.fill(what, row, *fields)


def record(secrets: Secrets, what: str, conference: Conference) -> None:
    """Fills the conference and one row of each of its parts."""
    secrets.fill(what, conference)
    about = {"conference": conference, "department": bureau(conference.court)}
    speech = secrets.fill(what, make.speech(**about))
    task = secrets.fill(what, make.task(conference=conference, speech=speech))
    rows = [
        make.participant(conference=conference),
        make.keynote(conference=conference),
        make.agenda_item(conference=conference),
        make.figure(conference=conference, rank=1, rank_kind="exact", rank_scope="x", change=1, change_unit="count"),
        make.measure(task=task, lead=about["department"]),
        make.honour(**about),
    ]
    for row in rows:
        secrets.fill(what, row)
    attachment(secrets, what, conference)
    honour_file(secrets, what, rows[-1])
    winners(secrets, what, conference, announced=True)


def attachment(secrets: Secrets, what: str, conference: Conference) -> None:
    word = f"{BEGINNING}{next(secrets.numbers)}"
    secrets.places[word] = (what, "content of the file")
    file = SimpleUploadedFile("x.pdf", b"%PDF-" + word.encode())
    secrets.fill(what, make.attachment(conference=conference, file=file, audience=Audience.STAFF))


def honour_file(secrets: Secrets, what: str, honour: Any) -> None:
    word = f"{BEGINNING}{next(secrets.numbers)}"
    secrets.places[word] = (what, "content of the file of an honour")
    file = SimpleUploadedFile("x.pdf", b"%PDF-" + word.encode())
    secrets.fill(what, make.honour_file(honour=honour, file=file, filename="x.pdf"), "filename")


DRAFT, INTERNAL, EMBARGOED, PRIVATE = "draft", "for staff", "not announced", "private"
SET = "to be announced tomorrow"
LEFT_OFF = "left off public pages"
REGISTER = "in the register"  # for the staff of the court alone
REVOKED = "on lists and in the register"
LISTED = "on the lists of whoever may export"  # who was revoked, and numbers of certificates


def hidden(court: Court) -> Secrets:
    """A record of the court with a word of its own in every field that is not open."""
    # A draft, a conference for staff, and one for everyone with winners that nobody knows and internal parts.
    found = Secrets()
    draft = make.conference(court=court, year_reviewed=2020, audience=Audience.PUBLIC)
    record(found, DRAFT, draft)
    returned(found, draft)
    record(found, INTERNAL, make.published(court=court, year_reviewed=2021, audience=Audience.STAFF))
    public = make.locked(court=court, year_reviewed=2022)
    corrected(found, public)
    make.speech(conference=public, department=bureau(court))
    make.certificate_settings(court=court, checked_by="public")
    for what, given in ((EMBARGOED, {}), (SET, {"announced": tomorrow()})):
        winner = winners(found, what, public, **given)
        found.fill(what, make.certificate(commendation=winner), "number")
    found.fill(PRIVATE, make.agenda_item(conference=public), "private_note")
    ranked = make.figure(conference=public, rank=2, rank_kind="exact", rank_scope="x")
    found.fill(PRIVATE, ranked, "rank_scope", "quote")
    revoked = make.commendation(conference=public, announced=True)
    revoked.revoke(by=make.user(APPROVER, court=court), reason="x")
    found.fill(REVOKED, revoked, "name", "department_name", "post")
    found.fill(LISTED, revoked, "certificate_number")
    found.fill(PRIVATE, revoked, "deeds", "citation", "revocation_reason")
    known = make.commendation(conference=public, announced=True)
    found.fill(LISTED, known, "certificate_number")
    found.fill(PRIVATE, known, "deeds", "citation")
    unnamed(found, public)
    person = make.person(court=court, department=make.department(court=court))
    found.fill(REGISTER, person, "name", "post", "organisation")
    put_up(found, court)
    proposed(found, court)
    brought(found, court)
    for conference in Conference.objects.all():  # all of it stands in an edition too
        make.edition(conference)
    return found


def put_up(secrets: Secrets, court: Court) -> None:
    """A public notice for everyone that begins tomorrow, and one that runs and was objected to."""
    named = ("name", "department_name", "post", "deeds")
    selection = secrets.fill(PRIVATE, make.selection(court=court), "title", "basis")
    later = make.nomination(selection=selection, approved=make.user(court=court))
    days = {"starts_on": timezone.localdate() + datetime.timedelta(days=1), "audience": Audience.PUBLIC}
    notice = make.notice(nominations=[later], ends_on=days["starts_on"], **days)
    secrets.fill(PRIVATE, notice, "title", "contact", "text")
    secrets.fill(PRIVATE, later, *named)
    runs = make.notice(selection=make.selection(court=court), audience=Audience.PUBLIC)
    row = secrets.fill(PRIVATE, runs.nominations.get(), "post", "deeds")
    objection = make.objection(notice=runs, nomination=row)
    secrets.fill(PRIVATE, objection, "name", "contact", "text", "handling")


def unnamed(secrets: Secrets, public: Conference) -> None:
    """A person who is left off, wherever a record can name someone."""
    person = secrets.fill(REGISTER, make.left_off(court=public.court), "name")
    secrets.fill(LEFT_OFF, person, "left_off_reason")
    given = {"conference": public, "person": person, "name": "x", "department": bureau(public.court)}
    speech = make.speech(**given)
    for build in (make.participant, make.agenda_item):
        secrets.fill(LEFT_OFF, build(**given), "name")
    secrets.fill(LEFT_OFF, speech, "name")
    winner = make.commendation(**given, announced=True, department_name="x", post="x")
    secrets.fill(REGISTER, winner, "name", "department_name")
    about = {"conference": public, "person": person, "department": given["department"]}
    honour = make.honour(**about, recipient_kind="person", recipient_name="x")
    secrets.fill(REGISTER, honour, "recipient_name")
    task = make.task(conference=public, speech=speech)
    measure = make.measure(task=task, responsible=person, responsible_name="x")
    secrets.fill(LEFT_OFF, measure, "responsible_name")
    make.keynote(conference=public, speech=speech)
    make.figure(conference=public, speech=speech)


def brought(secrets: Secrets, court: Court) -> None:
    """A list on its way into the record: the name of its file, and what its rows say."""
    one = secrets.fill(PRIVATE, make.imported(court=court, rows=1, new=1), "source", "notes")
    piece = Piece.objects.create(of=one, number=0, cells="[]")
    word = f"{BEGINNING}{next(secrets.numbers)}"
    secrets.places[word] = (PRIVATE, "Piece.results")
    piece.results = as_json([{"where": "2", "state": "new", "what": word, "changes": [], "errors": []}])
    piece.save()


def tomorrow() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=1)


def returned(secrets: Secrets, draft: Conference) -> None:
    """Why it came back."""
    approver = make.user(APPROVER, court=draft.court)
    Conference.objects.filter(pk=draft.pk).update(returned_at=timezone.now(), returned_by=approver, return_reason="x")
    secrets.fill(DRAFT, draft, "return_reason")


def corrected(secrets: Secrets, public: Conference) -> None:
    """A correction whose reason is nobody's business but the court's clerks'."""
    by = {"opened_by": public.published_by, "published_by": public.published_by}
    at = {"opened_at": timezone.now(), "published_at": timezone.now()}
    secrets.fill(
        PRIVATE, Correction.objects.create(conference=public, public_note="更正", **by, **at), "what", "reason"
    )


def proposed(secrets: Secrets, court: Court) -> None:
    """Somebody with a sanction is nominated, with a file; a body was asked and answered."""
    quota = secrets.fill(PRIVATE, make.quota(selection=make.selection(court=court)), "conditions")
    person = make.person(court=court)
    secrets.fill(PRIVATE, make.discipline(person=person, since=datetime.date(2023, 5, 1)), "document")
    row = make.nomination(
        selection=quota.selection,
        category=quota.category,
        person=person,
        by_department=make.department(court=court),
        nominated=make.user(court=court),
    )
    secrets.fill(PRIVATE, row, "name", "department_name", "post", "deeds")
    secrets.fill(PRIVATE, make.opinion(nomination=row, verdict="remarks"), "body", "text")
    word = f"{BEGINNING}{next(secrets.numbers)}"
    secrets.places[word] = (PRIVATE, "content of the evidence")
    file = SimpleUploadedFile("x.pdf", b"%PDF-" + word.encode())
    secrets.fill(PRIVATE, make.evidence(nomination=row, file=file), "filename")
