"""What is typed survives a crash and a lost session; two browsers at one conference; the keyboard."""

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect

from conferences.models import Conference
from courts.models import TypedDraft
from tests import make
from tests.browser.test_accessibility import RULES, VIEWS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def conference() -> Conference:
    court = make.court(name="青州市人民法院", short_name="青州法院")
    conference = make.conference(court=court, theme="原来", venue="一楼")
    for place, text in enumerate(("甲", "乙"), start=1):
        make.keynote(conference=conference, text=text, order=place)
    return conference


def clerk_of(conference: Conference, name: str) -> str:
    """The name of a new account."""
    return make.user("clerk", court=conference.court, username=name, last_name="王", first_name=name).username


def sign_in(page: Page, username: str) -> None:
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(make.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#keynotes")).to_be_visible()
    page.wait_for_load_state()  # scripts run after the page is there


@pytest.fixture
def open_screen(browser: Browser, live_server, conference):
    def opened(username: str, **context) -> Page:
        page = browser.new_context(**context).new_page()
        page.goto(f"{live_server.url}/admin/login/?next=/admin/conferences/conference/{conference.pk}/change/")
        sign_in(page, username)
        return page

    return opened


def saved(page: Page) -> None:
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.wait_for_load_state()


def add_keynote(page: Page, text: str) -> None:
    page.locator("#keynotes [data-add]").focus()
    page.keyboard.press("Enter")
    page.locator("#keynotes .row").last.locator("[name$=-text]").fill(text)


def put_back(page: Page) -> None:
    page.locator("button[name=_put_back]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("form[data-dirty]")).to_be_attached()


def close_window(page: Page, theme: str) -> None:
    """Without waiting for the browser: what goes with the page is there once the server has taken it."""
    page.close()
    for _try in range(100):
        draft = TypedDraft.objects.first()
        if draft and draft.typed.get("theme") == theme:
            break
        time.sleep(0.1)
    page.context.close()


def test_what_was_typed_comes_back_after_the_window_is_gone(open_screen, conference):
    name = clerk_of(conference, "zhang")
    page = open_screen(name)
    page.locator("[name=theme]").fill("没有保存的")
    add_keynote(page, "新的提法")
    close_window(page, "没有保存的")  # before the first five seconds: it goes with the page

    page = open_screen(name)
    put_back(page)
    expect(page.locator("[name=theme]")).to_have_value("没有保存的")
    page.keyboard.press("Control+s")

    saved(page)
    conference.refresh_from_db()
    assert conference.theme == "没有保存的"
    assert list(conference.keynotes.values_list("text", flat=True)) == ["甲", "乙", "新的提法"]
    assert not TypedDraft.objects.exists()
    expect(page.locator("button[name=_put_back]")).to_have_count(0)


def test_the_screen_says_when_what_is_typed_is_kept(open_screen, conference):
    page = open_screen(clerk_of(conference, "zhang"))
    page.locator("[name=theme]").fill("一")

    expect(page.locator("[data-kept-at]")).to_have_text(re.compile(r"\d\d:\d\d"), timeout=10_000)
    assert TypedDraft.objects.get().typed["theme"] == "一"


def test_without_a_change_nothing_is_sent(open_screen, conference):
    page = open_screen(clerk_of(conference, "zhang"))
    page.locator("[name=theme]").focus()
    page.goto("about:blank")
    page.wait_for_timeout(500)

    assert not TypedDraft.objects.exists()


def test_only_changes_go_with_the_page_after_the_first_time(open_screen, conference):
    page = open_screen(clerk_of(conference, "zhang"))
    page.locator("[name=summary]").fill("长" * 40_000)  # more than a page that is left can carry
    expect(page.locator("[data-kept-at]")).to_have_text(re.compile(r"\d\d:\d\d"), timeout=10_000)
    page.locator("[name=theme]").fill("二")
    close_window(page, "二")

    page = open_screen("zhang")
    put_back(page)

    kept = (page.locator("[name=theme]").input_value(), len(page.locator("[name=summary]").input_value()))
    assert kept == ("二", 40_000)


def test_a_lost_session_is_said_and_typing_goes_on_after_signing_in_beside_it(open_screen, conference, live_server):
    page = open_screen(clerk_of(conference, "zhang"))
    Session.objects.all().delete()
    page.locator("[name=theme]").fill("一")
    expect(page.locator("[data-signed-out]")).to_be_visible(timeout=10_000)

    with page.context.expect_page() as beside:
        page.locator("[data-signed-out] a").click()
    beside.value.locator("#id_username").fill("zhang")
    beside.value.locator("#id_password").fill(make.PASSWORD)
    beside.value.keyboard.press("Enter")
    beside.value.wait_for_url(live_server.url + "/")
    beside.value.close()
    page.locator("[name=theme]").fill("二")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-kept-at]")).to_have_text(re.compile(r"\d\d:\d\d"))
    expect(page.locator("[data-signed-out]")).to_be_hidden()
    page.keyboard.press("Control+s")
    saved(page)
    conference.refresh_from_db()
    assert conference.theme == "二"


def test_the_second_of_two_people_sees_what_the_first_saved_and_chooses(open_screen, conference):
    first, second = (open_screen(clerk_of(conference, name)) for name in ("zhang", "li"))
    second.locator("[name=theme]").fill("李的主题")
    second.locator("[name=attendance]").fill("全体干警")
    first.locator("[name=theme]").fill("张的主题")
    first.locator("[name=venue]").fill("三楼")
    first.keyboard.press("Control+s")
    saved(first)

    second.keyboard.press("Control+s")
    panel = second.locator(".conflicts")
    expect(panel).to_be_focused()
    assert [panel.locator("fieldset .text").all_text_contents(), panel.locator("dd .text").all_text_contents()] == [
        ["李的主题", "张的主题"],
        ["三楼"],
    ]
    second.keyboard.press("Tab")
    second.keyboard.press("Space")
    second.keyboard.press("ArrowDown")
    second.keyboard.press("Control+s")

    saved(second)
    conference.refresh_from_db()
    assert (conference.theme, conference.venue, conference.attendance) == ("张的主题", "三楼", "全体干警")


def test_two_people_choose_without_javascript_too(open_screen, conference):
    first, second = (open_screen_plain(open_screen, conference, name) for name in ("zhang", "li"))
    for page, theme in ((first, "张的主题"), (second, "李的主题")):
        page.locator("[name=theme]").fill(theme)
        page.locator("[name=_continue]").click()
    second.locator(".conflicts input[value^=mine]").check()
    second.locator("[name=_continue]").click()

    saved(second)
    conference.refresh_from_db()
    assert conference.theme == "李的主题"


def open_screen_plain(open_screen, conference: Conference, name: str) -> Page:
    username = clerk_of(conference, name)
    return open_screen(username, java_script_enabled=False)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.name")


def test_after_saving_the_cursor_stands_where_it_stood(open_screen, conference):
    page = open_screen(clerk_of(conference, "zhang"))
    page.locator("[name='keynotes-1-text']").fill("乙改")

    page.keyboard.press("Control+s")

    saved(page)
    assert focused(page) == "keynotes-1-text"
    assert page.evaluate("JSON.stringify(sessionStorage)") == "{}"


def test_the_cursor_follows_its_row_where_rows_moved(open_screen, conference):
    page = open_screen(clerk_of(conference, "zhang"))
    page.locator("[name='keynotes-1-text']").focus()
    page.keyboard.press("Alt+ArrowUp")

    page.keyboard.press("Control+s")

    saved(page)
    assert page.locator(":focus").input_value() == "乙"


def test_control_and_enter_adds_a_row_from_any_field(open_screen, conference):
    page = open_screen(clerk_of(conference, "zhang"))
    page.locator("#speeches [data-add]").focus()
    page.keyboard.press("Enter")
    page.locator("#speeches summary").first.press("Enter")
    page.locator("[name='speeches-0-text']").focus()

    page.keyboard.press("Control+Enter")

    expect(page.locator("#speeches .row")).to_have_count(2)
    assert focused(page).startswith("speeches-1-")


def broken_rules(page: Page) -> list[str]:
    """What axe says of the page as it stands."""
    violations = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {[node['target'][0] for node in rule['nodes']][:3]}" for rule in violations]


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_offered_put_back_and_chosen_is_open_to_everyone(open_screen, conference, view):
    name = clerk_of(conference, "zhang")
    page = open_screen(name, **VIEWS[view])
    page.locator("[name=theme]").fill("张的主题")
    close_window(page, "张的主题")
    page = open_screen(name, **VIEWS[view])
    page.locator(".keys summary").press("Enter")
    offered = broken_rules(page)
    put_back(page)
    back = broken_rules(page)
    Conference.objects.filter(pk=conference.pk).update(theme="李的主题", venue="三楼")
    page.keyboard.press("Control+s")
    expect(page.locator(".conflicts")).to_be_visible()
    asked = broken_rules(page)

    is_wide_enough = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert (offered, back, asked, is_wide_enough) == ([], [], [], True)
