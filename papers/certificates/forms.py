"""The form that chooses whose certificates are printed, and on what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from awards.models import AwardCategory, CertificateSettings, Commendation
from awards.models.certificates import FURTHEST
from conferences.models import Conference
from papers.certificates.sheets import Layout
from papers.models import Printing

LAYOUT = ("size", "stock", "x", "y")


@dataclass(frozen=True)
class Offered:
    """One winner on the page. `times`: how often the certificate was printed."""

    pk: int
    name: str
    department: str
    number: str
    times: int
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """The winners of one award; `is_open`: some of them, and not all, are chosen."""

    category: AwardCategory
    is_chosen: bool
    winners: list[Offered]

    @property
    def is_open(self) -> bool:
        return any(winner.is_chosen for winner in self.winners)


class LayoutForm(forms.Form):
    """How the sheets are."""

    size = forms.ChoiceField(label=_("size of the paper"), choices=Printing.Size.choices, widget=forms.RadioSelect)
    stock = forms.ChoiceField(label=_("stock"), choices=Printing.Stock.choices, widget=forms.RadioSelect)
    x = forms.DecimalField(
        label=_("text to the right, in millimetres"), min_value=-FURTHEST, max_value=FURTHEST, decimal_places=1
    )
    y = forms.DecimalField(
        label=_("text down, in millimetres"), min_value=-FURTHEST, max_value=FURTHEST, decimal_places=1
    )

    @property
    def offsets(self) -> list[Any]:
        return [self["x"], self["y"]]

    @property
    def layout(self) -> Layout:
        """What was chosen; of a valid form."""
        return Layout(**{name: self.cleaned_data[name] for name in LAYOUT})


class PrintForm(LayoutForm):
    """Offers the winners of a conference, by award. None ticked: all of them."""

    category = forms.TypedMultipleChoiceField(label=_("award categories"), coerce=int, required=False)
    winner = forms.TypedMultipleChoiceField(label=_("winners"), coerce=int, required=False)
    output = forms.ChoiceField(label=_("kind of file"), choices=Printing.Output.choices, widget=forms.RadioSelect)

    def __init__(
        self, data: Any, *, conference: Conference, winners: Sequence[Commendation], times: dict[int, int]
    ) -> None:
        settings = CertificateSettings.of(conference.court)
        usual = {"size": Printing.Size.A4, "stock": Printing.Stock.PLAIN, "output": Printing.Output.PDF}
        super().__init__(data, initial={**usual, "x": settings.offset_x, "y": settings.offset_y})
        self.winners, self.times = winners, times
        categories = {winner.category_id for winner in winners}
        self.fields["category"].choices = [(pk, pk) for pk in categories]  # type: ignore[attr-defined]
        self.fields["winner"].choices = [(winner.pk, winner.pk) for winner in winners]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Commendation]:
        """Those of the ticked awards and the ticked winners, in the order of the roll; all where nothing is ticked."""
        said: Any = self.cleaned_data if self.is_bound and self.is_valid() else {}
        categories, keys = set(said.get("category", ())), set(said.get("winner", ()))
        if not (categories or keys):
            return list(self.winners)
        return [winner for winner in self.winners if winner.category_id in categories or winner.pk in keys]

    @property
    def usual(self) -> Layout:
        """What was chosen, or what stands in the form before anyone chooses."""
        if self.is_bound and self.is_valid():
            return self.layout
        return Layout(**{name: self.initial[name] for name in LAYOUT})

    def groups(self) -> Iterator[Group]:
        data: Any = self.data or QueryDict()
        ticked = {name: set(data.getlist(name)) for name in ("category", "winner")}
        for category, winners in groupby(self.winners, key=lambda winner: winner.category):
            offered = [self._offered(winner, str(winner.pk) in ticked["winner"]) for winner in winners]
            yield Group(category, str(category.pk) in ticked["category"], offered)

    def _offered(self, winner: Commendation, is_chosen: bool) -> Offered:  # noqa: FBT001 - the value of a field
        department = winner.department_name if winner.name else ""
        times = self.times.get(winner.pk, 0)
        return Offered(winner.pk, winner.recipient, department, winner.certificate_number, times, is_chosen)
