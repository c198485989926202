"""On a telephone of 360 px nothing that a clerk fills in reaches beyond the edge."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from tests import make
from tests.browser.test_jobs import sign_in
from tests.browser.test_pasting import said

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "阿卜杜热合曼·买买提吐尔逊江"
BEYOND = """() => {
    const content = document.querySelector("#content");
    const edge = content.getBoundingClientRect().right - parseFloat(getComputedStyle(content).paddingRight);
    return [...content.querySelectorAll("input, select, textarea, button, table")]
        .filter(one => one.getClientRects().length && one.getBoundingClientRect().right > edge + 1)
        .map(one => `${one.tagName} ${one.name}`);
}"""


@pytest.fixture
def conference():
    court = make.court()
    conference = make.conference(court=court, title="青州法院2023年度工作总结暨表彰大会暨2024年工作部署会议")
    make.person(court=court, name=LONG, post="副庭长、一级法官", department=make.department(court=court))
    make.agenda_item(conference=conference)
    make.category(court=court)
    return conference


def test_nothing_to_fill_in_reaches_beyond_the_edge_of_a_telephone(browser: Browser, live_server, conference):
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    sign_in(page, live_server.url, make.user("clerk", court=conference.court))
    pages = {name: reverse(f"intake:{name}", args=[conference.pk]) for name in ("copy_conference", "paste_table")}
    pages["screen"] = reverse("admin:conferences_conference_change", args=[conference.pk])
    pages["archive"] = reverse("archive:package", args=[conference.pk])
    pages["winners"] = reverse("intake:paste_winners", args=[conference.pk])

    found = {}
    for name, address in pages.items():
        page.goto(f"{live_server.url}{address}")
        if name == "winners":
            page.locator("select").select_option(index=1)
            page.locator("textarea").fill(LONG)
            page.get_by_role("button", name=said("Read the names")).click()
            page.locator("table.preview").wait_for()
        found[name] = page.evaluate(BEYOND)

    assert found == {name: [] for name in pages}
