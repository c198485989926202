"""What is exported: which awards, which of their columns, in which order, and how many they are."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.exports.columns import COLUMNS, DEFAULT_COLUMNS, LANGUAGE, Column, chinese, sections
from awards.exports.counts import Counted
from awards.models import ExportLog, Family
from awards.querysets import CommendationQuerySet
from conferences.models import Conference
from courts.refusals import Refused

Format = ExportLog.Format
FORMATS = tuple(one for one in Format if one != Format.ZIP)  # a list is one file
# These files are whole before their first byte leaves, and a request may take 30 seconds: some 12,000 rows of a
# workbook a second, 2,000 of a DOCX, and 500 of a PDF, whose every line is set.
MOST_ROWS: dict[str, int] = {Format.XLSX: 200_000, Format.DOCX: 10_000, Format.PDF: 5_000}


class Sheet(NamedTuple):
    """Rows that are no awards, beside the sheets of the families."""

    label: str
    headings: list[str]
    widths: list[int]
    rows: Iterator[list[Any]]


class Total(NamedTuple):
    """One family's awards: how many of each category, in all, and how many revoked ones are not among them.

    Categories of one name count together, whichever court's they are: a list does not set courts against each other.
    """

    family: Family
    categories: list[tuple[str, int]]
    number: int
    revoked: int


@dataclass(frozen=True)
class AwardList:
    """Awards to be written as a file. `counts` counts exactly the `commendations`."""

    commendations: CommendationQuerySet
    counts: list[Counted]
    order: str = Conference.Order.ENTERED
    columns: Sequence[str] = DEFAULT_COLUMNS

    @property
    def name(self) -> str:
        """What the file is, for its name."""
        return gettext("Award list")

    @property
    def rows(self) -> int:
        """How many rows the file has, revoked awards included."""
        return sum(group.number for group in self.counts)

    def check(self, file_format: str) -> None:
        """Raises Refused, with a sentence for whoever exports, where no such file can be made."""
        if not self.counts:
            raise Refused(_("No award fits this choice."), code="empty")
        families = {group.family for group in self.counts}
        if file_format == Format.CSV and len(families) > 1:
            raise Refused(
                _("A CSV file holds one family of awards, and these are %(number)d. Choose one family, or XLSX."),
                code="families",
                params={"number": len(families)},
            )
        most = MOST_ROWS.get(file_format, self.rows)
        if self.rows > most:
            raise Refused(
                _("%(format)s with more than %(number)d rows takes too long. Choose CSV, or fewer courts or years."),
                code="long",
                params={"format": Format(file_format).label, "number": most},
            )

    def headings(self) -> list[str]:
        return [chinese(COLUMNS[name].label) for name in self.columns]

    def sections(self, finish: Callable[[Any], Any], *beside: Column) -> Iterator[tuple[str, Iterator[list[Any]]]]:
        """Family by family, its rows (see `columns.sections`), with the columns `beside` behind those chosen."""
        chosen = [COLUMNS[name] for name in self.columns]
        return sections(self.commendations.listed(self.order), self.counts, [*chosen, *beside], finish)

    def totals(self) -> list[Total]:
        """Family by family, as on the pages: a revoked award does not count."""
        groups = {family: [group for group in self.counts if group.family == family] for family in Family}
        return [_total(family, found) for family, found in groups.items() if found]

    def table(self, finish: Callable[[Any], Any]) -> tuple[list[str], Iterator[list[Any]]]:
        """Headings and rows of a file that holds one family."""
        return self.headings(), chain.from_iterable(rows for _family, rows in self.sections(finish))

    def more_sheets(self, finish: Callable[[Any], Any]) -> Iterator[Sheet]:
        """What else a workbook holds."""
        return iter(())

    def courts(self, at_most: int = 3) -> str:
        return some((group.court_name for group in self.counts), at_most)

    def all_years(self) -> set[int]:
        return {group.year for group in self.counts}

    def families(self) -> list[str]:
        return [str(total.family.label) for total in self.totals()]

    def years(self) -> str:
        """2023年度, or 2021-2023年度."""
        years = self.all_years()
        span = f"{min(years)}-{max(years)}" if len(years) > 1 else f"{min(years)}"
        return gettext("for %(years)s") % {"years": span}

    def title(self, part: str) -> str:
        """青屿区人民法院2023年度表彰名单（院内表彰）."""
        said = gettext("%(courts)s %(years)s award list: %(family)s")
        return said % {"courts": self.courts(), "years": self.years(), "family": part}

    def description(self) -> str:
        """What is in the file, in Chinese words."""
        with translation.override(LANGUAGE):
            parts = [
                self.courts(),
                self.years(),
                some(group.title for group in self.counts),
                some(self.families()),
                some(group.category for group in self.counts),
                "" if all(group.is_announced for group in self.counts) else gettext("unannounced ones included"),
                str(Conference.Order(self.order).label),
            ]
        return "；".join(part for part in parts if part)


def _total(family: Family, groups: list[Counted]) -> Total:
    numbers: Counter[str] = Counter()
    for group in groups:
        numbers[group.category] += 0 if group.is_revoked else group.number
    revoked = sum(group.number for group in groups if group.is_revoked)
    return Total(family, list(numbers.items()), numbers.total(), revoked)


def some(names: Iterable[str], at_most: int = 3) -> str:
    """The different names, or the first ones and how many there are."""
    different = list(dict.fromkeys(names))
    shown = "、".join(different[:at_most])
    if len(different) <= at_most:
        return shown
    return gettext("%(names)s and others, %(number)d in all") % {"names": shown, "number": len(different)}
