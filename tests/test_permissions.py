"""Who may open which address. The rows come from the URL conf: an address without a row fails.

Columns: V visitor; S staff reader, L liaison, C clerk and A approver of the court that owns the record; P reader of
the court above it; O clerk (and reader of courts below) of a court beside it; R system administrator.
Cells: x opens; . is not there (404, on the desk the way back to its first page); - is refused; > leads to the sign-in
page; = leads elsewhere; ! wants another method.
"""

import datetime
import re
from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from awards.models import AwardCategory, Commendation, ExportLog, Honour, Nomination, Objection, PublicNotice, Selection
from conferences.models import Audience, Conference, Correction, Edition, Figure, Indicator
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
from courts.roles import APPROVER, CLERK, LIAISON, STAFF, SUPERIOR
from courts.workdays import Workdays
from intake.models import Import
from tests import make

pytestmark = pytest.mark.django_db
READERS = tuple("VSLCAPOR")

TABLE = """
                                                              V S L C A P O R  the record's state
/                                                             x x x x x x x x  -

login/                                                        x = = = = = = =  -

logout/                                                       > ! ! ! ! ! ! !  -

password/                                                     > x x x x x x x  -

language/<str:code>/                                          = = = = = = = =  -

admin/                                                        > > > x x > x x  -
admin/login/                                                  x x x = = x = =  -
admin/logout/                                                 > = = ! ! = ! !  -
admin/password_change/                                        > > > x x > x x  -
admin/password_change/done/                                   > > > x x > x x  -
admin/autocomplete/                                           > > > x x > x x  courts.user.court,awards.honour.person
admin/news/seen/                                              > > > ! ! > ! !  -
admin/jsi18n/                                                 > > > x x > x x  -

admin/courts/court/                                           > > > x x > x x  -
admin/courts/court/add/                                       > > > - - > - x  -
admin/courts/court/<path:object_id>/history/                  > > > x x > . x  -
admin/courts/court/<path:object_id>/delete/                   > > > - - > - x  -
admin/courts/court/<path:object_id>/change/                   > > > x x > . x  -
admin/courts/court/<path:object_id>/                          > > > = = > = =  -

admin/courts/department/                                      > > > x x > x x  -
admin/courts/department/add/                                  > > > x - > x x  -
admin/courts/department/<path:object_id>/history/             > > > x x > . x  -
admin/courts/department/<path:object_id>/delete/              > > > x - > . x  -
admin/courts/department/<path:object_id>/change/              > > > x x > . x  -
admin/courts/department/<path:object_id>/                     > > > = = > = =  -

admin/courts/person/<int:pk>/merge/                           > > > x . > . x  -
admin/courts/person/                                          > > > x x > x x  -
admin/courts/person/add/                                      > > > x - > x x  -
admin/courts/person/<path:object_id>/history/                 > > > x x > . x  -
admin/courts/person/<path:object_id>/delete/                  > > > x - > . x  -
admin/courts/person/<path:object_id>/change/                  > > > x x > . x  -
admin/courts/person/<path:object_id>/                         > > > = = > = =  -

admin/courts/merge/<int:pk>/undo/                             > > > x . > . x  -
admin/courts/merge/                                           > > > x x > x x  -
admin/courts/merge/add/                                       > > > - - > - -  -
admin/courts/merge/<path:object_id>/history/                  > > > x x > . x  -
admin/courts/merge/<path:object_id>/delete/                   > > > - - > - -  -
admin/courts/merge/<path:object_id>/change/                   > > > x x > . x  -
admin/courts/merge/<path:object_id>/                          > > > = = > = =  -

admin/courts/holiday/                                         > > > - - > - x  -
admin/courts/holiday/add/                                     > > > - - > - x  -
admin/courts/holiday/<path:object_id>/history/                > > > - - > - x  -
admin/courts/holiday/<path:object_id>/delete/                 > > > - - > - x  -
admin/courts/holiday/<path:object_id>/change/                 > > > - - > - x  -
admin/courts/holiday/<path:object_id>/                        > > > = = > = =  -

admin/courts/user/<id>/password/                              > > > - - > - x  -
admin/courts/user/                                            > > > - - > - x  -
admin/courts/user/add/                                        > > > - - > - x  -
admin/courts/user/<path:object_id>/history/                   > > > - - > . x  -
admin/courts/user/<path:object_id>/delete/                    > > > - - > - x  -
admin/courts/user/<path:object_id>/change/                    > > > - - > - x  -
admin/courts/user/<path:object_id>/                           > > > = = > = =  -

admin/courts/signin/                                          > > > - - > - x  -
admin/courts/signin/add/                                      > > > - - > - -  -
admin/courts/signin/<path:object_id>/history/                 > > > . . > . x  -
admin/courts/signin/<path:object_id>/delete/                  > > > - - > - -  -
admin/courts/signin/<path:object_id>/change/                  > > > - - > - x  -
admin/courts/signin/<path:object_id>/                         > > > = = > = =  -

admin/courts/failedsignin/                                    > > > - - > - x  -
admin/courts/failedsignin/add/                                > > > - - > - -  -
admin/courts/failedsignin/<path:object_id>/history/           > > > . . > . x  -
admin/courts/failedsignin/<path:object_id>/delete/            > > > - - > - -  -
admin/courts/failedsignin/<path:object_id>/change/            > > > - - > - x  -
admin/courts/failedsignin/<path:object_id>/                   > > > = = > = =  -

admin/auth/group/                                             > > > - - > - x  -
admin/auth/group/add/                                         > > > - - > - -  -
admin/auth/group/<path:object_id>/history/                    > > > . . > . x  -
admin/auth/group/<path:object_id>/delete/                     > > > - - > - -  -
admin/auth/group/<path:object_id>/change/                     > > > - - > - x  -
admin/auth/group/<path:object_id>/                            > > > = = > = =  -

admin/conferences/indicator/                                  > > > x x > x x  -
admin/conferences/indicator/add/                              > > > - - > - x  -
admin/conferences/indicator/<path:object_id>/history/         > > > x x > x x  -
admin/conferences/indicator/<path:object_id>/delete/          > > > - - > - x  -
admin/conferences/indicator/<path:object_id>/change/          > > > x x > x x  -
admin/conferences/indicator/<path:object_id>/                 > > > = = > = =  -

admin/conferences/figure/                                     > > > x x > x x  -
admin/conferences/figure/add/                                 > > > - - > - -  -
admin/conferences/figure/<path:object_id>/history/            > > > x x > . x  any
admin/conferences/figure/<path:object_id>/delete/             > > > - - > - -  any
admin/conferences/figure/<path:object_id>/change/             > > > x x > . x  any
admin/conferences/figure/<path:object_id>/                    > > > = = > = =  any

admin/conferences/conference/add/typed/                       > > > x - > x x  -
admin/conferences/conference/<int:pk>/typed/                  > > > x - > . x  draft
admin/conferences/conference/<int:pk>/typed/                  > > > - - > . -  submitted,staff,public
admin/conferences/conference/<int:pk>/steps/<slug:step>/      > > > x x > . x  any:submit,any:publish,any:withdraw
admin/conferences/conference/<int:pk>/steps/<slug:step>/      > > > x x > . x  any:return,any:take-back,any:lock
admin/conferences/conference/<int:pk>/steps/<slug:step>/      > > > x x > . x  any:correct,locked:correct
admin/conferences/conference/<int:pk>/steps/<slug:step>/      > > > . . > . .  any:announce,any:nothing
admin/conferences/conference/<int:pk>/findings/               > > > x x > . x  any
admin/conferences/conference/                                 > > > x x > x x  -
admin/conferences/conference/add/                             > > > x - > x x  -
admin/conferences/conference/<path:object_id>/history/        > > > x x > . x  any
admin/conferences/conference/<path:object_id>/delete/         > > > x - > . x  draft
admin/conferences/conference/<path:object_id>/delete/         > > > - - > . -  submitted,staff,public
admin/conferences/conference/<path:object_id>/change/         > > > x x > . x  any
admin/conferences/conference/<path:object_id>/                > > > = = > = =  any

admin/awards/awardcategory/                                   > > > x x > x x  -
admin/awards/awardcategory/add/                               > > > x - > x x  -
admin/awards/awardcategory/<path:object_id>/history/          > > > x x > . x  -
admin/awards/awardcategory/<path:object_id>/delete/           > > > x - > . x  -
admin/awards/awardcategory/<path:object_id>/change/           > > > x x > . x  -
admin/awards/awardcategory/<path:object_id>/                  > > > = = > = =  -

admin/awards/commendation/<int:pk>/revoke/                    > > > . x > . x  any
admin/awards/commendation/<int:pk>/correct/                   > > > x . > . x  any
admin/awards/commendation/                                    > > > x x > x x  -
admin/awards/commendation/add/                                > > > - - > - -  -
admin/awards/commendation/<path:object_id>/history/           > > > x x > . x  any
admin/awards/commendation/<path:object_id>/delete/            > > > - - > - -  any
admin/awards/commendation/<path:object_id>/change/            > > > x x > . x  any
admin/awards/commendation/<path:object_id>/                   > > > = = > = =  any

admin/awards/honour/                                          > > > x x > x x  -
admin/awards/honour/add/                                      > > > x - > x x  -
admin/awards/honour/<path:object_id>/history/                 > > > x x > . x  -
admin/awards/honour/<path:object_id>/delete/                  > > > x - > . x  -
admin/awards/honour/<path:object_id>/change/                  > > > x x > . x  -
admin/awards/honour/<path:object_id>/                         > > > = = > = =  -

admin/courts/binnedrecord/                                    > > > x x > x x  -
admin/courts/binnedrecord/add/                                > > > - - > - -  -
admin/courts/binnedrecord/<path:object_id>/history/           > > > x x > . x  -
admin/courts/binnedrecord/<path:object_id>/delete/            > > > - - > - -  -
admin/courts/binnedrecord/<path:object_id>/change/            > > > x x > . x  -
admin/courts/binnedrecord/<path:object_id>/                   > > > = = > = =  -

admin/awards/publicnotice/start/<int:selection>/              > > > x x > . x  -
admin/awards/publicnotice/decide/<int:selection>/             > > > x x > . x  -
admin/awards/publicnotice/<int:pk>/steps/<slug:step>/         > > > x x > . x  -:move,-:enter,-:conclude
admin/awards/publicnotice/<int:pk>/steps/<slug:step>/         > > > . . > . .  -:start,-:decide,-:handle
admin/awards/publicnotice/                                    > > > x x > x x  -
admin/awards/publicnotice/add/                                > > > - - > - -  -
admin/awards/publicnotice/<path:object_id>/history/           > > > x x > . x  -
admin/awards/publicnotice/<path:object_id>/delete/            > > > - - > - -  -
admin/awards/publicnotice/<path:object_id>/change/            > > > x x > . x  -
admin/awards/publicnotice/<path:object_id>/                   > > > = = > = =  -

admin/awards/objection/<int:pk>/steps/handle/                 > > > x x > . x  -
admin/awards/objection/                                       > > > x x > x x  -
admin/awards/objection/add/                                   > > > - - > - -  -
admin/awards/objection/<path:object_id>/history/              > > > x x > . x  -
admin/awards/objection/<path:object_id>/delete/               > > > - - > - -  -
admin/awards/objection/<path:object_id>/change/               > > > x x > . x  -
admin/awards/objection/<path:object_id>/                      > > > = = > = =  -

admin/awards/exportlog/                                       > > > - x > - x  -
admin/awards/exportlog/add/                                   > > > - - > - -  -
admin/awards/exportlog/<path:object_id>/history/              > > > - x > . x  -
admin/awards/exportlog/<path:object_id>/delete/               > > > - - > - -  -
admin/awards/exportlog/<path:object_id>/change/               > > > - x > - x  -
admin/awards/exportlog/<path:object_id>/                      > > > = = > = =  -

admin/awards/honourroll/<int:pk>/steps/<slug:step>/           > > > x x > . x  any:announce,any:hold-back,any:present
admin/awards/honourroll/add/typed/                            > > > - - > - -  -
admin/awards/honourroll/<int:pk>/typed/                       > > > x - > . x  draft
admin/awards/honourroll/<int:pk>/typed/                       > > > - - > . -  submitted,staff,public
admin/awards/honourroll/<int:pk>/steps/<slug:step>/           > > > . . > . .  any:submit,any:publish,any:withdraw
admin/awards/honourroll/                                      > > > x x > x x  -
admin/awards/honourroll/add/                                  > > > - - > - -  -
admin/awards/honourroll/<path:object_id>/history/             > > > x x > . x  any
admin/awards/honourroll/<path:object_id>/delete/              > > > - - > - -  any
admin/awards/honourroll/<path:object_id>/change/              > > > x x > . x  any
admin/awards/honourroll/<path:object_id>/                     > > > = = > = =  any

admin/intake/import/                                          > > > x x > x x  -
admin/intake/import/add/                                      > > > - - > - -  -
admin/intake/import/<path:object_id>/history/                 > > > x x > . x  -
admin/intake/import/<path:object_id>/delete/                  > > > - - > - -  -
admin/intake/import/<path:object_id>/change/                  > > > x x > . x  -
admin/intake/import/<path:object_id>/                         > > > = = > = =  -

admin/lists/                                                  > - - x x - x .  -
admin/lists/out/                                              > ! ! ! ! ! ! !  -
admin/lists/check/<int:pk>/                                   > . . x x . . x  -
admin/lists/<int:conference>/                                 > . . x x . . x  any
admin/lists/<int:conference>/out/                             > ! ! ! ! ! ! !  any
admin/lists/copy/                                             > . . x . . x x  -
admin/lists/<int:conference>/copy/                            > . . x . . . x  any
admin/lists/<int:conference>/paste/                           > . . x . . . x  any
admin/lists/<int:conference>/winners/                         > . . x . . . x  any

admin/^(?P<app_label>courts|auth|conferences|awards|intake)/$ > > > x x > x x  courts,conferences,awards,intake
admin/^(?P<app_label>courts|auth|conferences|awards|intake)/$ > > > . . > . x  auth
admin/(?P<url>.*)$                                            > > > . . > . .  -

courts-below/                                                 > - - - - x x x  -

awards/export/                                                > - - x x x x x  -

notices/                                                      x x x x x x x x  -
notices/<slug:key>/                                           . . . x x . . x  notbegun/staff,notbegun/public
notices/<slug:key>/                                           . x x x x . . x  begun/staff,ended/staff,ended/public
notices/<slug:key>/                                           x x x x x x x x  begun/public

attachments/<slug:key>/                                       . . . x x . . x  draft/staff,draft/public
attachments/<slug:key>/                                       . x x x x x . x  staff/staff,staff/public,public/staff
attachments/<slug:key>/                                       x x x x x x x x  public/public

<slug:court>/                                                 x x x x x x x x  -
<slug:court>/<year:year>/                                     . . . x x . . x  draft,submitted
<slug:court>/<year:year>/                                     . x x x x x . x  staff
<slug:court>/<year:year>/                                     x x x x x x x x  public
<slug:court>/<year:year>/speeches/<int:pk>/                   . . . x x . . x  draft,submitted
<slug:court>/<year:year>/speeches/<int:pk>/                   . x x x x x . x  staff
<slug:court>/<year:year>/speeches/<int:pk>/                   x x x x x x x x  public
<slug:court>/<year:year>/editions/<int:number>/               > . . x x . . x  draft,submitted
<slug:court>/<year:year>/editions/<int:number>/               > x x x x x . x  staff,public,locked
<slug:court>/<year:year>/<meeting:meeting>/                   . . . x x . . x  draft,submitted
<slug:court>/<year:year>/<meeting:meeting>/                   . x x x x x . x  staff
<slug:court>/<year:year>/<meeting:meeting>/                   x x x x x x x x  public
<slug:court>/<year:year>/<meeting:meeting>/speeches/<int:pk>/ . . . x x . . x  draft,submitted
<slug:court>/<year:year>/<meeting:meeting>/speeches/<int:pk>/ . x x x x x . x  staff
<slug:court>/<year:year>/<meeting:meeting>/speeches/<int:pk>/ x x x x x x x x  public
<slug:court>/<year:year>/<meeting:meeting>/editions/<int:number>/ > . . x x . . x  draft,submitted
<slug:court>/<year:year>/<meeting:meeting>/editions/<int:number>/ > x x x x x . x  staff,public,locked
"""


ANY_STATE = ("draft", "submitted", "staff", "public")  # the last two are published
HOME = "/"  # stands for the empty pattern


def rows(table: str) -> list[tuple[str, list[str], str]]:
    """Address, cases and cells of each line."""
    found = []
    for line in filter(None, table.splitlines()[2:]):
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
    assert {address for address, _cases, _cells in rows(TABLE)} == set(addresses())


def test_every_row_says_all_columns():
    assert [row for row in rows(TABLE) if len(row[2]) != len(READERS) or set(row[2]) - set("x.->=!")] == []


class World:
    """A court, the court above it and one beside it, with a reader in each."""

    def __init__(self) -> None:
        self.years = count(1990)
        above = make.court()
        self.court = make.court(parent=above)
        beside = make.court(parent=above)
        self.readers = {
            "V": None,
            "S": make.user(STAFF, court=self.court),
            "L": make.user(LIAISON, court=self.court),
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
            "holiday": lambda: Holiday.objects.create(date="2024-02-09"),
            "user": lambda: make.user(court=self.court),
            "signin": lambda: SignIn.objects.create(username="x"),
            "failedsignin": lambda: FailedSignIn.objects.create(username="x"),
            "group": lambda: Group.objects.create(name="a role"),
            "indicator": lambda: Indicator.objects.create(name="结案率"),
            "figure": lambda: make.figure(conference=self.conference(case)),
            "conference": lambda: self.conference(case),
            "honourroll": lambda: self.conference(case),
            "commendation": lambda: make.commendation(conference=self.conference(case)),
            "honour": lambda: make.honour(court=self.court),
            "awardcategory": lambda: make.category(court=self.court),
            "binnedrecord": lambda: BinnedRecord.objects.create(
                court=self.court, model="courts.person", name="x", rows=0, record="{}", by=self.readers["C"]
            ),
            "import": lambda: make.imported(court=self.court),
            "publicnotice": lambda: self.notice(case if case in {"ended", "notbegun"} else "begun"),
            "objection": lambda: make.objection(notice=self.notice("ended")),
            "exportlog": lambda: ExportLog.objects.create(court=self.court, what="x", file_format="csv", rows=1),
        }
        return build[model]()

    def address(self, pattern: str, case: str) -> str:
        """The pattern with its parts filled in."""
        state, _colon, step = case.partition(":")
        parts: dict[str, Any] = {"code": "en", "step": step, "url": "nothing", "app_label": case}
        if pattern.startswith("admin/lists/"):
            parts["pk"] = make.imported(court=self.court).pk
            parts["conference"] = self.conference(state).pk if "<int:conference>" in pattern else 0
        elif pattern.endswith("<int:selection>/"):
            parts["selection"] = self.selection(pattern).pk
        elif named := re.match(r"admin/\w+/(\w+)/<", pattern):
            parts["pk"] = parts["object_id"] = parts["id"] = self.row(named[1], state).pk
        elif pattern.startswith("notices/<"):
            state, _slash, audience = case.partition("/")
            parts["key"] = self.notice(state, audience=audience).key
        elif pattern.startswith("attachments/"):
            state, _slash, audience = case.partition("/")
            file = SimpleUploadedFile("x.pdf", b"%PDF-")
            parts["key"] = make.attachment(conference=self.conference(state), audience=audience, file=file).key
        elif "<slug:court>" in pattern:
            parts |= {"court": self.court.slug, "meeting": "quarterly"}
            if "<year:year>" in pattern:
                kind = Conference.Kind.QUARTERLY if "<meeting:" in pattern else Conference.Kind.ANNUAL
                conference = self.conference(state, kind=kind)
                parts |= {"year": conference.year_reviewed, "pk": make.speech(conference=conference).pk}
                parts["number"] = make.edition(conference).number
        pattern = re.sub(r"\^?\(\?P<(\w+)>.*\)", r"<\1>", pattern).removesuffix("$")
        names = zip(("app_label", "model_name", "field_name"), case.split("."), strict=False)
        question = f"?{urlencode(list(names))}" if "autocomplete" in pattern else ""
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(parts[part[1]]), pattern.lstrip("/")) + question

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


@pytest.mark.parametrize(("pattern", "cases", "expected"), rows(TABLE))
def test_who_opens_what(pattern, cases, expected):
    world = World()
    clients = [world.client(reader) for reader in READERS]
    places = {case: world.address(pattern, case) for case in cases}

    got = {case: "".join(cell(client.get(place)) for client in clients) for case, place in places.items()}

    assert got == dict.fromkeys(cases, expected)


ACTS = """
                                                         V S L C A P O R  the record's state
admin/conferences/conference/<int:pk>/steps/<slug:step>/ . . . x . . . x  draft:submit
admin/conferences/conference/<int:pk>/steps/<slug:step>/ . . . . x . . x  submitted:publish
admin/conferences/conference/<int:pk>/steps/<slug:step>/ . . . x . . . x  submitted:take-back
admin/conferences/conference/<int:pk>/steps/<slug:step>/ . . . . x . . x  submitted:return,public:withdraw
admin/conferences/conference/<int:pk>/steps/<slug:step>/ . . . . x . . x  staff:withdraw,public:lock,locked:correct
admin/conferences/conference/<int:pk>/steps/<slug:step>/ . . . . . . . .  draft:publish,submitted:submit,any:announce
admin/conferences/conference/<int:pk>/steps/<slug:step>/ . . . . . . . .  public:submit,public:publish,draft:withdraw
admin/conferences/conference/<int:pk>/steps/<slug:step>/ . . . . . . . .  submitted:withdraw,public:return
admin/conferences/conference/<int:pk>/steps/<slug:step>/ . . . . . . . .  draft:lock,draft:return,public:take-back
admin/conferences/conference/<int:pk>/steps/<slug:step>/ . . . . . . . .  any:correct,locked:withdraw,locked:return
admin/awards/honourroll/<int:pk>/steps/<slug:step>/      . . . x x . . x  submitted:announce,staff:announce
admin/awards/honourroll/<int:pk>/steps/<slug:step>/      . . . x x . . x  locked:announce,public:hold-back,staff:present
admin/awards/honourroll/<int:pk>/steps/<slug:step>/      . . . . . . . .  draft:announce,any:submit,any:publish
admin/awards/publicnotice/<int:pk>/steps/<slug:step>/    . . . x . . . x  notbegun:move
admin/awards/publicnotice/<int:pk>/steps/<slug:step>/    . . . x x . . x  -:enter,ended:conclude
admin/awards/publicnotice/<int:pk>/steps/<slug:step>/    . . . . . . . .  -:conclude,ended:move,notbegun:enter
admin/awards/publicnotice/start/<int:selection>/         . . . x . . . x  -
admin/awards/publicnotice/decide/<int:selection>/        . . . . x . . x  -
admin/awards/publicnotice/<path:object_id>/delete/       . . . . . . . .  -
admin/awards/objection/<int:pk>/steps/handle/            . . . x x . . x  -
admin/awards/objection/<path:object_id>/delete/          . . . . . . . .  -
admin/awards/commendation/<int:pk>/revoke/               . . . . x . . x  any
admin/awards/commendation/<int:pk>/correct/              . . . x . . . x  draft
admin/awards/commendation/<int:pk>/correct/              . . . . . . . .  submitted,staff,public
admin/awards/commendation/<path:object_id>/delete/       . . . . . . . .  any
admin/awards/awardcategory/<path:object_id>/delete/      . . . x . . . x  -
admin/awards/honour/<path:object_id>/delete/             . . . x . . . x  -
admin/awards/exportlog/<path:object_id>/delete/          . . . . . . . .  -
admin/awards/honourroll/<path:object_id>/delete/         . . . . . . . .  any
admin/intake/import/<path:object_id>/delete/             . . . . . . . .  -
admin/conferences/conference/<path:object_id>/delete/    . . . x . . . x  draft
admin/conferences/conference/<path:object_id>/delete/    . . . . . . . .  submitted,staff,public
admin/conferences/figure/<path:object_id>/delete/        . . . . . . . .  any
admin/conferences/indicator/<path:object_id>/delete/     . . . . . . . x  -
admin/courts/binnedrecord/<path:object_id>/delete/       . . . . . . . .  -
admin/courts/court/<path:object_id>/delete/              . . . . . . . .  -
admin/courts/department/<path:object_id>/delete/         . . . x . . . x  -
admin/courts/person/<path:object_id>/delete/             . . . x . . . x  -
admin/courts/merge/<path:object_id>/delete/              . . . . . . . .  -
admin/courts/merge/<int:pk>/undo/                        . . . x . . . x  -
admin/courts/holiday/<path:object_id>/delete/            . . . . . . . x  -
admin/courts/user/<path:object_id>/delete/               . . . . . . . x  -
admin/auth/group/<path:object_id>/delete/                . . . . . . . .  -
admin/courts/signin/<path:object_id>/delete/             . . . . . . . .  -
admin/courts/failedsignin/<path:object_id>/delete/       . . . . . . . .  -
"""
MODELS = (Court, Department, Person, Merge, User, Holiday, Group, Conference, Figure, Indicator)
MODELS += (
    Correction,
    Edition,
    Commendation,
    AwardCategory,
    Honour,
    ExportLog,
    SignIn,
    FailedSignIn,
    TypedDraft,
    Import,
    Nomination,
    PublicNotice,
    Objection,
)


# What every form is sent: each takes what it asks for.
SAID = {
    "post": "yes",
    "reason": "弄虚作假",
    "what": "数据",
    "public_note": "更正数据",
    "name": "张玮",
    "title": "关于表彰的文件",
    "days": "7",
    "audience": "staff",
    "text": "材料不实",
    "channel": "letter",
    "handling": "经查不属实",
    "outcome": "dismissed",
}


def said() -> dict[str, Any]:
    """With days that no form refuses, whenever this runs."""
    today = timezone.localdate()
    return SAID | {"starts_on": Workdays().first_from(today), "signed_on": today}


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
    if "correct" in pattern:  # only what was announced is corrected
        Commendation.objects.update(announced_at=timezone.now(), announced_by=world.readers["A"])
    before = stored()

    def changes(client: Client, place: str) -> bool:
        with transaction.atomic():
            client.post(place, said())
            changed = stored() != before
            transaction.set_rollback(True)
        return changed

    got = {case: "".join(".x"[changes(client, place)] for client in clients) for case, place in places.items()}

    assert got == dict.fromkeys(cases, expected)


def test_every_page_that_deletes_or_steps_is_among_the_acts():
    acting = re.compile(r"/(delete|revoke|correct|undo)/$|/steps/|/(start|decide)/<")

    assert {address for address, _cases, _cells in rows(ACTS)} == {one for one in addresses() if acting.search(one)}
