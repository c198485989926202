"""What people do with a conference that is entered: submit, publish, announce, find a winner, take the list away."""

import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from awards.models import ExportLog
from conferences.models import Audience, Conference
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def conference():
    court = make.court(name="青州市人民法院", short_name="青州法院", slug="qingzhou")
    conference = make.conference(court=court, audience=Audience.PUBLIC, title="青州法院2023年度工作总结暨表彰大会")
    category = make.category(court=court, name="先进个人")
    bureau = make.department(court=court, name="执行局")
    for name in ("王小宁", "李一鸣", "欧阳少东"):
        person = make.person(court=court, name=name, department=bureau)
        make.commendation(conference=conference, category=category, person=person)
    return conference


def sign_in(page: Page, address: str, user) -> None:
    page.goto(f"{address}/login/?next=/admin/")
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(make.PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="草稿", exact=True)).to_be_visible()


def take_step(page: Page, address: str, conference: Conference, label: str, *, screen: str = "conferences/conference"):
    """Opens the screen of the conference, presses the step and confirms it."""
    page.goto(f"{address}/admin/{screen}/{conference.pk}/change/")
    page.get_by_role("link", name=label, exact=True).click()
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_from_submitting_to_a_winner_found_on_a_phone(browser: Browser, live_server, conference):
    clerk = make.user("clerk", court=conference.court)
    approver = make.user("approver", court=conference.court)
    office, chamber = browser.new_context().new_page(), browser.new_context().new_page()
    phone = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True).new_page()
    sign_in(office, live_server.url, clerk)
    sign_in(chamber, live_server.url, approver)

    take_step(office, live_server.url, conference, "提交审核")
    phone.goto(live_server.url)
    expect(phone.get_by_text("青州法院2023年度工作总结暨表彰大会")).to_have_count(0)
    take_step(chamber, live_server.url, conference, "发布")
    phone.goto(live_server.url)
    phone.get_by_role("link", name="青州法院2023年度工作总结暨表彰大会").click()
    expect(phone.get_by_text("欧阳少东")).to_have_count(0)
    take_step(office, live_server.url, conference, "公布名单", screen="awards/honourroll")
    phone.reload()

    winner = phone.locator("#awards li", has_text="欧阳少东")
    winner.scroll_into_view_if_needed()
    expect(winner).to_be_in_viewport()
    expect(winner).to_contain_text("执行局")
    conference.refresh_from_db()
    assert (conference.submitted_by, conference.published_by) == (clerk, approver)


def test_a_clerk_takes_the_award_list_away(page: Page, live_server, conference):
    clerk = make.user("clerk", court=conference.court)
    Conference.objects.filter(pk=conference.pk).update(
        submitted_at=conference.changed_at,
        submitted_by=clerk,
        published_at=conference.changed_at,
        published_by=make.user(court=conference.court),
    )
    conference.commendations.update(announced_at=conference.changed_at, announced_by=clerk)
    sign_in(page, live_server.url, clerk)
    page.goto(f"{live_server.url}/qingzhou/2023/")
    page.get_by_role("link", name=re.compile("导出")).click()
    page.get_by_label("获奖者排序").select_option("strokes")
    page.get_by_label("XLSX").check()

    with page.expect_download() as started:
        page.get_by_role("button", name="下载").click()

    download = started.value
    sheet = load_workbook(io.BytesIO(download.path().read_bytes())).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[6] for row in cells[1:4]] == ["王小宁", "李一鸣", "欧阳少东"]
    assert download.suggested_filename.endswith(".xlsx")
    assert ExportLog.objects.get().by == clerk
