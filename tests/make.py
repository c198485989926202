"""Test data from plain functions with defaults: each test names only what it is about."""

import datetime
import json
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from archive.models import ArchivePackage
from awards.models import (
    AwardCategory,
    AwardGiven,
    Certificate,
    CertificateSettings,
    Commendation,
    Decision,
    Evidence,
    Honour,
    HonourFile,
    Nomination,
    Objection,
    Opinion,
    Override,
    PublicNotice,
    Quota,
    Selection,
)
from conferences.models import (
    AgendaItem,
    Attachment,
    Audience,
    Conference,
    Edition,
    Figure,
    FigureSet,
    Keynote,
    Measure,
    PageCount,
    Participant,
    PeriodFigure,
    PriorityTask,
    ProgressFile,
    ProgressReport,
    Speech,
    Supervision,
)
from courts import merging
from courts.holidays import announced
from courts.models import Appraisal, Court, Department, Discipline, Holiday, Merge, Person, User
from courts.namesakes import Namesakes
from courts.roles import ADMIN_ROLES, CLERK, apply_roles
from intake.models import Import
from papers.docx.template import standard_template
from papers.models import CourtTemplate, Printing

PASSWORD = "a-long-password-for-tests"
numbers = count(1)


def court(**given: Any) -> Court:
    n = next(numbers)
    defaults = {
        "name": f"第{n}区人民法院",
        "short_name": f"第{n}法院",
        "slug": f"court-{n}",
        "level": Court.Level.BASIC,
    }
    return Court.objects.create(**defaults | given)


def department(**given: Any) -> Department:
    given.setdefault("court", None)
    given["court"] = given["court"] or court()
    return Department.objects.create(**{"name": f"第{next(numbers)}审判庭"} | given)


def person(**given: Any) -> Person:
    if "court" not in given:
        given["court"] = given["department"].court if given.get("department") else court()
    return Person.objects.create(**{"name": f"王{chr(0x4E00 + next(numbers))}"} | given)


def holidays(*years: int) -> None:
    """The days off and the worked weekends of these years, as the State Council announced them."""
    Holiday.objects.bulk_create(day for day in announced() if day.date.year in years)


def left_off(**given: Any) -> Person:
    """Someone who asked to be left off public pages."""
    return person(**{"left_off_since": datetime.date(2024, 3, 1), "left_off_reason": "本人书面要求"} | given)


def namesakes(**given: Any) -> Namesakes:
    """Two entries of one name, told apart by a clerk of the court."""
    one = person(**given)
    return merging.keep_apart(one, person(court=one.court, name=one.name), by=user(CLERK, court=one.court))


def known_years(*others: int) -> None:
    """Makes this year, the next and others known to the calendar, with no other day off than the first of January."""
    years = {timezone.localdate().year, timezone.localdate().year + 1, *others}
    Holiday.objects.bulk_create(Holiday(date=datetime.date(year, 1, 1), name="元旦") for year in years)


def merge(**given: Any) -> Merge:
    """Two entries of one person, merged by a clerk of the court."""
    keep = person(**given)
    return merging.merge(keep, person(court=keep.court, name=keep.name), by=user(CLERK, court=keep.court))


def user(*roles: str, **given: Any) -> User:
    """An account with these roles (courts/roles.py)."""
    given.setdefault("username", f"user{next(numbers)}")
    made = User(**{"is_staff": bool(ADMIN_ROLES & set(roles))} | given)
    made.set_password(PASSWORD)
    made.save()
    if roles:
        if not Group.objects.filter(name=roles[0]).exists():
            apply_roles()
        made.groups.set(Group.objects.filter(name__in=roles))
    return made


def conference(**given: Any) -> Conference:
    """A draft; see `published` for one that is open."""
    if "court" not in given:
        given["court"] = court()
    year = given.setdefault("year_reviewed", 2023)
    defaults = {
        "title": f"{year}年度工作总结暨表彰大会",
        "year_planned": year + 1,
        "starts_on": datetime.date(year + 1, 2, 2),
    }
    return Conference.objects.create(**defaults | given)


def published(**given: Any) -> Conference:
    """A conference that is open to everyone, or to the `audience` given, submitted and published by two people."""
    given.setdefault("audience", Audience.PUBLIC)
    return publish(conference(**given))


def publish(made: Conference) -> Conference:
    """Opens a conference, submitted and published by two people."""
    submitter, approver = user(court=made.court), user(court=made.court)
    now = timezone.now()
    Conference.objects.filter(pk=made.pk).update(
        submitted_at=now, submitted_by=submitter, published_at=now, published_by=approver
    )
    made.refresh_from_db()
    return made


def locked(**given: Any) -> Conference:
    """A published conference that its approver locked."""
    made = published(**given)
    Conference.objects.filter(pk=made.pk).update(locked_at=timezone.now(), locked_by=made.published_by)
    made.refresh_from_db()
    return made


def edition(conference: Conference, **given: Any) -> Edition:
    """What the conference holds now, kept as if it had just been published."""
    by = given.pop("by", None) or user(court=conference.court)
    return Edition.objects.keep(conference, by=by, now=timezone.now(), **given)


def part(model: type, defaults: dict[str, Any], given: dict[str, Any]) -> Any:
    if "conference" not in given:
        given["conference"] = conference()
    return model.objects.create(**defaults | given)


def participant(**given: Any) -> Participant:
    return part(Participant, {"name": "杨某", "role": Participant.Role.CHAIR}, given)


def keynote(**given: Any) -> Keynote:
    return part(Keynote, {"text": "提升年"}, given)


def agenda_item(**given: Any) -> AgendaItem:
    return part(AgendaItem, {"title": "奏唱国歌"}, given)


def speech(**given: Any) -> Speech:
    return part(Speech, {"name": "杜某"}, given)


def figure(**given: Any) -> Figure:
    return part(Figure, {"label": "受理案件", "value": 100, "unit": "件"}, given)


def figure_set(**given: Any) -> FigureSet:
    """A month."""
    if "court" not in given:
        given["court"] = court()
    first, last = datetime.date(2023, 1, 1), datetime.date(2023, 1, 31)
    return FigureSet.objects.create(**{"starts_on": first, "ends_on": last} | given)


def period_figure(**given: Any) -> PeriodFigure:
    if "figure_set" not in given:
        given["figure_set"] = figure_set()
    return PeriodFigure.objects.create(**{"label": "新收", "value": 100, "unit": "件"} | given)


def a_year_of_figures(conference: Conference, **given: Any) -> PeriodFigure:
    """What the yearly summary says of the year that the conference reviews."""
    year = conference.year_reviewed
    days = {"starts_on": datetime.date(year, 1, 1), "ends_on": datetime.date(year, 12, 31)}
    return period_figure(figure_set=figure_set(court=conference.court, kind="year", **days), **given)


def task(**given: Any) -> PriorityTask:
    return part(PriorityTask, {"heading": "把牢政治方向"}, given)


def measure(**given: Any) -> Measure:
    if "task" not in given:
        given["task"] = task()
    return Measure.objects.create(**{"text": "每月学习一次"} | given)


def followed(**given: Any) -> Measure:
    """A measure of a published conference that plans this year; due at its end."""
    year = timezone.localdate().year
    if "task" not in given:
        about = {name: given.pop(name) for name in ("court", "audience", "starts_on") if name in given}
        given["task"] = task(conference=published(**{"year_reviewed": year - 1} | about))
    return measure(**given)


def progress(**given: Any) -> ProgressReport:
    """A report on the running quarter."""
    if "measure" not in given:
        given["measure"] = followed()
    today = timezone.localdate()
    if "reported_by" not in given:
        given["reported_by"] = user(court=given["measure"].task.conference.court)
    defaults = {"year": today.year, "quarter": (today.month + 2) // 3, "text": "已开展两次培训", "percent": 50}
    return ProgressReport.objects.create(**defaults | {"reported_at": timezone.now()} | given)


def progress_file(**given: Any) -> ProgressFile:
    if "report" not in given:
        given["report"] = progress()
    return ProgressFile.objects.create(**{"file": "00/none", "filename": "台账.pdf"} | given)


def supervision(**given: Any) -> Supervision:
    if "measure" not in given:
        given["measure"] = followed()
    taken = {"taken_at": timezone.now(), "taken_by": user()}
    return Supervision.objects.create(**{"kind": "remind"} | taken | given)


def page_count(**given: Any) -> PageCount:
    if "speech" in given and "conference" not in given:
        given["conference"] = given["speech"].conference
    return part(PageCount, {"day": timezone.localdate(), "count": 1}, given)


def attachment(**given: Any) -> Attachment:
    return part(Attachment, {"title": "通知", "file": "00/none", "filename": "通知.pdf"}, given)


def category(**given: Any) -> AwardCategory:
    if "court" not in given:
        given["court"] = court()
    return AwardCategory.objects.create(**{"name": f"先进个人{next(numbers)}"} | given)


def commendation(**given: Any) -> Commendation:
    """Not announced; `announced=True` announces it, and a moment at that time."""
    announced = given.pop("announced", False)
    if "conference" not in given:
        given["conference"] = conference()
    court_of_it = given["conference"].court
    if "category" not in given:
        given["category"] = category(court=court_of_it)
    if not {"name", "person", "department", "department_name"} & set(given):
        given["name"] = f"李{chr(0x4E00 + next(numbers))}"
    if announced:
        at = timezone.now() if announced is True else announced
        given |= {"announced_at": at, "announced_by": user(court=court_of_it)}
    return Commendation.objects.create(**given)


def award_given(**given: Any) -> AwardGiven:
    if "conference" not in given:
        given["conference"] = conference()
    if "category" not in given:
        given["category"] = category(court=given["conference"].court)
    return AwardGiven.objects.create(**given)


def decision(**given: Any) -> Decision:
    if "conference" not in given:
        given["conference"] = conference()
    return Decision.objects.create(**{"title": "关于表彰先进集体和先进个人的决定"} | given)


def honour(**given: Any) -> Honour:
    if "court" not in given:
        given["court"] = given["conference"].court if given.get("conference") else court()
    return Honour.objects.create(**{"title": "全市法院先进集体", "year": 2023} | given)


def selection(**given: Any) -> Selection:
    """Of a whole year; departments nominate from yesterday until tomorrow."""
    if "court" not in given:
        given["court"] = given["conference"].court if given.get("conference") else court()
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    defaults = {"title": f"评选{next(numbers)}", "year": 2023, "opens_on": today - day, "closes_on": today + day}
    return Selection.objects.create(**defaults | given)


def quota(**given: Any) -> Quota:
    if "selection" not in given:
        given["selection"] = selection(court=given["category"].court) if "category" in given else selection()
    if "category" not in given:
        given["category"] = category(court=given["selection"].court)
    return Quota.objects.create(**given)


def nomination(**given: Any) -> Nomination:
    """A draft; a stage such as `nominated=user` or `approved=user` sets who took that step, now."""
    if "selection" not in given:
        given["selection"] = selection()
    if "category" not in given:
        given["category"] = quota(selection=given["selection"]).category
    if not {"name", "person", "department", "department_name"} & set(given):
        given["name"] = f"赵{chr(0x4E00 + next(numbers))}"
    for act in ("nominated", "checked", "approved", "noticed", "confirmed", "decided"):
        if act in given:
            given |= {f"{act}_at": timezone.now(), f"{act}_by": given.pop(act)}
    return Nomination.objects.create(**{"deeds": "全年结案三百件"} | given)


def notice(**given: Any) -> PublicNotice:
    """For staff, on its third day of five, with one approved nomination where `nominations` says no others."""
    nominations = given.pop("nominations", None)
    if "selection" not in given:
        given["selection"] = nominations[0].selection if nominations else selection()
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    by = given.pop("by", None) or user(court=given["selection"].court)
    defaults = {
        "title": "拟表彰对象公示",
        "starts_on": today - 2 * day,
        "ends_on": today + 2 * day,
        "text": "现予公示。",
        "started_at": timezone.now(),
        "started_by": by,
    }
    made = PublicNotice.objects.create(**defaults | given)
    for row in nominations if nominations is not None else [nomination(selection=made.selection, approved=by)]:
        row.notice, row.noticed_at, row.noticed_by = made, timezone.now(), by
        row.save()
    return made


def objection(**given: Any) -> Objection:
    if "notice" not in given:
        given["notice"] = notice()
    return Objection.objects.create(**{"text": "名单中有人不符合条件"} | given)


def opinion(**given: Any) -> Opinion:
    if "nomination" not in given:
        given["nomination"] = nomination()
    return Opinion.objects.create(**{"body": "派驻纪检监察组"} | given)


def override(**given: Any) -> Override:
    if "nomination" not in given:
        given["nomination"] = nomination()
    return Override.objects.create(**{"key": f"k{next(numbers)}", "text": "缺", "reason": "会议决定"} | given)


def evidence(**given: Any) -> Evidence:
    if "nomination" not in given:
        given["nomination"] = nomination()
    return Evidence.objects.create(**{"file": "00/none", "filename": "证明.pdf"} | given)


def discipline(**given: Any) -> Discipline:
    if "person" not in given:
        given["person"] = person()
    return Discipline.objects.create(**{"kind": "warning", "since": datetime.date(2023, 3, 1)} | given)


def appraisal(**given: Any) -> Appraisal:
    if "person" not in given:
        given["person"] = person()
    return Appraisal.objects.create(**{"year": 2023, "grade": "excellent"} | given)


def honour_file(**given: Any) -> HonourFile:
    if "honour" not in given:
        given["honour"] = honour()
    return HonourFile.objects.create(**{"file": "00/none", "filename": "通报.pdf"} | given)


def imported(**given: Any) -> Import:
    """A list of departments without rows, brought and not confirmed."""
    if "court" not in given:
        given["court"] = court()
    given.setdefault("by", user(court=given["court"]))
    defaults = {"kind": Import.Kind.DEPARTMENTS, "source": "部门.csv", "size": 1, "form": "CSV", "columns": "name"}
    return Import.objects.create(**defaults | {"rows": 0, "revision": 0} | given)


def court_template(**given: Any) -> CourtTemplate:
    """The standard template, brought by the court."""
    if "court" not in given:
        given["court"] = court()
    content = given.pop("content", None) or standard_template(given["court"].name)
    given.setdefault("uploaded_by", user(court=given["court"]))
    defaults = {"file": ContentFile(content, "x.docx"), "filename": "本院决定.docx"}
    return CourtTemplate.objects.create(**defaults | given)


def certificate_settings(**given: Any) -> CertificateSettings:
    if "court" not in given:
        given["court"] = court()
    return CertificateSettings.objects.create(**given)


def certificate(**given: Any) -> Certificate:
    """Of an announced commendation; with `commendation` of that one."""
    if "commendation" not in given:
        given["commendation"] = commendation(announced=True)
    of = given["commendation"].conference.court
    defaults = {
        "court": of,
        "number": f"荣证{next(numbers):04}号",
        "issued_at": timezone.now(),
        "issued_by": user(court=of),
    }
    return Certificate.objects.create(**defaults | given)


def printing(**given: Any) -> Printing:
    """Of one certificate, begun and not finished."""
    if "conference" not in given:
        given["conference"] = conference()
    of = given["conference"].court
    winners = json.dumps(given.pop("keys", []))
    defaults = {"court": of, "by": user(court=of), "total": 1, "address": "http://testserver", "winners": winners}
    return Printing.objects.create(**defaults | given)


def archive_package(**given: Any) -> ArchivePackage:
    """Begun; `finished` by somebody with a file that is no real ZIP."""
    if "conference" not in given:
        given["conference"] = conference()
    of, finished = given["conference"].court, given.pop("finished", None)
    made = ArchivePackage.objects.create(**{"court": of, "by": finished or user(court=of), "revision": 0} | given)
    if finished:
        default_storage.save(made.file.name, ContentFile(b"PK"))
        made.filename, made.finished_at, made.finished_by = "归档包.zip", timezone.now(), finished
        made.save()
    return made
