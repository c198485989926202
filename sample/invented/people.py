"""Five invented courts: their departments and about 120 people, with names that put every order to the test."""

from dataclasses import dataclass

from courts.models import Department, Person
from courts.strokes import unknown_characters
from sample.records import Row

KIND, STAFF = Department.Kind, Person.StaffCategory

FILING, CRIMINAL, CIVIL = "立案庭（诉讼服务中心）", "刑事审判庭", "民事审判庭"
ADMINISTRATIVE, ENFORCEMENT = "行政审判庭", "执行局"
MANAGEMENT, POLITICAL, OFFICE = "审判管理办公室", "政治部", "综合办公室"
PARTY, DISCIPLINE = "机关党委", "派驻纪检监察组"


@dataclass(frozen=True, kw_only=True)
class InventedCourt:
    """What differs between the five. `names` has a name for each seat; `guests` are leaders from outside."""

    place: str  # 青屿区
    name: str
    short_name: str
    slug: str
    prefix: str
    benches: tuple[str, ...]  # departments that only this court has; the first has two seats
    police: str
    names: str
    guests: tuple[tuple[str, str, str], ...]  # name, post, organisation

    @property
    def is_intermediate(self) -> bool:
        return "中级" in self.name

    @property
    def roster(self) -> list[str]:
        return self.names.split()

    @property
    def president(self) -> str:
        return self.roster[0]

    @property
    def deputy(self) -> str:
        return self.roster[1]


LANJIANG = InventedCourt(
    place="澜江市",
    name="澜江市中级人民法院",
    short_name="澜江中院",
    slug="lanjiang",
    prefix="澜法",
    benches=("审判监督庭", "国家赔偿办公室"),
    police="司法警察支队",
    names="""
        司马景行 温以宁 黎书禾 邵云帆 方𬴂 江堃 唐婉如 冯牧野 程望舒 韩清越 秦怀瑾 宋知微
        叶凌波 许听澜 钟鸣谦 白鹿鸣 汪思齐 崔晏 庄周南 贺兰芝 任平川 查慎言 乐天佑 罗一诺
    """,
    guests=(
        ("岳临川", "市委常委、政法委书记", "澜江市委政法委"),
        ("路清和", "市人大常委会副主任", "澜江市人大常委会"),
    ),
)
QINGYU = InventedCourt(
    place="青屿区",
    name="澜江市青屿区人民法院",
    short_name="青屿法院",
    slug="qingyu",
    prefix="青法",
    benches=("望潮人民法庭", "听松人民法庭"),
    police="司法警察大队",
    names="""
        沈砚秋 林知远 顾长宁 单立诚 王䶮 丁小宁 欧阳少东 解明珠 陈叙白 陆星河 郑若溪 周一鸣
        苏晚晴 阿卜杜热合曼·买买提吐尔逊江 何㛃 赵启航 曾念慈 李一鸣 李大鸣 高富 高大富 仇志勇 区嘉欣 盖云飞
    """,
    guests=(("卫景明", "区委书记", "青屿区委"), ("祝清平", "区委常委、政法委书记", "青屿区委政法委")),
)
LUTING = InventedCourt(
    place="鹭汀区",
    name="澜江市鹭汀区人民法院",
    short_name="鹭汀法院",
    slug="luting",
    prefix="鹭法",
    benches=("沙洲人民法庭", "柳浪人民法庭"),
    police="司法警察大队",
    names="""
        尉迟恒 彭远舟 梁思危 段如松 姚喆 朱犇 石磊落 袁静好 傅云深 潘若谷 董清和 薛采薇
        蒋澄 余有年 魏未然 章念远 卢照晴 金明澈 廖星移 郝佳音 龚自强 毛小雨 翟晓峰 覃月华
    """,
    guests=(("池远山", "区委书记", "鹭汀区委"), ("季长风", "区委常委、政法委书记", "鹭汀区委政法委")),
)
SHUANGXI = InventedCourt(
    place="霜溪县",
    name="霜溪县人民法院",
    short_name="霜溪法院",
    slug="shuangxi",
    prefix="霜法",
    benches=("石桥人民法庭", "茶坪人民法庭"),
    police="司法警察大队",
    names="""
        上官云起 陶慎之 倪春和 雷振声 马骉 田恬 范成舟 姜望山 戴月明 夏初晴 侯一然 孟繁星
        邱实 万舒怀 文若水 龙在野 史明谦 常乐 康宁 黄依依 缪思敏 朴明哲 卜凡 林小满
    """,
    guests=(("关海澄", "县委书记", "霜溪县委"), ("匡时雨", "县委常委、政法委书记", "霜溪县委政法委")),
)
YUNXIU = InventedCourt(
    place="云岫县",
    name="云岫县人民法院",
    short_name="云岫法院",
    slug="yunxiu",
    prefix="岫法",
    benches=("半山人民法庭", "竹溪人民法庭"),
    police="司法警察大队",
    names="""
        慕容清 葛怀安 纪晓晨 于承泽 柯以南 左思远 季明礼 俞清扬 严若冰 易寒松 祁雪 舒朗
        殷念初 骆一苇 甘霖 宁致和 蓝际 涂月 巫云 屈子衡 阮清梦 扎西顿珠 那明川 乌云其其格
    """,
    guests=(("古逸舟", "县委书记", "云岫县委"), ("全知夏", "县委常委、政法委书记", "云岫县委政法委")),
)
COURTS = (LANJIANG, QINGYU, LUTING, SHUANGXI, YUNXIU)

# Strokes of the characters that the table of the court's own lacks (courts/data/README.md).
STROKES = {"㛃": "531111253", "䶮": "135341134", "骉": "551551551", "𬴂": "55121112111"}

COMMON_DEPARTMENTS = (
    (FILING, KIND.FILING),
    (CRIMINAL, KIND.TRIAL),
    (CIVIL, KIND.TRIAL),
    (ADMINISTRATIVE, KIND.TRIAL),
    (ENFORCEMENT, KIND.ENFORCEMENT),
    (MANAGEMENT, KIND.OFFICE),
    (POLITICAL, KIND.OFFICE),
    (OFFICE, KIND.OFFICE),
    (PARTY, KIND.PARTY),
    (DISCIPLINE, KIND.PARTY),
)

BENCH, POLICE = "bench", "police"  # stand for the court's own department of that sort
SEATS = (
    ("", "党组书记、院长", STAFF.JUDGE),
    ("", "党组副书记、常务副院长", STAFF.JUDGE),
    (POLITICAL, "党组成员、政治部主任", STAFF.ADMINISTRATIVE),
    (ENFORCEMENT, "党组成员、执行局局长", STAFF.JUDGE),
    (FILING, "庭长", STAFF.JUDGE),
    (CRIMINAL, "庭长", STAFF.JUDGE),
    (CIVIL, "庭长", STAFF.JUDGE),
    (ADMINISTRATIVE, "庭长", STAFF.JUDGE),
    (CIVIL, "一级法官", STAFF.JUDGE),
    (ENFORCEMENT, "一级法官", STAFF.JUDGE),
    (BENCH, "庭长", STAFF.JUDGE),
    (MANAGEMENT, "主任", STAFF.ADMINISTRATIVE),
    (OFFICE, "主任", STAFF.ADMINISTRATIVE),
    (CIVIL, "法官助理", STAFF.ASSISTANT),
    (FILING, "法官助理", STAFF.ASSISTANT),
    (ENFORCEMENT, "法官助理", STAFF.ASSISTANT),
    (FILING, "书记员", STAFF.CLERK),
    (CIVIL, "书记员", STAFF.CLERK),
    (BENCH, "书记员", STAFF.CLERK),
    (ENFORCEMENT, "书记员", STAFF.CLERK),
    (POLICE, "四级警长", STAFF.POLICE),
    (MANAGEMENT, "技术主管", STAFF.TECHNICAL),
    (OFFICE, "文员", STAFF.CONTRACT),
    ("", "人民陪审员", STAFF.ASSESSOR),
)


def departments(court: InventedCourt) -> list[Row]:
    """The departments as in the court's own list."""
    bench_kind = KIND.TRIAL if court.is_intermediate else KIND.TRIBUNAL
    rows = (*COMMON_DEPARTMENTS, *((bench, bench_kind) for bench in court.benches), (court.police, KIND.POLICE))
    return [{"name": name, "kind": kind} for name, kind in rows]


def people(court: InventedCourt) -> list[Row]:
    """Everyone of the court in the order of the seats, then the guests."""
    own = {BENCH: court.benches[0], POLICE: court.police}
    staff = [
        {"name": name, "post": post, "staff_category": category, "sort_key": sort_key(name)}
        | ({"department": own.get(department, department)} if department else {})
        for name, (department, post, category) in zip(court.roster, SEATS, strict=True)
    ]
    guests = [{"name": name, "post": post, "organisation": organisation} for name, post, organisation in court.guests]
    return staff + guests


def sort_key(name: str) -> str:
    """What a clerk enters for a name with characters outside the table of strokes."""
    return " ".join(f"{character}={STROKES[character]}" for character in unknown_characters(name))
