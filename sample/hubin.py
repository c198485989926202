"""三门峡市湖滨区人民法院: the annual conference of 2 February 2024, from the court's own report.

Headings, names, slogans and figures are the court's; everything else is our own short wording. The report names no
winner and no time of day.
"""

import datetime

from awards.models import AwardCategory, Honour
from conferences.models import AgendaItem, Audience, Conference, Figure, Keynote, Participant, Speech
from courts.models import Court
from sample.records import ConferenceData, CourtData, Row, keynotes, measures

KIND, TO = Keynote.Kind, Honour.RecipientKind
UP, DOWN = Figure.Direction.UP, Figure.Direction.DOWN
PERCENT = Figure.ChangeUnit.PERCENT

SUPERIOR = CourtData(
    fields={
        "name": "三门峡市中级人民法院",
        "short_name": "三门峡中院",
        "slug": "sanmenxia",
        "level": Court.Level.INTERMEDIATE,
        "code": "豫12",
    }
)

PEOPLE: list[Row] = [
    {"name": "杜晓河", "post": "党组书记、院长"},
    {"name": "杨志青", "post": "党组副书记、常务副院长"},
]

CATEGORIES: list[Row] = [
    {"name": "先进集体", "recipient_kind": AwardCategory.RecipientKind.DEPARTMENT},
    {"name": "先进个人", "recipient_kind": AwardCategory.RecipientKind.PERSON},
]

PARTICIPANTS: list[Row] = [
    {"person": "杜晓河", "role": Participant.Role.ROSTRUM},
    {"person": "杨志青", "role": Participant.Role.CHAIR},
]

AGENDA: list[Row] = [
    {
        "kind": AgendaItem.Kind.AWARDS,
        "title": "表彰2023年度先进集体和先进个人",
        "private_note": "报道只说表彰在先，未列获奖名单。",
    },
    {
        "kind": AgendaItem.Kind.ADDRESS,
        "title": "院长代表院党组祝贺受表彰者并提出希望",
        "person": "杜晓河",
    },
    {"kind": AgendaItem.Kind.REPORT, "title": "院长讲话：回顾2023年，部署2024年", "person": "杜晓河"},
]

SPEECHES: dict[str, Row] = {
    "report": {
        "kind": Speech.Kind.REPORT,
        "title": "回顾2023年，部署2024年重点工作",
        "person": "杜晓河",
        "summary": (
            "先向受表彰的集体和个人道贺，请大家珍惜荣誉，也请全院向他们看齐：敢挑重担、敢于争先。"
            "再回顾2023年：办案质效、工作业绩和队伍面貌都上了台阶；肯定审判执行的成绩，感谢全院的付出，"
            "也讲了不足、形势和任务。最后定下2024年四项重点工作，要求压实责任、均衡推进，"
            "审判执行要提升，综合工作也要有质的变化，各项部署都要落地。"
        ),
    },
}

KEYNOTES: list[Row] = [
    *keynotes(None, (KIND.SLOGAN, "乘势而上开新局，砥砺奋进续新篇", "报道的开篇语")),
    *keynotes(
        "report",
        (KIND.BASIS, "习近平法治思想", "2023年工作的指导思想"),
        (KIND.BASIS, "上级法院和市委、区委的部署", "2023年工作的依据"),
        (KIND.LINE, "公正与效率", "永恒主题，2023、2024两年都讲"),
        (KIND.LINE, "服务大局、司法为民、公正司法", "2023年工作主线"),
        (KIND.LINE, "主题教育和执法办案", "2023年统筹推进，办案是第一要务"),
        (KIND.APPRAISAL, "“一年甩包袱、两年追平超越”", "从前的承诺，会上宣布已经兑现"),
        (KIND.APPRAISAL, "质效突飞猛进，业绩不断提升，队伍焕然一新", "对2023年的总评价"),
        (KIND.APPRAISAL, "上级法院和人大代表的肯定", "对2023年的执行工作"),
        (KIND.OCCASION, "关键之年", "对2024年的定位：接着奋斗，另起一章"),
        (KIND.SLOGAN, "其时已至、其势已成", "坚定信心，保持奋进的姿态"),
        (KIND.LINE, "区委“123”目标思路", "2024年工作的主线"),
        (KIND.LINE, "执法办案", "2024年工作的核心"),
        (KIND.LINE, "清廉法院建设", "2024年工作的抓手"),
        (KIND.LINE, "能动司法、提质增效", "2024年既要做实，又要抓狠"),
        (KIND.TARGET, "现代化湖滨", "法院提供司法服务和保障"),
        (KIND.SLOGAN, "用心干、用力干、用情干", "勤思考，亲身入局，无私奉献"),
        (KIND.SLOGAN, "铁肩膀、硬脊梁、沉脚板", "依次指实干担当、忠诚正直、笃定前行"),
        (KIND.TARGET, "硕果累累的2024", "对新一年的期望"),
    ),
]

# Of three indicators only this much was said, of all at once.
TOP_TEN: Row = {
    "group": "均进入全省前10名",
    "precision": Figure.Precision.BAND,
    "rank_scope": "全省",
    "rank_kind": Figure.RankKind.TOP,
    "rank": 10,
}
# The enforcement work as a whole has two ranks, so it stands in two rows.
ENFORCEMENT: Row = {
    "group": "执行",
    "label": "执行工作及质效",
    "precision": Figure.Precision.WORDS,
    "change_direction": UP,
    "change_text": "突破性提升",
}
_FIGURES: list[Row] = [
    {"group": "办案", "indicator": "受理", "label": "受理各类案件", "value": 12478, "unit": "件"},
    {"group": "办案", "indicator": "审执结", "label": "审执结", "value": 11802, "unit": "件"},
    {
        "group": "办案",
        "indicator": "新收",
        "label": "收案",
        "change_direction": UP,
        "change": "37.5",
        "change_unit": PERCENT,
        "quote": "收案同比增长37.5%",
    },
    {
        "group": "办案",
        "label": "结案",
        "change_direction": UP,
        "change": "35.3",
        "change_unit": PERCENT,
        "quote": "结案同比上升35.3%",
    },
    {"group": "办案", "indicator": "审限内结案率", "label": "审限内结案率", "value": "97.85", "unit": "%"},
    {"group": "办案", "indicator": "法官人均结案", "label": "一线法官人均结案", "value": 397, "unit": "件"},
    {"group": "质效", "label": "主要核心指标", "precision": Figure.Precision.WORDS, "value_text": "创历史新高"},
    {
        "group": "质效",
        "indicator": "服判息诉率",
        "label": "服判息诉率",
        "precision": Figure.Precision.WORDS,
        "change_direction": UP,
        "change_text": "不断上升",
    },
    {
        "group": "质效",
        "indicator": "改判发回率",
        "label": "改判发回重审率",
        "precision": Figure.Precision.WORDS,
        "change_direction": DOWN,
        "change_text": "不断下降",
    },
    ENFORCEMENT | {"rank_scope": "全市", "rank_kind": Figure.RankKind.EXACT, "rank": 2},
    ENFORCEMENT | {"rank_scope": "全省", "rank_kind": Figure.RankKind.TOP, "rank": 20},
    {
        "group": "执行",
        "indicator": "首执案件终结率",
        "label": "首执案件终结率",
        "value": "15.4",
        "unit": "%",
        "rank_scope": "全省",
        "rank_kind": Figure.RankKind.EXACT,
        "rank": 4,
    },
    TOP_TEN | {"indicator": "首执案件结案率", "label": "首执案件结案率"},
    TOP_TEN | {"indicator": "执行完毕率", "label": "执行完毕率"},
    TOP_TEN | {"indicator": "执行标的到位率", "label": "执行标的到位率"},
    {"group": "荣誉", "label": "集体荣誉", "value": 17, "unit": "项"},
    {"group": "荣誉", "label": "个人荣誉", "value": 21, "unit": "项"},
]
FIGURES: list[Row] = [row | {"speech": "report"} for row in _FIGURES]

HONOURS: list[Row] = [
    {"year": 2023, "title": "全市法院先进集体", "level": Honour.Level.CITY, "recipient_kind": TO.COURT},
    {"year": 2023, "title": "精神文明建设工作先进单位", "recipient_kind": TO.COURT},
    {
        "year": 2023,
        "title": "集体荣誉",
        "recipient_kind": TO.COURT,
        "quantity": "17项",
        "note": "总数；报道只举了上面两项",
    },
    {"year": 2023, "title": "先进个人", "recipient_kind": TO.PERSON, "recipient_name": "本院干警"},
    {"year": 2023, "title": "模范标兵", "recipient_kind": TO.PERSON, "recipient_name": "本院干警"},
    {
        "year": 2023,
        "title": "个人荣誉",
        "recipient_kind": TO.PERSON,
        "recipient_name": "本院干警",
        "quantity": "21项",
        "note": "总数；报道只举了上面两项，未写姓名",
    },
]

TASKS: list[Row] = [
    {
        "speech": "report",
        "heading": "以更高站位把牢政治方向",
        "text": "以党的政治建设统领，讲政治贯穿始终。",
        "measures": measures(
            "加强思想、政治、实践、专业四方面的锤炼",
            "真学真信，把信仰学扎实；落细落实，让法院有作为",
            "主题教育的成果要巩固、要深化",
            "按“从政治上看，从法治上办”的思路办案",
            ("推进审判工作现代化", "法律、政治、社会三个效果统一"),
        ),
    },
    {
        "speech": "report",
        "heading": "以更强担当护航发展大局",
        "text": "紧扣区委“123”目标思路，把法院工作放进党委政府大局。",
        "measures": measures(
            "维护社会大局稳定",
            ("聚焦审判执行主业，守正创新、固强补弱", "审执质效提升"),
            "防住重大风险，及早化解",
            "为法治政府建设出力",
            "改善法治化营商环境",
            "参加市域社会治理",
            "扎实做好“三零”创建",
            ("以能动司法体现公正与效率", "服务经济社会高质量发展"),
        ),
    },
    {
        "speech": "report",
        "heading": "以更实举措回应群众关切",
        "text": "以人民为中心，司法服务跟上群众的多样需求。",
        "measures": measures(
            "树牢“如我在诉”理念",
            ("抓前端、治未病，做好“诉源”“访源”“执源”三项治理", "群众的获得感、幸福感、安全感更强"),
            "深化审判执行机制改革",
            "巩固繁简分流带来的质效",
            ("推动现代科技与审判融合", "案结事了人和"),
        ),
    },
    {
        "speech": "report",
        "heading": "以更严标准淬炼过硬队伍",
        "text": "全面落实新时代党建总要求，队伍既严管也厚爱。",
        "measures": measures(
            "学好习近平新时代中国特色社会主义思想",
            "学好习近平法治思想",
            ("用“十严禁”“三个规定”等铁规管住队伍", "一支素质高、清廉、专业的审判队伍"),
            ("院党组在政治、履职、典型、待遇上分别给予关心、保护、引领、关怀", "做干警的后盾"),
        ),
    },
]

CONFERENCE = ConferenceData(
    fields={
        "kind": Conference.Kind.ANNUAL,
        "title": "2023年工作总结暨表彰大会",
        "year_reviewed": 2023,
        "year_planned": 2024,
        "starts_on": datetime.date(2024, 2, 2),
        "attendance": "全体干警",
        "summary": (
            "总结2023年的成绩与不足，安排2024年重点工作，表彰先进集体和先进个人。全年受理12478件，其中11802件审执结。"
        ),
        "audience": Audience.PUBLIC,
    },
    ranks_open=True,  # the court published them itself
    speeches=SPEECHES,
    awards_given=[{"category": category["name"]} for category in CATEGORIES],
    participants=PARTICIPANTS,
    keynotes=KEYNOTES,
    agenda=AGENDA,
    figures=FIGURES,
    tasks=TASKS,
    honours=HONOURS,
)

COURT = CourtData(
    fields={
        "name": "三门峡市湖滨区人民法院",
        "short_name": "湖滨法院",
        "slug": "hubin",
        "level": Court.Level.BASIC,
        "code": "豫1202",
    },
    superior=SUPERIOR.fields["name"],
    people=PEOPLE,
    categories=CATEGORIES,
    conferences=[CONFERENCE],
)
