"""Certificates of many winners are printed while somebody watches: how far it is, the file at last, and a stop."""

import re
import zipfile

import pytest
from playwright.sync_api import Browser, Page, expect

from awards.models import Certificate
from conferences.models import Conference
from courts.roles import CLERK
from papers.models import Printing
from tests import make
from tests.browser.test_jobs import sign_in
from tests.browser.test_pasting import said

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ["张三", "李四", "王五", "欧阳少东", "犇喆"]


@pytest.fixture
def conference(monkeypatch) -> Conference:
    """Five winners; each request prints one certificate, so that there is something to watch."""
    monkeypatch.setattr("papers.certificates.printing.PIECES", {"pdf": 1, "zip": 1})
    monkeypatch.setattr("papers.certificates.printing.proceed.__kwdefaults__", {"seconds": 0})
    conference = make.conference(court=make.court(document_prefix="青"))
    category = make.category(court=conference.court, name="先进个人")
    for order, name in enumerate(NAMES):
        make.commendation(conference=conference, category=category, name=name, order=order)
    return conference


def begin(page: Page, address: str, conference: Conference) -> None:
    """A PDF for each, from the page of the roll."""
    sign_in(page, address, make.user(CLERK, court=conference.court))
    page.goto(f"{address}/admin/awards/honourroll/{conference.pk}/change/")
    page.get_by_role("link", name=said("Certificates"), exact=True).click()
    page.get_by_label(str(Printing.Output.ZIP.label)).check()
    page.get_by_role("button", name=said("Number and print"), exact=True).click()


def test_the_page_shows_how_far_it_is_until_the_file_is_there(page: Page, live_server, conference, tmp_path):
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.post_data or "") if "/printings/" in one.url else None)
    begin(page, live_server.url, conference)

    link = page.get_by_role("link", name=re.compile(said("Download")))
    with page.expect_download() as started:
        link.click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)

    assert sum("act=continue" in one for one in asked) == 5  # four more certificates, and the whole file
    assert [re.sub(r"\d+_", "", name) for name in zipfile.ZipFile(file).namelist()] == [
        f"先进个人_{name}.pdf" for name in NAMES
    ]
    assert (Printing.objects.get().total, Certificate.objects.count()) == (5, 5)
    expect(page.locator("progress")).to_have_count(0)


def test_without_scripts_it_goes_on_by_a_button_and_can_be_stopped(browser: Browser, live_server, conference):
    page = browser.new_context(java_script_enabled=False).new_page()
    begin(page, live_server.url, conference)

    page.get_by_role("button", name=said("Continue"), exact=True).click()
    expect(page.get_by_role("status")).to_have_text(said("%(done)s of %(all)s are done.", done=2, all=5))
    page.get_by_role("button", name=said("Stop"), exact=True).click()

    expect(page.locator("progress")).to_have_count(0)
    expect(page.get_by_role("link", name=re.compile(said("Download")))).to_have_count(0)
    one = Printing.objects.get()
    assert (one.done, bool(one.cancelled_at), Certificate.objects.count()) == (2, True, 2)
