"""A sentence of a list of winners: who of its words belongs to whom."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

from intake.name_words import COMPOUND, Kind, Problem, Word

LONGEST_SPACED = 4  # characters of one name that was spaced out
LONGEST_TITLE = 20  # characters of the name of an award


@dataclass(frozen=True)
class Line:
    """One piece of the text. `number`: of its line, from 1; a heading names nobody and is nothing to complain about."""

    number: int
    raw: str
    name: str = ""
    department: str = ""
    post: str = ""
    problem: Problem | None = None
    is_heading: bool = False


class Given(NamedTuple):
    """What is known of everyone in a text from elsewhere: the heading above it, the other cells of its row."""

    department: str = ""
    post: str = ""


class Item(NamedTuple):
    """A word with its place: where it begins in the line, and in which piece between two separators."""

    word: Word
    start: int
    piece: int
    in_brackets: bool = False

    @property
    def kind(self) -> Kind:
        return self.word.kind

    @property
    def text(self) -> str:
        return self.word.text


@dataclass
class _Person:
    first: int
    last: int
    name: str = ""
    department: str = ""
    posts: list[str] = field(default_factory=list)
    problem: Problem | None = None


class Segment:
    """The words of one sentence, gathered one by one."""

    def __init__(self, number: int, line: str, start: int = 0) -> None:
        self.number, self._line = number, line
        self._bounds = [start]
        self._items: list[Item] = []

    def add(self, word: Word, start: int, *, in_brackets: bool = False) -> None:
        self._items.append(Item(word, start, len(self._bounds) - 1, in_brackets))

    def end_piece(self, end: int) -> None:
        self._bounds.append(end)

    def _raw(self, first: int, last: int) -> str:
        return self._line[self._bounds[first] : self._bounds[last + 1]].strip(" \t\u3000、，,;；|｜/／")

    def lines(self, given: Given) -> Iterator[Line]:
        """The people of the sentence; where it names nobody, one line that says why or what it is the heading of."""
        last = len(self._bounds) - 2
        whole = self._raw(0, last)
        if not whole:
            return
        items, given = _without_colon(self._items, given)
        items = _with_leaders(_without_title(_joined(items)))
        names = sum(item.kind is Kind.NAME for item in items)
        wrong = [item for item in items if item.kind in {Kind.WRONG, Kind.CHARACTER}]
        if names > len(wrong):
            yield from self._people(items, given, last)
        elif {item.kind for item in items} == {Kind.DEPARTMENT}:
            yield Line(self.number, whole, department=items[-1].text, is_heading=True)
        elif _is_title(self._items):
            yield Line(self.number, whole, is_heading=True)
        elif len(wrong) > 1:
            yield Line(self.number, whole, problem=Problem.SENTENCE)
        else:
            yield Line(self.number, whole, problem=wrong[0].word.problem if wrong else Problem.NOBODY)

    def _people(self, items: list[Item], given: Given, last: int) -> Iterator[Line]:
        people = _people(items, given)
        people[0].first = 0
        for person, following in pairwise(people):
            person.last = max(person.last, following.first - 1)
        people[-1].last = last
        for person in people:
            raw = self._raw(person.first, person.last)
            yield Line(self.number, raw, person.name, person.department, "、".join(person.posts), person.problem)


def _people(items: list[Item], given: Given) -> list[_Person]:
    """Departments and posts that come before the first name belong to what follows, else to what they follow."""
    first_name = next(place for place, item in enumerate(items) if item.kind is Kind.NAME)
    before = {item.kind for item in items[:first_name]}
    department, posts = given.department, [given.post] if given.post else []
    found: list[_Person] = []
    for item in items:
        if item.kind in {Kind.NAME, Kind.WRONG, Kind.CHARACTER}:
            problem = item.word.problem
            name = "" if problem else item.text
            found.append(_Person(item.piece, item.piece, name, department, posts, problem))
            posts = [given.post] if given.post else []
        elif item.kind is Kind.DEPARTMENT and (Kind.DEPARTMENT not in before or item.in_brackets) and found:
            found[-1].department = item.text
        elif item.kind is Kind.DEPARTMENT:
            department = f"{department}（{item.text}）" if item.in_brackets and not found else item.text
        elif item.kind is Kind.POST and (Kind.POST not in before or item.in_brackets) and found:
            found[-1].posts = [*found[-1].posts, item.text]
        elif item.kind is Kind.POST:
            posts = [*posts, item.text]
    return found


def _without_colon(items: list[Item], given: Given) -> tuple[list[Item], Given]:
    """What stands before a colon, with people behind it, is the department of all, known or not, or their post."""
    place = next((place for place, item in enumerate(items) if item.kind is Kind.COLON), None)
    if place is None:
        return items, given
    head, rest = items[:place], [item for item in items[place:] if item.kind is not Kind.COLON]
    if any(item.kind in {Kind.NAME, Kind.CHARACTER} for item in rest):
        posts = [item.text for item in head if item.kind is Kind.POST]
        given = given._replace(post="、".join(posts) or given.post)
        head = [_as_department(item) for item in head if item.kind is not Kind.POST]
    return [*head, *rest], given


def _as_department(item: Item) -> Item:
    return item._replace(word=Word(Kind.DEPARTMENT, item.text)) if item.kind is Kind.NAME else item


def _without_title(items: list[Item]) -> list[Item]:
    """Without the name of the award where people follow it in the same piece: 先进个人（30名）：张三."""
    first = next((place for place, item in enumerate(items) if item.kind is Kind.NAME), 0)
    before = [item for item in items[:first] if item.piece == items[first].piece]
    if not any(item.word.problem is Problem.SENTENCE for item in before):
        return items
    return [item for place, item in enumerate(items) if place >= first or item.kind is not Kind.WRONG]


def _with_leaders(items: list[Item]) -> list[Item]:
    """党组成员、政治部主任 is one post: behind a post, a department and what is written to it are a post again."""
    found: list[Item] = []
    for item in items:
        post, department = found[-2:-1], found[-1:]
        is_theirs = item.kind is Kind.POST and [one.kind for one in (*post, *department)] == [
            Kind.POST,
            Kind.DEPARTMENT,
        ]
        if is_theirs and department[0].start == item.start and post[0].piece != item.piece:
            found[-1] = item._replace(word=Word(Kind.POST, department[0].text + item.text))
        else:
            found.append(item)
    return found


def _is_title(items: list[Item]) -> bool:
    """The name of an award in a line of its own, with or without the number of its winners."""
    said = [item for item in items if not item.in_brackets and item.kind is not Kind.COLON]
    return len(said) == 1 and said[0].word.problem is Problem.SENTENCE and len(said[0].text) <= LONGEST_TITLE


def _joined(items: list[Item]) -> list[Item]:
    """Characters that stand alone become names again: 张　三."""
    found: list[Item] = []
    for (is_alone, _piece), group in groupby(items, key=lambda item: (item.kind is Kind.CHARACTER, item.piece)):
        run = list(group)
        before = found[-1] if found else None
        if is_alone and len(run) == 1 and before and COMPOUND.fullmatch(before.text) and before.piece == run[0].piece:
            found[-1] = before._replace(word=Word(Kind.NAME, before.text + run[0].text))
        else:
            found += _names_of(run) if is_alone else run
    return found


def _names_of(run: list[Item]) -> list[Item]:
    groups = _by_gaps(run)
    if not groups or any(len(group) == 1 or len(group) > LONGEST_SPACED for group in groups):
        groups = [run[place : place + 2] for place in range(0, len(run), 2)] if len(run) % 2 == 0 else []
    if not groups:
        problem = Problem.SHORT if len(run) == 1 else Problem.UNCLEAR
        text = "".join(item.text for item in run)
        return [run[0]._replace(word=Word(Kind.WRONG, text, problem))]
    return [group[0]._replace(word=Word(Kind.NAME, "".join(item.text for item in group))) for group in groups]


def _by_gaps(run: list[Item]) -> list[list[Item]]:
    """Parts at the wider gaps; where all gaps are alike, pairs, and three characters are one name."""
    gaps = [after.start - before.start for before, after in pairwise(run)]
    if len(set(gaps)) <= 1:
        return [run] if len(run) == len("张三丰") else []
    parts = [[run[0]]]
    for gap, item in zip(gaps, run[1:], strict=True):
        if gap > min(gaps):
            parts.append([])
        parts[-1].append(item)
    return parts
