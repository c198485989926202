"""The page of the search: what is found by whom, how it is shown, and that no question breaks it."""

import datetime
import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conferences.models import Audience
from config.search import finding
from courts.models import Person
from courts.roles import APPROVER, CLERK, LIAISON, STAFF, SUPERIOR
from tests import make

pytestmark = pytest.mark.django_db
WORD = "量子"


def ask(client, q: str, **more: str):
    return client.get(f"/search/?{urlencode({'q': q, **more})}")


def counts(response) -> dict[str, str]:
    """How many of each kind the page says that there are."""
    found = re.findall(r'<h2 id="found-(\w+)">.*?<small>(.*?)</small>', response.content.decode(), re.DOTALL)
    return dict(found)


def signed_in(*roles: str, **given):
    client = Client()
    client.force_login(make.user(*roles, **given))
    return client


@pytest.fixture
def court():
    return make.court(parent=make.court(), short_name="甲法院", slug="jia")


def everything(conference, **winner) -> None:
    """One row of each kind with the word in each of its texts."""
    make.speech(conference=conference, text=WORD)
    task = make.task(conference=conference, heading=WORD)
    make.measure(task=task, text=WORD)
    make.figure(conference=conference, label=WORD)
    make.honour(conference=conference, title=WORD)
    make.commendation(conference=conference, name=WORD, **winner)


ALL = dict.fromkeys(("commendations", "honours", "conferences", "speeches", "tasks", "measures", "figures"), "1")
WITHOUT_WINNERS = {kind: count for kind, count in ALL.items() if kind != "commendations"}


# --- Who finds what ---


def readers(court):
    return {
        "visitor": Client(),
        STAFF: signed_in(STAFF, court=court),
        LIAISON: signed_in(LIAISON, court=court),
        CLERK: signed_in(CLERK, court=court),
        APPROVER: signed_in(APPROVER, court=court),
        "above": signed_in(SUPERIOR, court=court.parent),
        "beside": signed_in(CLERK, APPROVER, SUPERIOR, court=make.court(parent=court.parent)),
        "administrator": signed_in(is_superuser=True),
    }


def found_by(court, typed: str = WORD) -> dict[str, dict[str, str]]:
    """Who finds how much of what; whoever finds nothing is left out."""
    found = {name: counts(ask(client, typed)) for name, client in readers(court).items()}
    return {name: count for name, count in found.items() if count}


INSIDE = {CLERK, APPROVER, "administrator"}
STATES = {
    "draft": (INSIDE, INSIDE),
    "staff": ({STAFF, LIAISON, "above", *INSIDE}, INSIDE),
    "public": ({"visitor", STAFF, LIAISON, "above", "beside", *INSIDE}, INSIDE),
}


@pytest.mark.parametrize("is_set", [False, True], ids=["not announced", "set for tomorrow"])
@pytest.mark.parametrize(("state", "who"), STATES.items(), ids=STATES)
def test_each_finds_what_the_pages_show_and_winners_only_once_they_are_announced(court, state, who, is_set):
    read, know = who
    given = {"court": court, "title": WORD}
    conference = make.conference(**given) if state == "draft" else make.published(audience=Audience(state), **given)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    everything(conference, announced=tomorrow if is_set else False)

    assert found_by(court) == {name: ALL if name in know else WITHOUT_WINNERS for name in read}


def test_announced_winners_are_found_by_every_reader(court):
    everything(make.published(court=court, title=WORD), announced=True)

    assert found_by(court) == dict.fromkeys(readers(court), ALL)


def test_a_winner_is_found_from_the_moment_that_was_set(client, court):
    conference = make.published(court=court)
    winner = make.commendation(conference=conference, name=WORD, announced=timezone.now() + datetime.timedelta(days=1))
    before = counts(ask(client, WORD))

    type(winner).objects.filter(pk=winner.pk).update(announced_at=timezone.now())

    assert (before, counts(ask(client, WORD))) == ({}, {"commendations": "1"})


def test_revoked_awards_are_found_by_nobody(court):
    conference = make.published(court=court)
    winner = make.commendation(conference=conference, name=WORD, announced=True)
    winner.revoke(by=make.user(APPROVER, court=court), reason="弄虚作假")

    assert found_by(court) == {}


def test_what_is_internal_is_no_way_to_find_anything(court):
    conference = make.published(court=court)
    make.agenda_item(conference=conference, private_note=WORD)
    make.figure(conference=conference, quote=WORD, rank=1, rank_kind="exact", rank_scope=WORD)
    make.commendation(
        conference=conference, announced=True, deeds=WORD, citation=WORD, certificate_number=WORD, post=WORD
    )
    make.measure(task=make.task(conference=conference), responsible_name=WORD)
    make.honour(court=court, title=WORD)  # told by no conference

    assert found_by(court) == {}


def test_a_figure_of_nothing_but_an_internal_rank_is_found_inside_alone(court):
    conference = make.published(court=court)
    make.figure(conference=conference, label=WORD, value=None, rank=1, rank_kind="exact", rank_scope="全市")

    assert found_by(court) == {name: {"figures": "1"} for name in INSIDE}


def test_people_are_found_by_the_staff_of_their_own_court(court):
    make.person(court=court, name="李明")

    for typed in ("李明", "liming", "LM"):
        assert found_by(court, typed) == {name: {"people": "1"} for name in (STAFF, LIAISON, *INSIDE)}


def test_whoever_is_left_off_is_found_by_nobody_and_named_nowhere(court):
    conference = make.published(court=court)
    given = {"conference": conference, "person": make.left_off(court=court, name="欧阳隐名")}
    make.commendation(**given, name="欧阳隐名", department_name="执行局", announced=True)
    make.speech(**given, name="欧阳隐名", department_name="执行局", text=WORD)
    make.honour(**given, title=WORD, recipient_name="欧阳隐名")

    for typed in ("隐名", f"{WORD} 隐名", "ouyangyinming"):
        assert found_by(court, typed) == {}
    assert found_by(court) == {name: {"speeches": "1", "honours": "1"} for name in readers(court)}
    assert [client for client in readers(court).values() if "隐名" in ask(client, WORD).content.decode()] == []


def test_the_choices_name_nothing_that_is_hidden(client, court):
    make.conference(court=court, year_reviewed=2019)

    form = ask(client, WORD).context["form"]

    assert [value for name in ("court", "year") for value, _label in form.fields[name].choices] == ["", ""]
    assert "people" not in dict(form.fields["what"].choices)


def test_a_visitor_cannot_ask_for_people(client, court):
    make.person(court=court, name="李明")

    response = ask(client, "李明", what="people")

    assert (counts(response), set(response.context["form"].errors)) == ({}, {"what"})


# --- What is chosen ---


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, {"conferences": "3", "speeches": "3"}),
        ({"what": "speeches"}, {"speeches": "3"}),
        ({"court": "jia"}, {"conferences": "2", "speeches": "2"}),
        ({"year": "2022"}, {"conferences": "2", "speeches": "2"}),
        ({"kind": "quarterly"}, {"conferences": "1", "speeches": "1"}),
        ({"court": "jia", "year": "2022", "what": "conferences"}, {"conferences": "1"}),
        ({"court": "nowhere", "year": "x", "what": "secrets", "kind": "'"}, {"conferences": "3", "speeches": "3"}),
        ({"page": "9"}, {"conferences": "3", "speeches": "3"}),
        ({"what": "speeches", "page": "-1"}, {"speeches": "3"}),
        ({"what": "speeches", "page": "x"}, {"speeches": "3"}),
    ],
)
def test_a_choice_narrows_what_is_found_and_nonsense_does_not(client, court, chosen, found):
    rows = [{"year_reviewed": 2022}, {"year_reviewed": 2023}, {"year_reviewed": 2022, "kind": "quarterly"}]
    for given, of in zip(rows, [court, court, make.court(slug="yi")], strict=True):
        conference = make.published(court=of, title=WORD, **given)
        make.speech(conference=conference, text=WORD)

    assert counts(ask(client, WORD, **chosen)) == found


def test_a_year_leaves_the_register_out_of_it(court):
    make.person(court=court, name="李明")
    make.published(court=court, year_reviewed=2022)
    client = signed_in(STAFF, court=court)

    assert [counts(ask(client, "李明", **more)) for more in ({"court": "jia"}, {"year": "2022"})] == [
        {"people": "1"},
        {},
    ]


# --- How it is shown ---


def hits(response) -> list[tuple[str, str]]:
    found = re.findall(r'<h3 lang="zh-Hans">\s*<a href="(.*?)">(.*?)</a>', response.content.decode())
    return [(unescape(address), re.sub(r"</?mark>", "|", title)) for address, title in found]


def test_each_result_leads_to_its_very_place(client, court):
    conference = make.published(court=court, title=f"年度{WORD}大会")
    speech = make.speech(conference=conference, text=f"各位同志：\n一、回顾\n第二段说到{WORD}。", title="报告")
    everything(conference, announced=True)

    found = hits(ask(client, WORD))

    for address, title in found:
        page, _hash, anchor = address.partition("#")
        html = client.get(page).content.decode()
        assert anchor == "" or f'id="{anchor}"' in html, title
    assert (f"{speech.get_absolute_url()}#p3", "杜某 报告") in found
    assert (conference.get_absolute_url(), f"年度|{WORD}|大会") in found


def test_the_passage_is_shown_with_the_words_marked(client, court):
    text = "开头" * 100 + f"第一，{WORD}技术<b>与执行" + "结尾" * 100
    make.speech(conference=make.published(court=court), text=f"无关\n{text}")

    page = ask(client, f"{WORD} 执行").content.decode()

    assert f"第一，<mark>{WORD}</mark>技术&lt;b&gt;与<mark>执行</mark>结尾" in page
    assert '<p lang="zh-Hans">…头开头' in page


def test_what_is_typed_is_never_markup(client):
    page = ask(client, "<script>alert(1)</script>").content.decode()

    assert "<script>alert" not in page


def test_a_draft_and_a_winner_nobody_knows_are_marked_as_such(court):
    make.commendation(conference=make.published(court=court), name=f"{WORD}一")
    make.commendation(conference=make.conference(court=court, year_reviewed=2020), name=f"{WORD}二")
    client = signed_in(CLERK, court=court)
    client.cookies["django_language"] = "en"

    assert re.findall(r'<span class="mark">(.*?)</span>', ask(client, WORD).content.decode()) == [
        "not announced",
        "Draft",
    ]


def test_a_person_leads_to_a_page_of_honours(court):
    person = make.person(court=court, name="李明")
    client = signed_in(STAFF, court=court)

    ((address, title),) = hits(ask(client, "liming"))

    assert (address, title, client.get(address).status_code) == (f"/honours/people/{person.pk}/", "李明", 200)


def test_the_newest_come_first(client, court):
    for year in (2021, 2023, 2022):
        make.published(court=court, year_reviewed=year, title=f"{WORD}{year}")

    assert [title for _address, title in hits(ask(client, WORD))] == [f"|{WORD}|{year}" for year in (2023, 2022, 2021)]


def test_counts_are_capped_and_pages_end_there(client, court, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 4)
    monkeypatch.setattr(finding, "PER_PAGE", 2)
    monkeypatch.setattr(finding, "FIRST", 1)
    conference = make.published(court=court)
    for number in range(4):
        make.task(conference=conference, heading=WORD, order=number)
    four = counts(ask(client, WORD))
    make.task(conference=conference, heading=WORD)

    last = ask(client, WORD, what="tasks", page="9")

    assert (four, counts(ask(client, WORD)), counts(last)) == ({"tasks": "4"}, {"tasks": "4+"}, {"tasks": "4+"})
    assert ("2 / 2" in last.content.decode(), len(hits(last))) == (True, 2)


# --- Nothing found, too little, nonsense ---


@pytest.mark.parametrize("typed", ["", "  ", "法", "执 行", "·"])
def test_too_little_is_not_looked_for(client, court, typed):
    make.published(court=court, title="执行法")

    with CaptureQueriesContext(connection) as queries:
        response = ask(client, typed)

    assert (response.status_code, counts(response)) == (200, {})
    assert [query for query in queries if "LIKE" in query["sql"] or "zh_pairs" in query["sql"]] == []


@pytest.mark.parametrize(
    "typed",
    [
        *("'", '"', "%%", "__", "\\\\", "😀😀", "' OR 1=1 --", "{{7*7}}", "(a+)+$", "[[", "\u202e\u200b", "执行" * 51),
        "字" * 10_000,
    ],
)
def test_nonsense_finds_nothing_and_breaks_nothing(client, court, typed):
    everything(make.published(court=court, title="会议"), announced=True)

    response = ask(client, typed)

    assert (response.status_code, counts(response)) == (200, {})


def test_too_long_a_question_is_said_at_the_field(client):
    assert set(ask(client, "执行" * 51).context["form"].errors) == {"q"}


def test_nul_is_refused(client):
    assert client.get("/search/?q=%E6%89%A7%E8%A1%8C%00").status_code == 400


# --- The page itself ---


@pytest.mark.parametrize("roles", [(), (STAFF,)])
def test_nobody_keeps_the_page_and_no_machine_lists_it(court, roles):
    client = signed_in(*roles, court=court) if roles else Client()

    response = ask(client, WORD)

    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")
    assert '<meta name="robots" content="noindex' in response.content.decode()


@pytest.mark.parametrize("who", ["visitor", CLERK])
def test_the_number_of_queries_does_not_grow_with_the_results(court, who):
    client = signed_in(CLERK, court=court) if who == CLERK else Client()
    everything(make.published(court=court, title=WORD, year_reviewed=1990), announced=True)
    make.person(court=court, name=WORD)

    def queries(**more: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            ask(client, WORD, **more)
        return len(captured)

    queries()  # what a program looks up once in its life
    few = [queries(), queries(what="speeches")]
    for year in range(1991, 2021):
        everything(make.published(court=court, title=WORD, year_reviewed=year), announced=True)
        make.person(court=court, name=WORD)

    assert [queries(), queries(what="speeches")] == few
    assert few[0] <= 27  # on PostgreSQL the planner is told how to look, too


def test_every_public_page_has_the_field_in_its_head(client, court):
    conference = make.published(court=court)

    for place in ("/", court.get_absolute_url(), conference.get_absolute_url(), "/login/", "/nowhere/"):
        assert '<form class="seek" action="/search/"' in client.get(place).content.decode(), place


def test_a_person_who_left_is_marked(court):
    make.person(court=court, name="李明", is_active=False)
    client = signed_in(STAFF, court=court)
    client.cookies["django_language"] = "en"

    assert "no longer in service" in ask(client, "李明").content.decode()
    assert Person.objects.count() == 1
