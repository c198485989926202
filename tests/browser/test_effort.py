"""What a clerk clicks and types for a conference of sixty winners: here, and in a stock admin of the same record.

docs/clerk-effort.md tells the numbers. The stock admin is spared whatever it lacks: no check, no review, no people in
the register, no measures; fields are reached with Tab alone.
"""

import pytest
from playwright.sync_api import Browser, expect

from conferences.models import Conference
from tests import make
from tests.browser.hands import Hands
from tests.browser.test_jobs import sign_in
from tests.browser.test_whole_year import NAMES, TEXT, last_year, write_the_record  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)
A_QUARTER = 0.25


def add_row(hands: Hands, prefix: str, number: int) -> None:
    hands.click(hands.page.locator(f"#{prefix}-group .add-row a"))
    hands.type(hands.page.locator(f"#id_{prefix}-{number}-order"), str(number + 1))


def enter_by_hand(hands: Hands, court_name: str) -> None:
    """The same record: fields, four steps of the agenda, one speech, two figures, one task, sixty winners."""
    page = hands.page
    fields = {"title": "青州法院2024年度工作总结暨表彰大会", "year_reviewed": "2024", "year_planned": "2025"}
    fields |= {"starts_on": "2025-01-30", "venue": "五楼", "summary": "小结"}
    hands.choose(page.locator("#id_court"), court_name)
    for name, text in fields.items():
        hands.type(page.locator(f"#id_{name}"), text)
    for number, title in enumerate(("奏唱国歌", "宣读表彰决定", "颁奖", "工作报告")):
        add_row(hands, "agenda", number)
        hands.type(page.locator(f"#id_agenda-{number}-title"), title)
    add_row(hands, "speeches", 0)
    hands.type(page.locator("#id_speeches-0-name"), "杜晓明")
    hands.type(page.locator("#id_speeches-0-post"), "院长")
    hands.paste(page.locator("#id_speeches-0-text"), TEXT)
    for number, (label, value) in enumerate((("受理案件", "12478"), ("审执结案件", "12015"))):
        add_row(hands, "figures", number)
        for name, text in (("label", label), ("value", value), ("unit", "件")):
            hands.type(page.locator(f"#id_figures-{number}-{name}"), text)
    add_row(hands, "tasks", 0)
    hands.type(page.locator("#id_tasks-0-heading"), "把牢政治方向")
    for number, name in enumerate(NAMES):
        add_row(hands, "commendations", number)
        hands.choose(page.locator(f"#id_commendations-{number}-category"), "先进个人")
        hands.type(page.locator(f"#id_commendations-{number}-name"), name)
        hands.type(page.locator(f"#id_commendations-{number}-department_name"), "执行局")
    hands.click(page.locator("input[name=_save]"))


def test_a_conference_takes_a_quarter_of_the_clicks_and_keys(browser: Browser, live_server, last_year, settings):  # noqa: F811 - the fixture
    settings.ROOT_URLCONF = "tests.browser.stock_site"
    here, stock = Hands(browser.new_context().new_page()), Hands(browser.new_context().new_page())
    sign_in(here.page, live_server.url, make.user("clerk", court=last_year.court))
    sign_in(stock.page, live_server.url, make.user(is_staff=True, is_superuser=True))

    made = write_the_record(here, last_year)
    assert made.commendations.count() == len(NAMES)
    Conference.objects.filter(pk=made.pk).update(year_reviewed=2030, year_planned=2031)  # room for the stock admin's
    stock.page.goto(f"{live_server.url}/stock/conferences/conference/add/")
    enter_by_hand(stock, last_year.court.name)
    expect(stock.page.locator(".messagelist .success")).to_be_visible()

    assert Conference.objects.get(year_reviewed=2024).commendations.count() == len(NAMES)
    assert here.effort <= A_QUARTER * stock.effort
