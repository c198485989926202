"""An award list leaves as a file: while it is made the page says so, and whoever waits may stop it."""

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from awards.models import ExportLog
from courts.roles import CLERK
from tests import make
from tests.browser.test_jobs import sign_in
from tests.browser.test_pasting import said

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def export_page(page: Page, live_server) -> Page:
    conference = make.conference()
    make.commendation(conference=conference, name="王䶮", announced=True)
    sign_in(page, live_server.url, make.user(CLERK, court=conference.court))
    page.goto(f"{live_server.url}/awards/export/")
    return page


def test_the_file_arrives_under_its_name_and_the_bar_goes(export_page, tmp_path):
    with export_page.expect_download() as started:
        export_page.get_by_role("button", name=said("Download"), exact=True).click()
    started.value.save_as(tmp_path / "list.xlsx")

    cells = [cell for row in load_workbook(tmp_path / "list.xlsx").active.iter_rows(values_only=True) for cell in row]
    assert ("王䶮" in cells, started.value.suggested_filename.endswith("_表彰名单.xlsx")) == (True, True)
    expect(export_page.locator(".making")).to_be_hidden()
    assert ExportLog.objects.count() == 1


def test_whoever_waits_may_stop_it_and_stays_on_the_page(export_page):
    """The server never answers here."""
    export_page.route("**/awards/export/", lambda _route: None)
    export_page.get_by_role("button", name=said("Download"), exact=True).click()
    expect(export_page.locator(".making progress")).to_be_visible()

    export_page.locator(".making button").click()

    expect(export_page.locator(".making")).to_be_hidden()
    assert ExportLog.objects.count() == 0
