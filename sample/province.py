"""An invented province: one intermediate court with four basic courts, and three annual conferences of each."""

import datetime
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.utils import timezone

from conferences.models import AgendaItem, Attachment, Audience, Conference, Keynote, Participant
from courts.models import Court
from sample.invented.awards import CATEGORIES, commendations, decisions, honoured, honours
from sample.invented.figures import figures
from sample.invented.people import COURTS, LANJIANG, LUTING, QINGYU, SHUANGXI, InventedCourt, departments, people
from sample.invented.selection import selection
from sample.invented.work import speeches, tasks
from sample.paper import pdf
from sample.records import ConferenceData, CourtData, Row, keynotes

INVENTED = "样例：法院、人员和数据均为虚构。"
# The Monday of the week in which the five courts meet, one each day: before Spring Festival.
FIRST_MEETINGS = {2023: datetime.date(2024, 1, 29), 2024: datetime.date(2025, 1, 13), 2025: datetime.date(2026, 2, 2)}
KIND, STEP = Keynote.Kind, AgendaItem.Kind
NINE = datetime.datetime(2000, 1, 1, 9)  # noqa: DTZ001 - only a clock to count minutes on

KEYNOTES = {
    2023: (
        (KIND.CAMPAIGN, "案件质量建设年", "2024年"),
        (KIND.SLOGAN, "把小案办成大事", ""),
        (KIND.TARGET, "长期未结案件清零", "2024年底前"),
        (KIND.LINE, "一抓质量，二抓效率，三抓作风", ""),
        (KIND.MECHANISM, "周提醒、月清单、季讲评", "审判管理"),
    ),
    2024: (
        (KIND.CAMPAIGN, "诉源治理深化年", "2025年"),
        (KIND.SLOGAN, "少一场官司，多一分和气", ""),
        (KIND.TARGET, "调解点覆盖全部乡镇街道", "2025年6月前"),
        (KIND.BRAND, "码头上的调解室", "就地化解渔港纠纷"),
        (KIND.BASIS, "全市政法工作会议", "落实其部署"),
    ),
    2025: (
        (KIND.CAMPAIGN, "基层基础巩固年", "2026年"),
        (KIND.SLOGAN, "脚下沾泥，心里有秤", ""),
        (KIND.TARGET, "新任法官导师全覆盖", "2026年"),
        (KIND.OCCASION, "建院四十周年", "2026年"),
        (KIND.APPRAISAL, "群众满意度连年上升", "代表委员的评价"),
    ),
}


@dataclass(frozen=True)
class Meeting:
    """What differs between the conferences that are not annual ones."""

    kind: str
    title: str
    day: datetime.date
    audience: str = Audience.PUBLIC
    state: Conference.State = Conference.State.PUBLISHED


def courts(today: datetime.date | None = None) -> list[CourtData]:
    """The five courts, the superior one first. `today` decides when the coming conferences are."""
    today = today or timezone.localdate()
    return [
        CourtData(
            fields={
                "name": court.name,
                "short_name": court.short_name,
                "slug": court.slug,
                "level": Court.Level.INTERMEDIATE if court.is_intermediate else Court.Level.BASIC,
                "document_prefix": court.prefix,
                "default_venue": "审判楼三楼会议厅",
                "is_invented": True,
            },
            superior="" if court is LANJIANG else LANJIANG.name,
            departments=departments(court),
            people=people(court),
            categories=CATEGORIES,
            conferences=[*(annual(court, year) for year in FIRST_MEETINGS), *others(court, today)],
            selections=[selection(court, today)] if court is QINGYU else [],
        )
        for court in COURTS
    ]


def annual(court: InventedCourt, year: int) -> ConferenceData:
    """One annual conference. The newest of one court still waits for its approver, its winners unknown."""
    day = FIRST_MEETINGS[year] + datetime.timedelta(days=COURTS.index(court))
    title = f"{court.short_name}{year}年度工作总结暨表彰大会"
    waits = court is QINGYU and year == max(FIRST_MEETINGS)
    first = honoured(court, year)
    return ConferenceData(
        fields={
            "kind": Conference.Kind.ANNUAL,
            "title": title,
            "year_reviewed": year,
            "year_planned": year + 1,
            "starts_on": day,
            "time_of_day": "09:00",
            "venue": "审判楼三楼会议厅",
            "attendance": "全体干警、人民陪审员代表、特邀监督员",
            "theme": KEYNOTES[year][1][1],
            "summary": f"总结{year}年工作，表彰先进，部署{year + 1}年六项重点工作。{INVENTED}",
            "audience": Audience.PUBLIC,
            "roll_order": Conference.Order.STROKES,
        },
        state=Conference.State.SUBMITTED if waits else Conference.State.PUBLISHED,
        speeches=speeches(court, year, first),
        decisions=decisions(court, year, day - datetime.timedelta(days=3)),
        participants=participants(court),
        keynotes=keynotes("report", *KEYNOTES[year]),
        agenda=agenda(court, first),
        figures=figures(court, year),
        tasks=tasks(court, year),
        honours=honours(court, year),
        commendations=commendations(court, year),
        attachments=[notice(court, title, day)],
    )


def participants(court: InventedCourt) -> list[Row]:
    """The leaders from outside first, then the court's own."""
    role = Participant.Role
    return [
        *({"person": name, "role": role.ROSTRUM} for name, _post, _organisation in court.guests),
        {"person": court.president, "role": role.ROSTRUM},
        {"person": court.deputy, "role": role.CHAIR},
        *({"person": name, "role": role.ROSTRUM} for name in court.roster[2:4]),
    ]


def agenda(court: InventedCourt, first: str) -> list[Row]:
    """From the anthem to the closing, with the times; `first` speaks for the honoured."""
    steps = (
        (STEP.ANTHEM, "全体起立，奏唱国歌", "", 3, ""),
        (STEP.OPENING, "主持人介绍与会领导", court.deputy, 4, "先介绍来宾，再介绍本院。"),
        (STEP.HONOURS, "通报一年来获得的上级荣誉", court.roster[2], 8, ""),
        (STEP.DECISION, "宣读表彰决定", court.roster[2], 10, "决定有两份，分别宣读。"),
        (STEP.AWARDS, "为先进集体颁奖", court.guests[0][0], 8, "集体代表从左侧上台。"),
        (STEP.AWARDS, "为先进个人颁奖", court.president, 15, "分三批上台，每批合影。"),
        (STEP.TYPICAL, "先进代表发言", first, 8, ""),
        (STEP.REPORT, "院长作工作报告", court.president, 45, ""),
        (STEP.ADDRESS, "领导讲话", court.guests[0][0], 20, ""),
        (STEP.CLOSING, "主持人总结，宣布散会", court.deputy, 4, ""),
    )
    rows, clock = [], NINE
    for kind, title, person, minutes, note in steps:
        row: Row = {"kind": kind, "title": title, "starts_at": clock.time(), "minutes": minutes, "private_note": note}
        rows.append(row | ({"person": person} if person else {}))
        clock += datetime.timedelta(minutes=minutes)
    return rows


def notice(court: InventedCourt, title: str, day: datetime.date) -> Row:
    """The notice of the conference as a file."""
    lines = [
        f"关于召开{title}的通知",
        "各部门：",
        f"定于{day.year}年{day.month}月{day.day}日召开本次会议，请准时参加。",
    ]
    content = pdf([*lines, court.name, INVENTED])
    return {
        "kind": Attachment.Kind.NOTICE,
        "title": "会议通知",
        "audience": Audience.PUBLIC,
        "filename": "会议通知.pdf",
        "file": ContentFile(content, name="notice.pdf"),
    }


def others(court: InventedCourt, today: datetime.date) -> list[ConferenceData]:
    """Conferences of other kinds: a quarterly one, one for staff only, and two that are still to come."""
    kind, state = Conference.Kind, Conference.State
    soon, later = today + datetime.timedelta(days=20), today + datetime.timedelta(days=35)
    meetings = {
        QINGYU: [
            Meeting(kind.QUARTERLY, "2026年第一季度工作讲评会", datetime.date(2026, 4, 10)),
            Meeting(kind.DEBRIEFING, "中层干部述职评议会", later, state=state.DRAFT),
        ],
        LUTING: [
            Meeting(kind.DEPLOYMENT, "集中执行工作部署会", datetime.date(2025, 3, 7), audience=Audience.STAFF),
        ],
        SHUANGXI: [Meeting(kind.DEPLOYMENT, "诉源治理工作部署会", soon)],
    }
    return [_small(court, meeting) for meeting in meetings.get(court, [])]


def _small(court: InventedCourt, meeting: Meeting) -> ConferenceData:
    title = f"{court.short_name}{meeting.title}"
    return ConferenceData(
        fields={
            "kind": meeting.kind,
            "title": title,
            "year_reviewed": meeting.day.year,
            "year_planned": meeting.day.year,
            "starts_on": meeting.day,
            "time_of_day": "14:30",
            "venue": "审判楼二楼会议室",
            "attendance": "院领导、各部门负责人",
            "summary": f"{meeting.title}。{INVENTED}",
            "audience": meeting.audience,
        },
        state=meeting.state,
        participants=[{"person": court.president}, {"person": court.deputy, "role": Participant.Role.CHAIR}],
        agenda=[
            {"kind": STEP.OPENING, "title": "主持人说明会议事项", "person": court.deputy},
            {"kind": STEP.OTHER, "title": "各部门汇报进展"},
            {"kind": STEP.DEPLOYMENT, "title": "院长讲话", "person": court.president},
        ],
        attachments=[notice(court, title, meeting.day)],
    )
