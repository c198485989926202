"""For a superior court: figures of the courts below side by side, by year and theme, in the courts' own order."""

from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext

from conferences.below import annual_conferences, year_asked, years_around
from conferences.checks.changes import derived, key_of
from conferences.derived import words
from conferences.models import Conference, Figure
from courts.anchors import anchor_of
from courts.models import Court
from years.comparing import Figures, figures_of
from years.tables import Cell


class Column(NamedTuple):
    """A figure that at least one of the courts has."""

    key: Any
    label: str
    unit: str


class Line(NamedTuple):
    court: Court
    conference: Conference | None
    cells: list[Cell]


def below_page(user: Any, query: QueryDict) -> dict[str, Any]:
    """One theme of one year. A fixed number of queries, however many courts and figures."""
    year = year_asked(query.get("year", ""))
    lines, before = annual_conferences(user, year), annual_conferences(user, year - 1)
    figures = figures_of([line.conference for line in (*lines, *before) if line.conference])
    themes = _themes([line.conference for line in lines if line.conference], figures)
    theme = query.get("theme") if query.get("theme") in themes else next(iter(themes), "")
    columns = themes.get(theme, [])
    a_year_ago = {line.court.pk: line.conference for line in before}
    return {
        **years_around(year),
        "themes": list(themes),
        "theme": theme,
        "columns": columns,
        "lines": [
            Line(one.court, one.conference, _cells(one.conference, a_year_ago[one.court.pk], columns, figures))
            for one in lines
        ],
    }


def _themes(conferences: list[Conference], figures: Figures) -> dict[Any, list[Column]]:
    """The groups of figures by name, as they come in the courts' order; each figure stands in the first that has it."""
    themes: dict[Any, list[Column]] = {}
    seen = set()
    for conference in conferences:
        for figure in figures.get(conference.pk, ()):
            key = key_of(figure)
            if figure.value_as_said and key not in seen:
                seen.add(key)
                theme = figure.group or gettext("Without a theme")
                themes.setdefault(theme, []).append(Column(key, figure.label, figure.unit))
    return themes


def _cells(
    conference: Conference | None, before: Conference | None, columns: list[Column], figures: Figures
) -> list[Cell]:
    if conference is None:
        return []
    said: dict[Any, Figure] = {}
    for figure in figures.get(conference.pk, ()):
        said.setdefault(key_of(figure), figure)
    earlier = figures.get(before.pk, []) if before else []
    changes = {one.figure.pk: words(one) for one in derived(list(said.values()), earlier)}
    address = conference.get_absolute_url()
    return [_cell(said.get(column.key), column, address, changes) for column in columns]


def _cell(figure: Figure | None, column: Column, address: str, changes: dict[int, str]) -> Cell:
    if figure is None:
        return Cell()
    unit = "" if figure.unit == column.unit else figure.unit
    change = changes.get(figure.pk, "")
    return Cell(f"{figure.value_as_said}{unit}", figure.value, change, f"{address}#{anchor_of(figure)}")
