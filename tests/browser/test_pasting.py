"""Fast entry in a real browser: last year copied, and sixty winners pasted from a messy list."""

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Page, expect

from conferences.models import Conference
from courts.models import Person
from tests import make
from tests.browser.test_jobs import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN = "伟芳娜敏静磊洋艳勇军杰娟涛超明霞玲珺鹏莉"


def said(text: str, **values: object) -> str:
    """As the page says it."""
    with override("zh-hans"):
        return gettext(text) % values


@pytest.fixture
def conference():
    court = make.court(name="青州市人民法院", short_name="青州法院", slug="qingzhou")
    return make.conference(court=court, title="青州法院2023年度工作总结暨表彰大会")


@pytest.fixture
def desk(page: Page, live_server, conference):
    sign_in(page, live_server.url, make.user("clerk", court=conference.court))
    return page


def messy(names: list[str]) -> str:
    """Twelve names in each of five layouts, as they come together from five departments."""
    numbered = [f"{number}. {name}" for number, name in enumerate(names[:12], start=1)]
    spaced = ["　".join(name) for name in names[12:24]]
    with_posts = [f"{name} 法官" for name in names[36:48]]
    table = [f"{number}\t执行局\t{name}\t书记员" for number, name in enumerate(names[48:], start=1)]
    return "\n".join(
        [
            "先进个人（60名）：",
            *numbered,
            "、".join(spaced),
            f"刑事审判庭：{'、'.join(names[24:36])}",
            *with_posts,
            *table,
        ]
    )


def test_sixty_winners_are_pasted_from_a_messy_list(desk: Page, live_server, conference):
    make.category(court=conference.court, name="先进个人")
    bureau = make.department(court=conference.court, name="执行局")
    names = [f"{surname}{given}" for surname in "王李张" for given in GIVEN]
    for name in names[:20]:
        make.person(court=conference.court, department=bureau, name=name)
    namesake = make.person(court=conference.court, name=names[0], post="庭长")

    desk.goto(f"{live_server.url}/admin/awards/honourroll/{conference.pk}/change/")
    desk.get_by_role("link", name=said("Paste names: %(award)s", award="先进个人")).click()
    desk.locator("textarea").fill(f"{messy(names)}\n电话12345678")
    desk.get_by_role("button", name=said("Read the names")).click()
    expect(desk.get_by_role("row")).to_have_count(63)  # headings of the table and of the list, and what is no name
    desk.get_by_label(names[0]).select_option(str(namesake.pk))
    desk.locator("tr.is-wrong select").last.select_option("leave")
    desk.get_by_role("button", name=said("Read the names")).click()
    desk.locator("input[name=save]").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()

    winners = conference.commendations.order_by("order")
    assert [winner.name for winner in winners] == names
    assert (winners[0].person, Person.objects.count()) == (namesake, 61)
    assert {winner.department_name for winner in winners[24:36]} == {"刑事审判庭"}
    assert {(winner.department_name, winner.post) for winner in winners[48:]} == {("执行局", "书记员")}


def test_a_new_conference_begins_as_a_copy_of_last_year(desk: Page, live_server, conference):
    make.agenda_item(conference=conference)
    make.figure(conference=conference)

    desk.goto(f"{live_server.url}/admin/conferences/conference/")
    desk.get_by_role("link", name=said("Copy last year"), exact=True).click()
    desk.get_by_role("link", name=conference.title).click()
    desk.get_by_role("button", name=said("Copy"), exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()

    made = Conference.objects.get(year_reviewed=2024)
    assert (made.title, made.agenda.count(), made.figures.get().value) == (
        "青州法院2024年度工作总结暨表彰大会",
        1,
        None,
    )
