"""A province of any size: invented courts with years of conferences, written in bulk.

For trying how the site works when it is full, and for the benchmarks. Without versions and editions: nobody entered it.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from awards.models import AwardCategory, Commendation, Honour
from conferences.models import Audience, Conference, Figure, Keynote, Measure, PriorityTask, Speech
from courts.hands import hand
from courts.models import Court, Department, Person, User
from courts.pinyin import pinyin_key
from courts.revisions import raise_revisions
from sample.invented.awards import CATEGORIES, CITATION, COURT_HONOUR, DEEDS, DEPARTMENT_HONOUR, PERSON_HONOUR
from sample.invented.many import Chance
from sample.invented.people import COMMON_DEPARTMENTS, SEATS
from sample.invented.themes import THEMES
from sample.loading import PUBLISHER, SUBMITTER

LAST_YEAR = 2025
INTERMEDIATE = 20  # of these courts one is an intermediate one, the first of all the high court
PEOPLE, PLEDGES = 60, 7
# Winners of each conference, category by category as in CATEGORIES: 60.
WINNERS = (4, 18, 8, 4, 2, 10, 12, 2)
FIGURES = (
    *(("办案", "受理各类案件", "件"), ("办案", "审执结", "件"), ("办案", "年末未结", "件"), ("办案", "结案率", "%")),
    *(("办案", "法官人均结案", "件"), ("质效", "审限内结案率", "%"), ("质效", "服判息诉率", "%")),
    *(("质效", "改判发回率", "%"), ("质效", "平均结案天数", "天"), ("执行", "执行到位金额", "万元")),
    *(("执行", "执行完毕率", "%"), ("诉前", "诉前化解纠纷", "件")),
)


def make_province(*, courts: int, years: int, seed: int) -> Iterator[Court]:
    """Makes the courts one by one, each whole or not at all, and yields each."""
    chance = Chance(seed)
    hands = (hand(*SUBMITTER), hand(*PUBLISHER))
    places, above, high = chance.places(), None, None
    for number in range(courts):
        fields = _court(next(places), number)
        with transaction.atomic():
            court = Court.objects.create(parent=high if number % INTERMEDIATE == 0 else above, **fields)
            _Filling(court, chance, hands).fill(range(LAST_YEAR - years + 1, LAST_YEAR + 1))
            raise_revisions([court.pk], "default")
        high = high or court
        above = court if number % INTERMEDIATE == 0 else above
        yield court


def _court(place: str, number: int) -> dict[str, Any]:
    if number == 0:
        level, name, short = Court.Level.HIGH, f"{place}省高级人民法院", f"{place}高院"
    elif number % INTERMEDIATE == 0:
        level, name, short = Court.Level.INTERMEDIATE, f"{place}市中级人民法院", f"{place}中院"
    else:
        level, name, short = Court.Level.BASIC, f"{place}{'区县'[number % 2]}人民法院", f"{place}法院"
    return {
        "name": name,
        "short_name": short,
        "slug": f"invented-{number:03}",
        "level": level,
        "document_prefix": f"{place[0]}法",
        "is_invented": True,
    }


class _Filling:
    """Fills one court: its register, then all its conferences."""

    def __init__(self, court: Court, chance: Chance, hands: tuple[User, User]) -> None:
        self.court, self.chance, self.hands = court, chance, hands
        self.random = chance.random

    def fill(self, years: range) -> None:
        self.departments = _put(
            Department(court=self.court, name=name, kind=kind, order=order)
            for order, (name, kind) in enumerate(COMMON_DEPARTMENTS, start=1)
        )
        self.by_name = {one.name: one for one in self.departments}
        self.people = _put(self._people())
        self.keys = {person.pk: pinyin_key(person.name) for person in self.people}
        self.categories = _put(
            AwardCategory(court=self.court, order=order, **row) for order, row in enumerate(CATEGORIES, start=1)
        )
        for conference in _put(self._conference(year) for year in years):
            self._fill_conference(conference)

    def _people(self) -> Iterator[Person]:
        seats = [seat for seat in SEATS if seat[0] in self.by_name]
        for number in range(PEOPLE):
            department, post, category = seats[number % len(seats)]
            person = Person(
                court=self.court,
                name=self.chance.name(),
                department=self.by_name[department],
                post=post,
                staff_category=category,
            )
            person.fill_keys()
            yield person

    def _conference(self, year: int) -> Conference:
        day = datetime.date(year + 1, 1, 10) + datetime.timedelta(days=self.random.randrange(40))
        at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(18)))
        theme = self.random.choice(THEMES)
        return Conference(
            court=self.court,
            title=f"{self.court.short_name}{year}年度工作总结暨表彰大会",
            year_reviewed=year,
            year_planned=year + 1,
            starts_on=day,
            venue="审判楼三楼会议厅",
            theme=self.random.choice(theme.headings),
            summary=f"总结{year}年工作，表彰先进，部署{year + 1}年六项重点工作。",
            audience=Audience.PUBLIC if self.random.randrange(5) else Audience.STAFF,
            submitted_at=at,
            submitted_by=self.hands[0],
            published_at=at,
            published_by=self.hands[1],
        )

    def _fill_conference(self, conference: Conference) -> None:
        headings = [self.random.choice(theme.headings) for theme in THEMES]
        steps = [self.chance.steps(theme) for theme in THEMES]
        known = self._known(conference.year_reviewed)
        openings = [theme.opening.format(**known) for theme in THEMES]
        speeches = _put(self._speeches(conference, known, headings, steps))
        tasks = _put(
            PriorityTask(conference=conference, speech=speeches[0], order=order, heading=heading, text=text)
            for order, (heading, text) in enumerate(zip(headings, openings, strict=True), start=1)
        )
        _put(
            Measure(task=task, order=order, text=step.text, target=step.target, lead=self.by_name.get(step.lead))
            for task, taken in zip(tasks, steps, strict=True)
            for order, step in enumerate(taken, start=1)
        )
        _put(self._figures(conference))
        _put(self._honours(conference))
        _put([Keynote(conference=conference, kind=Keynote.Kind.CAMPAIGN, text=f"{headings[0][:12]}年")])
        _put(self._commendations(conference))

    def _known(self, year: int) -> dict[str, object]:
        received = self.random.randrange(3000, 12000)
        return {
            "court": self.court.short_name,
            "place": self.court.name.removesuffix("人民法院"),
            "year": year,
            "next": year + 1,
            "received": received,
            "closed": received * 95 // 100,
            "disputes": received // 4,
        }

    def _speeches(
        self, conference: Conference, known: dict[str, object], headings: list[str], steps: list[Any]
    ) -> Iterator[Speech]:
        """The report, the address of a guest, one of the honoured, and what departments promise: ten."""
        kind, (president, honoured) = Speech.Kind, (self.people[0], self.random.choice(self.people))
        others = self.random.sample(self.departments, PLEDGES)
        rows: list[dict[str, Any]] = [
            {"kind": kind.REPORT, "title": f"{known['year']}年工作报告", "person": president},
            {"kind": kind.ADDRESS, "title": "领导讲话", "name": self.chance.name(), "post": "市委常委、政法委书记"},
            {"kind": kind.TYPICAL, "title": "先进代表发言", "person": honoured},
            *({"kind": kind.PLEDGE, "department": department} for department in others),
        ]
        texts = [
            self.chance.report(known, headings, steps),
            self.chance.address(known),
            self.chance.typical(known),
            *(self.chance.pledge(one.name, self.random.choice(self.departments).name, headings) for one in others),
        ]
        for order, (row, text) in enumerate(zip(rows, texts, strict=True), start=1):
            speech = Speech(conference=conference, order=order, text=text, **row)
            speech.take_snapshot()
            yield speech

    def _figures(self, conference: Conference) -> Iterator[Figure]:
        for order, (group, label, unit) in enumerate(FIGURES, start=1):
            is_rate = unit == "%"
            yield Figure(
                conference=conference,
                order=order,
                group=group,
                label=label,
                unit=unit,
                value=Decimal(self.random.randrange(8000, 9999)) / 100 if is_rate else self.random.randrange(40, 12000),
                change=Decimal(self.random.randrange(1, 300)) / 10,
                change_direction=self.random.choice([Figure.Direction.UP, Figure.Direction.DOWN]),
                change_unit=Figure.ChangeUnit.POINTS if is_rate else Figure.ChangeUnit.PERCENT,
            )

    def _honours(self, conference: Conference) -> Iterator[Honour]:
        person, department = self.random.choice(self.people), self.random.choice(self.departments)
        rows: list[dict[str, Any]] = [
            COURT_HONOUR,
            DEPARTMENT_HONOUR | {"recipient_name": department.name, "department": department},
            PERSON_HONOUR | {"recipient_name": person.name, "person": person},
        ]
        for order, row in enumerate(rows, start=1):
            yield Honour(court=self.court, conference=conference, year=conference.year_reviewed, order=order, **row)

    def _commendations(self, conference: Conference) -> Iterator[Commendation]:
        """Sixty winners: departments for the collectives, people for the rest, nobody twice in one category."""
        known: dict[str, Any] = {"announced_at": conference.published_at, "announced_by": conference.published_by}
        order = 0
        for category, count in zip(self.categories, WINNERS, strict=True):
            among: list[Any] = self.departments if category.is_collective else self.people
            for winner in self.random.sample(among, count):
                order += 1
                yield self._commendation(winner, conference=conference, category=category, order=order, **known)

    def _commendation(self, winner: Any, **given: Any) -> Commendation:
        own: dict[str, Any] = {}
        if isinstance(winner, Department):
            own = {"department": winner}
        elif given["category"].recipient_kind == AwardCategory.RecipientKind.FAMILY:
            own = {"name": f"{winner.name}家庭"}
        if own:
            won = Commendation(**own, **given)
            won.prepare()
            return won
        return Commendation(
            person=winner,
            name=winner.name,
            department=winner.department,
            department_name=winner.department.name,
            post=winner.post,
            deeds=self.random.choice(DEEDS),
            citation=CITATION.format(year=given["conference"].year_reviewed, award=given["category"].name),
            stroke_key=winner.stroke_key,  # of the same name: computing it a hundred thousand times takes long
            pinyin_key=self.keys[winner.pk],
            **given,
        )


def _put(rows: Any) -> list[Any]:
    """Writes the rows with one statement."""
    made = list(rows)
    model: type[models.Model] = type(made[0])
    return model._base_manager.bulk_create(made)
