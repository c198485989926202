"""What the label of a figure means: courts call one thing by many names, and each number has its scope (口径).

受理各类案件, 受理案件数 and 案件受理总数 are all 受理 of all cases; 受理民事案件 is 受理 of the civil ones; 审结 is the
结案 of lawsuits, 执结 that of enforcement. A label that says more (首执案件结案率) means itself alone.
"""

import re
from typing import Any, NamedTuple

# One meaning: all its names, as they are left after the words below were taken away.
SYNONYMS = {
    "旧存": ("旧存", "上年旧存", "上年结转", "结转", "上年未结"),
    "新收": ("新收", "收案", "新立", "新收案"),
    "受理": ("受理", "共受理", "总受理"),
    "结案": ("结案", "审执结", "办结", "审结执结", "审结和执结", "审结执行"),
    "审结": ("审结",),
    "执结": ("执结",),
    "未结": ("未结", "存案", "尚未结案", "未结案"),
    "结案率": ("结案率", "审执结案率", "审执结率"),
    "结收比": ("结收比", "结案收案比", "收结比", "审执结收比", "结收案比"),
}
CONCEPTS = {name: concept for concept, names in SYNONYMS.items() for name in names}
# Words in a label that say of which cases; the longer ones first, for one may contain another.
SCOPES = {
    "各类案件": "",
    "全部案件": "",
    "各类": "",
    "民商事": "民商事",
    "知识产权": "知识产权",
    "国家赔偿": "国家赔偿",
    "诉讼": "诉讼",
    "执行": "执行",
    "民事": "民事",
    "商事": "商事",
    "刑事": "刑事",
    "行政": "行政",
    "破产": "破产",
    "保全": "保全",
    "家事": "家事",
}
ALL, LAWSUITS, ENFORCEMENT = "", "诉讼", "执行"
# Words for 结案 that say themselves of which cases.
OWN_SCOPE = {"审结": LAWSUITS, "执结": ENFORCEMENT}
# Words that change nothing about what is counted.
FILLERS = re.compile(
    r"案件|全院|全年|我院|本院|年末|年底|期末|总数量|总数|总量|件数|数量|数$|[\s\u3000（）()“”\"：:，,]"
)
GROUP_FILLERS = re.compile(r"案件|工作|审判(?!执行)|质效|指标|情况|数据|类")
# A group that is a part of the court or of the year: its figures agree only with each other.
OWN_GROUP = re.compile(r"庭|局$|队$|科$|室$|法院$|半年|季度|\d月|\d年")


class Meaning(NamedTuple):
    """What a figure counts, and of which cases."""

    concept: str
    scope: str

    @property
    def is_known(self) -> bool:
        return self.concept in SYNONYMS


def meaning(label: str, group: str = "", indicator: str = "") -> Meaning:
    """The meaning of a label within its group; `indicator`: the name of its indicator, where it has one."""
    core, scope = split(label)
    concept = CONCEPTS.get(core, "")
    if not concept and not any(name in core for name in CONCEPTS):
        concept = CONCEPTS.get(split(indicator)[0], "")
    if not concept:
        return Meaning(tidy(label), group.strip())
    if scope is None:
        scope = _scope_of_group(group) or OWN_SCOPE.get(concept, ALL)
    return Meaning("结案" if concept in OWN_SCOPE else concept, scope)


def meaning_of(figure: Any) -> Meaning:
    return meaning(figure.label, figure.group, figure.indicator.name if figure.indicator else "")


def split(label: str) -> tuple[str, str | None]:
    """What is counted, and of which cases; None where the label does not say."""
    found = next((word for word in SCOPES if word in label), None)
    if found is None:
        return tidy(label), None
    return tidy(label.replace(found, "")), SCOPES[found]


def tidy(label: str) -> str:
    """The label without the words that change nothing."""
    return FILLERS.sub("", label)


def _scope_of_group(group: str) -> str:
    if OWN_GROUP.search(group):
        return group.strip()
    if group in {"审判", "审判工作"}:
        return LAWSUITS
    return SCOPES.get(GROUP_FILLERS.sub("", group), ALL)
