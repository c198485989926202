"""Courts, names and speeches in any number, put together by chance from the building blocks; one seed, one province."""

import random
from collections.abc import Iterator
from itertools import product

from sample.invented.guests import (
    ADDRESS_CLOSINGS,
    ADDRESS_OPENINGS,
    ADDRESS_POINTS,
    TYPICAL_CLOSINGS,
    TYPICAL_OPENINGS,
    TYPICAL_STORIES,
)
from sample.invented.prose import AIMS, CLOSINGS, DEEDS, OPENINGS, PROBLEMS, REVIEWS
from sample.invented.themes import THEMES, Step, Theme

NUMERALS = "一二三四五六七八九十"
FIRST = "青澜霜鹭云松柏栖梅竹溪岚清望临安平永和兴"
SECOND = "屿江溪汀岫川泉阳宁陵原桥浦湾洲林岭潭塘城"
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
COMPOUND = ("欧阳", "司马", "上官", "尉迟", "慕容", "令狐")
GIVEN = (
    "明华国建文军志伟强磊洋勇艳杰娟涛超秀霞平刚桂英玉兰红梅辉玲芳燕静丽敏婷雪慧琳佳怡欣宇晨浩然子轩梓涵思远知行若"
    "清云海天鹏飞龙凤春秋冬晓东南西北山川河湖松柏竹兰菊德才仁义礼智信诚忠孝和顺安康宁福禄寿喜乐泽润沐景星辰月光"
)
RARE = ("𬴂", "䶮", "㛃", "喆", "犇", "骉", "堃", "淼")
BY_SOUND = ("阿依古丽·买买提", "阿卜杜热合曼·吐尔逊", "扎西顿珠", "乌云其其格")
PLEDGES = (
    "把任务分到人、排到周，{month}月前交出第一份成绩单。",
    "新收案件当月分清繁简，简单的快办，复杂的办细，长期未结的一件一件销号。",
    "庭里每周碰一次头，卡在哪里说在哪里，能当天解决的不过夜。",
    "对照{heading}的要求补短板，差什么补什么，不等不靠。",
    "年轻干警跟着老法官办十件难案，年底讲给全庭听。",
    "文书上网前再看一遍，送达之后再问一遍，让当事人少跑一趟。",
    "与{other}把衔接的环节写成一张清单，谁签收、谁催办，写清楚。",
)


class Chance:
    """Everything that is left to chance; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - nothing secret is made of it

    def places(self) -> Iterator[str]:
        """Names of cities, districts and counties, each once."""
        names = [first + second for first, second in product(FIRST, SECOND)]
        self.random.shuffle(names)
        yield from names

    def name(self) -> str:
        """Of a person: three characters mostly, now and then a rare one or a name written by sound."""
        choice, among_hundred = self.random.choice, self.random.randrange(100)
        if among_hundred == 0:
            return choice(BY_SOUND)
        surname = choice(COMPOUND) if among_hundred == 1 else choice(SURNAMES)
        given = choice(RARE) if among_hundred == 2 else choice(GIVEN)  # noqa: PLR2004 - one in a hundred
        return surname + given + (choice(GIVEN) if among_hundred < 80 else "")  # noqa: PLR2004 - four in five

    def steps(self, theme: Theme) -> list[Step]:
        """Three measures of a theme."""
        return self.random.sample(theme.steps, 3)

    def report(self, known: dict[str, object], headings: list[str], steps: list[list[Step]]) -> str:
        """A work report, with the headings of the tasks that it sets and their measures."""
        choice = self.random.choice
        paragraphs = [choice(OPENINGS).format(**known), f"一、{known['year']}年工作回顾"]
        for number, reviews in enumerate(REVIEWS):
            counts = {name: self.random.randrange(5, 180) for name in "abc"}
            paragraphs += [
                f"（{NUMERALS[number]}）{choice(THEMES[number].headings)}",
                choice(reviews).format(**known, **counts),
            ]
        paragraphs += ["二、存在的问题", choice(PROBLEMS).format(**known), f"三、{known['next']}年重点工作"]
        paragraphs.append(choice(AIMS).format(**known))
        for number, (theme, heading) in enumerate(zip(THEMES, headings, strict=True)):
            paragraphs += [f"（{NUMERALS[number]}）{heading}", theme.opening.format(**known)]
            paragraphs += [f"{NUMERALS[at]}是{step.text}。{step.said}" for at, step in enumerate(steps[number])]
        return "\n".join([*paragraphs, "四、狠抓落实", choice(DEEDS), choice(CLOSINGS).format(**known)])

    def address(self, known: dict[str, object]) -> str:
        points = self.random.sample(ADDRESS_POINTS, 4)
        paragraphs = [self.random.choice(ADDRESS_OPENINGS).format(**known)]
        for order, (title, text) in enumerate(points):
            paragraphs += [f"{NUMERALS[order]}、{title}", text.format(**known)]
        return "\n".join([*paragraphs, self.random.choice(ADDRESS_CLOSINGS).format(**known)])

    def typical(self, known: dict[str, object]) -> str:
        stories = self.random.sample(TYPICAL_STORIES, 3)
        opening, closing = self.random.choice(TYPICAL_OPENINGS), self.random.choice(TYPICAL_CLOSINGS)
        return "\n".join([opening.format(**known), *stories, closing.format(**known)])

    def pledge(self, department: str, other: str, headings: list[str]) -> str:
        """What a department promises, in four sentences."""
        said = self.random.sample(PLEDGES, 4)
        left_open = {"month": self.random.randrange(3, 10), "heading": self.random.choice(headings), "other": other}
        sentences = [f"{NUMERALS[order]}是{sentence.format(**left_open)}" for order, sentence in enumerate(said)]
        return "\n".join([f"{department}表态如下：", *sentences, "请院党组和全体同志监督。"])
