"""Commendations in the clerks' words: which ones, and in which order."""

import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Case, F, Q, Value, When
from django.utils import timezone

from conferences.models import Conference
from courts.access import see_drafts
from courts.left_off import left_off
from courts.revisions import RevisedQuerySet
from courts.search import folded, words_of


class CommendationQuerySet(RevisedQuerySet):
    def of(self, conference: Conference) -> "CommendationQuerySet":
        return self.filter(conference=conference.pk)

    def announced(self, now: datetime.datetime | None = None) -> "CommendationQuerySet":
        """Known to everyone: announced, and the time set for it has come."""
        return self.filter(announced_at__lte=now or timezone.now())

    def unannounced(self, now: datetime.datetime | None = None) -> "CommendationQuerySet":
        return self.exclude(announced_at__lte=now or timezone.now())

    def set_for_later(self, now: datetime.datetime | None = None) -> "CommendationQuerySet":
        """Not known yet, but at a time that was set."""
        return self.filter(announced_at__gt=now or timezone.now())

    def hold_back(self, now: datetime.datetime | None = None) -> int:
        """Takes back a time that was set and has not come; returns for how many."""
        return self.set_for_later(now).update(announced_at=None, announced_by=None)

    hold_back.alters_data = True  # type: ignore[attr-defined]

    def visible_to(self, user: Any) -> "CommendationQuerySet":
        """Of visible conferences; before the announcement only for clerks and approvers of the court."""
        if user.is_superuser:
            return self.all()
        seen = self.filter(conference__in=Conference.objects.visible_to(user))
        open_to = Q(announced_at__lte=timezone.now())
        if see_drafts(user) and user.court_id:
            open_to |= Q(conference__court_id=user.court_id)
        return seen.filter(open_to)

    def of_named_people(self) -> "CommendationQuerySet":
        """Without those of people who are left off."""
        people = self.model.person.field.related_model.objects
        return self.exclude(person__in=people.left_off())

    def containing(self, text: str) -> "CommendationQuerySet":
        """By recipient and department; a word may also stand in the name of the award. Asks for the awards first."""
        words = words_of(text)
        if not words:
            return self.all()
        named = reduce(or_, (Q(name__zh=word) for word in words))
        awards = list(self.model.category.field.related_model.objects.filter(named).values_list("pk", "name"))
        found = self.with_searched()
        for word in words:
            called = [pk for pk, name in awards if word in folded(name)]
            found = found.filter(Q(searched__zh=word) | Q(category__in=called) if called else Q(searched__zh=word))
        return found

    def reviewing(self, year: int) -> "CommendationQuerySet":
        return self.filter(conference__year_reviewed=year)

    def revoked(self) -> "CommendationQuerySet":
        return self.filter(revoked_at__isnull=False)

    def valid(self) -> "CommendationQuerySet":
        """Not revoked."""
        return self.filter(revoked_at__isnull=True)

    def to_be_presented(self) -> "CommendationQuerySet":
        """Nobody noted yet that they were handed over."""
        return self.filter(presented_at__isnull=True)

    def with_states(self, now: datetime.datetime | None = None) -> "CommendationQuerySet":
        """Adds to each whether it `is_announced` by now and whether it `is_revoked`."""
        announced = Q(announced_at__isnull=False, announced_at__lte=now or timezone.now())
        return self.annotate(is_announced=announced, is_revoked=Q(revoked_at__isnull=False))

    def exportable_by(self, user: Any, *, unannounced: bool = False) -> "CommendationQuerySet":
        """Of the own court and those below, what `user` sees; what is not announced yet only when asked for."""
        below = Conference.objects.of_court_and_below(user)
        seen = self.visible_to(user).filter(conference__in=below).named_for(user)
        return seen if unannounced else seen.announced()

    def in_register(self, user: Any, court: Any) -> "CommendationQuerySet":
        """What the court gave and announced, revoked or not, as `user`, who works for it, may read it."""
        return self.visible_to(user).announced().filter(conference__court=court)

    def latest_first(self) -> "CommendationQuerySet":
        """Year by year from the last one, within it as on the page of the conference."""
        return self.order_by(
            "-conference__year_reviewed", "-conference_id", "category__order", "category_id", *ORDERS["entered"]
        )

    def named_for(self, user: Any) -> "CommendationQuerySet":
        """Adds to each whether its name `is_left_off` for `user`: for all but clerks and approvers of the court."""
        if user.is_superuser:
            return self.with_all_names()
        hidden = left_off()
        if see_drafts(user) and user.court_id:
            hidden &= ~Q(conference__court_id=user.court_id)
        return self.annotate(is_left_off=hidden)

    def with_all_names(self) -> "CommendationQuerySet":
        """The same for whoever operates the system: no name is left off."""
        return self.annotate(is_left_off=Value(False, BooleanField()))

    def narrowed(self, **chosen: Any) -> "CommendationQuerySet":
        """Limited to the values given for each name of `NARROWED`; no values, no limit."""
        return self.filter(**{NARROWED[name]: values for name, values in chosen.items() if values})

    def in_order(self, order: str) -> "CommendationQuerySet":
        """Family, then category, then within it the order asked for (`Conference.Order`)."""
        return self.order_by("category__family", "category__order", "category__id", *ORDERS[order])

    def listed(self, order: str) -> "CommendationQuerySet":
        """As on the pages, and for several conferences: court after court, conference after conference."""
        collective = self.model.category.field.related_model.COLLECTIVE
        return self.order_by(
            "category__family",
            "conference__court__code",
            "conference__court_id",
            "conference__year_reviewed",
            "conference_id",
            Case(When(category__recipient_kind__in=collective, then=0), default=1),
            "category__order",
            "category__id",
            *ORDERS[order],
        )


NARROWED = {
    "conference": "conference_id__in",
    "court": "conference__court_id__in",
    "year": "conference__year_reviewed__in",
    "kind": "conference__kind__in",
    "family": "category__family__in",
    "category": "category__name__in",
    "department": "department_id__in",
    "person": "person_id__in",
}
# A unique last column everywhere: equal rows must not change places between two pages.
ORDERS: dict[str, tuple[Any, ...]] = {
    Conference.Order.ENTERED: ("order", "id"),
    Conference.Order.DEPARTMENT: (F("department__order").asc(nulls_last=True), "department_name", "order", "id"),
    Conference.Order.STROKES: ("stroke_key", "id"),
    Conference.Order.PINYIN: ("pinyin_key", "stroke_key", "id"),
}
