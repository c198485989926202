"""What is searched: for each kind of thing which rows a reader may find, in which order, and how one is shown.

Who may see a row is said by `visible_to` of its model alone; counts and passages are made from the same rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from awards.models import Commendation, Honour
from conferences.contents import blocks
from conferences.models import Conference, Figure, Measure, PriorityTask, Speech
from config.search.passages import best_of, marked, passage
from courts.anchors import anchor_of
from courts.models import Person

# Of the conference of a row only its address and its title are shown.
LONG_TEXTS = ("summary", "attendance", "theme", "return_reason")


class Hit(NamedTuple):
    """One result. `about`: to what it belongs; `mark`: that it is not open to everyone who may read the page."""

    address: str
    title: SafeString
    about: list[str]
    passage: SafeString
    mark: Any = ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`way`: from a row to its conference; `hit`: shows a row for some words."""

    name: str
    model: Any
    hit: Callable[[Any, list[str]], Hit]
    related: tuple[str, ...] = ("conference__court",)
    way: str = "conference__"
    order: tuple[str, ...] = ("-conference__year_reviewed", "-conference_id", "order", "id")

    @property
    def label(self) -> Any:
        return self.model._meta.verbose_name_plural

    def rows(self, user: Any) -> Any:
        return self.model.objects.visible_to(user)

    def found(self, user: Any, text: str, chosen: dict[str, Any]) -> QuerySet:
        """The rows with every word, of the court, year and kind of conference chosen."""
        return self.holding(self.rows(user).filter(**self.choice(chosen)), text)

    def holding(self, rows: Any, text: str) -> QuerySet:
        return rows.containing(text)

    def choice(self, chosen: dict[str, Any]) -> dict[str, Any]:
        names = {"court": "court__slug", "year": "year_reviewed", "kind": "kind"}
        return {f"{self.way}{names[name]}": value for name, value in chosen.items() if name in names}

    def keys(self, rows: QuerySet, most: int | None = None) -> list[int]:
        """The primary keys of the rows, or of so many of them, whichever they are, in order.

        Sorted here: told to find the newest, a database would look through the rows one by one.
        """
        backwards = [name.startswith("-") for name in self.order]
        found = rows.order_by().values_list(*(name.lstrip("-") for name in self.order))[:most]
        in_order = sorted([-part if back else part for part, back in zip(row, backwards, strict=True)] for row in found)
        return [abs(row[-1]) for row in in_order]

    def of_conferences(self, rows: QuerySet, conferences: list[int]) -> QuerySet:
        """Those of the rows that belong to these conferences."""
        way = f"{self.way.removesuffix('__')}_id" if self.way else "pk"
        return rows.filter(**{f"{way}__in": conferences})

    def hits(self, keys: list[int], words: list[str]) -> list[Hit]:
        """The rows of these keys as they are shown. One query."""
        deferred = [f"{self.way}{name}" for name in LONG_TEXTS] if self.way else []
        rows = self.model.objects.select_related(*self.related).defer(*deferred).in_bulk(keys)
        return [self.hit(rows[key], words) for key in keys]


class PeopleKind(Kind):
    """The register belongs to a court and to no conference: where a year or a kind of one is chosen, it is left out."""

    def found(self, user: Any, text: str, chosen: dict[str, Any]) -> QuerySet:
        return super().found(user, text, chosen) if chosen.keys() <= {"court"} else self.model.objects.none()

    def of_conferences(self, rows: QuerySet, conferences: list[int]) -> QuerySet:
        return rows


class CommendationKind(Kind):
    """A roll only says how many awards were revoked or are not listed, not whose: the search is silent about them."""

    def rows(self, user: Any) -> Any:
        return super().rows(user).valid().of_named_people()


@dataclass(frozen=True, kw_only=True)
class NamingKind(Kind):
    """Rows that name someone who may be left off, in the column `name_in`."""

    name_in: str
    related: tuple[str, ...] = ("conference__court", "person")

    def holding(self, rows: Any, text: str) -> QuerySet:
        return rows.containing_beside(self.name_in, text)


def _of(conference: Conference) -> list[str]:
    court = conference.court.short_name
    return [conference.title] if conference.title.startswith(court) else [court, conference.title]


def _at(conference: Conference, row: Any) -> str:
    return f"{conference.get_absolute_url()}#{anchor_of(row)}"


def _state(conference: Conference) -> Any:
    return "" if conference.is_published else conference.state.label


def _is_left_off(row: Any) -> bool:
    return row.person is not None and row.person.left_off_since is not None


def _conference(row: Conference, words: list[str]) -> Hit:
    texts = f"{row.theme}\n{row.summary}\n{row.venue}\n{row.attendance}"
    about = [row.court.short_name, row.get_kind_display()]
    return Hit(row.get_absolute_url(), marked(row.title, words), about, passage(texts, words), _state(row))


def _speech(row: Speech, words: list[str]) -> Hit:
    """Leads to the paragraph with the most words."""
    if _is_left_off(row):
        row.leave_off()
    name = " ".join(filter(None, [row.speaker, row.post, row.title or row.get_kind_display()]))
    parts = blocks(row.text)
    lines = [part.heading + part.text for part in parts]
    best = best_of(lines, words)
    address, text = row.get_absolute_url(), row.summary
    if best is not None:
        address, text = f"{address}#{parts[best].anchor}", lines[best]
    state = _state(row.conference)
    return Hit(address, marked(name, words), _of(row.conference), passage(text, words), state)


def _task(row: PriorityTask, words: list[str]) -> Hit:
    state = _state(row.conference)
    address = _at(row.conference, row)
    return Hit(address, marked(row.heading, words), _of(row.conference), passage(row.text, words), state)


def _measure(row: Measure, words: list[str]) -> Hit:
    conference = row.task.conference
    about = [*_of(conference), row.task.heading]
    return Hit(_at(conference, row), marked(row.text, words), about, passage(row.target, words), _state(conference))


def _figure(row: Figure, words: list[str]) -> Hit:
    said = " ".join(filter(None, [row.label, f"{row.value_as_said}{row.unit if row.value_as_said else ''}"]))
    about = [*_of(row.conference), *filter(None, [row.group])]
    title, more = marked(said, words), marked(row.change_as_said, words)
    return Hit(_at(row.conference, row), title, about, more, _state(row.conference))


def _commendation(row: Commendation, words: list[str]) -> Hit:
    department = row.department_name if row.name else ""
    title = marked(" ".join(filter(None, [row.recipient, department])), words)
    state = _state(row.conference) or ("" if row.is_known else gettext("not announced"))
    return Hit(_at(row.conference, row), title, _of(row.conference), marked(row.category.name, words), state)


def _honour(row: Honour, words: list[str]) -> Hit:
    recipient = "" if _is_left_off(row) else row.recipient_name
    said = "，".join(filter(None, [recipient, row.quantity, row.bodies, row.document, row.note]))
    conference: Any = row.conference
    state = _state(conference)
    return Hit(_at(conference, row), marked(row.title, words), _of(conference), marked(said, words), state)


def _person(row: Person, words: list[str]) -> Hit:
    """Leads to the person's page in the register of honours."""
    address = reverse("honours:person", kwargs={"pk": row.pk})
    about = [row.court.short_name, *filter(None, [row.organisation or (row.department and row.department.name)])]
    mark = "" if row.is_active else gettext("no longer in service")
    return Hit(address, marked(row.name, words), about, marked(row.post, words), mark)


# Names come first: whoever types one wants the person.
KINDS = {
    kind.name: kind
    for kind in (
        PeopleKind(
            name="people",
            model=Person,
            way="",
            order=("stroke_key", "id"),
            related=("court", "department"),
            hit=_person,
        ),
        CommendationKind(
            name="commendations",
            model=Commendation,
            related=("conference__court", "category"),
            hit=_commendation,
        ),
        NamingKind(name="honours", model=Honour, hit=_honour, name_in="recipient_name"),
        Kind(
            name="conferences",
            model=Conference,
            way="",
            order=("-year_reviewed", "-id"),
            related=("court",),
            hit=_conference,
        ),
        NamingKind(name="speeches", model=Speech, hit=_speech, name_in="name"),
        Kind(name="tasks", model=PriorityTask, hit=_task),
        Kind(
            name="measures",
            model=Measure,
            way="task__conference__",
            order=("-task__conference__year_reviewed", "-task__conference_id", "task__order", "task_id", "order", "id"),
            related=("task__conference__court",),
            hit=_measure,
        ),
        Kind(name="figures", model=Figure, related=("conference__court", "indicator"), hit=_figure),
    )
}
