"""Lists of conferences: the first page of the site, and one court through the years."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone

from conferences.departments import shown_departments
from conferences.forms import ConferenceFilter
from conferences.models import Conference, ConferenceQuerySet, Figure, Keynote, Measure, PriorityTask
from courts.access import writes_for
from courts.models import Court

PER_PAGE = 30
COMING = 3
FROM_FAR = ("national", "province")  # levels of honours that the timeline of a court names


@dataclass(frozen=True)
class Entry:
    """A conference with how much there is to read: awards that everyone knows, tasks, figures."""

    conference: Conference
    awards: int
    tasks: int
    figures: int


def home_page(user: Any, query: QueryDict) -> dict[str, Any]:
    """Conferences that `user` may read, as `query` asks; what it says wrongly is said at the field and ignored."""
    visible = Conference.objects.visible_to(user)
    form = ConferenceFilter(query, conferences=visible)
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    found = visible.narrowed(**chosen).newest_first()
    page = Paginator(_listed(found), PER_PAGE).get_page(query.get("page"))
    coming = visible.coming(timezone.localdate()).select_related("court")[:COMING]
    return {
        "form": form,
        "chosen": chosen,
        "page": page,
        "entries": entries(list(page)),
        "coming": [] if chosen or page.number > 1 else coming,
    }


def find_court(slug: str) -> Court:
    """The court with the one above it. Courts are no secret. Raises Http404."""
    return get_object_or_404(Court.objects.with_path(), slug=slug)


@dataclass(frozen=True)
class Stop:
    """A conference in the timeline of its court. `done` of `promised` measures are closed; none where not shown."""

    entry: Entry
    campaigns: list[str]
    honours: list[Any]
    promised: int
    done: int


def court_page(court: Court, user: Any) -> dict[str, Any]:
    """The timeline of one court: its conferences that `user` may read, newest first, with what they held."""
    conferences = list(_listed(court.conferences.visible_to(user).newest_first()))
    campaigns = _gathered(Keynote.objects.filter(kind=Keynote.Kind.CAMPAIGN), conferences)
    honours = _gathered(_related("honours").objects.order_by("order", "pk"), conferences)
    became = _became([one for one in conferences if one.states_shown_at or writes_for(user, court.pk)])
    return {
        "court": court,
        "courts_below": court.courts_below.all(),
        "departments": shown_departments(court, user),
        "timeline": [
            Stop(
                entry,
                [keynote.text for keynote in campaigns[entry.conference.pk]],
                [honour for honour in honours[entry.conference.pk] if honour.level in FROM_FAR],
                *became.get(entry.conference.pk, (0, 0)),
            )
            for entry in entries(conferences)
        ],
    }


def latest_of(court: Court, user: Any, most: int) -> list[Entry]:
    """The last conferences of a court that `user` may read."""
    return entries(list(_listed(court.conferences.visible_to(user).newest_first())[:most]))


def _gathered(rows: QuerySet, conferences: list[Conference]) -> dict[int, list[Any]]:
    """The rows of each conference. One query."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.filter(conference__in=conferences):
        found[row.conference_id].append(row)
    return found


def _became(conferences: list[Conference]) -> dict[int, tuple[int, int]]:
    """How many measures each of the conferences set, cancelled ones left out, and how many of them are closed."""
    measures = Measure.objects.followed().filter(task__conference__in=conferences, cancelled_at__isnull=True)
    counted = measures.order_by().values_list("task__conference")
    numbers = counted.annotate(number=Count("pk"), done=Count("pk", filter=Q(closed_at__isnull=False)))
    return {conference: (number, done) for conference, number, done in numbers}


def _related(name: str) -> Any:
    """A model that lies above this app, reached through its relation."""
    return Conference._meta.get_field(name).related_model


def entries(conferences: list[Conference]) -> list[Entry]:
    """The conferences with their counts: one query for each kind of count, however many conferences."""
    awards = _per_conference(_related("commendations").objects.announced().valid(), conferences)
    tasks = _per_conference(PriorityTask.objects.all(), conferences)
    figures = _per_conference(Figure.objects.all(), conferences)
    return [Entry(c, awards.get(c.pk, 0), tasks.get(c.pk, 0), figures.get(c.pk, 0)) for c in conferences]


def _per_conference(rows: QuerySet, conferences: list[Conference]) -> dict[int, int]:
    counted = rows.filter(conference__in=conferences).order_by().values_list("conference")
    return dict(counted.annotate(Count("pk")))


def _listed(conferences: ConferenceQuerySet) -> ConferenceQuerySet:
    return conferences.select_related("court").defer("summary", "attendance")
