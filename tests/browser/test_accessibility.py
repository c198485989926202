"""No page breaks a rule of WCAG 2.2 AA that axe can see: wide and narrow, light and dark, admin included."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from conferences.models import Audience, Conference
from courts.models import Court, FailedSignIn, Person
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
VIEWS = {"wide": {"viewport": {"width": 1280, "height": 900}}, "narrow": {"viewport": {"width": 360, "height": 740}}}

PUBLIC = ("/", "/?year=2023&kind=nonsense", "/qingzhou/", "/qingzhou/2023/", "/qingzhou/2024/", "/login/", "/nothing/")
CLERK = (
    *("/", "/qingzhou/2023/", "/qingzhou/2025/", "/password/", "/awards/export/"),
    *("/honours/", "/honours/?family=above", "/honours/mine/"),
    *("/admin/", "/admin/conferences/conference/", "/admin/conferences/conference/add/"),
    *("/admin/conferences/figure/", "/admin/awards/awardcategory/", "/admin/awards/awardcategory/add/"),
    *("/admin/awards/commendation/", "/admin/awards/honour/add/", "/admin/awards/honourroll/"),
    *("/admin/courts/person/", "/admin/courts/person/add/", "/admin/courts/department/", "/admin/password_change/"),
)


@pytest.fixture
def court():
    """One full conference, one empty one, one draft."""
    court = make.court(name="青州市人民法院", short_name="青州法院", slug="qingzhou")
    full = make.published(
        court=court, year_reviewed=2023, summary="一年的总结。", venue="第一审判庭", theme="公正与效率"
    )
    fill(full)
    make.published(court=court, year_reviewed=2024)
    fill(make.conference(court=court, year_reviewed=2025, audience=Audience.PUBLIC))
    return court


def fill(conference: Conference) -> None:
    bureau = make.department(court=conference.court)
    make.participant(conference=conference)
    make.keynote(conference=conference)
    make.agenda_item(conference=conference, private_note="内部备注")
    speech = make.speech(
        conference=conference, text="一、把牢方向\n认真学习。\n（一）抓好落实\n每月检查。", summary="摘要"
    )
    make.figure(conference=conference, change=5, change_unit="percent", change_direction="up", group="办案")
    make.figure(conference=conference, label="执行", value_text="清零", rank=2, rank_kind="exact", rank_scope="全市")
    task = make.task(conference=conference, speech=speech)
    make.measure(task=task, lead=bureau, target="98%")
    make.honour(conference=conference, bodies="省高院、省人社厅", level="province")
    make.attachment(conference=conference, audience=Audience.PUBLIC)
    for announced in (True, False):
        make.commendation(conference=conference, announced=announced, department_name="执行局")


def open_as(browser: Browser, address: str, view: str, scheme: str, user=None) -> Page:
    page = browser.new_context(color_scheme=scheme, **VIEWS[view]).new_page()
    if user:
        page.goto(f"{address}/login/?next=/password/")
        page.get_by_label("用户名").fill(user.username)
        page.get_by_label("密码").fill(make.PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/password/")
    return page


def problems(page: Page, address: str, paths: tuple[str, ...]) -> list[str]:
    """What axe and the console say of each page: violated rule with its place, or a refused script or style."""
    said, console = [], []
    page.on("console", lambda line: console.append(f"{page.url}: {line.text}"))
    for path in paths:
        console.clear()
        page.goto(f"{address}{path}")
        said += [line for line in console if "Security Policy" in line]  # before axe, which brings styles of its own
        violations = Axe().run(page, options=RULES).response["violations"]
        said += [f"{path} {rule['id']}: {[node['target'][0] for node in rule['nodes']][:3]}" for rule in violations]
    return said


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_pages_for_everyone(browser: Browser, live_server, court: Court, view: str, scheme: str):
    speech = court.conferences.get(year_reviewed=2023).speeches.get()

    page = open_as(browser, live_server.url, view, scheme)

    assert "\n".join(problems(page, live_server.url, (*PUBLIC, speech.get_absolute_url()))) == ""


@pytest.mark.parametrize("view", VIEWS)
def test_pages_of_a_clerk(browser: Browser, live_server, court: Court, view: str):
    draft = court.conferences.get(year_reviewed=2025)
    published = court.conferences.get(year_reviewed=2023)
    person = make.person(court=court, staff_category=Person.StaffCategory.JUDGE)
    commendation = published.commendations.first()
    own = (
        f"/admin/conferences/conference/{draft.pk}/change/",
        f"/admin/conferences/conference/{published.pk}/change/",
        f"/admin/conferences/conference/{draft.pk}/steps/submit/",
        f"/admin/conferences/conference/{draft.pk}/history/",
        f"/admin/conferences/conference/{draft.pk}/delete/",
        f"/admin/awards/honourroll/{draft.pk}/change/",
        f"/admin/awards/honourroll/{published.pk}/change/",
        f"/admin/awards/honourroll/{published.pk}/steps/announce/",
        f"/admin/awards/commendation/{commendation.pk}/change/",
        f"/admin/courts/person/{person.pk}/change/",
        make.edition(published).get_absolute_url(),
        "/courts-below/?year=2023",
    )
    make.published(court=make.court(parent=court), year_reviewed=2023)
    clerk = make.user("clerk", "superior", court=court)
    draft.submit(by=clerk)
    draft.give_back(by=make.user("approver", court=court), reason="第三项数据不对")

    page = open_as(browser, live_server.url, view, "light", clerk)

    assert "\n".join(problems(page, live_server.url, (*CLERK, *own))) == ""


def test_pages_of_an_approver(browser: Browser, live_server, court: Court):
    published = court.conferences.get(year_reviewed=2023)
    commendation = published.commendations.first()
    locked = make.locked(court=court, year_reviewed=2022)
    submitted = court.conferences.get(year_reviewed=2025)
    make.edition(submitted)
    fill(submitted)
    submitted.figures.update(value=7)
    submitted.submit(by=make.user("clerk", court=court))
    own = (
        *("/admin/", "/admin/awards/exportlog/", "/admin/conferences/figure/"),
        f"/admin/conferences/conference/{locked.pk}/steps/correct/",
        f"/admin/conferences/conference/{submitted.pk}/steps/publish/",
        f"/admin/conferences/conference/{published.pk}/steps/withdraw/",
        f"/admin/awards/commendation/{commendation.pk}/revoke/",
    )

    page = open_as(browser, live_server.url, "wide", "dark", make.user("approver", court=court))

    assert "\n".join(problems(page, live_server.url, own)) == ""


def test_the_log_of_sign_ins(browser: Browser, live_server, court: Court):
    failed = FailedSignIn.objects.create(username="zhang", ip_address="10.1.1.1", locked_out=True)
    pages = ("/admin/courts/signin/", "/admin/courts/failedsignin/", f"/admin/courts/failedsignin/{failed.pk}/change/")

    page = open_as(browser, live_server.url, "wide", "light", make.user(is_superuser=True, is_staff=True))

    assert "\n".join(problems(page, live_server.url, pages)) == ""
