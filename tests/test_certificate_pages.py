"""The pages on which certificates are chosen, printed and looked up."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from awards.models import Certificate
from courts.roles import APPROVER, CLERK, LIAISON, STAFF
from papers.models import Printing
from tests import make

pytestmark = pytest.mark.django_db
USUAL = {"size": "a4", "stock": "plain", "x": "0", "y": "0", "output": "pdf"}


@pytest.fixture
def court():
    return make.court(name="青屿区人民法院", document_prefix="青")


@pytest.fixture
def conference(court):
    return make.conference(court=court)


@pytest.fixture
def winners(conference):
    """Two of one award and one of another, in this order."""
    categories = [make.category(court=conference.court, order=order) for order in (1, 2)]
    return [
        make.commendation(conference=conference, category=category, order=order)
        for order, category in enumerate((categories[0], categories[0], categories[1]))
    ]


@pytest.fixture
def clerk(client, court):
    clerk = make.user(CLERK, court=court)
    client.force_login(clerk)
    return clerk


def place(conference):
    return f"/admin/papers/certificates/{conference.pk}/"


def whose():
    return [one.commendation for one in Printing.objects.get().certificates.order_by("serial")]


# --- Choosing and printing ---


def test_a_clerk_prints_all_with_one_button_and_takes_the_file(client, clerk, conference, winners):
    page = client.get(place(conference))
    assert [len(group.winners) for group in page.context["choice"].groups] == [2, 1]

    response = client.post(place(conference), USUAL | {"print": "1"})

    one = Printing.objects.get()
    assert response["Location"] == f"/admin/papers/printings/{one.pk}/"
    assert (one.by, one.total, one.finished_by, whose()) == (clerk, 3, clerk, winners)
    assert f"/admin/papers/printings/{one.pk}/file/" in client.get(response["Location"]).content.decode()
    file = client.get(f"/admin/papers/printings/{one.pk}/file/")
    assert (file["Content-Type"], b"".join(file.streaming_content)[:5]) == ("application/pdf", b"%PDF-")
    assert "private" in file["Cache-Control"]


CHOSEN = {
    "one award": (lambda rows: {"category": [rows[0].category_id]}, [0, 1]),
    "one winner": (lambda rows: {"winner": [rows[1].pk]}, [1]),
    "an award and a winner": (lambda rows: {"category": [rows[2].category_id], "winner": [rows[0].pk]}, [0, 2]),
}


@pytest.mark.parametrize("case", CHOSEN)
def test_some_are_chosen_by_award_and_by_name(client, clerk, conference, winners, case):
    chosen, expected = CHOSEN[case]

    client.post(place(conference), USUAL | chosen(winners) | {"print": "1"})

    assert whose() == [winners[number] for number in expected]


def test_a_look_prints_nothing_and_shows_the_first_that_is_chosen(client, clerk, conference, winners):
    chosen = {"winner": [winners[2].pk], "stock": "printed", "x": "1.5", "size": "a3", "look": "1"}

    page = client.post(place(conference), USUAL | chosen)

    address = page.context["choice"].preview
    assert address == f"{place(conference)}preview/{winners[2].pk}/?size=a3&stock=printed&x=1.5&y=0"
    assert (Printing.objects.count(), Certificate.objects.count()) == (0, 0)
    picture = client.get(address)
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")


@pytest.mark.parametrize(
    "wrong", [{"x": "51"}, {"y": "nothing"}, {"size": "a5"}, {"winner": ["999999"]}, {"category": ["x"]}]
)
def test_what_cannot_be_printed_is_said_at_its_field(client, clerk, conference, winners, wrong):
    page = client.post(place(conference), USUAL | wrong | {"print": "1"})

    assert (page.status_code, list(page.context["choice"].form.errors)) == (200, list(wrong))
    assert Printing.objects.count() == 0


def test_the_offsets_of_the_court_stand_in_the_form(client, clerk, conference, winners):
    make.certificate_settings(court=conference.court, offset_x="2.5", offset_y="-3")

    form = client.get(place(conference)).context["choice"].form

    assert (str(form["x"].value()), str(form["y"].value())) == ("2.5", "-3.0")


def test_what_blocks_is_said_with_the_place_where_it_is_mended_and_nothing_is_printed(client, clerk, conference):
    make.commendation(conference=conference, name="𠮷田")

    page = client.get(place(conference))

    ((text, address, _blocks),) = [one for one in page.context["choice"].findings if one[2]]
    assert ("𠮷田" in text, address.partition("#")[0]) == (True, f"/admin/awards/honourroll/{conference.pk}/change/")
    client.post(place(conference), USUAL | {"print": "1"})
    assert Printing.objects.count() == 0


def test_many_are_printed_piece_by_piece_and_the_work_can_be_stopped(client, clerk, conference, monkeypatch):
    monkeypatch.setattr("papers.certificates.printing.PIECES", {"pdf": 2, "zip": 2})
    monkeypatch.setattr("papers.certificates.printing.proceed.__kwdefaults__", {"seconds": 0})
    category = make.category(court=conference.court)
    for _ in range(5):
        make.commendation(conference=conference, category=category)

    at = client.post(place(conference), USUAL | {"output": "zip", "print": "1"})["Location"]
    page = client.get(at)
    assert ('<progress max="5" value="2">' in page.content.decode(), "data-continue" in page.content.decode()) == (
        True,
        True,
    )
    client.post(at, {"act": "continue"})
    assert Printing.objects.get().done == 4
    client.post(at, {"act": "cancel"})

    one = Printing.objects.get()
    assert (one.cancelled_by, one.done, bool(one.file)) == (clerk, 4, False)
    assert client.get(f"{at}file/").status_code == 404
    assert client.post(at, {"act": "burn"}).status_code == 404


@pytest.mark.parametrize("why", ["the clerk lost the role", "the conference was deleted"])
def test_work_that_cannot_go_on_says_why_and_waits_to_be_stopped(client, clerk, conference, why):
    """The page asks for no more by itself: it would ask for ever."""
    one = make.printing(conference=conference, keys=[make.commendation(conference=conference).pk])
    if why == "the conference was deleted":
        Printing.objects.update(conference=None)

    page = client.post(f"/admin/papers/printings/{one.pk}/", {"act": "continue"}, follow=True)

    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert "data-continue" not in page.content.decode()
    client.post(f"/admin/papers/printings/{one.pk}/", {"act": "cancel"})
    one.refresh_from_db()
    assert (one.cancelled_by, one.done, Certificate.objects.count()) == (clerk, 0, 0)


def test_the_page_asks_the_same_number_of_queries_for_one_winner_and_for_thirty(
    client, clerk, conference, django_assert_max_num_queries, django_assert_num_queries
):
    category = make.category(court=conference.court)
    make.commendation(conference=conference, category=category)
    client.get(place(conference))
    with django_assert_max_num_queries(30) as few:
        client.get(place(conference))
    for _ in range(29):
        make.commendation(conference=conference, category=category)

    with django_assert_num_queries(len(few)):
        client.get(place(conference))


def test_printings_of_another_court_are_not_there(client, clerk):
    one = make.printing()

    for address in (
        place(one.conference),
        f"/admin/papers/printings/{one.pk}/",
        f"/admin/papers/printings/{one.pk}/file/",
    ):
        assert client.get(address).status_code == 404
    assert client.post(f"/admin/papers/printings/{one.pk}/", {"act": "cancel"}).status_code == 404
    one.refresh_from_db()
    assert one.cancelled_at is None


@pytest.mark.parametrize(("role", "status"), [(APPROVER, 200), (LIAISON, 404), (STAFF, 404)])
def test_clerks_and_approvers_print(client, conference, winners, role, status):
    client.force_login(make.user(role, court=conference.court))

    assert client.get(place(conference)).status_code == status


def test_the_roll_leads_to_the_certificates(client, clerk, conference, winners):
    page = client.get(f"/admin/awards/honourroll/{conference.pk}/change/")

    assert place(conference) in page.content.decode()


# --- Looking up ---


@pytest.fixture
def winner(court):
    conference = make.published(court=court)
    return make.commendation(
        conference=conference,
        category=make.category(court=court, name="先进个人"),
        person=make.person(court=court, name="王㛃"),
        department_name="刑事审判庭",
        post="审判员",
        announced=True,
        deeds="秘密的事迹",
        citation="内部评语",
    )


def signed_in(*roles, **given):
    client = Client()
    client.force_login(make.user(*roles, **given))
    return client


def readers(court):
    """A visitor, and signed-in staff of the court and of another."""
    return Client(), signed_in(STAFF, court=court), signed_in(STAFF, court=make.court())


OPEN = {"network": [404, 200, 200], "public": [200, 200, 200]}


@pytest.mark.parametrize(("audience", "expected"), OPEN.items())
def test_the_court_chooses_who_looks_certificates_up(court, winner, audience, expected):
    make.certificate_settings(court=court, checked_by=audience)
    one = make.certificate(commendation=winner, number="青荣证〔2024〕0001号")

    assert [reader.get(one.get_absolute_url()).status_code for reader in readers(court)] == expected
    found = [
        reader.get("/certificates/", {"number": " 青荣证〔2024〕0001号 "}).context["found"] for reader in readers(court)
    ]
    assert [len(one) for one in found] == [int(status == 200) for status in expected]


def test_without_a_choice_only_the_network_looks_up(court, winner):
    one = make.certificate(commendation=winner)

    assert [reader.get(one.get_absolute_url()).status_code for reader in readers(court)] == OPEN["network"]


def test_the_check_page_says_what_is_public_and_nothing_else(client, court, winner):
    make.certificate_settings(court=court, checked_by="public")
    one = make.certificate(commendation=winner, number="青荣证〔2024〕0001号")

    page = client.get(one.get_absolute_url())

    assert [text for _label, text in page.context["certificate"].said] == [
        "王㛃",
        "刑事审判庭",
        "审判员",
        "先进个人",
        "2023",
        "青屿区人民法院",
        "青荣证〔2024〕0001号",
    ]
    assert [word for word in ("秘密的事迹", "内部评语") if word in page.content.decode()] == []


@pytest.mark.parametrize("is_set", [False, True], ids=["not announced", "set for tomorrow"])
def test_a_certificate_that_is_not_announced_is_answered_as_one_that_never_was(court, winner, is_set):
    make.certificate_settings(court=court, checked_by="public")
    one = make.certificate(commendation=winner, number="No1")
    at, by = (timezone.now() + timezone.timedelta(days=1), winner.announced_by) if is_set else (None, None)
    type(winner).objects.filter(pk=winner.pk).update(announced_at=at, announced_by=by)

    for reader in (Client(), signed_in(CLERK, court=court)):
        hidden, never = reader.get(one.get_absolute_url()), reader.get("/certificates/aaaaaaaaaaaaaaaa/")
        assert (hidden.status_code, hidden.content, dict(hidden.headers)) == (404, never.content, dict(never.headers))
        asked = [reader.get("/certificates/", {"number": number}).content.decode() for number in ("No1", "No2")]
        by_number, unknown = (re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", page) for page in asked)
        assert by_number == unknown.replace("No2", "No1")


def test_a_revoked_certificate_says_so_with_the_day(client, court, winner):
    make.certificate_settings(court=court, checked_by="public")
    one = make.certificate(commendation=winner)
    winner.revoke(by=make.user(APPROVER, court=court), reason="弄虚作假")

    text = client.get(one.get_absolute_url()).content.decode()

    assert f"{timezone.localdate():%Y-%m-%d}" in text
    assert "弄虚作假" not in text


def test_who_is_left_off_public_pages_is_not_named_there(client, court):
    make.certificate_settings(court=court, checked_by="public")
    person = make.left_off(court=court, name="王隐名", post="副庭长")
    winner = make.commendation(conference=make.published(court=court), person=person, announced=True)
    one = make.certificate(commendation=winner)

    for reader in readers(court):
        text = reader.get(one.get_absolute_url()).content.decode()
        assert (one.number in text, "王隐名" in text, "副庭长" in text) == (True, False, False)


def test_one_number_of_two_courts_leads_to_both(client):
    for _ in range(2):
        one = make.certificate(number="第1号")
        make.certificate_settings(court=one.court, checked_by="public")

    assert len(client.get("/certificates/", {"number": "第1号"}).context["found"]) == 2


def test_a_certificate_whose_winner_was_deleted_is_not_there(client, court):
    make.certificate_settings(court=court, checked_by="public")
    one = make.certificate(commendation=make.commendation(conference=make.conference(court=court), announced=True))
    one.commendation.delete()

    assert client.get(one.get_absolute_url()).status_code == 404
    assert Certificate.objects.filter(pk=one.pk).exists()


# --- Settings ---


def test_a_clerk_sets_how_certificates_are_and_a_wrong_pattern_is_refused_at_its_field(client, clerk, court):
    address = "/admin/awards/certificatesettings/add/"
    data = {"checked_by": "network", "heading": "荣誉证书", "date_style": "digits", "offset_x": "0", "offset_y": "0"}

    page = client.post(address, data | {"pattern": "{prefix}〔{year}〕号"})
    assert list(page.context["adminform"].form.errors) == ["pattern"]
    client.post(address, data | {"pattern": "{prefix}〔{year}〕{serial}号", "signatories": "院长　杜某"})

    stored = court.certificate_settings
    assert (stored.pattern, stored.signatories) == ("{prefix}〔{year}〕{serial}号", "院长　杜某")
    assert client.get(address).status_code == 403
    page = client.get(f"/admin/awards/certificatesettings/{stored.pk}/change/").content.decode()
    assert f"{court.document_prefix}〔{timezone.localdate().year}〕1号" in page  # as a number will be
