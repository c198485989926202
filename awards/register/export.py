"""The register of honours as a file: what was given here, and what came from above on a sheet of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, QueryDict
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.exports import AwardList, Sheet, counted
from awards.exports.columns import LANGUAGE, chinese, readable
from awards.models import ExportLog, Honour
from awards.register.pages import ABOVE, court_of, in_register, recipient_of
from conferences.models import Conference
from courts.access import own
from courts.models import Department, Person
from courts.refusals import Refused

Format = ExportLog.Format
LONGEST_KEY = 18  # digits
# The columns of what is from above: heading, width, and the cell of an honour.
ABOVE_COLUMNS: list[tuple[Any, int, Callable[[Honour], Any]]] = [
    (_("year"), 7, lambda honour: honour.year),
    (_("honour title"), 40, lambda honour: honour.title),
    (_("awarding bodies"), 32, lambda honour: honour.bodies),
    (_("Level of the honour"), 10, lambda honour: chinese(honour.get_level_display())),
    (_("recipient"), 24, recipient_of),
    (_("how many, as said"), 14, lambda honour: honour.quantity),
    (_("received on"), 12, lambda honour: honour.received_on),
    (_("document"), 24, lambda honour: honour.document),
    (_("note"), 24, lambda honour: honour.note),
]


@dataclass(frozen=True)
class RegisterList(AwardList):
    """Awards and, apart from them, honours from above. `whose`: a person or a department; empty: the whole court."""

    honours: list[Honour] = field(default_factory=list)
    court_name: str = ""
    whose: str = ""

    @property
    def name(self) -> str:
        return "_".join(filter(None, [self.whose, gettext("Register of honours")]))

    @property
    def rows(self) -> int:
        return super().rows + len(self.honours)

    def check(self, file_format: str) -> None:
        """As of an award list; what is from above counts as a family of its own."""
        if not self.honours:
            super().check(file_format)
        elif self.counts and file_format == Format.CSV:
            raise Refused(_("A CSV file holds one family, and these are several. Choose one family, or XLSX."))

    def courts(self, at_most: int = 3) -> str:
        return self.court_name

    def all_years(self) -> set[int]:
        return super().all_years() | {honour.year for honour in self.honours}

    def families(self) -> list[str]:
        return [*super().families(), *([gettext("Honours from above")] if self.honours else [])]

    def description(self) -> str:
        with translation.override(LANGUAGE):
            begins = self.name
        return f"{begins}；{super().description()}"

    def table(self, finish: Callable[[Any], Any]) -> tuple[list[str], Iterator[list[Any]]]:
        if self.counts:
            return super().table(finish)
        sheet = next(self.more_sheets(finish))
        return sheet.headings, sheet.rows

    def more_sheets(self, finish: Callable[[Any], Any]) -> Iterator[Sheet]:
        if self.honours:
            headings = [chinese(heading) for heading, _width, _cell in ABOVE_COLUMNS]
            widths = [width for _heading, width, _cell in ABOVE_COLUMNS]
            rows = ([finish(readable(cell(one))) for _head, _width, cell in ABOVE_COLUMNS] for one in self.honours)
            yield Sheet(chinese(_("Honours from above")), headings, widths, rows)


def asked_list(user: Any, query: QueryDict, file_format: str) -> RegisterList:
    """The register of the user's court as the address narrows it, checked for this format. Raises Refused, Http404."""
    if file_format not in {Format.CSV, Format.XLSX}:
        raise Http404
    court = court_of(user)
    given, above = in_register(user, court)
    given, chosen, whose = given.named_for(user), {}, ""
    for name, model in (("person", Person), ("department", Department)):
        if query.get(name):
            row = _own_row(model, query[name], user)
            chosen[name], whose = [row.pk], str(row)
    if year := query.get("year"):
        chosen["year"] = [_number(year)]
    given, above = given.narrowed(**chosen), above.narrowed(**chosen)
    if category := query.get("category"):
        given, above = given.narrowed(category=[category]), above.narrowed(category=[category])
    family = query.get("family") if file_format == Format.CSV else ""
    if family:
        given = given.narrowed(family=[family])
    counts = [] if family == ABOVE else counted(given, Conference.objects.visible_to(user))
    honours = [] if family not in {"", ABOVE} else list(above.select_related("court").latest_first())
    made = RegisterList(given, counts, honours=honours, court_name=court.name, whose=whose)
    made.check(file_format)
    return made


def _own_row(model: Any, said: Any, user: Any) -> Any:
    row = own(model.objects.all(), user).filter(pk=_number(said)).first()
    if row is None:
        raise Http404
    return row


def _number(said: str) -> int:
    if not said.isdecimal() or len(said) > LONGEST_KEY:
        raise Http404
    return int(said)
