"""Lists of conferences: the first page of the site, and one court through the years."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone

from conferences.forms import ConferenceFilter
from conferences.models import Conference, ConferenceQuerySet, Figure, Keynote, PriorityTask
from courts.models import Court

PER_PAGE = 30
COMING = 3


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


def court_page(court: Court, user: Any) -> dict[str, Any]:
    """All conferences of one court that `user` may read, newest first, with the campaigns of each year."""
    conferences = list(_listed(court.conferences.visible_to(user).newest_first()))
    campaigns: dict[int, list[str]] = {}
    keynotes = Keynote.objects.filter(conference__in=conferences, kind=Keynote.Kind.CAMPAIGN)
    for conference, text in keynotes.values_list("conference", "text"):
        campaigns.setdefault(conference, []).append(text)
    return {
        "court": court,
        "courts_below": court.courts_below.all(),
        "entries": [(entry, campaigns.get(entry.conference.pk, [])) for entry in entries(conferences)],
    }


def entries(conferences: list[Conference]) -> list[Entry]:
    """The conferences with their counts: one query for each kind of count, however many conferences."""
    commendations = Conference._meta.get_field("commendations").related_model
    awards = _per_conference(commendations.objects.announced().valid(), conferences)  # type: ignore[union-attr]
    tasks = _per_conference(PriorityTask.objects.all(), conferences)
    figures = _per_conference(Figure.objects.all(), conferences)
    return [Entry(c, awards.get(c.pk, 0), tasks.get(c.pk, 0), figures.get(c.pk, 0)) for c in conferences]


def _per_conference(rows: QuerySet, conferences: list[Conference]) -> dict[int, int]:
    counted = rows.filter(conference__in=conferences).order_by().values_list("conference")
    return dict(counted.annotate(Count("pk")))


def _listed(conferences: ConferenceQuerySet) -> ConferenceQuerySet:
    return conferences.select_related("court").defer("summary", "attendance")
