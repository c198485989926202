"""How the sample is loaded: beside what is there already, whole or not at all; accounts only where they do no harm."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from conferences.models import Conference
from courts.models import Court, User
from sample import hubin
from sample.accounts import ACCOUNTS, PASSWORD, create_accounts, is_loopback
from sample.loading import load
from sample.management.commands.load_sample import account_lines
from sample.records import ConferenceData, CourtData
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def loopback(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]


@pytest.mark.parametrize(
    "same",
    [
        pytest.param({"name": "三门峡市湖滨区人民法院"}, id="name"),
        pytest.param({"slug": "hubin"}, id="address"),
        pytest.param({"code": "豫1202"}, id="code"),
    ],
)
def test_a_court_that_was_entered_by_hand_is_left_alone(same):
    own = make.court(**same)

    made = load([hubin.SUPERIOR, hubin.COURT])

    assert [court.slug for court in made] == ["sanmenxia"]
    assert not Conference.objects.filter(court=own).exists()


def test_data_with_a_mistake_loads_nothing():
    wrong = CourtData(
        fields=hubin.COURT.fields,
        conferences=[ConferenceData(fields=hubin.CONFERENCE.fields, participants=[{"person": "查无此人"}])],
    )

    with pytest.raises(KeyError):
        load([hubin.SUPERIOR, wrong])

    assert not Court.objects.exists()
    assert not User.objects.exists()


def test_without_being_asked_for_no_account_can_sign_in():
    call_command("load_sample", verbosity=0)

    assert [user.username for user in User.objects.all() if user.is_active or user.has_usable_password()] == []


@pytest.mark.usefixtures("loopback")
def test_the_accounts_have_their_roles_and_courts():
    call_command("load_sample", accounts=True, verbosity=0)

    made = {
        user.username: (
            user.court.slug if user.court else "",
            {group.name for group in user.groups.all()},
            user.is_staff,
        )
        for user in User.objects.filter(is_active=True)
    }
    assert made == {
        "clerk": ("qingyu", {"clerk"}, True),
        "approver": ("qingyu", {"approver"}, True),
        "liaison": ("qingyu", {"liaison"}, False),
        "staff": ("qingyu", {"staff"}, False),
        "superior": ("lanjiang", {"clerk", "approver", "superior"}, True),
        "admin": ("", set(), True),
    }
    assert all(User.objects.get(username=account.username).check_password(PASSWORD) for account in ACCOUNTS)


@pytest.mark.usefixtures("loopback")
def test_an_account_that_is_there_keeps_its_password_and_roles():
    call_command("load_sample", verbosity=0)
    own = make.user(username="clerk")

    made = create_accounts()

    own.refresh_from_db()
    assert "clerk" not in {account.username for account in made}
    assert own.check_password(make.PASSWORD)
    assert not own.groups.exists()


@pytest.mark.parametrize("host", ["court.example", "*", ".localhost", "192.0.2.1", "10.1.2.3"])
def test_a_site_that_others_reach_gets_no_accounts(settings, host):
    settings.ALLOWED_HOSTS = ["127.0.0.1", host]

    with pytest.raises(CommandError):
        call_command("load_sample", accounts=True, verbosity=0)

    assert not Court.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "[::1]", "::1"])
def test_loopback_hosts(host):
    assert is_loopback(host)


def test_the_table_of_accounts_keeps_its_columns_in_line():
    call_command("load_sample", verbosity=0)

    with translation.override("en"):
        lines = account_lines()

    assert lines == [
        "Accounts for trying the site; as made, their password is sample-conference",
        "Account   Court     Role                                      What for",
        "clerk     青屿法院  Clerk                                     enters the record in the admin",
        "approver  青屿法院  Approver                                  publishes what the clerk submitted",
        "liaison   青屿法院  Liaison                                   speaks for a department",
        "staff     青屿法院  Staff reader                              reads what the court published for its staff",
        "superior  澜江中院  Clerk、Approver、Superior court's reader  works for the superior court, reads those below",
        "admin               Administrator                             administers the whole site",
    ]
