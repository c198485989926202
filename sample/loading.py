"""Makes rows of sample data: all or nothing, and never over what is there already."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from awards.models import AwardCategory, AwardGiven, Commendation, Decision, Honour, Nomination, Quota, Selection
from conferences.indicators import fill_indicators
from conferences.models import (
    AgendaItem,
    Attachment,
    Conference,
    Figure,
    Indicator,
    Keynote,
    Measure,
    MeasureHelper,
    Participant,
    PriorityTask,
    Speech,
)
from courts.hands import hand
from courts.models import Court, Department, Person, User
from sample.records import ConferenceData, CourtData, Row, SelectionData

# Whoever stands behind the sample's publications: nobody can sign in as one of them.
SUBMITTER, PUBLISHER = ("sample-submitter", "样例录入"), ("sample-publisher", "样例审核")

Links = dict[str, Mapping[str, models.Model]]


@transaction.atomic
def load(courts: Iterable[CourtData]) -> list[Court]:
    """Makes every court that is not there yet, with all its record; returns those made.

    A court that is there is left as it is, whoever entered it: a second run changes nothing, and what a clerk
    changed, added or deleted since stays so.
    """
    missing = [data for data in courts if not _is_there(data.fields)]
    if not missing:
        return []
    hands = (hand(*SUBMITTER), hand(*PUBLISHER))
    indicators = _indicators()
    return [_load_court(data, indicators, hands) for data in missing]


def _is_there(fields: Row) -> bool:
    same = Q(name=fields["name"]) | Q(slug=fields["slug"])
    if code := fields.get("code"):
        same |= Q(code=code)
    return Court.objects.filter(same).exists()


def _indicators() -> dict[str, Indicator]:
    fill_indicators()
    return by("name", Indicator.objects.order_by("valid_from"))


def _load_court(data: CourtData, indicators: Mapping[str, Indicator], hands: tuple[User, User]) -> Court:
    court = Court.objects.create(parent=Court.objects.filter(name=data.superior).first(), **data.fields)
    departments = by("name", _put(Department, _numbered(data.departments, court=court)))
    links: Links = {"department": departments, "lead": departments, "indicator": indicators}
    people = by("name", _put(Person, _linked(_each(data.people, court=court), links), Person.fill_keys))
    links |= {"person": people, "responsible": people}
    links["category"] = by("name", _put(AwardCategory, _numbered(data.categories, court=court)))
    for conference in data.conferences:
        _load_conference(conference, court, links, hands)
    for selection in data.selections:
        _load_selection(selection, court, links, hands[0])
    return court


def _load_selection(data: SelectionData, court: Court, links: Links, nominator: User) -> None:
    selection = Selection.objects.create(court=court, **data.fields)
    _put(Quota, _linked(_numbered(data.quotas, selection=selection), links))
    handed_in = {"selection": selection, "nominated_at": timezone.now(), "nominated_by": nominator}
    links = links | {"by_department": links["department"]}
    _put(Nomination, _linked(_each(data.nominations, **handed_in), links), Nomination.take_snapshot)


def _load_conference(data: ConferenceData, court: Court, links: Links, hands: tuple[User, User]) -> None:
    steps = _steps(data, hands)
    conference = Conference.objects.create(court=court, changed_by=hands[0], **data.fields, **steps)

    def rows(given: Iterable[Row], **more: Any) -> list[Row]:
        return _linked(_numbered(given, conference=conference, **more), links)

    speeches = _put(Speech, rows(data.speeches.values()), Speech.take_snapshot)
    decisions = _put(Decision, _each(data.decisions.values(), conference=conference, court=court))
    links = links | {
        "speech": dict(zip(data.speeches, speeches, strict=True)),
        "decision": dict(zip(data.decisions, decisions, strict=True)),
    }
    _put(Participant, rows(data.participants), Participant.take_snapshot)
    _put(Keynote, rows(data.keynotes))
    _put(AgendaItem, rows(data.agenda), AgendaItem.take_snapshot)
    opened = {"rank_opened_at": steps.get("published_at"), "rank_opened_by": steps.get("published_by")}
    _put(Figure, rows(row | opened if data.ranks_open and "rank" in row else row for row in data.figures))
    _put(Honour, rows(data.honours, court=court))
    _put(AwardGiven, rows(data.awards_given))
    announced = {"announced_at": steps.get("published_at"), "announced_by": steps.get("published_by")}
    _put(Commendation, rows(data.commendations, **announced), Commendation.prepare)
    _put(Attachment, rows(data.attachments), Attachment.describe_file)
    _load_tasks(data.tasks, rows, links)


def _load_tasks(tasks: list[Row], rows: Callable[[list[Row]], list[Row]], links: Links) -> None:
    made = _put(PriorityTask, rows([_without(task, "measures") for task in tasks]))
    measures = [
        row
        for task, data in zip(made, tasks, strict=True)
        for row in _linked(_numbered(data["measures"], task=task), links)
    ]
    made_measures = _put(Measure, [_without(row, "helpers") for row in measures])
    _put(
        MeasureHelper,
        [
            {"measure": measure, "department": links["department"][name]}
            for measure, row in zip(made_measures, measures, strict=True)
            for name in row.get("helpers", ())
        ],
    )


def _steps(data: ConferenceData, hands: tuple[User, User]) -> Row:
    """Who submitted and who published it, and when: on the evening of the day, or now if that is still to come."""
    day = data.fields["starts_on"]
    evening = timezone.make_aware(datetime.datetime.combine(day, datetime.time(18)))
    at = min(evening, timezone.now())
    submitted = {"submitted_at": at, "submitted_by": hands[0]}
    published = {"published_at": at, "published_by": hands[1]}
    return {
        Conference.State.DRAFT: {},
        Conference.State.SUBMITTED: submitted,
        Conference.State.PUBLISHED: submitted | published,
    }[data.state]


def by(name: str, rows: Iterable[Any]) -> dict[str, Any]:
    """The rows under one of their fields."""
    return {getattr(row, name): row for row in rows}


def _put(model: Any, rows: Iterable[Row], prepare: Callable[[Any], None] | None = None) -> list[Any]:
    """Makes the rows with one statement; `prepare` does for each what saving it alone would have done."""
    made = [model(**row) for row in rows]
    for row in made:
        if prepare:
            prepare(row)
    return model.objects.bulk_create(made)


def _each(rows: Iterable[Row], **more: Any) -> list[Row]:
    return [{**row, **more} for row in rows]


def _numbered(rows: Iterable[Row], **more: Any) -> list[Row]:
    return [{"order": order, **row, **more} for order, row in enumerate(rows, start=1)]


def _linked(rows: Iterable[Row], links: Links) -> list[Row]:
    """The rows with the linked row in the place of each name; an unknown name raises KeyError."""
    return [{name: links[name][value] if name in links else value for name, value in row.items()} for row in rows]


def _without(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}
