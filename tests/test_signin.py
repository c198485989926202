"""Who comes in: failures counted by pair of account and address, answers that tell nothing, sessions that end."""

import datetime
import json
import re
import subprocess
import sys

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from courts.roles import CLERK, STAFF
from tests import make

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "10.1.1.1", "10.1.1.2"
SIGN_IN_PAGES = ("/login/", "/admin/login/")


def sign_in(client: Client, username: str, password: str = make.PASSWORD, *, place: str = "/login/", **given):
    address = {"REMOTE_ADDR": given.pop("address", HERE)}
    return client.post(place, {"username": username, "password": password} | given, **address)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def fail(username: str, times: int, **given) -> None:
    for _ in range(times):
        sign_in(Client(), username, "wrong", **given)


@pytest.mark.parametrize("place", SIGN_IN_PAGES)
def test_five_failures_close_the_account_to_this_address(client, place):
    make.user(CLERK, username="zhang")
    fail("zhang", 4, place=place)
    fifth = sign_in(Client(), "zhang", "wrong", place=place)

    right = sign_in(client, "zhang", place=place)

    assert (fifth.status_code, right.status_code, is_in(client)) == (429, 429, False)


def test_four_failures_do_not(client):
    make.user(username="zhang")
    fail("zhang", 4)

    sign_in(client, "zhang")

    assert is_in(client)


@pytest.mark.parametrize(("username", "address"), [("li", HERE), ("zhang", ELSEWHERE)])
def test_another_account_or_another_address_stays_open(client, username, address):
    make.user(username="zhang")
    make.user(username="li")
    fail("zhang", 6)

    sign_in(client, username, address=address)

    assert is_in(client)


def test_failures_on_both_sign_in_pages_count_together(client):
    make.user(CLERK, username="zhang")
    fail("zhang", 3)
    fail("zhang", 2, place="/admin/login/")

    sign_in(client, "zhang")

    assert not is_in(client)


def test_an_account_written_in_other_characters_is_the_same_one(client):
    make.user(username="zhang")
    fail("ｚｈａｎｇ", 5)  # full width, which the form makes plain

    sign_in(client, "zhang")

    assert not is_in(client)


def test_after_fifteen_minutes_it_opens_again(client):
    make.user(username="zhang")
    fail("zhang", 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=16))

    sign_in(client, "zhang")

    assert is_in(client)


def test_attempts_while_it_is_closed_do_not_keep_it_closed(client):
    make.user(username="zhang")
    fail("zhang", 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=14))
    fail("zhang", 3)
    AccessAttempt.objects.update(attempt_time=AccessAttempt.objects.get().attempt_time - datetime.timedelta(minutes=2))

    sign_in(client, "zhang")

    assert is_in(client)


def test_an_address_that_a_client_makes_up_opens_no_second_count(client):
    make.user(username="zhang")
    for n in range(5):
        client.post("/login/", {"username": "zhang", "password": "wrong"}, headers={"X-Forwarded-For": f"10.9.9.{n}"})

    sign_in(client, "zhang", address="127.0.0.1")

    assert not is_in(client)


# --- Known and unknown accounts ---


def shown(response, username: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and page, but for what the reader typed and for the form's own token."""
    body = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", response.content.decode())
    headers = {name: value for name, value in response.headers.items() if name not in {"Content-Length", "Expires"}}
    return response.status_code, headers, body.replace(username, "who")


ACCOUNTS = {"u-known": {}, "u-closed": {"is_active": False}, "u-nobody": None}


@pytest.mark.parametrize("place", SIGN_IN_PAGES)
@pytest.mark.parametrize("times", [1, 5])
def test_known_unknown_and_closed_accounts_answer_alike(place, times):
    for username, given in ACCOUNTS.items():
        if given is not None:
            make.user(CLERK, username=username, **given)
    answers = []
    for username in ACCOUNTS:
        fail(username, times - 1, place=place)
        answers.append(shown(sign_in(Client(), username, "wrong", place=place), username))

    assert answers == [answers[0]] * 3


def test_a_closed_account_answers_the_right_password_as_a_wrong_one():
    make.user(username="u-closed", is_active=False)

    right = shown(sign_in(Client(), "u-closed"), "u-closed")
    wrong = shown(sign_in(Client(), "u-closed", "wrong"), "u-closed")

    assert right == wrong


@pytest.mark.parametrize("username", ACCOUNTS)
def test_each_attempt_hashes_once_whether_the_account_is_known_or_not(monkeypatch, client, username):
    if ACCOUNTS[username] is not None:
        make.user(username=username, **ACCOUNTS[username])
    hashed = []
    encode = MD5PasswordHasher.encode

    def counting(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)

    sign_in(client, username, "wrong")

    assert hashed == ["wrong"]


# --- Where one goes after it ---

FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "\t//evil.example",
]


@pytest.mark.parametrize("target", FOREIGN)
@pytest.mark.parametrize("place", SIGN_IN_PAGES)
def test_signing_in_leads_to_no_other_host(client, place, target):
    make.user(CLERK, username="zhang")

    response = sign_in(client, "zhang", place=place, next=target)

    assert response["Location"] == "/"


def test_signing_in_leads_back_to_where_one_was(client):
    make.user(username="zhang")

    assert sign_in(client, "zhang", next="/court-1/2023/")["Location"] == "/court-1/2023/"


@pytest.mark.parametrize("target", FOREIGN)
def test_choosing_a_language_leads_to_no_other_host(client, target):
    assert client.get("/language/en/", {"next": target})["Location"] == "/"


@pytest.mark.parametrize("target", FOREIGN)
def test_signing_out_leads_to_no_other_host(client, target):
    client.force_login(make.user(STAFF))

    assert client.post("/logout/", {"next": target})["Location"] == "/"


def test_a_language_that_is_none_is_not_there(client):
    assert (client.get("/language/xx/").status_code, client.get("/language/zh-hans/").status_code) == (404, 302)


# --- Sessions ---


def test_the_session_gets_a_new_key_when_someone_signs_in(client):
    make.user(username="zhang")
    client.get("/")
    session = client.session
    session["before"] = "yes"
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted

    sign_in(client, "zhang")

    assert (is_in(client), client.session.session_key == planted) == (True, False)
    assert not Session.objects.filter(session_key=planted).exists()


@pytest.mark.parametrize("place", ["/password/", "/admin/password_change/"])
def test_a_new_password_ends_every_other_session(place):
    user = make.user(CLERK, court=make.court(), username="zhang")
    here, there = Client(), Client()
    for client in (here, there):
        client.force_login(user)

    changed = "another-long-password"
    here.post(place, {"old_password": make.PASSWORD, "new_password1": changed, "new_password2": changed})

    assert [one.get("/admin/").status_code for one in (here, there)] == [200, 302]


def test_an_account_that_is_closed_is_out_at_once(client):
    user = make.user(CLERK, court=make.court())
    client.force_login(user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)

    assert client.get("/admin/").status_code == 302


def test_signing_out_is_a_form_and_ends_the_session(client):
    client.force_login(make.user(CLERK, court=make.court()))
    key = client.session.session_key

    by_link = client.get("/logout/").status_code
    still_there = Session.objects.filter(session_key=key).exists()
    client.post("/logout/")

    assert (by_link, still_there, Session.objects.filter(session_key=key).exists()) == (405, True, False)


# --- What browsers are told ---

POLICY = {"default-src 'self'", "base-uri 'none'", "object-src 'none'", "form-action 'self'", "frame-ancestors 'none'"}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/login/", 302),
        ("/password/", 200),
        ("/nothing/", 404),
        ("/?q=%00", 400),
        ("/admin/", 200),
        ("/admin/login/", 302),
        ("/admin/courts/person/", 200),
        ("/admin/courts/person/add/", 200),
        ("/admin/courts/user/", 403),
        ("/admin/courts/person/?post__startswith=a", 400),
    ],
)
def test_every_answer_carries_the_policy(client, address, status):
    client.force_login(make.user(CLERK, court=make.court()))

    response = client.get(address)

    told = {part.strip() for part in response["Content-Security-Policy"].split(";")}
    kept = (response["X-Frame-Options"], response["X-Content-Type-Options"], response["Referrer-Policy"])
    assert (response.status_code, told, kept) == (status, POLICY, ("DENY", "nosniff", "same-origin"))


def test_the_page_of_a_broken_program_carries_the_policy_and_tells_nothing(client, monkeypatch):
    monkeypatch.setattr("conferences.views.home_page", lambda *_: 1 / 0)
    client.raise_request_exception = False

    response = client.get("/", headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}=x"})

    assert (response.status_code, "default-src 'self'" in response["Content-Security-Policy"]) == (500, True)
    assert "division" not in response.content.decode()


def test_a_form_without_its_token_is_refused_with_the_policy():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/login/", {"username": "zhang", "password": "x"})

    assert (response.status_code, "default-src 'self'" in response["Content-Security-Policy"]) == (403, True)


NUL = {
    "path": ("/nothing%00/", {}),
    "path of the desk": ("/admin/courts/person/%00/change/", {}),
    "name in the question": ("/?%00=1", {}),
    "value in the question": ("/?court=a%00b", {}),
    "search of a list": ("/admin/courts/person/?q=%00", {}),
    "search of a field": (
        "/admin/autocomplete/?app_label=courts&model_name=user&field_name=department&term=%00",
        {},
    ),
    "session": ("/admin/", {"Cookie": settings.SESSION_COOKIE_NAME + '="' + r"\000" * 12 + '"'}),
}


@pytest.mark.parametrize(("address", "headers"), NUL.values(), ids=NUL.keys())
def test_nul_is_a_bad_request_and_breaks_nothing(client, address, headers):
    if not headers:
        client.force_login(make.user(CLERK, court=make.court()))

    assert client.get(address, headers=headers).status_code == 400


def test_nul_in_a_form_is_said_at_its_field(client):
    make.user(username="zhang")

    response = sign_in(client, "zh\0ang", "pass\0word")

    assert (response.status_code, set(response.context["form"].errors)) == (200, {"username", "password"})


FLAGS = (
    "import json, django.conf; s = django.conf.settings;"
    "print(json.dumps([getattr(s, f'{c}_COOKIE_{f}') for c in ('SESSION', 'CSRF', 'LANGUAGE')"
    " for f in ('SECURE', 'HTTPONLY', 'SAMESITE')] + [s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS]))"
)


def test_cookies_in_production_travel_encrypted_and_no_script_reads_them(tmp_path):
    given = {"SECRET_KEY": "T9-kZ4_pQ7w" * 8, "ALLOWED_HOSTS": "hui.example.cn", "DATA_DIR": str(tmp_path)}

    told = subprocess.run(
        [sys.executable, "-c", FLAGS],
        cwd=settings.BASE_DIR,
        env=given | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        check=True,
    )

    assert json.loads(told.stdout) == [True, True, "Lax"] * 3 + [True, 31536000]


def test_the_cookie_of_the_language_is_set_with_its_flags(client, settings):
    settings.LANGUAGE_COOKIE_SECURE = True

    cookie = client.get("/language/en/").cookies[settings.LANGUAGE_COOKIE_NAME]

    assert (cookie.value, cookie["secure"], cookie["httponly"], cookie["samesite"]) == ("en", True, True, "Lax")
