"""Three years side by side: chosen, read, copied, taken away; and a year's figures from its quarters."""

import io

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from conferences.models import Conference, Figure, Indicator
from tests import make
from tests.browser.test_jobs import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
SENTENCE = "2023年，受理案件1034件，审执结1000件，同比分别下降6%、上升25%。"


@pytest.fixture
def court():
    court = make.court(name="青州市人民法院", short_name="青州法院", slug="qingzhou")
    for year, received, closed in ((2020, 900, 700), (2021, 1000, 750), (2022, 1100, 800), (2023, 1034, 1000)):
        conference = make.published(court=court, year_reviewed=year)
        for label, value in (("受理案件", received), ("审执结", closed)):
            make.figure(conference=conference, label=label, value=value, group="办案")
    return court


@pytest.mark.parametrize("scripts", [True, False])
def test_three_years_are_compared_and_the_sentence_is_copied(browser: Browser, live_server, court, scripts):
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{live_server.url}/qingzhou/")
    page.get_by_role("link", name="历年对比").click()
    page.get_by_label("2020", exact=True).uncheck()
    page.get_by_role("button", name="对比", exact=True).click()

    table = page.get_by_role("region", name="数据")
    expect(table.get_by_role("columnheader")).to_have_text(["2021", "2022", "2023"])
    row = table.get_by_role("row", name="受理案件")
    expect(row.get_by_role("cell")).to_have_text(
        ["受理案件: 2021 1,000; 2022 1,100; 2023 1,034", "1,000", "1,100上升 10%", "1,034下降 6%"]
    )
    sentence = page.get_by_text(SENTENCE)
    expect(sentence).to_be_visible()
    if scripts:
        sentence.click()
        assert page.evaluate("getSelection().toString().trim()") == SENTENCE

    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert [row[0] for row in book["表述"].iter_rows(values_only=True)] == ["年度", 2023, 2022, 2021]


def test_a_clerk_takes_the_years_figure_from_the_quarters(browser: Browser, live_server, court):
    draft = make.conference(court=court, year_reviewed=2024, kind=Conference.Kind.ANNUAL)
    new = Indicator.objects.create(name="新收", unit="件", roll_up="sum")
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, live_server.url, make.user("clerk", court=court))
    for number, (first, last) in enumerate((("01-01", "06-30"), ("07-01", "12-31")), start=1):
        page.goto(f"{live_server.url}/admin/conferences/figureset/add/")
        page.get_by_label("期间类型").select_option(label="季考核")
        page.get_by_label("起始日期").fill(f"2024-{first}")
        page.get_by_label("截止日期").fill(f"2024-{last}")
        page.get_by_role("button", name="添加期间数据项").click()
        page.get_by_label("名称").first.fill("新收")
        page.get_by_label("数值").first.fill(str(number * 100))
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.locator(".messagelist .success")).to_be_visible()

    page.goto(f"{live_server.url}/admin/conferences/conference/{draft.pk}/change/")
    page.get_by_role("link", name="由期间数据汇总").click()
    page.get_by_label("新收").check()
    page.get_by_role("button", name="采用勾选的数据").click()

    expect(page.get_by_text("已采用1项数据。")).to_be_visible()
    assert Figure.objects.get(conference=draft).indicator == new
    assert Figure.objects.get(conference=draft).value == 300
