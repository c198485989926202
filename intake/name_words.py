"""What a word in a list of winners is by its form: a name, a department, a post, a remark, or none of these."""

import re
from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Problem(TextChoices):
    """Why a piece of a list is no name."""

    DIGITS = "digits", _("A name has no digits.")
    LONG = "long", _("Too long for a name.")
    SHORT = "short", _("A single character is no name.")
    SENTENCE = "sentence", _("This is a sentence or a heading, not a name.")
    STRANGE = "strange", _("It has a character that no name has.")
    UNCLEAR = "unclear", _("It is not clear which characters belong to one name.")
    NOBODY = "nobody", _("There is no name here.")
    DOUBLED = "doubled", _("This name stands here twice.")


class Kind(Enum):
    NAME = "name"
    DEPARTMENT = "department"
    POST = "post"
    REMARK = "remark"
    CHARACTER = "character"  # one alone; two of them are a name that was spaced out
    COLON = "colon"
    WRONG = "wrong"


class Word(NamedTuple):
    kind: Kind
    text: str
    problem: Problem | None = None


CHARACTER = "[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]"
HAN = f"(?:{CHARACTER}[\ufe00-\ufe0f\U000e0100-\U000e01ef]?)"  # with the selector of a variant of its form
DOT = "[·•・‧∙⋅.．]"
LONGEST = 6  # characters of a name without a dot
LONGEST_PART = 12  # of each part of a name with one
LONGEST_NAME = 60  # as the register keeps it
LONGEST_TOKEN = 120  # beyond this it is a text, whatever it says
COMPOUND = re.compile(
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙"
    "|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|令狐|百里|呼延|东郭|南门|羊舌|微生|左丘|西门|第五"
)

NAME = re.compile(f"{HAN}{{2,{LONGEST}}}|{HAN}{{1,{LONGEST_PART}}}(?:{DOT}{HAN}{{1,{LONGEST_PART}}}){{1,4}}")
LATIN_NAME = r"[A-Za-zÀ-ɏ]+(?:[ .'’\-]{1,2}[A-Za-zÀ-ɏ]+)*"
DEPARTMENT = re.compile(
    f"{HAN}{{1,16}}(?:(?:审判|人民|合议|巡回|法)庭|办公室|管理局|大队|支队|中队|中心|委员会|党委|党组|监察组|纪检组|服务站|工作站|团队|专班)"
    f"|{HAN}{{2,16}}[局部办队室处组]"
    f"|{HAN}{{3,16}}科|(?:综合|人事|技术|财务|装备|行装|法警|政工|宣教|行政|文秘|信息)科"
    "|(?:立案|刑[一二三四事]?|民[一二三四五六事]?|行政?|执行|审监|少年|少审|知产|金融|环资|家事|速裁|综合)庭"
)
POSTS = (
    "院长|庭长|局长|主任|队长|科长|处长|部长|组长|室长|书记|书记员|法官|助理|法警|警长|警员|警官|审判员|陪审员|专员|科员|职员|委员"
    "|专委|干事|会计|出纳|教导员|政委|执行员|速录员|辅警|文员|干警|调解员|司机|驾驶员|保安|保洁员|厨师|技术员|工程师|成员|常委|组员"
)
POST = re.compile(f"{HAN}{{0,14}}(?:{POSTS})")
POST_THEN_NAME = re.compile(f"({HAN}{{0,14}}(?:{POSTS}))({HAN}{{2,4}})")
# What formal lists say between the name and the department, and what stands for neither.
REMARK = re.compile(f"[男女]|{HAN}{{1,5}}族|中共党员|党员|群众|追授|同志|已故|{HAN}?兼|等")
TITLE = re.compile(
    "先进|标兵|能手|名单|表彰|奖项|一等奖|二等奖|三等奖|获奖|评为|授予|如下|以下|同志们|合计|共计|姓名|人员|个人|集体"
    "|研究|决定|典型|会议|通报|现将|同意"
)


def squeezed(text: str) -> str:
    return "".join(text.split())


class Words:
    """Tells words apart. `departments`: names that are known to be departments, whatever their form."""

    def __init__(self, departments: Iterable[str] = ()) -> None:
        self._departments = {squeezed(name) for name in departments if len(squeezed(name)) > 1}
        longest_first = sorted(self._departments, key=len, reverse=True)
        known = "|".join(re.escape(name) for name in longest_first)
        self._known = re.compile(known) if known else None

    def is_department(self, text: str) -> bool:
        return squeezed(text) in self._departments or bool(DEPARTMENT.fullmatch(text))

    def of(self, token: str) -> list[Word]:
        """The words of a text without spaces; several where they were written without a gap: 执行局张三."""
        if len(token) > LONGEST_TOKEN:
            return [Word(Kind.WRONG, token, Problem.SENTENCE)]
        token = token.removesuffix("同志") if len(token) > len("张三") else token
        found = self._known.match(token) if self._known else None
        if found and token != found[0] and not self.is_department(token):
            return _joined(Word(Kind.DEPARTMENT, found[0]), self.of(token[found.end() :]))
        for kind, is_it in self._forms:
            if is_it(token):
                return [Word(kind, token)]
        if glued := POST_THEN_NAME.fullmatch(token):
            return [Word(Kind.POST, glued[1]), Word(Kind.NAME, glued[2])]
        return [self._name(token)]

    @property
    def _forms(self) -> tuple[tuple[Kind, Callable[[str], object]], ...]:
        return (Kind.DEPARTMENT, self.is_department), (Kind.REMARK, REMARK.fullmatch), (Kind.POST, POST.fullmatch)

    def _name(self, token: str) -> Word:
        if len(token) == 1 and re.fullmatch(HAN, token):
            return Word(Kind.CHARACTER, token, Problem.SHORT)
        if TITLE.search(token):
            return Word(Kind.WRONG, token, Problem.SENTENCE)
        if NAME.fullmatch(token) or re.fullmatch(LATIN_NAME, token):
            return Word(Kind.NAME, token) if len(token) <= LONGEST_NAME else Word(Kind.WRONG, token, Problem.LONG)
        return Word(Kind.WRONG, token, _reason(token))


def _joined(department: Word, rest: list[Word]) -> list[Word]:
    """执行局综合科 is one department, though 执行局 is known."""
    if rest[0].kind is Kind.DEPARTMENT:
        return [Word(Kind.DEPARTMENT, department.text + rest[0].text), *rest[1:]]
    return [department, *rest]


def _reason(token: str) -> Problem:
    if any(char.isdigit() for char in token):
        return Problem.DIGITS
    return Problem.LONG if re.fullmatch(f"{HAN}+", token) else Problem.STRANGE
