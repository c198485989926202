"""The log of who came in, who failed, when and from where: read by the administrator, changed by nobody, kept."""

import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from awards.models import ExportLog
from courts.models import FailedSignIn, SignIn
from courts.roles import APPROVER, CLERK
from tests import make
from tests.test_signin import ELSEWHERE, HERE, fail, sign_in

pytestmark = pytest.mark.django_db
PAGES = ("signin", "failedsignin")


def listed(client: Client, model: str, question: str = "") -> list[tuple[str, str]]:
    """Name and address of each line of the list."""
    changelist = client.get(f"/admin/courts/{model}/{question}").context["cl"]
    return [(row.username, row.ip_address) for row in changelist.result_list]


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(make.user(username="root", is_superuser=True, is_staff=True))
    SignIn.objects.all().delete()
    return client


def test_a_session_is_logged_from_its_beginning_to_its_end(client, administrator):
    make.user(username="zhang")
    sign_in(client, "zhang", address=ELSEWHERE)
    begun = SignIn.objects.get()

    client.post("/logout/", REMOTE_ADDR=ELSEWHERE)

    ended = SignIn.objects.get()
    assert (begun.logout_time, ended.logout_time is None) == (None, False)
    assert listed(administrator, "signin") == [("zhang", ELSEWHERE)]


def test_each_failure_is_logged_and_the_one_that_locks_says_so(administrator):
    make.user(username="zhang")

    fail("zhang", 6)

    assert listed(administrator, "failedsignin") == [("zhang", HERE)] * 5
    assert list(FailedSignIn.objects.order_by("id").values_list("locked_out", flat=True)) == [False] * 4 + [True]


def test_a_right_password_does_not_wipe_the_failures(client):
    make.user(username="zhang")
    fail("zhang", 2)

    sign_in(client, "zhang")

    assert FailedSignIn.objects.count() == 2


def test_names_that_nobody_has_are_logged_too():
    fail("nobody", 1)

    assert FailedSignIn.objects.get().username == "nobody"


def test_no_password_stands_in_the_log(administrator):
    make.user(username="zhang")
    sign_in(Client(), "zhang", "wrong-and-secret")
    sign_in(Client(), "zhang")

    for model in (SignIn, FailedSignIn):
        row = model.objects.get()
        texts = " ".join(str(value) for value in vars(row).values())
        assert (make.PASSWORD in texts, "wrong-and-secret" in texts) == (False, False)


def test_it_is_searched_by_name_and_by_address(administrator):
    for name, address in (("zhang", HERE), ("li", ELSEWHERE)):
        fail(name, 1, address=address)

    assert listed(administrator, "failedsignin", "?q=zhang") == [("zhang", HERE)]
    assert listed(administrator, "failedsignin", f"?q={ELSEWHERE}") == [("li", ELSEWHERE)]


@pytest.mark.parametrize("model", PAGES)
@pytest.mark.parametrize("role", [CLERK, APPROVER])
def test_nobody_else_reads_it(model, role, client):
    fail("zhang", 1)
    row = SignIn.objects.create(username="zhang") if model == "signin" else FailedSignIn.objects.get()
    client.force_login(make.user(role, court=make.court()))

    answers = [client.get(f"/admin/courts/{model}/{place}").status_code for place in ("", f"{row.pk}/change/")]

    assert (answers, f"/{model}/" in client.get("/admin/").content.decode()) == ([403, 403], False)


@pytest.mark.parametrize("model", PAGES)
def test_not_even_the_administrator_changes_it(model, administrator):
    fail("zhang", 1)
    SignIn.objects.create(username="zhang")
    before = stored()
    row = SignIn.objects.get() if model == "signin" else FailedSignIn.objects.get()
    places = ("add/", f"{row.pk}/change/", f"{row.pk}/delete/")

    answers = [
        administrator.post(f"/admin/courts/{model}/{place}", {"username": "x", "post": "yes"}).status_code
        for place in places
    ]

    assert (answers, stored()) == ([403] * 3, before)


def stored() -> list[Any]:
    return [list(model.objects.order_by("id").values()) for model in (SignIn, FailedSignIn)]


@pytest.mark.parametrize("model", PAGES)
def test_a_line_opens_and_says_what_is_known(model, administrator):
    fail("zhang", 1)
    SignIn.objects.create(username="zhang", ip_address=HERE)
    row = SignIn.objects.get() if model == "signin" else FailedSignIn.objects.get()

    page = administrator.get(f"/admin/courts/{model}/{row.pk}/change/").content.decode()

    assert ["zhang" in page, HERE in page, 'type="submit"' in page] == [True, True, True]  # the last one signs out


# --- How long it is kept ---


def test_only_what_is_older_than_the_setting_is_deleted_and_said(settings):
    settings.LOG_DAYS = 200
    now = timezone.now()
    for days in (199, 201):
        then = now - datetime.timedelta(days=days)
        for model in (SignIn, FailedSignIn):
            row = model.objects.create(username=str(days))
            model.objects.filter(pk=row.pk).update(attempt_time=then)
        export = ExportLog.objects.create(what=str(days), file_format="csv", rows=1)
        ExportLog.objects.filter(pk=export.pk).update(at=then)
    said = StringIO()

    call_command("prune_logs", stdout=said)

    kept = [model.objects.get().username for model in (SignIn, FailedSignIn)]
    assert (kept, ExportLog.objects.get().what) == (["199", "199"], "199")
    assert [line.split()[1] for line in said.getvalue().splitlines()] == ["1", "1", "1"]
