"""The year's figures from those of its periods: proposed on the conference, taken over by a clerk, never unseen."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from conferences.checks.changes import key_of
from conferences.checks.completeness import placeholders
from conferences.checks.numbers import agree, exact
from conferences.checks.periods import Rolled, rolled_up
from conferences.models import Conference, Figure, PeriodFigure
from courts.access import may
from courts.refusals import Refused


class Proposal(NamedTuple):
    """What the periods make, beside the figure of the conference; `figure`: None where it has none yet."""

    rolled: Rolled
    figure: Figure | None

    @property
    def key(self) -> int:
        """That of the last period's figure."""
        return self.rolled.rows[-1].pk

    @property
    def is_open(self) -> bool:
        """Whether nothing was said yet: a figure with a number or a wording is changed by hand alone."""
        return self.figure is None or (
            self.figure.value is None and self.figure.value_text.strip() in {"", *placeholders()}
        )

    @property
    def agrees(self) -> bool:
        amount = exact(self.figure) if self.figure else None
        return amount is not None and agree(amount, self.rolled.amount)


def proposed(conference: Conference) -> list[Proposal]:
    """For an annual conference, in the order of the newest period. Two queries."""
    if conference.kind != Conference.Kind.ANNUAL:
        return []
    rows = PeriodFigure.objects.of_the_years_of([conference])
    figures: dict[Any, Figure] = {}
    for figure in conference.figures.select_related("indicator"):
        figures.setdefault(key_of(figure), figure)
    made = rolled_up(rows, conference.year_reviewed)
    found = [Proposal(rolled, figures.get(key)) for key, rolled in made.items()]
    return sorted(found, key=lambda one: (one.rolled.rows[-1].order, one.key))


@transaction.atomic
def take_over(conference: Conference, keys: Collection[int], *, by: Any) -> int:
    """Writes the proposals of these keys into the draft, where nothing was said yet. Returns how many."""
    may(by, "conferences.change_figure", conference)
    locked = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    if not locked.is_editable:
        raise Refused(_("Only a draft may be changed."))
    chosen = [one for one in proposed(locked) if one.key in keys and one.is_open]
    order = locked.figures.aggregate(last=Max("order"))["last"] or 0
    for place, one in enumerate(chosen, start=order + 1):
        last = one.rolled.rows[-1]
        figure = one.figure or Figure(
            conference=locked, order=place, label=last.label, indicator=last.indicator, unit=one.rolled.unit
        )
        figure.value = one.rolled.value
        figure.take_number()
        figure.save()
    locked.changed_by = by  # a screen that is open elsewhere sees that it is not the newest
    locked.save(update_fields=["changed_at", "changed_by"])
    return len(chosen)
