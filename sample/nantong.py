"""南通经济技术开发区人民法院: the annual conference of 23 February 2024, from the court's own report.

Headings, names, slogans and figures are the court's; everything else is our own short wording. The report names no
winner, and not the order of the agenda. There are two lists of tasks: the visiting leader's four, the court's own five.
"""

import datetime

from awards.models import AwardCategory, Honour
from conferences.models import AgendaItem, Audience, Conference, Figure, Keynote, Participant, Speech
from courts.models import Court, Department, Person
from sample.records import ConferenceData, CourtData, Row, keynotes, measures

KIND, TO, STAFF = Keynote.Kind, Honour.RecipientKind, Person.StaffCategory
UP, DOWN = Figure.Direction.UP, Figure.Direction.DOWN

SUPERIOR = CourtData(
    fields={
        "name": "南通市中级人民法院",
        "short_name": "南通中院",
        "slug": "nantong",
        "level": Court.Level.INTERMEDIATE,
        "code": "苏06",
    }
)

DEPARTMENTS: list[Row] = [
    {"name": "立案庭", "kind": Department.Kind.FILING},
    {"name": "民庭", "kind": Department.Kind.TRIAL},
    {"name": "行政庭", "kind": Department.Kind.TRIAL},
    {"name": "执行局", "kind": Department.Kind.ENFORCEMENT},
]

PEOPLE: list[Row] = [
    {"name": "保德林", "post": "区党工委书记", "organisation": "南通经济技术开发区党工委"},
    {"name": "印露", "post": "区党工委委员、政法委书记", "organisation": "南通经济技术开发区党工委"},
    {"name": "任智峰", "post": "党组书记、院长"},
]

# The captions name several awards at once; each is a category of its own, for whom its name says.
CATEGORIES: list[Row] = [
    {"name": "先进集体", "recipient_kind": AwardCategory.RecipientKind.DEPARTMENT},
    {"name": "先进员额法官", "staff_categories": STAFF.JUDGE},
    {"name": "先进法官助理", "staff_categories": STAFF.ASSISTANT},
    {"name": "先进书记员", "staff_categories": STAFF.CLERK},
    {"name": "先进司法行政人员", "staff_categories": STAFF.ADMINISTRATIVE},
    {"name": "办案标兵"},
    {"name": "办案能手"},
    {"name": "书记员标兵", "staff_categories": STAFF.CLERK},
]

PARTICIPANTS: list[Row] = [
    {"person": "保德林", "role": Participant.Role.ROSTRUM},
    {"person": "印露", "role": Participant.Role.CHAIR},
    {"person": "任智峰", "role": Participant.Role.ROSTRUM},
]

AGENDA: list[Row] = [
    {
        "kind": AgendaItem.Kind.AWARDS,
        "title": "表彰先进集体",
        "private_note": "报道没有写明议程的先后，也未列获奖名单、表态内容；这里按惯例排列。",
    },
    {"kind": AgendaItem.Kind.AWARDS, "title": "表彰先进员额法官、法官助理、书记员"},
    {"kind": AgendaItem.Kind.AWARDS, "title": "表彰先进司法行政人员"},
    {"kind": AgendaItem.Kind.AWARDS, "title": "表彰办案标兵、办案能手、书记员标兵"},
    {"kind": AgendaItem.Kind.PLEDGE, "title": "立案庭、民庭、行政庭、执行局表态"},
    {"kind": AgendaItem.Kind.DEPLOYMENT, "title": "院长回顾2023年，部署2024年工作", "person": "任智峰"},
    {"kind": AgendaItem.Kind.ADDRESS, "title": "区党工委书记讲话", "person": "保德林"},
]

SPEECHES: dict[str, Row] = {
    **{
        department: {
            "kind": Speech.Kind.PLEDGE,
            "title": "表态发言",
            "department": department,
        }
        for department in ("立案庭", "民庭", "行政庭", "执行局")
    },
    "deployment": {
        "kind": Speech.Kind.DEPLOYMENT,
        "title": "2024年工作部署",
        "person": "任智峰",
        "summary": (
            "总结2023年的工作，对2024年作全面部署：开展三个“提升年”活动，以提质增效为中心，"
            "擦亮各块审判品牌，争先进位，并列出五项任务。"
        ),
    },
    "address": {
        "kind": Speech.Kind.ADDRESS,
        "title": "在2024年工作部署会上的讲话",
        "person": "保德林",
        "summary": (
            "肯定区法院2023年的工作：保障大局有力，法治建设见效，队伍有亮点，考核进位，屡获上级表彰；"
            "积案清了，指标上来了，品牌立住了。2024年逢两个整年，希望法院紧扣开发区的定位，"
            "用高质量的审判保平安、促发展，并提出四点要求。"
        ),
    },
}

KEYNOTES: list[Row] = [
    *keynotes(
        None,
        (KIND.BASIS, "市委、区政法工作会议", "会议落实其精神"),
        (KIND.BASIS, "全市法院工作会议", "会议落实其精神"),
    ),
    *keynotes(
        "address",
        (KIND.APPRAISAL, "平安法治开发区的重要建设力量", "对区法院的评价"),
        (KIND.APPRAISAL, "为营商环境“最高地”提供重要保障", "对区法院的评价"),
        (KIND.APPRAISAL, "保障有力、成效凸显、亮点纷呈", "依次指服务大局、平安法治建设、队伍建设"),
        (KIND.APPRAISAL, "同心一力、奋勇争先的一年", "全员清理积案"),
        (KIND.APPRAISAL, "业绩焕然一新的一年", "攻坚克难有成效"),
        (KIND.APPRAISAL, "品牌独树一帜的一年", "特色鲜明，保障有力"),
        (KIND.APPRAISAL, "高质量发展“龙虎榜”上的贡献", "奖杯和军功章里有区法院一份"),
        (KIND.LINE, "精致审管", "2023年的抓手；2024年还要强化"),
        (KIND.MECHANISM, "周通报、月分析、季考核、年汇总", "2023年落实的审判管理机制"),
        (KIND.BRAND, "行政诉讼集中管辖", "成为“开发区样本”"),
        (KIND.BRAND, "行政诉讼推动规范行政自纠", "成为全省经验，获肯定并推广"),
        (KIND.BRAND, "涉外商事纠纷集中管辖", "越做越优，保障全市全区高水平开放"),
        (KIND.LINE, "新时代“枫桥经验”", "坚持并发展，纠纷化解在诉前"),
        (KIND.OCCASION, "新中国成立75周年", "2024年"),
        (KIND.OCCASION, "开发区建区40周年", "2024年；以振奋人心的成绩献礼"),
        (KIND.TARGET, "四主一最一中心", "开发区的定位目标"),
        (KIND.TARGET, "四个现代化水平", "审判的理念、机制、体系和管理"),
    ),
    *keynotes(
        "deployment",
        (KIND.BASIS, "习近平新时代中国特色社会主义思想", "2024年工作的指导思想"),
        (KIND.BASIS, "党的二十大和二十届二中全会", "贯彻其精神"),
        (KIND.CAMPAIGN, "能力素质提升年", "2024年"),
        (KIND.CAMPAIGN, "审判质效提升年", "2024年"),
        (KIND.CAMPAIGN, "品牌亮点提升年", "2024年"),
        (KIND.BRAND, "行政审判", "培育、擦亮"),
        (KIND.BRAND, "涉外审判", "培育、擦亮"),
        (KIND.BRAND, "江海法庭", "培育、擦亮"),
        (KIND.BRAND, "融合法庭", "培育、擦亮"),
        (KIND.BRAND, "全流程无纸化", "培育、擦亮"),
        (KIND.LINE, "提质增效", "2024年工作的中心"),
        (KIND.TARGET, "全达标、走在前", "凝心聚力，争先进位"),
        (KIND.MECHANISM, "数据周通报、态势月分析、业绩季考核、规律年汇总", "覆盖全链条的审管机制，2024年继续巩固"),
        (KIND.TARGET, "长三角一流开发区", "贡献更大、活力更强、能级更高"),
    ),
]

_FIGURES: list[Row] = [
    {
        "group": "审判执行",
        "label": "审判执行指标",
        "precision": Figure.Precision.WORDS,
        "change_direction": UP,
        "change_text": "大幅提升",
        "rank_scope": "全市",
        "rank_kind": Figure.RankKind.EXACT,
        "rank": 4,
        "quote": "位列全市第四",
    },
    {
        "group": "审判执行",
        "indicator": "超12个月未结",
        "label": "超12个月长期未结案件",
        "precision": Figure.Precision.WORDS,
        "value_text": "清零",
        "change_text": "全市率先",
    },
    {
        "group": "审判执行",
        "label": "行政诉讼",  # which two went down, the report does not say
        "precision": Figure.Precision.WORDS,
        "value_text": "双下降",
        "change_direction": DOWN,
        "change_text": "再次实现",
        "quote": "再次实现双下降",
    },
    {"group": "诉前", "indicator": "诉前化解", "label": "诉前化解", "value": 2754, "unit": "件"},
    {"group": "诉前", "indicator": "诉前调解成功率", "label": "诉前调解成功率", "value": "54.83", "unit": "%"},
    {
        "group": "考核和荣誉",
        "label": "全市法院综合考核的基础业绩",
        "precision": Figure.Precision.WORDS,
        "change_direction": UP,
        "change_text": "进位明显",
    },
    {
        "group": "考核和荣誉",
        "label": "受表彰奖励",
        "precision": Figure.Precision.ABOUT,
        "value": 40,
        "unit": "人次",
        "value_text": "40余",
        "quote": "全院40余人次",
    },
]
FIGURES: list[Row] = [row | {"speech": "address"} for row in _FIGURES]

HONOURS: list[Row] = [
    {
        "year": 2023,
        "title": "审判管理创新工程先进集体",
        "level": Honour.Level.CITY,
        "recipient_kind": TO.COURT,
        "note": "全市法院",
    },
    {
        "year": 2023,
        "title": "十大政法改革成果",
        "level": Honour.Level.CITY,
        "recipient_kind": TO.PROJECT,
        "recipient_name": "涉外商事审判",
        "note": "全市",
    },
    {
        "year": 2023,
        "title": "全市法院2023年度工作创新奖",
        "level": Honour.Level.CITY,
        "recipient_kind": TO.PROJECT,
        "recipient_name": "“智行合e-数助行政审判”系统",
    },
    {
        "year": 2023,
        "title": "服务高质量发展十大优秀案例",
        "level": Honour.Level.CITY,
        "recipient_kind": TO.CASE,
        "recipient_name": "某橙汁公司与某科技公司执行和解案",
        "note": "全市",
    },
    {
        "year": 2023,
        "title": "全区高质量发展综合考核优秀单位",
        "level": Honour.Level.DISTRICT,
        "recipient_kind": TO.COURT,
        "note": "全区考核",
    },
    {
        "year": 2023,
        "title": "全省法院系统先进集体",
        "bodies": "省人社厅、省高院",
        "level": Honour.Level.PROVINCE,
        "recipient_kind": TO.DEPARTMENT,
        "department": "行政庭",
        "recipient_name": "行政庭",
        "note": "联合表彰",
    },
    {
        "year": 2023,
        "title": "全省法院立案信访工作先进个人",
        "level": Honour.Level.PROVINCE,
        "recipient_kind": TO.PERSON,
        "recipient_name": "本院干警",
        "quantity": "40余人次",
        "note": "连同其他表彰奖励一并计算，未写姓名",
    },
]

# The visiting leader's four.
ADDRESS_TASKS: list[Row] = [
    {
        "heading": "讲政治，把牢方向，建设政治性最强法院",
        "measures": measures(
            "绝对忠诚，法院工作始终由党绝对领导",
            "紧跟形势，落实二十大、二十届二中全会精神",
            "围绕新理念、新格局和高质量发展谋划工作",
            "牢记使命，把“从政治上看，从法治上办”做到实处",
            "讲政治的案件，用讲法治的办法办好",
        ),
    },
    {
        "heading": "顾大局，能动司法，建设服务成效最优法院",
        "measures": measures(
            "做好“双集中管辖工作”",
            ("行政审判集中管辖再做优", "助力最佳法治政府"),
            ("为外商企业化解国际商事矛盾", "成为“优选地”"),
            ("打造工作品牌", "在全省、全国叫得响"),
            "紧扣2024年全区要抓的五个方面工作",
            "服务招商、项目、城建和民生等重点",
        ),
    },
    {
        "heading": "重审管，提质增效，建设人民群众最满意法院",
        "measures": measures(
            ("“精致审管”再加力，案件质效再提升", "全市基层法院第一方阵"),
            ("落实“如我在诉”，诉讼服务高品质", "诉讼更便利"),
            ("办案高质量", "社会公平正义"),
            ("执行高效率", "胜诉权益兑现"),
            ("加强诉源治理，融入党委领导的治理格局", "以安全保发展"),
        ),
    },
    {
        "heading": "强队伍，严管厚爱，建设队伍素质最过硬法院",
        "measures": measures(
            "落实新时代党的建设总要求",
            "牢记“两个永远在路上”",
            "以习近平法治思想为“纲”和“魂”，融入审执全过程",
            "树立正确政绩观，带头改进作风",
            "把精力集中到审判、执行和管理",
            ("打造法院铁军", "对党、国家、人民、法律忠诚"),
        ),
    },
]
# The court's own five.
COURT_TASKS: list[Row] = [
    {
        "heading": "坚持能动司法，以更优服务保障开发区高质量发展",
        "measures": measures(
            "对照“走在前、做示范”要求",
            "推进营商环境提升三年行动计划",
            ("树立“案案都是营商环境”理念", "擦亮“营商环境最高地”"),
            "防范化解房地产风险和金融风险",
            "征地拆迁、商事合同、招商协议纠纷审得又快又稳",
        ),
    },
    {
        "heading": "创新工作机制，以更实举措提升诉源治理多元化解成效",
        "measures": measures(
            ("完善“法院+N”解纷架构", "基层共治“强磁场”"),
            ("健全“管理+评价”机制", "解纷渠道“全链条”"),
            ("用好“预防+疏导”模式", "化解矛盾“良药方”"),
        ),
    },
    {
        "heading": "围绕特色审判，以更高标准打造“行政+涉外商事”集中管辖诉讼品牌及江海法庭",
        "measures": measures(
            "成立“行政争议调处中心”和县区“分中心”",
            ("用好“司法援助、行政自纠、繁简分流、实质化解、诉源治理”五项机制", "行政诉讼品牌更有成效"),
            "加快建设行政、涉外商事审判“两个中心”",
            "把涉外商事审判品牌做出高标准",
        ),
    },
    {
        "heading": "聚焦公正效率，以更大力度推进审判管理现代化和数字法院建设",
        "measures": measures(
            "巩固全链条的审判管理机制",
            "对照新指标体系，每时每天都抓",
            ("发挥法官会议作用", "提质增效"),
            "专项打击“拒执罪”",
            "法检联合，多做专题研讨",
        ),
    },
    {
        "heading": "全面从严治党，以更严要求塑造一流法院队伍",
        "measures": measures(
            "做实“强基赋能”工程",
            "深化“攻坚有我”行动",
            "党建促“提质增效”",
            "制定考核办法，覆盖全案、全员、全时",
            "评选季度办案之星",
            "案件质量评查机制更完善",
        ),
    },
]
TASKS: list[Row] = [
    *[task | {"speech": "address"} for task in ADDRESS_TASKS],
    *[task | {"speech": "deployment"} for task in COURT_TASKS],
]

CONFERENCE = ConferenceData(
    fields={
        "kind": Conference.Kind.ANNUAL,
        "title": "2023年度工作总结表彰暨2024年工作部署会议",
        "year_reviewed": 2023,
        "year_planned": 2024,
        "starts_on": datetime.date(2024, 2, 23),
        "time_of_day": "上午",
        "summary": (
            "回顾2023年，表彰先进，部署2024年重点工作。"
            "区党工委书记到会讲话，提出四点要求；院长部署五项任务；四个部门表态。"
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
        "name": "南通经济技术开发区人民法院",
        "short_name": "南通开发区法院",
        "slug": "nantong-kaifaqu",
        "level": Court.Level.BASIC,
        "code": "苏0691",
    },
    superior=SUPERIOR.fields["name"],
    departments=DEPARTMENTS,
    people=PEOPLE,
    categories=CATEGORIES,
    conferences=[CONFERENCE],
)
