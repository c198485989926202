"""Who may open which address: tests/permissions/. The rows come from the URL conf: an address without a row fails.

Columns: V visitor; S staff reader, L liaison, C clerk and A approver of the court that owns the record; P reader of
the court above it; O clerk (and reader of courts below) of a court beside it; R system administrator.
Cells: x opens; . is not there (404, on the desk the way back to its first page); - is refused; > leads to the sign-in
page; = leads elsewhere; ! wants another method.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from archive.models import ArchivePackage
from awards.models import AwardCategory, Commendation, ExportLog, Honour, Nomination, Objection, PublicNotice, Selection
from conferences.follow_up.headings import headings_of
from conferences.follow_up.quarters import quarter_of
from conferences.models import (
    Audience,
    Conference,
    Correction,
    Edition,
    Figure,
    FigureSet,
    Indicator,
    IndicatorSet,
    Measure,
    PeriodFigure,
    ProgressReport,
    Supervision,
)
from courts.models import (
    BinnedRecord,
    Court,
    Department,
    FailedSignIn,
    Holiday,
    Merge,
    Person,
    SignIn,
    TypedDraft,
    User,
)
from courts.namesakes import Namesakes
from courts.roles import APPROVER, CLERK, LIAISON, STAFF, SUPERIOR
from courts.workdays import Workdays
from intake.models import Import
from papers.models import CourtTemplate
from tests import make

pytestmark = pytest.mark.django_db
READERS = tuple("VSLCAPOR")
TABLES = Path(__file__).parent / "permissions"
OPENS, ACTS = "opens.txt", "acts.txt"


ANY_STATE = ("draft", "submitted", "staff", "public")  # the last two are published
HOME = "/"  # stands for the empty pattern


def rows(table: str) -> list[tuple[str, list[str], str]]:
    """Address, cases and cells of each line."""
    found = []
    for line in filter(None, (TABLES / table).read_text(encoding="utf-8").splitlines()[1:]):
        address, *cells, cases = line.split()
        each = [
            case.replace("any", state) for case in cases.split(",") for state in ANY_STATE[: 4 if "any" in case else 1]
        ]
        found.append((address, each, "".join(cells)))
    return found


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every pattern that the URL conf knows."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, pattern)
        else:
            yield pattern or HOME


def test_every_address_has_its_row_and_every_row_its_address():
    assert {address for address, _cases, _cells in rows(OPENS)} == set(addresses())


def test_every_row_says_all_columns():
    assert [row for row in rows(OPENS) if len(row[2]) != len(READERS) or set(row[2]) - set("x.->=!")] == []


class World:
    """A court, the court above it and one beside it, with a reader in each."""

    def __init__(self) -> None:
        self.years = count(1990, 2)  # each has a year before it
        above = make.court()
        self.court = make.court(parent=above)
        self.department = make.department(court=self.court)
        beside = make.court(parent=above)
        self.readers = {
            "V": None,
            "S": make.user(STAFF, court=self.court),
            "L": make.user(LIAISON, court=self.court, department=self.department),
            "C": make.user(CLERK, court=self.court),
            "A": make.user(APPROVER, court=self.court),
            "P": make.user(SUPERIOR, court=above),
            "O": make.user(CLERK, SUPERIOR, court=beside),
            "R": make.user(is_superuser=True, is_staff=True),
        }

    def conference(self, state: str, *, kind: str = Conference.Kind.ANNUAL) -> Conference:
        given = {"court": self.court, "kind": kind, "year_reviewed": next(self.years)}
        if state == "locked":
            return make.locked(**given)
        if state in Audience:
            return make.published(audience=state, **given)
        conference = make.conference(audience=Audience.PUBLIC, **given)
        if state == "submitted":
            conference.submit(by=make.user(CLERK, court=self.court))
        return conference

    def nomination(self, case: str) -> Nomination:
        """By the department of the liaison (`mine`), or by another one."""
        by = self.department if case == "mine" else make.department(court=self.court)
        selection = make.selection(court=self.court)
        person = make.person(court=self.court)
        return make.nomination(selection=selection, by_department=by, person=person, nominated=make.user())

    def notice(self, state: str, **given: Any) -> PublicNotice:
        """Not begun, begun, or ended; each day of it lies some days from today."""
        first, last = {"notbegun": (1, 5), "begun": (-2, 2), "ended": (-5, -1)}[state]
        today, day = timezone.localdate(), datetime.timedelta(days=1)
        days = {"starts_on": today + first * day, "ends_on": today + last * day}
        return make.notice(selection=make.selection(court=self.court), **days | given)

    def selection(self, pattern: str) -> Selection:
        """With a name that waits for its notice and one that waits for the decision."""
        by = make.user(court=self.court)
        row = make.nomination(selection=make.selection(court=self.court), approved=by, confirmed=by)
        make.notice(nominations=[row], starts_on="2024-03-04", ends_on="2024-03-08", by=by)
        make.nomination(selection=row.selection, approved=by)
        return row.selection

    def row(self, model: str, case: str) -> Any:
        """The row of this model that the address of a page of the desk names."""
        build = {
            "court": lambda: self.court,
            "department": lambda: make.department(court=self.court),
            "person": lambda: make.person(court=self.court),
            "merge": lambda: make.merge(court=self.court),
            "namesakes": lambda: make.namesakes(court=self.court),
            "holiday": lambda: Holiday.objects.create(date="2024-02-09"),
            "user": lambda: make.user(court=self.court),
            "signin": lambda: SignIn.objects.create(username="x"),
            "failedsignin": lambda: FailedSignIn.objects.create(username="x"),
            "group": lambda: Group.objects.create(name="a role"),
            "indicator": lambda: Indicator.objects.create(name="结案率"),
            "indicatorset": lambda: IndicatorSet.objects.create(name="体系", valid_from="2024-01-01", size=26),
            "figureset": lambda: make.figure_set(court=self.court),
            "figure": lambda: make.figure(conference=self.conference(case)),
            "conference": lambda: self.conference(case),
            "honourroll": lambda: self.conference(case),
            "commendation": lambda: make.commendation(conference=self.conference(case)),
            "selection": lambda: make.selection(court=self.court),
            "nomination": lambda: self.nomination(case),
            "honour": lambda: make.honour(court=self.court),
            "awardcategory": lambda: make.category(court=self.court),
            "binnedrecord": lambda: BinnedRecord.objects.create(
                court=self.court, model="courts.person", name="x", rows=0, record="{}", by=self.readers["C"]
            ),
            "certificate": lambda: make.certificate(
                commendation=make.commendation(conference=self.conference("draft"))
            ),
            "certificatesettings": lambda: make.certificate_settings(court=self.court),
            "printing": lambda: make.printing(conference=self.conference("draft")),
            "import": lambda: make.imported(court=self.court),
            "publicnotice": lambda: self.notice(case if case in {"ended", "notbegun"} else "begun"),
            "objection": lambda: make.objection(notice=self.notice("ended")),
            "courttemplate": lambda: make.court_template(court=self.court),
            "exportlog": lambda: ExportLog.objects.create(court=self.court, what="x", file_format="csv", rows=1),
        }
        return build[model]()

    def paper(self, kind: str) -> dict[str, Any]:
        """The parts of the address of a paper of this kind; and the court has a template of its own."""
        build = {
            "decision": lambda: make.decision(conference=self.conference("draft")),
            **dict.fromkeys(("reading", "tasks", "letters"), lambda: self.conference("draft")),
            "notice": lambda: make.notice(selection=make.selection(court=self.court)),
            "summary": lambda: make.selection(court=self.court),
        }
        if not CourtTemplate.objects.of(self.court, "decision"):
            make.court_template(court=self.court)
        return {"kind": kind, "key": build[kind]().pk if kind in build else 2023, "number": 1}

    def address(self, pattern: str, case: str) -> str:
        """The pattern with its parts filled in."""
        _state, _colon, step = case.partition(":")
        parts: dict[str, Any] = {"code": "en", "step": step, "url": "nothing", "app_label": case}
        fill = next((fill for place, fill in self.fillers().items() if re.search(place, pattern)), None)
        if fill:
            parts |= fill(pattern, case)
        pattern = re.sub(r"\^?\(\?P<(\w+)>.*\)", r"<\1>", pattern).removesuffix("$")
        names = zip(("app_label", "model_name", "field_name"), case.split("."), strict=False)
        question = f"?{urlencode(list(names))}" if "autocomplete" in pattern else ""
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(parts[part[1]]), pattern.lstrip("/")) + question

    def fillers(self) -> dict[str, Callable[[str, str], dict[str, Any]]]:
        """What fills in the parts of an address, by what the address has. The first that fits."""
        return {
            r"^admin/lists/": self.of_a_list,
            r"^admin/archive/": self.of_a_package,
            r"^admin/papers/(of|templates)/": self.of_a_paper,
            r"^admin/papers/(certificates|printings)/|^certificates/<": self.of_a_certificate,
            r"^nominations/|/board/": self.of_a_nomination,
            r"(^|/)tasks/": self.of_the_follow_up,
            r"<int:selection>/$": lambda pattern, _case: {"selection": self.selection(pattern).pk},
            r"^admin/\w+/\w+/<": self.of_the_desk,
            r"^notices/<": self.of_a_notice,
            r"^honours/": self.of_the_register,
            r"^attachments/": self.of_an_attachment,
            r"<slug:court>/departments/": self.of_a_department,
            r"<slug:court>": self.of_a_page,
        }

    def of_a_list(self, pattern: str, case: str) -> dict[str, Any]:
        conference = self.conference(case).pk if "<int:conference>" in pattern else 0
        return {"pk": make.imported(court=self.court).pk, "conference": conference}

    def of_a_package(self, pattern: str, case: str) -> dict[str, Any]:
        conference = self.conference(case)
        if "/file/" in pattern:
            make.archive_package(conference=conference, finished=self.readers["C"])
        return {"conference": conference.pk}

    def of_a_paper(self, _pattern: str, case: str) -> dict[str, Any]:
        return self.paper(case.partition(":")[0])

    def of_the_desk(self, pattern: str, case: str) -> dict[str, Any]:
        named = re.match(r"admin/\w+/(\w+)/<", pattern)
        assert named
        return dict.fromkeys(("pk", "object_id", "id"), self.row(named[1], case.partition(":")[0]).pk)

    def of_a_notice(self, _pattern: str, case: str) -> dict[str, Any]:
        state, _slash, audience = case.partition("/")
        return {"key": self.notice(state, audience=audience).key}

    def of_an_attachment(self, _pattern: str, case: str) -> dict[str, Any]:
        state, _slash, audience = case.partition("/")
        file = SimpleUploadedFile("x.pdf", b"%PDF-")
        return {"key": make.attachment(conference=self.conference(state), audience=audience, file=file).key}

    def of_a_page(self, pattern: str, case: str) -> dict[str, Any]:
        parts: dict[str, Any] = {"court": self.court.slug, "meeting": "quarterly"}
        if "<year:year>" in pattern:
            kind = Conference.Kind.QUARTERLY if "<meeting:" in pattern else Conference.Kind.ANNUAL
            conference = self.conference(case, kind=kind)
            parts |= {"year": conference.year_reviewed, "pk": make.speech(conference=conference).pk}
            parts["number"] = make.edition(conference).number
        return parts

    def of_a_department(self, _pattern: str, case: str) -> dict[str, Any]:
        """Of which one conference tells something."""
        pledge = make.speech(conference=self.conference(case), department=make.department(court=self.court), name="")
        return {"court": self.court.slug, "pk": pledge.department_id}

    def of_a_nomination(self, pattern: str, case: str) -> dict[str, Any]:
        row = self.nomination(case)
        key = make.evidence(nomination=row, file=SimpleUploadedFile("x.pdf", b"%PDF-")).key
        selection = row.selection_id
        pk = selection if "/board/" in pattern else row.pk
        return {"selection": selection, "nomination": row.pk, "key": key, "pk": pk}

    def of_the_follow_up(self, pattern: str, case: str) -> dict[str, Any]:
        """A measure led by the department of the liaison, or by another one; of a draft it is the own one."""
        if "departments" in pattern:
            return {"pk": self.department.pk}
        lead = make.department(court=self.court) if case == "other" else self.department
        conference = self.conference(case if case in ANY_STATE else "staff")
        measure = make.measure(task=make.task(conference=conference), lead=lead)
        if "evidence" in pattern:
            report = make.progress(measure=measure)
            return {"key": make.progress_file(report=report, file=SimpleUploadedFile("x.pdf", b"%PDF-")).key}
        return {"pk": conference.pk, "measure": measure.pk} if "admin" in pattern else {"pk": measure.pk}

    def of_the_register(self, pattern: str, case: str) -> dict[str, Any]:
        if "<slug:key>" not in pattern:
            row = make.person(court=self.court) if "people" in pattern else make.department(court=self.court)
            return {"pk": row.pk}
        state, _slash, audience = case.partition("/")
        told = {} if state == "alone" else {"conference": self.conference(state)}
        file = SimpleUploadedFile("x.pdf", b"%PDF-")
        return {"key": make.honour_file(honour=make.honour(court=self.court, **told), audience=audience, file=file).key}

    def of_a_certificate(self, pattern: str, case: str) -> dict[str, Any]:
        """For a check page: who may look it up, or that it is not announced, or never was."""
        if "certificates/<int" in pattern:
            conference = self.conference(case)
            return {"conference": conference.pk, "winner": make.commendation(conference=conference).pk}
        if "printings/" in pattern:
            one = make.printing(conference=self.conference("draft"), filename="证书.pdf")
            one.file.save("x", ContentFile(b"%PDF-"))
            return {"pk": one.pk}
        winner = make.commendation(conference=self.conference("draft"), announced=case != "unannounced")
        make.certificate_settings(court=self.court, checked_by="network" if case == "network" else "public")
        return {"key": make.certificate(commendation=winner).key if case != "nothing" else "nothing"}

    def client(self, reader: str) -> Client:
        client = Client()
        if self.readers[reader]:
            client.force_login(self.readers[reader])
        return client


def cell(response: HttpResponse) -> str:
    if response.status_code == 302:
        target = response["Location"].partition("?")[0]
        # Where a row is not there, the stock desk leads back to its first page with a sentence.
        missing = target == "/admin/" and "messages" in response.cookies
        return "." if missing else {"/login/": ">", "/admin/login/": ">"}.get(target, "=")
    return {200: "x", 403: "-", 404: ".", 405: "!"}.get(response.status_code, "?")


@pytest.mark.parametrize(("pattern", "cases", "expected"), rows(OPENS))
def test_who_opens_what(pattern, cases, expected):
    world = World()
    clients = [world.client(reader) for reader in READERS]
    places = {case: world.address(pattern, case) for case in cases}

    got = {case: "".join(cell(client.get(place)) for client in clients) for case, place in places.items()}

    assert got == dict.fromkeys(cases, expected)


MODELS = (Court, Department, Person, Merge, Namesakes, User, Holiday, Group, Conference, Figure, Indicator)
MODELS += (
    Nomination,
    Selection,
    Correction,
    Edition,
    Commendation,
    AwardCategory,
    Honour,
    ExportLog,
    SignIn,
    FailedSignIn,
    TypedDraft,
    FigureSet,
    IndicatorSet,
    Import,
    PublicNotice,
    Objection,
    CourtTemplate,
    Measure,
    ProgressReport,
    Supervision,
    ArchivePackage,
)


# What every form is sent: each takes what it asks for.
SAID = {
    "post": "yes",
    "reason": "弄虚作假",
    "what": "数据",
    "public_note": "更正数据",
    "name": "张玮",
    "file_format": "docx",
    "act": "return",
    "withdraw": "yes",
    "title": "关于表彰的文件",
    "days": "7",
    "audience": "staff",
    "text": "材料不实",
    "channel": "letter",
    "handling": "经查不属实",
    "outcome": "dismissed",
    "percent": "50",
}


def said(place: str) -> dict[str, Any]:
    """With days that no form refuses, whenever this runs, and every nomination that a board shows."""
    today = timezone.localdate()
    chosen = [row.pk for row in Nomination.objects.all() if f"/selection/{row.selection_id}/" in place]
    if "headings/" in place:
        conference = Conference.objects.get(pk=place.split("/")[-3])
        make.speech(conference=conference, text="一、抓审判")
        return {"heading": [heading.key for part in headings_of(conference) for heading in part.headings]}
    if "carry-over/" in place:
        return {"chosen": list(Measure.objects.values_list("pk", flat=True))}
    if "archive/" in place:
        return {"act": "make"}
    if "periods/" in place:
        return {"chosen": list(PeriodFigure.objects.values_list("pk", flat=True))}
    if "tasks/" in place:
        measures = list(Measure.objects.values_list("pk", flat=True))
        return SAID | {"act": "remind", "chosen": measures, "quarter": quarter_of(today).key}
    return SAID | {"starts_on": Workdays().first_from(today), "signed_on": today, "chosen": chosen}


def stored() -> list[Any]:
    """Every row of the record, but for when someone was last here."""
    found = []
    for model in MODELS:
        names = [field.attname for field in model._meta.concrete_fields if field.name not in {"last_login", "revision"}]
        found.append(sorted(model._default_manager.values_list(*names), key=str))
    return found


@pytest.mark.parametrize(("pattern", "cases", "expected"), rows(ACTS))
def test_whose_form_changes_something(pattern, cases, expected):
    world = World()
    make.known_years(2024)
    clients = [world.client(reader) for reader in READERS]
    places = {case: world.address(pattern, case) for case in cases}
    for conference in Conference.objects.all():  # an announcement needs a winner; a time that was set can be changed
        if "honourroll" in pattern and "steps" in pattern:
            make.commendation(conference=conference, announced=timezone.now() + datetime.timedelta(days=1))
            make.commendation(conference=conference, announced=True)
        if "carry-over" in pattern:
            year_before = conference.year_reviewed - 1
            make.followed(task=make.task(conference=make.published(court=world.court, year_reviewed=year_before)))
        if "periods" in pattern:
            make.a_year_of_figures(conference)
    if "correct" in pattern:  # only what was announced is corrected
        Commendation.objects.update(announced_at=timezone.now(), announced_by=world.readers["A"])
    before = stored()

    def changes(client: Client, place: str) -> bool:
        with transaction.atomic():
            client.post(place, said(place))
            changed = stored() != before
            transaction.set_rollback(True)
        return changed

    got = {case: "".join(".x"[changes(client, place)] for client in clients) for case, place in places.items()}

    assert got == dict.fromkeys(cases, expected)


def test_every_page_that_deletes_or_steps_is_among_the_acts():
    acting = re.compile(
        r"/(delete|revoke|correct|undo)/$|papers/of/.*/file/$|/steps/|/(start|decide)/<|/board/|nominations/mine/"
        r"|tasks/(<|$)|/headings/|/carry-over/|/periods/|/archive/"
    )

    assert {address for address, _cases, _cells in rows(ACTS)} == {one for one in addresses() if acting.search(one)}
