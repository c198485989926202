"""What the pages about papers show: which papers there are, and one of them."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.models import Commendation, Decision, PublicNotice, Selection
from conferences.models import Conference
from courts.access import own
from papers.certificates.printing import PERMISSION
from papers.kinds import KINDS


class Link(NamedTuple):
    """One paper that can be made."""

    label: Any
    about: str
    address: str


class Year(NamedTuple):
    """The papers of one year: of the year as a whole, then conference by conference."""

    year: int
    register: Link | None
    sources: list[tuple[Any, list[Link]]]


def years_of(user: Any) -> list[Year]:
    """The papers of the user's court, the newest year first. Five queries, however many they are."""
    conferences = own(Conference.objects.newest_first(), user)
    decisions = defaultdict(list)
    for decision in own(Decision.objects.all(), user):
        decisions[decision.conference_id].append(decision)
    notices = defaultdict(list)
    for notice in own(PublicNotice.objects.all(), user):
        notices[notice.selection_id].append(notice)
    honouring = set(
        own(Commendation.objects.valid(), user).order_by().values_list("conference_id", flat=True).distinct()
    )
    years = defaultdict(list)
    for one in conferences:
        links = list(_of_conference(one, decisions[one.pk]))
        if one.pk in honouring and user.has_perm(PERMISSION):
            links.append(Link(_("Certificates"), "", reverse("papers:certificates", args=[one.pk])))
        years[one.year_reviewed].append((one, links))
    for selection in own(Selection.objects.all(), user):
        years[selection.year].append((selection, list(_of_selection(selection, notices[selection.pk]))))
    registers = {year: link("register", year) if user.court_id else None for year in years}
    return [Year(year, registers[year], years[year]) for year in sorted(years, reverse=True)]


def _of_conference(conference: Conference, decisions: list[Decision]) -> Iterator[Link]:
    for decision in decisions:
        about = " ".join(filter(None, (decision.title, decision.document_number)))
        yield link("decision", decision.pk, about)
    for kind in ("reading", "tasks", "letters"):
        yield link(kind, conference.pk)


def _of_selection(selection: Selection, notices: list[PublicNotice]) -> Iterator[Link]:
    yield link("summary", selection.pk)
    for notice in notices:
        yield link("notice", notice.pk, notice.title)


def link(kind: str, key: int, about: str = "") -> Link:
    return Link(KINDS[kind].label, about, reverse("papers:paper", args=[kind, key]))
