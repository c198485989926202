"""A conference from last year's copy to its correction after locking, as a clerk and an approver do it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from conferences.models import Conference
from tests import make
from tests.browser.hands import Hands
from tests.browser.test_jobs import sign_in
from tests.browser.test_pasting import GIVEN, messy, said

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = [f"{surname}{given}" for surname in "王李张" for given in GIVEN]
DESK = "{}/admin/"
TEXT = "一、抓好执法办案\n\n全年受理案件12478件，审执结12015件。\n\n二、抓好队伍建设\n\n每月学习一次。"


@pytest.fixture
def last_year():
    """Last year's conference with an agenda, a speech, two figures, a task and an award; the court's people."""
    court = make.court(name="青州市人民法院", short_name="青州法院", slug="qingzhou")
    conference = make.published(court=court, title="青州法院2023年度工作总结暨表彰大会", venue="三楼", summary="小结")
    bureau = make.department(court=court, name="执行局")
    for title in ("奏唱国歌", "宣读表彰决定", "颁奖", "工作报告"):
        make.agenda_item(conference=conference, title=title)
    speech = make.speech(conference=conference, name="杜晓明", post="院长", text=TEXT)
    for label in ("受理案件", "审执结案件"):
        make.figure(conference=conference, label=label, value=11000, unit="件", speech=speech)
    make.measure(task=make.task(conference=conference, speech=speech), lead=bureau)
    category = make.category(court=court, name="先进个人")
    make.award_given(conference=conference, category=category)
    for name in NAMES:
        make.person(court=court, department=bureau, name=name)
    return conference


def open_conference(hands: Hands, conference: Conference) -> None:
    hands.page.goto(DESK.format(hands.page.url.split("/admin/")[0]))
    hands.clicks += 1
    hands.click(hands.page.locator(".desk").get_by_role("link", name=conference.title).first)


def confirm(hands: Hands, label: str, **asked: str) -> None:
    """Presses a step on the screen of the conference, answers what it asks, and confirms it."""
    hands.press_link(label)
    for name, text in asked.items():
        hands.type(hands.page.locator(f"[name={name}]"), text)
    hands.press_button(label)
    expect(hands.page.locator(".messagelist .success")).to_be_visible()


def copy_last_year(hands: Hands, conference: Conference) -> Conference:
    hands.press_link(said("Copy last year"))
    hands.press_link(conference.title)
    hands.press_button(said("Copy"))
    expect(hands.page.locator(".messagelist .success")).to_be_visible()
    return Conference.objects.get(year_reviewed=conference.year_reviewed + 1)


def paste_winners(hands: Hands) -> None:
    page = hands.page
    hands.press_link(said("Honour roll (%(count)d)", count=0))
    hands.press_link(said("Paste names: %(award)s", award="先进个人"))
    hands.paste(page.locator("textarea"), messy(NAMES))
    hands.press_button(said("Read the names"))
    hands.click(page.locator("input[name=save]"))
    expect(page.locator(".messagelist .success")).to_be_visible()


def mend_three_findings(hands: Hands) -> None:
    """The speech has no text and two figures no value; the text is pasted, the values typed."""
    page = hands.page
    hands.click(page.locator(".row-speech details summary, [name='speeches-0-text']").first)
    hands.paste(page.locator("[name='speeches-0-text']"), TEXT)
    for row, value in enumerate(("12478", "12015")):
        hands.type(page.locator(f"[name='figures-{row}-value']"), value)
    save(hands)


def save(hands: Hands) -> None:
    hands.page.keyboard.press("Control+s")
    hands.keys += 2
    expect(hands.page.locator(".messagelist .success")).to_be_visible()


def write_the_record(office: Hands, last_year: Conference) -> Conference:
    """Copied, filled, refused once, mended and submitted."""
    made = copy_last_year(office, last_year)
    paste_winners(office)
    office.press_link(said("Conference"))
    office.press_link(said("Submit"))
    expect(office.page.locator(".errornote")).to_be_visible()  # nothing is submitted with figures still open
    office.page.go_back()
    mend_three_findings(office)
    confirm(office, said("Submit"))
    return made


def return_and_publish(office: Hands, chamber: Hands, made: Conference) -> None:
    open_conference(chamber, made)
    confirm(chamber, said("Return to the clerk"), reason="地点改为五楼")
    open_conference(office, made)
    expect(office.page.get_by_text("地点改为五楼").first).to_be_visible()
    office.type(office.page.locator("[name=venue]"), "五楼")
    save(office)
    confirm(office, said("Submit"))
    open_conference(chamber, made)
    confirm(chamber, said("Publish"))
    confirm(chamber, said("Lock"))


def correct(office: Hands, chamber: Hands, made: Conference) -> None:
    confirm(chamber, said("Open a correction"), what="受理案件数", reason="报告笔误", public_note="更正受理案件数")
    open_conference(office, made)
    office.type(office.page.locator("[name='figures-0-value']"), "12479")
    save(office)
    confirm(office, said("Submit"))
    open_conference(chamber, made)
    confirm(chamber, said("Publish"))


def test_from_last_years_copy_to_the_correction_after_locking(browser: Browser, live_server, last_year):
    clerk = make.user("clerk", court=last_year.court)
    approver = make.user("approver", court=last_year.court)
    office, chamber = Hands(browser.new_context().new_page()), Hands(browser.new_context().new_page())
    visitor: Page = browser.new_context().new_page()
    sign_in(office.page, live_server.url, clerk)
    sign_in(chamber.page, live_server.url, approver)

    made = write_the_record(office, last_year)
    return_and_publish(office, chamber, made)
    correct(office, chamber, made)
    visitor.goto(f"{live_server.url}{made.get_absolute_url()}")

    expect(visitor.get_by_text("更正受理案件数").first).to_be_visible()
    made.refresh_from_db()
    assert (made.state, made.commendations.count(), made.editions.count()) == (Conference.State.LOCKED, 60, 2)
    assert made.figures.get(label="受理案件").value == 12479
