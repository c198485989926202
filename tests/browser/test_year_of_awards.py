"""The awards of a year from the plan to a revoked certificate, as clerk, liaisons, approver and readers do it."""

import datetime
import io
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from awards.models import Certificate, Commendation, Decision, Nomination, Objection, PublicNotice, Selection
from conferences.models import Audience, Conference
from courts.models import Court
from courts.roles import APPROVER, CLERK, LIAISON
from tests import make
from tests.browser.test_jobs import sign_in, take_step
from tests.browser.test_pasting import said

pytestmark = pytest.mark.django_db(transaction=True)
AWARD, NUMBER = "办案标兵", "〔2024〕1号"
Stage = Nomination.Stage


@pytest.fixture
def court():
    """Two departments with three judges, an award, and the conference where it is given; the calendar is known."""
    court = make.court(name="青州市人民法院", short_name="青州法院", slug="qingzhou")
    make.conference(court=court, title="青州法院2023年度工作总结暨表彰大会", audience=Audience.PUBLIC)
    make.category(court=court, name=AWARD, recipient_kind="person")
    for name, people in {"立案庭": ["王立"], "执行局": ["张强", "李敏"]}.items():
        department = make.department(court=court, name=name)
        for person in people:
            make.person(court=court, department=department, name=person)
    make.certificate_settings(court=court, checked_by="public")
    make.known_years(timezone.localdate().year - 1)
    return court


def visit(browser: Browser, address: str, user=None) -> Page:
    page = browser.new_context(base_url=address).new_page()
    if user and user.is_staff:
        sign_in(page, address, user)
    elif user:
        page.goto("/login/?next=/nominations/")
        page.get_by_label("用户名").fill(user.username)
        page.get_by_label("密码").fill(make.PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/nominations/")
    return page


def field(page: Page, label: str) -> Locator:
    """By its label, with whatever a form puts behind it."""
    return page.get_by_label(re.compile(rf"^\s*{re.escape(said(label))}\s*[：:*]*\s*$")).first


def press(page: Page, label: str, **values: object) -> None:
    page.get_by_role("button", name=said(label, **values), exact=True).first.click()


def follow(page: Page, label: str, **values: object) -> None:
    page.get_by_role("link", name=said(label, **values), exact=True).first.click()


def done(page: Page) -> None:
    expect(page.locator(".messagelist .success, .alert.success")).to_be_visible()


def plan(office: Page) -> Selection:
    """Three in all, one for each of the two departments."""
    today = timezone.localdate()
    office.goto("/admin/awards/selection/add/")
    field(office, "title").fill("2023年度办案标兵评选")
    field(office, "year").fill("2023")
    office.locator("[name=conference]").select_option(index=1)
    field(office, "nominations open on").fill(str(today))
    field(office, "nominations close on").fill(str(today))
    office.locator("[name=quotas-0-category]").select_option(label=AWARD)
    field(office, "how many").fill("3")
    field(office, "numbers of single departments").fill("立案庭 1、执行局 1")
    office.get_by_role("button", name="保存", exact=True).click()
    done(office)
    return Selection.objects.get()


def nominate(desk: Page, name: str, deeds: str) -> None:
    desk.goto("/nominations/")
    follow(desk, "Nominate: %(award)s", award=AWARD)
    field(desk, "person").select_option(label=name)
    field(desk, "deeds").fill(deeds)
    press(desk, "Nominate")
    done(desk)


def liaisons_nominate(browser: Browser, address: str, court: Court) -> None:
    """The bureau once more than its number; what another department wrote is not there for it."""
    desks = {
        one.name: visit(browser, address, make.user(LIAISON, court=court, department=one))
        for one in court.departments.all()
    }
    nominate(desks["立案庭"], "王立", "全年立案一千件")
    nominate(desks["执行局"], "张强", "全年执结八百件")
    nominate(desks["执行局"], "李敏", "全年执结七百件")
    expect(desks["执行局"].get_by_role("heading", name=said("What the check will notice"))).to_be_visible()

    foreign = Nomination.objects.get(name="王立")
    response = desks["执行局"].goto(f"/nominations/mine/{foreign.pk}/")
    assert response
    assert response.status == 404
    desks["执行局"].goto("/nominations/")
    expect(desks["执行局"].get_by_role("link", name="李敏")).to_be_visible()
    expect(desks["执行局"].get_by_text("王立")).to_have_count(0)


def open_board(page: Page, selection: Selection, *names: str) -> None:
    """With these names ticked."""
    page.goto("/admin/awards/selection/")
    page.get_by_role("link", name=selection.title).click()
    follow(page, "Board of nominations")
    for name in names:
        page.get_by_role("checkbox", name=name, exact=True).check()


def check_and_approve(office: Page, chamber: Page, selection: Selection) -> None:
    """Nobody is approved while a finding stands; it is let pass by name and reason."""
    names = ("王立", "张强", "李敏")
    open_board(office, selection, *names)
    press(office, "Check")
    done(office)
    open_board(chamber, selection, *names)
    press(chamber, "Approve")
    expect(chamber.locator(".messagelist .error")).to_be_visible()
    assert not Nomination.objects.exclude(approved_at=None).exists()
    chamber.get_by_role("link", name="李敏", exact=True).click()
    field(chamber, "Reason").fill("执行局任务最重，党组会议同意增加一名")
    press(chamber, "Let it pass")
    done(chamber)
    open_board(chamber, selection, *names)
    press(chamber, "Approve")
    done(chamber)


def start_notice(office: Page, selection: Selection) -> PublicNotice:
    office.goto(f"/admin/awards/selection/{selection.pk}/change/")
    follow(office, "Start a public notice")
    office.get_by_label(str(Audience.PUBLIC.label)).check()
    press(office, "Start a public notice")
    done(office)
    return PublicNotice.objects.get()


def lies(notice: PublicNotice, first: int, last: int) -> None:
    """Time goes by: its days lie so many days from today."""
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    PublicNotice.objects.filter(pk=notice.pk).update(starts_on=today + first * day, ends_on=today + last * day)


def object_to(reader: Page, notice: PublicNotice) -> None:
    """Anybody, without an account."""
    reader.goto("/notices/")
    reader.get_by_role("link", name=notice.title).click()
    field(reader, "about whom").select_option(label=f"李敏（{AWARD}）")
    field(reader, "What you object to, and why").fill("办案数量有出入")
    press(reader, "Send the objection")
    expect(reader.get_by_role("status")).to_be_visible()


def handle_and_conclude(office: Page, notice: PublicNotice) -> None:
    office.goto("/admin/")
    follow(office, "Objections that wait: %(count)s", count=1)
    follow(office, "Record how it was handled")
    field(office, "how it was handled").fill("经核对台账，数量属实")
    office.get_by_label(str(Objection.Outcome.DISMISSED.label)).check()
    press(office, "Record how it was handled")
    done(office)
    lies(notice, -12, -5)
    office.goto("/admin/")
    office.get_by_role("link", name=notice.title, exact=True).first.click()
    follow(office, "Conclude")
    press(office, "Conclude")
    done(office)


def decide(chamber: Page) -> Decision:
    chamber.goto("/admin/")
    follow(chamber, "Decide")
    field(chamber, "document number").fill(NUMBER)
    press(chamber, "Decide")
    done(chamber)
    return Decision.objects.get()


def print_certificates(office: Page, conference: Conference) -> str:
    """What can be read in the file."""
    office.goto(f"/admin/awards/honourroll/{conference.pk}/change/")
    follow(office, "Certificates")
    press(office, "Number and print")
    link = office.get_by_role("link", name=re.compile(said("Download")))
    with office.expect_download() as started:
        link.click()
    file = io.BytesIO(started.value.path().read_bytes())
    return "".join(page.extract_text() for page in PdfReader(file).pages)


def revoke(chamber: Page, winner: Commendation) -> None:
    chamber.goto(f"/admin/awards/commendation/{winner.pk}/change/")
    follow(chamber, "Revoke")
    field(chamber, "reason of the revocation").fill("事迹材料不实")
    press(chamber, "Revoke")
    done(chamber)


def look_up(reader: Page, certificate: Certificate) -> Locator:
    """What the check page says of this number."""
    reader.goto("/certificates/")
    field(reader, "certificate number").fill(certificate.number)
    press(reader, "Look up")
    reader.wait_for_url("**/?number=*")
    return reader.locator("main").get_by_text(certificate.number).locator("xpath=ancestor::article")


def publish_and_revoke(office: Page, chamber: Page, reader: Page, conference: Conference) -> None:
    """The check page says nothing before the announcement, and afterwards what is true at the time."""
    address, certificate = reader.url.split("/notices")[0], Certificate.objects.get(commendation__name="李敏")
    take_step(office, address, conference, said("Submit"))
    take_step(chamber, address, conference, said("Publish"))
    expect(look_up(reader, certificate)).to_have_count(0)
    take_step(office, address, conference, said("Announce the winners"), screen="awards/honourroll")
    expect(look_up(reader, certificate)).to_contain_text(
        said("Genuine and valid: the court's register has this certificate.")
    )
    revoke(chamber, certificate.commendation)
    expect(look_up(reader, certificate)).to_contain_text(
        said("Revoked on %(day)s: this certificate is no longer valid.", day=timezone.localdate())
    )
    reader.goto(f"/certificates/{certificate.key}/")
    expect(reader.locator(".certificate.revoked")).to_contain_text("李敏")


def test_from_the_plan_to_a_revoked_certificate(browser: Browser, live_server, court):
    address, conference = live_server.url, court.conferences.get()
    office = visit(browser, address, make.user(CLERK, court=court))
    chamber = visit(browser, address, make.user(APPROVER, court=court))
    reader = visit(browser, address)

    selection = plan(office)
    liaisons_nominate(browser, address, court)
    check_and_approve(office, chamber, selection)
    notice = start_notice(office, selection)
    lies(notice, -2, 2)
    object_to(reader, notice)
    handle_and_conclude(office, notice)
    decision = decide(chamber)
    printed = print_certificates(office, conference)
    publish_and_revoke(office, chamber, reader, conference)
    reader.goto(f"/{court.slug}/2023/")

    expect(reader.get_by_text("张强")).to_be_visible()
    expect(reader.get_by_text("李敏")).to_have_count(0)
    assert [name for name in ("王立", "张强", "李敏") if name not in printed] == []
    assert (decision.document_number, notice.objections.get().outcome) == (NUMBER, Objection.Outcome.DISMISSED)
    assert {row.name: row.stage for row in selection.nominations.all()} == {
        "王立": Stage.ANNOUNCED,
        "张强": Stage.ANNOUNCED,
        "李敏": Stage.REVOKED,
    }
