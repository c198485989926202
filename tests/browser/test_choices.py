"""What a reader chooses for this browser: large type, one key, the size that the browser itself was told."""

import pytest
from playwright.sync_api import Browser, Page

from tests import make
from tests.browser.test_accessibility import wider

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def conference():
    made = make.published(court=make.court(slug="qingzhou"), title="青州市人民法院2023年度工作总结暨表彰大会")
    make.speech(conference=made, name="", department=make.department(court=made.court), text="一、把牢方向\n学习。")
    make.figure(conference=made)
    return made


def opened(browser: Browser, width: int, size: int = 16, **given) -> Page:
    """A page `width` CSS pixels wide, in a browser whose usual type is `size` pixels high."""
    page = browser.new_context(viewport={"width": width, "height": 800}, **given).new_page()
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": size}})
    return page


def size_of(page: Page) -> float:
    return page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)")


@pytest.mark.parametrize(("width", "size"), [(320, 16), (1280, 32), (360, 32)])
def test_no_page_scrolls_sideways_at_320_pixels_or_with_type_of_200_percent(
    browser: Browser, live_server, conference, width, size
):
    page, department = opened(browser, width, size), conference.court.departments.get()
    paths = ("/", "/qingzhou/", "/qingzhou/2023/", department.get_absolute_url(), "/search/?q=学习", "/login/")

    assert wider(page, live_server.url, paths) == []
    assert page.evaluate("getComputedStyle(document.body).fontSize") == f"{size}px"


def test_large_type_stays_until_it_is_switched_off_and_no_cookie_is_set(browser: Browser, live_server, conference):
    page = opened(browser, 360)
    page.goto(f"{live_server.url}/qingzhou/")
    usual, switch = size_of(page), page.get_by_role("button", name="大字")

    switch.click()
    page.goto(f"{live_server.url}/qingzhou/2023/")
    large = size_of(page)
    sideways = wider(page, live_server.url, ("/qingzhou/2023/",))
    page.get_by_role("button", name="大字", pressed=True).click()
    page.reload()

    assert (large / usual, size_of(page), sideways) == (1.25, usual, [])
    assert page.context.cookies() == []


def test_a_key_leads_to_the_search_unless_it_was_switched_off(browser: Browser, live_server, conference):
    page = opened(browser, 1280)
    page.goto(live_server.url)
    focused = "document.activeElement.id"

    page.keyboard.press("/")
    first = page.evaluate(focused)
    page.keyboard.type("a/b")
    typed = page.locator("#seek").input_value()
    page.get_by_role("button", name="键搜索").click()
    page.goto(f"{live_server.url}/qingzhou/")
    page.keyboard.press("/")

    assert (first, typed, page.evaluate(focused)) == ("seek", "a/b", "")


def test_without_javascript_nothing_is_offered_that_does_not_work(browser: Browser, live_server, conference):
    page = opened(browser, 1280, java_script_enabled=False)

    page.goto(live_server.url)

    assert page.get_by_role("button", name="大字").count() == 0


def test_the_first_key_leads_past_the_head(browser: Browser, live_server, conference):
    page = opened(browser, 1280)
    page.goto(f"{live_server.url}/qingzhou/2023/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
    assert page.get_by_role("navigation", name="当前位置").get_by_role("link").all_inner_texts() == [
        "首页",
        conference.court.name,
    ]
