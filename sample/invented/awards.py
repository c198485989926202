"""Eight categories of four families and some forty winners for each annual conference of an invented court."""

from awards.models import AwardCategory, Family, Honour
from courts.models import Person
from sample.invented.people import COMMON_DEPARTMENTS, SEATS, InventedCourt
from sample.invented.work import turn
from sample.records import Row

TO, STAFF = AwardCategory.RecipientKind, Person.StaffCategory
CITATION = "{year}年度被评为“{award}”，特发此证，以资鼓励。"

CATEGORIES: list[Row] = [
    {"name": "先进集体", "recipient_kind": TO.DEPARTMENT, "citation_template": CITATION},
    {"name": "先进个人", "citation_template": CITATION},
    {"name": "办案标兵", "staff_categories": STAFF.JUDGE, "citation_template": CITATION},
    {"name": "书记员标兵", "staff_categories": STAFF.CLERK, "citation_template": CITATION},
    {"name": "文明家庭", "recipient_kind": TO.FAMILY, "citation_template": CITATION},
    {"name": "优秀共产党员", "family": Family.PARTY, "citation_template": CITATION},
    {"name": "嘉奖", "family": Family.CIVIL},
    {"name": "荣誉天平纪念章", "family": Family.COMMEMORATIVE},
]
# Who of the seats may win: the two heads of the court and the lay assessor stand aside.
STAFF_SEATS = range(2, len(SEATS) - 1)
JUDGES = [seat for seat in STAFF_SEATS if SEATS[seat][2] == STAFF.JUDGE]
CLERKS = [seat for seat in STAFF_SEATS if SEATS[seat][2] == STAFF.CLERK]

HONOURED, LEVEL = Honour.RecipientKind, Honour.Level
COURT_HONOUR: Row = {
    "title": "平安建设先进单位",
    "recipient_kind": HONOURED.COURT,
    "bodies": "澜江市委、澜江市人民政府",
    "level": LEVEL.CITY,
}
DEPARTMENT_HONOUR: Row = {
    "title": "全省法院先进集体",
    "recipient_kind": HONOURED.DEPARTMENT,
    "bodies": "省高级人民法院、省人力资源和社会保障厅",
    "level": LEVEL.PROVINCE,
}
PERSON_HONOUR: Row = {
    "title": "全市优秀法官",
    "recipient_kind": HONOURED.PERSON,
    "bodies": "澜江市委政法委、澜江市中级人民法院",
    "level": LEVEL.CITY,
}
PROJECT_HONOUR: Row = {
    "title": "司法改革优秀项目",
    "recipient_kind": HONOURED.PROJECT,
    "recipient_name": "“一张表”衔接立案、审判、执行",
    "bodies": "省高级人民法院",
    "level": LEVEL.PROVINCE,
}
CASE_HONOUR: Row = {
    "title": "年度十佳案例",
    "recipient_kind": HONOURED.CASE,
    "recipient_name": "某渔业公司与某冷链公司买卖合同纠纷案",
    "bodies": "澜江市委政法委",
    "level": LEVEL.CITY,
}

# Category, decision, who is eligible, how many.
_PERSONS = (
    ("先进个人", "in-house", STAFF_SEATS, 11),
    ("办案标兵", "in-house", JUDGES, 6),
    ("书记员标兵", "in-house", CLERKS, 3),
    ("优秀共产党员", "party", STAFF_SEATS, 6),
    ("嘉奖", "", STAFF_SEATS, 6),
    ("荣誉天平纪念章", "", JUDGES, 3),
)
DEEDS = (
    "全年办案数居庭室前列，无一件超期，无一件信访。",
    "带病坚持到专项行动结束，经手的案款当月发放完毕。",
    "主动承担疑难案件，两篇裁判文书被全院传阅。",
    "耐心接待来访群众，收到感谢信七封、锦旗三面。",
    "牵头整理旧档八百余册，查档时间缩短一半。",
)
# One award of one conference was given after the death of someone who is not in the register any more.
POSTHUMOUS = ("qingyu", 2024, "闻人望舒", "听松人民法庭")


def commendations(court: InventedCourt, year: int) -> list[Row]:
    """All winners in the order of the stage: collectives, persons, the family."""
    collectives = _taken([name for name, _kind in COMMON_DEPARTMENTS], 4, 3 * turn(court, year))
    rows = [{"category": "先进集体", "decision": "in-house", "department": name} for name in collectives]
    rows += [
        {"category": category, "person": court.roster[seat], "deeds": DEEDS[seat % len(DEEDS)]}
        | ({"decision": decision} if decision else {})
        for at, (category, decision, seats, count) in enumerate(_PERSONS)
        for seat in _taken(list(seats), count, 5 * turn(court, year) + 7 * at)
    ]
    family = court.roster[STAFF_SEATS[turn(court, year) % len(STAFF_SEATS)]]
    rows.append({"category": "文明家庭", "decision": "in-house", "name": f"{family}家庭"})
    slug, in_year, name, department = POSTHUMOUS
    if (court.slug, year) == (slug, in_year):
        rows.append(
            {
                "category": "先进个人",
                "decision": "in-house",
                "name": name,
                "department": department,
                "posthumous": True,
            }
        )
    return [
        row | {"certificate_number": f"{court.prefix}证〔{year + 1}〕{number}号"} for number, row in enumerate(rows, 1)
    ]


def honoured(court: InventedCourt, year: int) -> str:
    """Who of the outstanding judges speaks for all."""
    return next(row["person"] for row in commendations(court, year) if row["category"] == "办案标兵")


def decisions(court: InventedCourt, year: int, signed_on: object) -> dict[str, Row]:
    """The court's decision and that of its party body, each with a number of its own."""
    common = {"year": year + 1, "signed_on": signed_on}
    return {
        "in-house": common
        | {
            "prefix": court.prefix,
            "serial": 1,
            "title": f"关于表彰{year}年度先进集体和先进个人的决定",
            "signed_by": court.name,
            "text": (
                f"经各部门推荐、政治部审查、院党组研究并公示，决定对{year}年度成绩突出的集体、个人和家庭予以表彰。"
                "希望受表彰的集体和个人再接再厉，全院干警向他们学习。"
            ),
        },
        "party": common
        | {
            "prefix": f"{court.prefix}党",
            "serial": 1,
            "title": f"关于表彰{year}年度优秀共产党员的决定",
            "signed_by": f"中共{court.name}机关委员会",
            "text": f"经支部推荐、机关党委研究并公示，决定授予下列同志{year}年度优秀共产党员称号。",
        },
    }


def honours(court: InventedCourt, year: int) -> list[Row]:
    """Four honours from above: for the court, a department, a person, and in turn for a project or a case."""
    department = COMMON_DEPARTMENTS[turn(court, year) % 5][0]
    person = court.roster[JUDGES[turn(court, year) % len(JUDGES)]]
    rows = [
        COURT_HONOUR,
        DEPARTMENT_HONOUR | {"recipient_name": department, "department": department},
        PERSON_HONOUR | {"recipient_name": person, "person": person},
        PROJECT_HONOUR if turn(court, year) % 2 else CASE_HONOUR,
    ]
    return [row | {"year": year} for row in rows]


def _taken(items: list, count: int, start: int) -> list:
    """`count` items from `start` on, round and round."""
    return [items[(start + number) % len(items)] for number in range(count)]
