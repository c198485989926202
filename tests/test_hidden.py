"""What a reader may not see answers exactly as an address that never existed, however it is asked for."""

import gzip
from itertools import product
from typing import Any

import pytest
from django.test import Client

from conferences.models import Audience, Conference
from courts.roles import CLERK, LIAISON, STAFF, SUPERIOR
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    return make.court(slug="own")


HIDDEN_FROM = {
    "visitor": (None, "draft", "staff"),
    "staff": (STAFF, "draft"),
    "liaison": (LIAISON, "draft"),
    "reader above": (SUPERIOR, "draft"),
    "clerk beside": (CLERK, "draft", "staff"),
}
REQUESTS = {
    "GET": ("get", {}),
    "HEAD": ("head", {}),
    "any mark": ("get", {"If-None-Match": "*"}),
    "a mark": ("get", {"If-None-Match": 'W/"0"'}),
    "a date": ("get", {"If-Modified-Since": "Wed, 01 Jan 2020 00:00:00 GMT"}),
    "a part": ("get", {"Range": "bytes=0-10"}),
    "JSON": ("get", {"Accept": "application/json"}),
    "packed": ("get", {"Accept-Encoding": "gzip"}),
    "POST": ("post", {}),
    "OPTIONS": ("options", {}),
}

KEPT = "0" * 32
PLACES = [
    *(
        f"/own/2023/{way}{file}"
        for way in ("", "quarterly/")
        for file in ("", "conference.json", "feed.atom", "calendar.ics")
    ),
    "/own/2023/speeches/4711/",
    f"/attachments/{KEPT}/",
]


@pytest.mark.parametrize(
    ("who", "state"), [(who, state) for who, (_role, *states) in HIDDEN_FROM.items() for state in states]
)
def test_what_is_hidden_answers_as_what_never_was(own, who, state):
    role = HIDDEN_FROM[who][0]
    own.parent = make.court()
    own.save()
    court = {"reader above": own.parent, "clerk beside": make.court()}.get(who, own)
    client = Client()
    if role:
        client.force_login(make.user(role, court=court))

    def ask() -> dict[tuple[str, str], tuple[Any, ...]]:
        found = {}
        for one, (name, (method, headers)) in product(PLACES, REQUESTS.items()):
            response = getattr(client, method)(one, headers=headers)
            told, content = dict(response.headers), response.content
            if name == "packed":  # a random filling against guessing by length
                content = gzip.decompress(content)
                told.pop("Content-Length")
            found[one, name] = (response.status_code, told, str(response.cookies), content)
        return found

    before = ask()
    for kind in (Conference.Kind.ANNUAL, Conference.Kind.QUARTERLY):
        if state == "draft":
            conference = make.conference(court=own, kind=kind, audience=Audience.PUBLIC)
        else:
            conference = make.published(court=own, kind=kind, audience=Audience.STAFF)
        if kind == Conference.Kind.ANNUAL:
            make.speech(pk=4711, conference=conference)
            make.attachment(conference=conference, key=KEPT, audience=Audience.PUBLIC)
    after = ask()

    assert {asked for asked, told in before.items() if after[asked] != told} == set()


def test_the_same_addresses_open_to_whoever_may(own):
    conference = make.conference(court=own)
    make.speech(pk=4711, conference=conference)
    client = Client()
    client.force_login(make.user(CLERK, court=own))

    assert [client.get(one).status_code for one in ("/own/2023/", "/own/2023/speeches/4711/")] == [200, 200]
