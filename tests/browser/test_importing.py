"""A list from an old program, in GBK and with ten kinds of faults: each is seen before anything is written."""

import pytest
from playwright.sync_api import Page, expect

from conferences.models import Measure
from intake.models import Import
from tests import make
from tests.browser.test_jobs import sign_in
from tests.browser.test_pasting import said

pytestmark = pytest.mark.django_db(transaction=True)
HEADINGS = "重点工作,正文,牵头部门,配合部门,责任人,完成时限"
GOOD = "把牢政治方向,每月学习一次,执行局,立案庭,杜晓明,2024年6月30日"
# The rows in the file, each with the piece of the row that is wrong.
FAULTY = {
    "no such task": "没有的工作,一,执行局,,,",
    "no text": "把牢政治方向,,执行局,,,",
    "no such lead": "把牢政治方向,二,没有的庭,,,",
    "no such helper": "把牢政治方向,三,执行局,没有的科,,",
    "no such person": "把牢政治方向,四,执行局,,没有的人,",
    "namesakes": "把牢政治方向,五,,,李伟,",
    "a day that does not exist": "把牢政治方向,六,执行局,,,2024-02-30",
    "no day at all": "把牢政治方向,七,执行局,,,年底前",
    "too long": f"把牢政治方向,{'长' * 501},执行局,,,",
    "too many cells": "把牢政治方向,八,执行局,,,,,多出来",
    "the same row again": "把牢政治方向,每月学习一次,执行局,,,",
}


@pytest.fixture
def conference():
    court = make.court(name="青州市人民法院", short_name="青州法院", slug="qingzhou")
    conference = make.conference(court=court)
    make.task(conference=conference, heading="把牢政治方向")
    bureau, filing = (make.department(court=court, name=name) for name in ("执行局", "立案庭"))
    make.person(court=court, department=bureau, name="杜晓明")
    for department in (bureau, filing):
        make.person(court=court, department=department, name="李伟")
    return conference


def test_every_fault_of_a_list_in_gbk_is_seen_and_nothing_is_written(page: Page, live_server, conference, tmp_path):
    file = tmp_path / "举措.csv"
    file.write_text("\r\n".join([HEADINGS, GOOD, *FAULTY.values()]), encoding="gbk")
    sign_in(page, live_server.url, make.user("clerk", court=conference.court))
    page.goto(f"{live_server.url}/admin/conferences/conference/{conference.pk}/change/")
    page.get_by_role("link", name=said("Lists in and out"), exact=True).click()
    page.get_by_label(said("kind of list").capitalize()).select_option("measures")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name=said("Read and compare")).click()

    wrong = page.locator("tr.is-wrong")
    expect(wrong).to_have_count(len(FAULTY))
    assert [wrong.nth(number).locator("li.error").count() for number in range(len(FAULTY))] == [1] * len(FAULTY)
    expect(page.locator("button[value=confirm]")).to_have_count(0)
    one = Import.objects.get()
    assert (one.rows, one.wrong, one.new, Measure.objects.count()) == (len(FAULTY) + 1, len(FAULTY), 1, 0)
