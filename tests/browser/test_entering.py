"""A clerk enters a whole conference by keyboard alone, from nothing to the honour roll."""

import datetime
import re

import pytest
from playwright.sync_api import Page, expect

from awards.models import AwardCategory, Commendation
from conferences.models import Conference, Measure
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def court():
    court = make.court(name="青州市人民法院", short_name="青州法院", default_venue="三楼会议室")
    bureau = make.department(court=court, name="执行局", order=1)
    make.department(court=court, name="立案庭", order=2)
    make.person(court=court, name="杜晓明", department=bureau, post="院长")
    for number in range(10):
        make.person(court=court, name=f"李{chr(0x4E00 + number)}", department=bureau, post="法官")
    make.category(court=court, name="先进个人", order=2)
    make.category(court=court, name="先进集体", recipient_kind=AwardCategory.RecipientKind.DEPARTMENT, order=1)
    return court


@pytest.fixture
def screen(page: Page, live_server, court):
    clerk = make.user("clerk", court=court)
    page.goto(f"{live_server.url}/admin/login/?next=/admin/conferences/conference/add/")
    page.get_by_label(re.compile("用户名")).fill(clerk.username)
    page.get_by_label(re.compile("密码")).fill(make.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#participants [data-add]")).to_be_visible()
    return page


def press_add(page: Page, part: str) -> None:
    """Goes to the button that adds a row and presses it, without a mouse."""
    page.locator(f"#{part} [data-add]").last.focus()
    page.keyboard.press("Enter")


def type_along(page: Page, *texts: str) -> None:
    """Types into the fields one after another; an empty text leaves a field as it is."""
    for number, text in enumerate(texts):
        if number:
            page.keyboard.press("Tab")
        if text:
            page.keyboard.type(text)


def test_a_clerk_enters_a_conference_by_keyboard(screen: Page):
    screen.get_by_label("日期", exact=False).first.fill("2026-02-02")
    press_add(screen, "participants")
    type_along(screen, "", "杜晓明")
    press_add(screen, "speeches")
    type_along(screen, "", "杜晓明")
    press_add(screen, "tasks")
    type_along(screen, "提升执行质效", "1")
    screen.locator("#tasks .rows .rows [data-add]").focus()
    screen.keyboard.press("Enter")
    type_along(screen, "每月通报终本率", "执行局", "立案庭", "杜晓明", "", "", "", "98%")
    screen.keyboard.press("Control+s")

    expect(screen.locator(".messagelist .success")).to_be_visible()
    conference = Conference.objects.get()
    measure = Measure.objects.get()
    assert conference.starts_on == datetime.date(2026, 2, 2)
    assert conference.participants.get().post == "院长"
    assert conference.tasks.get().speech == conference.speeches.get()
    assert (measure.text, str(measure.lead), measure.responsible_name) == ("每月通报终本率", "执行局", "杜晓明")
    assert [str(department) for department in measure.helpers.all()] == ["立案庭"]


def test_ten_winners_are_typed_one_after_another_with_enter(screen: Page, court):
    screen.keyboard.press("Control+s")
    screen.locator(".object-tools a[href*=honourroll]").click()
    group = screen.locator(".group", has=screen.get_by_role("heading", name=re.compile("先进个人")))
    group.locator("[data-add]").focus()
    screen.keyboard.press("Enter")
    for number in range(10):
        if number:
            screen.keyboard.press("Enter")
        screen.keyboard.type(f"李{chr(0x4E00 + number)}")
    screen.keyboard.press("Control+s")

    expect(screen.locator(".messagelist .success")).to_be_visible()
    winners = Commendation.objects.order_by("order").values_list("name", "department_name", "post", "category__name")
    assert list(winners) == [(f"李{chr(0x4E00 + number)}", "执行局", "法官", "先进个人") for number in range(10)]


def paste(page: Page, selector: str, text: str) -> None:
    """What Ctrl+V does with this text on the clipboard."""
    page.locator(selector).focus()
    page.evaluate(
        """([selector, text]) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
            document.querySelector(selector).dispatchEvent(event);
        }""",
        [selector, text],
    )


def order_of(page: Page) -> list[tuple[str, str]]:
    """Heading and number of each keynote, from top to bottom."""
    rows = page.locator("#keynotes .row")
    texts = rows.locator("[name$=-text]").evaluate_all("all => all.map((one) => one.value)")
    return list(zip(texts, rows.locator("[name$=-order]").evaluate_all("all => all.map((o) => o.value)"), strict=True))


def test_a_table_pasted_into_a_row_becomes_rows(screen: Page, court):
    press_add(screen, "participants")
    paste(screen, "[name='participants-0-name']", "杜晓明\t执行局\t院长\r\n李一\t立案庭\t法官\r\n")
    screen.locator("[name=new_names][value=keep]").check()
    screen.keyboard.press("Control+s")
    expect(screen.locator(".messagelist .success")).to_be_visible()
    rows = Conference.objects.get().participants.values_list("name", "department_name", "post")
    assert list(rows) == [("杜晓明", "执行局", "院长"), ("李一", "立案庭", "法官")]


def test_text_pasted_from_word_keeps_its_paragraphs(screen: Page):
    paste(screen, "[name=summary]", "\u3000\u3000第一段 \r\n\r\n\r\n\r\n\u3000\u3000第二段\u000b下一行")
    assert screen.locator("[name=summary]").input_value() == "第一段\n\n第二段\n下一行"


def test_rows_are_moved_struck_and_restored_without_a_mouse(screen: Page):
    press_add(screen, "keynotes")
    screen.locator("[name='keynotes-0-text']").focus()
    for number, text in enumerate(("甲", "乙", "丙")):
        if number:
            screen.keyboard.press("Enter")
        screen.keyboard.type(text)
    screen.keyboard.press("Alt+ArrowUp")
    assert order_of(screen) == [("甲", "1"), ("丙", "2"), ("乙", "3")]
    screen.locator("#keynotes .row").first.get_by_role("button", name=re.compile("下移|Move down")).press("Enter")
    assert order_of(screen) == [("丙", "1"), ("甲", "2"), ("乙", "3")]
    expect(screen.locator("[data-say]")).to_have_text(re.compile("2"))
    for _struck_and_restored_and_struck in range(3):
        screen.locator("[name='keynotes-0-DELETE']").press("Space")
    expect(screen.locator("#keynotes .struck")).to_have_count(1)
    screen.keyboard.press("Control+s")

    expect(screen.locator(".messagelist .success")).to_be_visible()
    assert list(Conference.objects.get().keynotes.values_list("text", flat=True)) == ["丙", "乙"]


def test_a_clerk_without_javascript_enters_rows_too(browser, live_server, court):
    page = browser.new_context(java_script_enabled=False).new_page()
    clerk = make.user("clerk", court=court)
    page.goto(f"{live_server.url}/admin/login/?next=/admin/conferences/conference/add/")
    page.locator("#id_username").fill(clerk.username)
    page.locator("#id_password").fill(make.PASSWORD)
    page.keyboard.press("Enter")
    page.locator("[name='tasks-0-heading']").fill("把牢政治方向")
    page.locator("[name='tasks-0-measures-0-text']").fill("每月学习")
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert (Measure.objects.get().text, Measure.objects.get().task.heading) == ("每月学习", "把牢政治方向")
