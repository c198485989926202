"""From a speech to its results: headings become tasks, a phone reports, someone else verifies, the rest goes on."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from conferences.follow_up.quarters import quarter_of
from conferences.models import Audience, Conference, Measure, PriorityTask
from courts.models import Department
from courts.roles import APPROVER, CLERK, LIAISON
from tests import make
from tests.browser.test_jobs import take_step
from tests.browser.test_pasting import said
from tests.browser.test_year_of_awards import done, field, press, visit

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "各位同志：\n一、狠抓执行攻坚\n集中清理积案。\n二、优化诉讼服务\n方便群众立案。"
CLEAR, NOTIFY = "集中清理积案", "每月通报进度"
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def bureau():
    """A conference that planned this year, held before its last quarter, with the text of a speech and no task."""
    court = make.court(name="青州市人民法院", short_name="青州法院", slug="qingzhou")
    before = quarter_of(timezone.localdate()).before
    held = {"starts_on": before.last_day - datetime.timedelta(days=60), "year_reviewed": timezone.localdate().year - 1}
    conference = make.conference(court=court, audience=Audience.PUBLIC, title="青州法院年度工作会", **held)
    make.speech(conference=conference, text=TEXT)
    return make.department(court=court, name="执行局")


def mark_headings(office: Page, conference: Conference) -> None:
    """Proposed, and saved only where ticked."""
    office.goto(f"/admin/conferences/conference/{conference.pk}/headings/")
    office.get_by_role("checkbox", name="狠抓执行攻坚").check()
    press(office, "Make tasks of the ticked headings")
    done(office)
    assert [(task.heading, bool(task.passage)) for task in PriorityTask.objects.all()] == [("狠抓执行攻坚", True)]
    expect(office.get_by_role("checkbox", name="优化诉讼服务")).not_to_be_checked()


def assign(office: Page, conference: Conference) -> None:
    """Two measures, led by the bureau."""
    office.goto(f"/admin/conferences/conference/{conference.pk}/change/")
    for place, text in enumerate((CLEAR, NOTIFY)):
        row = f"tasks-0-measures-{place}"
        if not office.locator(f"[name={row}-text]").count():
            office.locator("[data-prefix=tasks-0-measures] [data-add]").click()
        office.locator(f"[name={row}-text]").fill(text)
        office.locator(f"[name={row}-lead_name]").fill("执行局")
    office.locator("[name=_continue]").click()
    done(office)
    assert [(one.text, str(one.lead)) for one in Measure.objects.all()] == [(CLEAR, "执行局"), (NOTIFY, "执行局")]


def phone_of(browser: Browser, address: str, bureau: Department) -> Page:
    liaison = make.user(LIAISON, court=bureau.court, department=bureau)
    page = browser.new_context(base_url=address, viewport=PHONE, has_touch=True).new_page()
    page.goto("/login/?next=/tasks/")
    page.get_by_label("用户名").fill(liaison.username)
    page.get_by_label("密码").fill(make.PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/tasks/")
    return page


def report(phone: Page, measure: str, quarter: str, **typed: str) -> None:
    phone.goto("/tasks/")
    phone.get_by_role("link", name=measure, exact=True).click()
    field(phone, "quarter").select_option(value=quarter)
    for name, value in typed.items():
        phone.locator(f"[name={name}]").fill(value)
    press(phone, "Hand in the report")
    saved = said("The report is saved. Someone else verifies the measure when it is done.")
    expect(phone.get_by_text(saved)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def verify(page: Page, conference: Conference) -> None:
    page.goto(f"/admin/conferences/conference/{conference.pk}/tasks/")
    page.get_by_role("link", name=CLEAR, exact=True).click()
    press(page, "Verified: close it")


def carry_over(office: Page, draft: Conference) -> None:
    office.goto(f"/admin/conferences/conference/{draft.pk}/carry-over/")
    expect(office.get_by_role("checkbox", name=CLEAR)).to_have_count(0)
    office.get_by_role("checkbox", name=NOTIFY).check()
    press(office, "Carry over the ticked ones")
    done(office)


def test_from_a_heading_to_what_became_of_it(browser: Browser, live_server, bureau):
    address, court, conference = live_server.url, bureau.court, bureau.court.conferences.get()
    office = visit(browser, address, make.user(CLERK, court=court))
    chamber = visit(browser, address, make.user(APPROVER, court=court))
    running = quarter_of(timezone.localdate())

    mark_headings(office, conference)
    assign(office, conference)
    take_step(office, address, conference, said("Submit"))
    take_step(chamber, address, conference, said("Publish"))

    phone = phone_of(browser, address, bureau)
    expect(phone.get_by_role("link", name=said("(%(count)s to report)", count=2))).to_be_visible()
    report(phone, CLEAR, running.before.key, text="已清理一半", percent="50", problems="人手不足")
    report(phone, CLEAR, running.key, text="已全部清理", percent="100")
    expect(phone.get_by_role("link", name=said("(%(count)s to report)", count=1))).to_be_visible()

    verify(chamber, conference)
    done(chamber)
    draft = make.conference(court=court, year_reviewed=conference.year_planned, title="青州法院来年工作会")
    make.progress(measure=Measure.objects.get(text=NOTIFY), text="通报三次", percent=40)
    carry_over(office, draft)

    new = Measure.objects.of_conference(draft).get()
    assert (new.text, new.lead, new.carried_from.text) == (NOTIFY, bureau, NOTIFY)
    closed = Measure.objects.get(text=CLEAR)
    assert [(one.percent, one.when) for one in closed.reports.order_by("year", "quarter")] == [
        (50, running.before),
        (100, running),
    ]
    office.goto(draft.get_absolute_url())
    promised = office.locator("#promised")
    expect(promised).to_contain_text(said("%(done)s of %(number)s measures verified and closed", done=1, number=2))
    promised.get_by_text(said("Result as reported: %(quarter)s", quarter=running)).first.click()
    expect(promised.get_by_text("已全部清理")).to_be_visible()
