"""The indicators that courts speak of most, with their formulas in words."""

from conferences.models import Indicator
from sample.records import Row

UP, DOWN, NEITHER = Indicator.Direction.UP, Indicator.Direction.DOWN, Indicator.Direction.NEITHER

# Name, unit, direction, formula. What the sources leave open stays empty: nobody can fill it in by guessing.
_ROWS = [
    ("旧存", "件", NEITHER, "上期末未结案件"),
    ("新收", "件", NEITHER, "本期新立案件"),
    ("受理", "件", NEITHER, "旧存 + 新收"),
    ("审执结", "件", UP, "审结 + 执结"),
    ("未结", "件", DOWN, "受理 − 审执结"),
    ("结案率", "%", UP, "审执结 ÷ 受理"),
    ("结收比", "%", UP, "审执结 ÷ 新收"),
    ("审限内结案率", "%", UP, "审限内结案 ÷ 结案；不以100%为目标"),
    ("法官人均结案", "件", UP, "审执结 ÷ 员额法官人数"),
    ("服判息诉率", "%", UP, "(一审结案 − 上诉) ÷ 一审结案"),
    ("改判发回率", "%", DOWN, "(二审改判 + 发回重审) ÷ 二审结案"),
    ("诉前化解", "件", UP, "起诉到法院、立案前化解的纠纷"),
    ("诉前调解成功率", "%", UP, "诉前调解成功 ÷ 诉前调解结案"),
    ("执行完毕率", "%", UP, "执行完毕 ÷ 首次执行结案"),
    ("执行标的到位率", "%", UP, "已到位金额 ÷ 申请执行标的金额"),
    ("首执案件结案率", "%", UP, "首次执行结案 ÷ 首次执行受理"),
    ("首执案件终本率", "%", DOWN, "终结本次执行程序 ÷ 首次执行结案"),
    ("首执案件终结率", "%", DOWN, ""),
    ("平均结案天数", "天", DOWN, "各案结案天数之和 ÷ 结案"),
    ("超12个月未结", "件", DOWN, "立案满12个月仍未结的案件"),
]
INDICATORS: list[Row] = [
    {"name": name, "unit": unit, "direction": direction, "formula": formula, "order": order}
    for order, (name, unit, direction, formula) in enumerate(_ROWS, start=1)
]
