"""What a reader may not see answers exactly as what never was: same status, headers and body."""

import pytest
from django.test import Client

from conferences.models import Audience
from tests import make

pytestmark = pytest.mark.django_db
READERS = ["visitor", "staff of the court", "clerk beside", "superior"]
# Conferences that are hidden from these readers, each in its own way.
HIDDEN = {
    "visitor": ["draft", "submitted", "staff only"],
    "staff of the court": ["draft", "submitted"],
    "clerk beside": ["draft", "submitted", "staff only"],
    "superior": ["draft", "submitted"],
}


@pytest.fixture
def court():
    return make.court(slug="a", parent=make.court())


def signed_in(reader, court) -> Client:
    client = Client()
    if reader != "visitor":
        role, of = {
            "staff of the court": ("staff", court),
            "clerk beside": ("clerk", make.court()),
            "superior": ("superior", court.parent),
        }[reader]
        client.force_login(make.user(role, court=of))
    return client


def hidden_conference(state, court):
    if state == "staff only":
        return make.published(court=court, audience=Audience.STAFF, title="秘密会议")
    conference = make.conference(court=court, title="秘密会议")
    if state == "submitted":
        conference.submit(by=make.user("clerk", court=court))
    return conference


def answer(client, method, address, **headers) -> tuple:
    response = getattr(client, method)(address, **headers)
    return response.status_code, sorted(response.headers.items()), response.content


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("page", ["", "speeches/{speech}/"])
@pytest.mark.parametrize(("reader", "state"), [(reader, state) for reader in READERS for state in HIDDEN[reader]])
def test_a_hidden_conference_answers_as_one_that_never_was(reader, state, page, method, court):
    conference = hidden_conference(state, court)
    speech = make.speech(conference=conference, text="秘密讲话")
    client = signed_in(reader, court)

    hidden = answer(client, method, f"/a/2023/{page.format(speech=speech.pk)}")
    never = answer(client, method, f"/a/1990/{page.format(speech=10**9)}")

    assert hidden == never
    assert hidden[0] == (405 if method == "post" else 404)


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_IF_NONE_MATCH": "*"},
        {"HTTP_RANGE": "bytes=0-9"},
        {"HTTP_IF_MODIFIED_SINCE": "Wed, 21 Oct 2015 07:28:00 GMT"},
    ],
)
def test_no_header_tells_them_apart(client, court, headers):
    hidden_conference("draft", court)

    assert answer(client, "get", "/a/2023/", **headers) == answer(client, "get", "/a/1990/", **headers)


@pytest.mark.parametrize("address", ["/a/2023/", "/nowhere/", "/nowhere/2023/", "/attachments/nowhere/", "/a/b/c/d/"])
def test_every_page_that_is_not_there_is_the_same_page(client, court, address):
    hidden_conference("draft", court)

    assert answer(client, "get", address) == answer(client, "get", "/a/1990/")


def test_the_page_that_is_not_there_repeats_nothing(client):
    page = client.get("/qwertz/2023/?asdf=yxcv").content.decode()

    assert [word for word in ("qwertz", "asdf", "yxcv") if word in page] == []


@pytest.mark.parametrize(("role", "banner"), [("clerk", True), ("approver", True)])
def test_the_state_of_a_draft_is_said_to_its_own_clerks_and_approvers(client, court, role, banner):
    conference = hidden_conference("draft", court)
    client.force_login(make.user(role, court=court))

    response = client.get(conference.get_absolute_url())

    assert (response.status_code, "草稿，尚未发布" in response.content.decode()) == (200, banner)
