"""What each page shows, loaded in a fixed number of queries.

`find_…` asks whether the reader may see it at all and answers 404 otherwise, in one query; only then `…_page` loads.
"""

import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from conferences.contents import blocks, contents, minutes, top_headings
from conferences.derived import beside
from conferences.follow_up.promised import promised
from conferences.models import Audience, Conference, Figure, Indicator, Speech
from conferences.priorities import task_lists
from conferences.programme import programme
from conferences.roll import honour_roll
from courts.access import reads_as_staff, sees_everything_of
from courts.anchors import anchor_of
from courts.compiled import Compiled, columns, instance
from courts.left_off import left_off
from courts.models import Court

MOST_HEADINGS = 8  # of a speech, on the page of its conference
LONGEST_NUMBER = 5  # longer words are set smaller than a number
ABOUT_INDICATOR = ("id", "name", "unit", "direction")


class Series(NamedTuple):
    """A conference between the one before and the one after of its kind; `year_before`: of its series, a year ago."""

    conference: Conference
    previous: Conference | None
    next: Conference | None
    year_before: Conference | None = None


def _series(court: str, kind: str, now: datetime.datetime, user: Any = None) -> QuerySet:
    visible = Conference.objects.visible_to(user) if user else Conference.objects.for_everyone()
    in_time = visible.narrowed(court=court, kind=kind).with_next_announcement(now).order_by("year_reviewed", "number")
    return in_time.values_list(*columns(Conference), *columns(Court, "court__"), "next_announcement")


SERIES = Compiled(_series)


def find_series(user: Any, *, court: str, year: int, meeting: tuple[str, int]) -> Series:
    """The conference, where `user` may read it, between its neighbours of the same kind. One query. Raises Http404."""
    kind, number = meeting
    now = timezone.now()
    rows = _series(court, kind, now, user) if user.is_authenticated else SERIES(court, kind, now)
    in_time = [_conference(row) for row in rows]
    found = next((one for one in in_time if (one.year_reviewed, one.number) == (year, number)), None)
    if found is None:
        raise Http404
    a_year_ago = (year - 1, number)
    year_before = next((one for one in in_time if (one.year_reviewed, one.number) == a_year_ago), None)
    return Series(found, *around(in_time, found), year_before)


def _conference(row: tuple[Any, ...]) -> Any:
    size = len(Conference._meta.concrete_fields)
    court = instance(Court, row[size:-1])
    return instance(Conference, row[:size], court=court, next_announcement=row[-1])


SPEECHES = Compiled(lambda conference: Conference(pk=conference).speeches.values_list(*columns(Speech), left_off()))
FIGURES = Compiled(
    lambda conference, before: Figure.objects.of_either(conference, before).values_list(
        *columns(Figure), *(f"indicator__{name}" for name in ABOUT_INDICATOR)
    )
)
CORRECTIONS = Compiled(
    lambda conference: Conference(pk=conference).corrections.published().values_list("published_at", "public_note")
)
FILE_COLUMNS = ("files__key", "files__file", "files__filename", "files__audience")
HONOURS = Compiled(
    lambda conference: (
        Conference(pk=conference)
        .honours.order_by("order", "pk", "files__pk")
        .values_list(*columns(_related("honours")), left_off(), *FILE_COLUMNS)
    )
)


def _related(name: str) -> Any:
    """A model that lies above this app, reached through its relation."""
    return Conference._meta.get_field(name).related_model


def conference_page(series: Series, user: Any) -> dict[str, Any]:
    """Everything the page of one conference shows to `user`, in six queries for whoever is not signed in."""
    conference = series.conference
    private = sees_everything_of(user, conference.court_id)
    staff = reads_as_staff(user, conference.court_id)
    speeches = speeches_of(conference)
    return programme(conference, private=private, staff=staff) | {
        **series._asdict(),
        "court": conference.court,
        "private": private,
        # Whoever corrects has locked: other conferences need not be asked.
        "corrections": list(CORRECTIONS(conference.pk)) if conference.locked_at else [],
        "editions": list(conference.editions.listed()) if staff else [],
        "may_export": staff and user.has_perm("awards.export_commendation"),
        "figures": figure_groups(conference, series.year_before, private=private),
        "roll": honour_roll(conference, private=private),
        "speeches": [(speech, *summed_up(speech)) for speech in speeches],
        "task_lists": task_lists(conference, speeches),
        "promised": promised(conference, series.previous, private=private),
        "honours": honours(conference, staff=staff),
        "is_own": user.is_authenticated and user.court_id == conference.court_id,
    }


def speeches_of(conference: Conference) -> list[Speech]:
    """In their order, with department or post for a speaker who is left off. One query."""
    found = []
    for *row, is_left_off in SPEECHES(conference.pk):
        speech = instance(Speech, row, conference=conference)
        if is_left_off:
            speech.leave_off()
        found.append(speech)
    return found


def summed_up(speech: Speech) -> tuple[list[str], int]:
    """The first top headings of a speech and how many minutes it takes."""
    return top_headings(speech.text)[:MOST_HEADINGS], minutes(speech.text)


def figure_groups(
    conference: Conference, before: Conference | None, *, private: bool
) -> list[tuple[str, list[dict[str, Any]]]]:
    """(group, figures) in the order of the clerk, each beside that of the year before. One query.

    A figure of which nothing may be shown is left out. `before` is a conference that the reader may see.
    """
    figures, figures_before = figures_of(conference, before)
    derived = beside(figures, figures_before)
    groups: dict[str, list[dict[str, Any]]] = {}
    for figure in figures:
        if said := figure_as_said(figure, private=private):
            said["beside"] = derived.get(figure.pk)
            groups.setdefault(figure.group, []).append(said)
    return list(groups.items())


def figures_of(conference: Conference, before: Conference | None) -> tuple[list[Figure], list[Figure]]:
    """The figures of two conferences of one court, with their indicators."""
    found: dict[int, list[Figure]] = {conference.pk: []}
    size = len(Figure._meta.concrete_fields)
    for row in FIGURES(conference.pk, before.pk if before else conference.pk):
        about = dict(zip(ABOUT_INDICATOR, row[size:], strict=True))
        figure = instance(Figure, row[:size], indicator=Indicator(**about) if about["name"] else None)
        found.setdefault(figure.conference_id, []).append(figure)
    return found[conference.pk], found.get(before.pk, []) if before else []


def figure_as_said(figure: Figure, *, private: bool) -> dict[str, Any] | None:
    """The words of one figure. A rank that is not opened, and the sentence that may hold it, only where `private`."""
    value, change = figure.value_as_said, figure.change_as_said
    rank = figure.rank_as_said if private or figure.rank_opened_at else ""
    if not (value or change or rank):
        return None
    return {
        "anchor": anchor_of(figure),
        "label": figure.label,
        "value": value or change or rank,
        "is_long": len(value or change or rank) > LONGEST_NUMBER and not value[:1].isdigit(),
        "unit": figure.unit if value else "",
        "change": change if value else "",
        "judgement": figure.judgement,
        "rank": rank if value or change else "",
        "rank_is_internal": bool(rank) and not figure.rank_opened_at,
        "quote": figure.quote if private else "",
    }


def honours(conference: Conference, *, staff: bool) -> list[tuple[str, list[Any]]]:
    """(level, honours from above), the highest level first; without the names of people who are left off.

    Each with its `documents`, (key, name) of the files that may be read. One query.
    """
    model = _related("honours")
    found: dict[int, Any] = {}
    for *row, is_left_off, key, stored, filename, audience in HONOURS(conference.pk):
        honour = instance(model, row, documents=[])
        honour = found.setdefault(honour.pk, honour)
        if is_left_off:
            honour.recipient_name = ""
        if stored and (staff or audience == Audience.PUBLIC):
            honour.documents.append((key, filename))
    levels = model._meta.get_field("level").choices
    groups = [(label, [one for one in found.values() if one.level == level]) for level, label in [*levels, ("", "")]]
    return [(label, group) for label, group in groups if group]


def around(rows: list[Any], row: Any) -> tuple[Any | None, Any | None]:
    """What stands before and after `row` in `rows`; None at either end."""
    pairs = list(pairwise(rows))
    before = next((left for left, right in pairs if right == row), None)
    return before, next((right for left, right in pairs if left == row), None)


def speech_page(conference: Conference, pk: int) -> dict[str, Any]:
    """One speech with its contents and its neighbours, in one query. Raises Http404."""
    speeches = speeches_of(conference)
    speech = next((speech for speech in speeches if speech.pk == pk), None)
    if speech is None:
        raise Http404
    parts = blocks(speech.text)
    page = {
        "conference": conference,
        "court": conference.court,
        "speech": speech,
        "blocks": parts,
        "contents": contents(parts),
        "minutes": minutes(speech.text),
    }
    page["previous"], page["next"] = around(speeches, speech)
    return page
