"""Which column of a file is which: by its Chinese heading, in any order."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from awards.exports.columns import chinese
from courts.refusals import Refused
from courts.register import key
from intake.kinds import Kind, Scope

MARKS = "*＊"  # forms mark what must be filled in


class Headings(NamedTuple):
    """Name of the column and its position in the file, for each column that is taken; and what is to be said."""

    taken: dict[str, int]
    notes: list[str]


def folded(heading: str) -> str:
    return key(heading).strip(MARKS).replace("(", "（").replace(")", "）")


def recognised(kind: Kind, scope: Scope, headings: Sequence[str]) -> Headings:
    """Raises Refused where a column is missing that must be there, or stands there twice."""
    names = {folded(other): column.name for column in kind.columns for other in column.also}
    names |= {folded(column.heading): column.name for column in kind.columns}
    known = {folded(chinese(label)) for label in kind.beside}
    taken: dict[str, int] = {}
    strange: list[str] = []
    for position, heading in enumerate(headings):
        name = names.get(folded(heading))
        if name in taken:
            raise Refused(_("Two columns are the same: %(names)s.") % {"names": f"{headings[taken[name]]}、{heading}"})
        if name:
            taken[name] = position
        elif folded(heading) not in known:
            strange.append(heading or _("column %(number)d, without a heading") % {"number": position + 1})
    missing = [column.heading for column in kind.required(scope) if column.name not in taken]
    if missing:
        raise Refused(
            _("These columns are missing: %(names)s. The headings that were found: %(found)s.")
            % {"names": "、".join(missing), "found": "、".join(filter(None, headings))},
            code="missing",
        )
    notes = [_("These columns are not taken: %(names)s.") % {"names": "、".join(strange)}] if strange else []
    return Headings(taken, notes)
