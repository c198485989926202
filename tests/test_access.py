"""Which court: who reads and writes what, row by row. True stands as plainly as false."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.utils import timezone

from awards.models import Commendation, ExportLog
from conferences.models import Audience, Conference, Measure, MeasureHelper
from courts import access
from courts.models import Court, Department, Holiday, User
from courts.refusals import NotAllowed
from courts.roles import APPROVER, CLERK, LABELS, LIAISON, ROLES, STAFF, SUPERIOR, apply_roles
from tests import make

pytestmark = pytest.mark.django_db
VISITOR, STRANGER, NO_COURT, ABOVE_WITHOUT_ROLE, ADMINISTRATOR = "visitor", "stranger", "no court", "above", "root"


@pytest.fixture
def courts() -> dict[str, Court]:
    """A chain of four courts, and one beside it; `own` is where the user works."""
    supreme = make.court(level=Court.Level.SUPREME)
    high = make.court(parent=supreme, level=Court.Level.HIGH)
    own = make.court(parent=high, level=Court.Level.INTERMEDIATE)
    below = make.court(parent=own)
    return {"supreme": supreme, "above": high, "own": own, "below": below, "beside": make.court(parent=high)}


def user(who: str, own: Court):
    if who == VISITOR:
        return AnonymousUser()
    if who == NO_COURT:
        return make.user(CLERK, APPROVER, SUPERIOR, court=None)
    return make.user(*{ADMINISTRATOR: ()}.get(who, (who,)), court=own, is_superuser=who == ADMINISTRATOR)


STATES = {
    "draft": {"published": False},
    "staff": {"published": True, "audience": Audience.STAFF},
    "public": {"published": True, "audience": Audience.PUBLIC},
}


def conferences_of(court: Court) -> dict[str, Conference]:
    found = {}
    for year, (name, given) in enumerate(STATES.items(), start=2020):
        build = make.published if given["published"] else make.conference
        audience = given.get("audience", Audience.PUBLIC)  # what a draft says of its audience opens nothing
        found[name] = build(court=court, year_reviewed=year, audience=audience)
    return found


#            own court             court below           court above           court beside
# each:      draft staff public
READS = {
    VISITOR: ("..x", "..x", "..x", "..x"),
    NO_COURT: ("..x", "..x", "..x", "..x"),
    STAFF: (".xx", "..x", "..x", "..x"),
    LIAISON: (".xx", "..x", "..x", "..x"),
    CLERK: ("xxx", "..x", "..x", "..x"),
    APPROVER: ("xxx", "..x", "..x", "..x"),
    SUPERIOR: (".xx", ".xx", "..x", "..x"),
    ADMINISTRATOR: ("xxx", "xxx", "xxx", "xxx"),
}


@pytest.mark.parametrize(("who", "expected"), READS.items(), ids=READS.keys())
def test_which_conferences_are_read(courts, who, expected):
    reader = user(who, courts["own"])
    whose = {name: conferences_of(courts[name]) for name in ("own", "below", "above", "beside")}

    seen = set(Conference.objects.visible_to(reader))

    assert tuple("".join(".x"[one in seen] for one in found.values()) for found in whose.values()) == expected


@pytest.mark.parametrize(("who", "expected"), READS.items(), ids=READS.keys())
def test_which_announced_winners_are_read(courts, who, expected):
    reader = user(who, courts["own"])
    whose = [
        [make.commendation(conference=one, announced=True) for one in conferences_of(courts[name]).values()]
        for name in ("own", "below", "above", "beside")
    ]

    seen = set(Commendation.objects.visible_to(reader))

    assert tuple("".join(".x"[one in seen] for one in found) for found in whose) == expected


@pytest.mark.parametrize("who", READS)
@pytest.mark.parametrize("announced_at", [None, datetime.timedelta(minutes=1)])
def test_until_the_announcement_only_clerks_and_approvers_of_the_court_know(courts, who, announced_at):
    reader = user(who, courts["own"])
    later = announced_at and {"announced_at": timezone.now() + announced_at, "announced_by": make.user()}
    whose = [
        [make.commendation(conference=one, **later or {}) for one in conferences_of(courts[name]).values()]
        for name in ("own", "below", "above", "beside")
    ]

    seen = set(Commendation.objects.visible_to(reader))

    everything = {
        CLERK: ("xxx", "...", "...", "..."),
        APPROVER: ("xxx", "...", "...", "..."),
        ADMINISTRATOR: 4 * ("xxx",),
    }
    expected = tuple(everything.get(who, 4 * ("...",)))
    assert tuple("".join(".x"[one in seen] for one in found) for found in whose) == expected


def test_a_reader_from_above_reads_three_levels_down_and_never_up(courts):
    reader = user(SUPERIOR, courts["supreme"])

    assert set(access.courts_below(reader)) == {courts["above"], courts["own"], courts["below"], courts["beside"]}
    assert set(access.courts_below(user(SUPERIOR, courts["below"]))) == set()


@pytest.mark.parametrize("who", [VISITOR, STAFF, CLERK, APPROVER, NO_COURT])
def test_without_the_permission_there_are_no_courts_below(courts, who):
    assert set(access.courts_below(user(who, courts["own"]))) == set()


# Who sees drafts, private notes, internal ranks and unannounced winners of: own, below, above.
EVERYTHING = {
    VISITOR: (False, False, False),
    NO_COURT: (False, False, False),
    STAFF: (False, False, False),
    LIAISON: (False, False, False),
    CLERK: (True, False, False),
    APPROVER: (True, False, False),
    SUPERIOR: (False, False, False),
    ADMINISTRATOR: (True, True, True),
}


@pytest.mark.parametrize(("who", "expected"), EVERYTHING.items(), ids=EVERYTHING.keys())
def test_who_sees_everything_of_a_court(courts, who, expected):
    reader = user(who, courts["own"])

    assert tuple(access.sees_everything_of(reader, courts[name].pk) for name in ("own", "below", "above")) == expected


AS_STAFF = {
    VISITOR: (False, False, False),
    NO_COURT: (False, False, False),
    STAFF: (True, False, False),
    CLERK: (True, False, False),
    SUPERIOR: (True, True, False),
    ADMINISTRATOR: (True, True, True),
}


@pytest.mark.parametrize(("who", "expected"), AS_STAFF.items(), ids=AS_STAFF.keys())
def test_who_reads_a_court_as_its_staff(courts, who, expected):
    reader = user(who, courts["own"])

    assert tuple(access.reads_as_staff(reader, courts[name].pk) for name in ("own", "below", "above")) == expected


@pytest.mark.parametrize("who", [CLERK, APPROVER, LIAISON, STAFF, SUPERIOR])
def test_one_writes_for_the_own_court_alone(courts, who):
    writer = user(who, courts["own"])

    assert [name for name, court in courts.items() if access.writes_for(writer, court.pk)] == ["own"]


@pytest.mark.parametrize("who", [VISITOR, NO_COURT])
def test_whoever_works_for_no_court_writes_for_none(courts, who):
    writer = user(who, courts["own"])

    assert [access.writes_for(writer, court_id) for court_id in (courts["own"].pk, None)] == [False, False]


def test_a_permission_counts_only_in_the_own_court(courts):
    clerk = user(CLERK, courts["own"])

    access.may(clerk, "conferences.submit_conference", make.conference(court=courts["own"]))
    for record, permission in (
        (make.conference(court=courts["below"]), "conferences.submit_conference"),
        (make.conference(court=courts["own"], year_reviewed=2020), "conferences.publish_conference"),
    ):
        with pytest.raises(NotAllowed):
            access.may(clerk, permission, record)


def helper_of(court: Court) -> MeasureHelper:
    measure = make.measure(task=make.task(conference=make.conference(court=court)))
    return MeasureHelper.objects.create(measure=measure, department=make.department(court=court))


OWNED = {
    "court": lambda court: court,
    "department": lambda court: make.department(court=court),
    "person": lambda court: make.person(court=court),
    "account": lambda court: make.user(court=court),
    "conference": lambda court: make.conference(court=court),
    "agenda item": lambda court: make.agenda_item(conference=make.conference(court=court)),
    "measure": lambda court: make.measure(task=make.task(conference=make.conference(court=court))),
    "helper": helper_of,
    "commendation": lambda court: make.commendation(conference=make.conference(court=court)),
    "honour": lambda court: make.honour(court=court),
    "export": lambda court: ExportLog.objects.create(court=court, what="x", file_format="csv", rows=1),
}


@pytest.mark.parametrize("build", OWNED.values(), ids=OWNED.keys())
def test_own_rows_and_the_court_of_a_row_say_the_same(courts, build):
    clerk = user(CLERK, courts["own"])
    mine, foreign = build(courts["own"]), build(courts["below"])

    rows = access.own(type(mine)._default_manager.all(), clerk)

    assert (mine in rows, foreign in rows) == (True, False)
    assert (access.court_of(mine), access.court_of(foreign)) == (courts["own"].pk, courts["below"].pk)


def test_rows_without_a_court_belong_to_nobody_who_has_none():
    make.user(court=None)
    ExportLog.objects.create(court=None, what="x", file_format="csv", rows=1)
    nowhere = make.user(CLERK, court=None)

    assert [list(access.own(model.objects.all(), nowhere)) for model in (User, ExportLog, Court)] == [[], [], []]


def test_tables_that_all_courts_share_are_open_and_unknown_ones_closed(courts):
    clerk = user(CLERK, courts["own"])
    holiday = Holiday.objects.create(date=datetime.date(2024, 2, 9))

    assert list(access.own(Holiday.objects.all(), clerk)) == [holiday]
    assert list(access.own(Permission.objects.all(), clerk)) == []


def test_no_permission_of_a_role_reaches_accounts_courts_or_other_peoples_logs():
    writes = {name for names in ROLES.values() for name in names if ".view_" not in name}

    assert {
        name for name in writes if name.split("_")[-1] in {"user", "group", "court", "permission", "exportlog"}
    } == set()
    assert ROLES[STAFF] == []
    assert ROLES[LIAISON] == ["awards.nominate_nomination", "conferences.report_measure"]


def test_what_was_given_to_a_role_by_hand_is_taken_away():
    apply_roles()
    clerk = make.user(CLERK, court=make.court())
    group = clerk.groups.get()
    group.permissions.add(Permission.objects.get(codename="publish_conference"))

    apply_roles()

    held = {f"{one.content_type.app_label}.{one.codename}" for one in group.permissions.select_related("content_type")}
    assert (held, set(LABELS)) == (set(ROLES[CLERK]), set(ROLES))


def test_a_lead_department_of_another_court_is_no_own_row(courts):
    clerk = user(CLERK, courts["own"])
    foreign = make.measure(lead=make.department(court=courts["own"]))

    assert list(access.own(Measure.objects.all(), clerk)) == []
    assert access.court_of(foreign) != courts["own"].pk
    assert Department.objects.filter(measures_led=foreign).exists()
