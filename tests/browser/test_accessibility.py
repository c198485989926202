"""No page breaks a rule of WCAG 2.2 AA that axe can see: wide and narrow, light and dark, admin included."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page

from awards.models import Certificate, PublicNotice, Selection
from conferences.models import Audience, Conference
from courts.models import Court, Department, FailedSignIn, Person
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


def through_years(court: Court) -> Department:
    """A department with something of everything in a year, and the states of its measures shown."""
    conference = court.conferences.get(year_reviewed=2023)
    bureau = court.departments.first()
    make.speech(conference=conference, department=bureau, name="", title="表态")
    make.commendation(conference=conference, department=bureau, announced=True)
    make.commendation(conference=conference, department=bureau, name="张某某", announced=True)
    make.honour(conference=conference, department=bureau, bodies="省高院", level="province")
    Conference.objects.filter(pk=conference.pk).update(states_shown_at=timezone.now(), states_shown_by=make.user())
    return bureau


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
    paths = (*PUBLIC, speech.get_absolute_url(), through_years(court).get_absolute_url())

    page = open_as(browser, live_server.url, view, scheme)

    assert "\n".join(problems(page, live_server.url, paths)) == ""


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
        f"/admin/archive/{draft.pk}/",
        f"/admin/archive/{published.pk}/",
        f"/admin/conferences/conference/{published.pk}/readings/",
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
    entry = {"number": 1, "path": "01_会议记录/01_全记录.pdf", "pages": 3, "size": 9, "term": "永久"}
    given = {"contents": json.dumps([entry]), "missing": json.dumps([["附件", "通知", "文件已不在磁盘上"]])}
    make.archive_package(conference=published, finished=make.user(court=court), **given)
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


@pytest.fixture
def season(court: Court):
    """A selection with names at every stage, its notice with an objection, winners with certificates."""
    bureau, by, chief = court.departments.first(), make.user(court=court), make.user(court=court)
    selection = make.selection(court=court, title="2023年度评选", basis="青法党〔2023〕9号")
    category = make.category(court=court, name="办案标兵", recipient_kind="person")
    make.quota(selection=selection, category=category, number=1, conditions="全年无错案")
    about = {"selection": selection, "category": category, "by_department": bureau}
    person = make.person(court=court, department=bureau, is_active=False)
    passed = make.nomination(**about, person=person, nominated=by, checked=by)
    make.override(nomination=passed)
    make.opinion(nomination=passed)
    make.evidence(nomination=passed)
    make.nomination(**about, nominated=by, approved=chief)
    make.nomination(**about, nominated=by, returned_at="2024-01-05T09:00Z", returned_by=by, return_reason="事迹太短")
    make.nomination(**about, rejected_at="2024-01-05T09:00Z", rejected_by=by, rejection_reason="重复")
    put_up = [make.nomination(**about, nominated=by, approved=chief) for _ in range(2)]
    make.objection(notice=make.notice(nominations=put_up, audience=Audience.PUBLIC), nomination=put_up[0])
    winners = court.conferences.get(year_reviewed=2023).commendations.filter(announced_at__isnull=False)
    make.certificate(commendation=winners.get())
    return selection


def ended(selection: Selection) -> PublicNotice:
    """A notice that is over and not concluded, and names that wait for the decision."""
    by = make.user(court=selection.court)
    rows = [make.nomination(selection=selection, category=selection.quotas.get().category, approved=by, confirmed=by)]
    return make.notice(nominations=rows, starts_on="2024-03-04", ends_on="2024-03-08")


SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def wider(page: Page, address: str, paths: tuple[str, ...]) -> list[str]:
    """The pages that a telephone would have to scroll sideways."""
    found = []
    for path in paths:
        page.goto(f"{address}{path}")
        found += [f"{path}: {beyond} px" for beyond in [page.evaluate(SIDEWAYS)] if beyond > 0]
    return found


def assert_all_well(browser: Browser, address: str, paths: tuple[str, ...], user=None) -> None:
    """Dark and wide, light and narrow."""
    for view, scheme in (("wide", "dark"), ("narrow", "light")):
        page = open_as(browser, address, view, scheme, user)
        assert "\n".join(problems(page, address, paths)) == ""
        if view == "narrow":
            assert "\n".join(wider(page, address, paths)) == ""


def test_pages_of_awards_for_everyone(browser: Browser, live_server, court: Court, season):
    certificate, notice = Certificate.objects.get(), PublicNotice.objects.get()
    told = {"revoked_at": timezone.now(), "revoked_by": make.user(), "revocation_reason": "弄虚作假"}
    revoked = make.certificate(commendation=make.commendation(announced=True, **told))
    paths = (
        *("/notices/", notice.get_absolute_url(), f"{notice.get_absolute_url()}?received=1"),
        *("/certificates/", f"/certificates/?number={certificate.number}", "/certificates/?number=9"),
        *(f"/certificates/{certificate.key}/", f"/certificates/{revoked.key}/"),
        *("/search/", "/search/?q=李", "/search/?q=公正", "/search/?q=9999999"),
    )

    assert_all_well(browser, live_server.url, paths)


def test_pages_of_a_liaison(browser: Browser, live_server, court: Court, season):
    bureau = court.departments.first()
    about = {"selection": season, "category": season.quotas.get().category, "by_department": bureau}
    draft = make.nomination(**about)
    make.evidence(nomination=draft)
    paths = (
        *("/nominations/", f"/nominations/{season.pk}/add/", f"/nominations/mine/{draft.pk}/"),
        *(f"/nominations/mine/{row.pk}/" for row in season.nominations.exclude(pk=draft.pk).order_by("pk")[:4]),
        *("/honours/", "/honours/mine/", f"/honours/departments/{bureau.pk}/", "/search/?q=李"),
        *("/mine/", through_years(court).get_absolute_url(), f"/tasks/departments/{bureau.pk}/", "/tasks/"),
    )

    person = make.person(court=court, department=bureau)
    full = court.conferences.get(year_reviewed=2023)
    make.commendation(conference=full, person=person, announced=True)
    make.measure(task=full.tasks.get(), responsible=person, lead=bureau)
    liaison = make.user("liaison", court=court, department=bureau, person=person)
    assert_all_well(browser, live_server.url, paths, liaison)


def test_pages_of_the_political_department(browser: Browser, live_server, court: Court, season):
    running, objection = PublicNotice.objects.get(), season.notices.get().objections.get()
    over, person = ended(season), season.nominations.exclude(person=None).get().person
    desk = "/admin/awards"
    paths = (
        *(f"{desk}/selection/add/", f"{desk}/selection/{season.pk}/change/", f"{desk}/selection/{season.pk}/board/"),
        *(f"{desk}/selection/{season.pk}/board/{row.pk}/" for row in season.nominations.order_by("pk")[:2]),
        *(f"{desk}/selection/", f"{desk}/nomination/", f"{desk}/publicnotice/", f"{desk}/objection/"),
        *(f"{desk}/publicnotice/{act}/{season.pk}/" for act in ("start", "decide")),
        *(f"{desk}/publicnotice/{running.pk}/steps/{act}/" for act in ("move", "enter", "conclude")),
        *(f"{desk}/publicnotice/{one.pk}/change/" for one in (running, over)),
        f"{desk}/publicnotice/{over.pk}/steps/conclude/",
        *(f"{desk}/objection/{objection.pk}/change/", f"{desk}/objection/{objection.pk}/steps/handle/"),
        *("/nominations/", f"/nominations/{season.pk}/add/", f"/honours/people/{person.pk}/"),
    )

    assert_all_well(browser, live_server.url, paths, make.user("clerk", "approver", court=court))


def test_pages_of_papers_and_certificates(browser: Browser, live_server, court: Court, season):
    conference, apart = court.conferences.get(year_reviewed=2023), make.namesakes(court=court)
    decision, certificate = make.decision(conference=conference), Certificate.objects.get()
    make.commendation(conference=conference, decision=decision, announced=True)
    printed = make.printing(conference=conference, finished_at="2024-02-02T09:00Z", finished_by=make.user(), done=1)
    printed.certificates.add(certificate)
    merged = make.merge(court=court)
    paths = (
        *("/admin/papers/", "/admin/papers/courttemplate/", "/admin/papers/courttemplate/add/"),
        *(f"/admin/papers/of/decision/{decision.pk}/", f"/admin/papers/of/reading/{conference.pk}/"),
        *(f"/admin/papers/of/summary/{season.pk}/", "/admin/papers/of/register/2023/"),
        f"/admin/papers/of/notice/{PublicNotice.objects.get().pk}/",
        *(f"/admin/papers/certificates/{conference.pk}/", f"/admin/papers/printings/{printed.pk}/"),
        *("/admin/papers/printing/", "/admin/awards/certificate/", "/admin/awards/certificatesettings/add/"),
        f"/admin/awards/certificate/{certificate.pk}/change/",
        *("/admin/courts/namesakes/", f"/admin/courts/namesakes/{apart.pk}/change/"),
        *(f"/admin/courts/namesakes/{apart.pk}/undo/", f"/admin/courts/merge/{merged.pk}/undo/"),
        f"/admin/courts/person/{make.person(court=court).pk}/merge/",
    )

    assert_all_well(browser, live_server.url, paths, make.user("clerk", "approver", court=court))
