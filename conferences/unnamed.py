"""Editions without the names of people who are left off public pages, for all but the court's clerks and approvers.

An edition is kept as texts, and a row of it may be gone or about someone else by now. So a name is left out where the
row pointed to such a person in any of its versions, and wherever it is the name that such a person has or had.
"""

from typing import Any, NamedTuple

from conferences.record import Record, Row, part_model
from courts.left_off import NOT_LISTED, in_place_of_name
from courts.models import Person

# Part: where its rows name someone, and by which link to the register.
NAMED: dict[str, dict[str, str]] = {
    "participants": {"name": "person"},
    "agenda": {"name": "person"},
    "commendations": {"name": "person"},
    "decisions": {"signed_by": ""},
    "speeches": {"name": "person"},
    "tasks__measures": {"responsible_name": "responsible", "leader_name": "leader"},
    "honours": {"recipient_name": "person"},
}


CALLED_BY_NAME = {"participants", "commendations", "speeches"}  # parts whose rows are called by who they are about


class LeftOff(NamedTuple):
    """`names`: those that they have or had; `rows`: part and field -> keys of the rows that point to them or did."""

    names: set[str]
    rows: dict[tuple[str, str], set[int]]

    def hidden(self, part: str, row: Row) -> list[str]:
        """The fields of the row that name one of them."""
        said = {field: row["values"].get(field) for field in NAMED.get(part, ())}
        return [
            field
            for field, name in said.items()
            if name and (name in self.names or row["id"] in self.rows.get((part, field), ()))
        ]


def left_off_in(conference: Any) -> LeftOff | None:
    """Who of its court is left off; None where nobody is, and then it is one query."""
    people: Any = Person.objects.left_off().filter(court=conference.court_id)
    keys = list(people.values_list("pk", flat=True))
    if not keys:
        return None
    names = set(people.values_list("name", flat=True))
    names |= set(Person.history.filter(id__in=keys).values_list("name", flat=True))
    rows = {}
    for part, field, link in ((part, *one) for part, fields in NAMED.items() for one in fields.items()):
        if link:
            model: Any = part_model(conference, part)[0]
            rows[part, field] = set(model.history.filter(**{f"{link}__in": keys}).values_list("id", flat=True))
    return LeftOff(names, rows)


def without_names(parts: Record, left_off: LeftOff) -> Record:
    """The record with department or post for their names; of a winner only that there is one."""
    found, speeches = {}, {}
    for part, rows in parts.items():
        found[part] = [_without_names(part, row, left_off.hidden(part, row)) for row in rows]
        if part == "speeches":
            speeches = {old["title"]: new["title"] for old, new in zip(rows, found[part], strict=True)}
    # Other rows say by its title from which speech they are.
    return {part: [_of_speech(row, speeches) for row in rows] for part, rows in found.items()}


def _without_names(part: str, row: Row, fields: list[str]) -> Row:
    if not fields:
        return row
    hidden = {*fields} | ({"department_name", "post"} if part == "commendations" else set())
    values = {name: text for name, text in row["values"].items() if name not in hidden}
    instead, _beside = in_place_of_name(values.get("department_name", ""), values.get("post", ""))
    if part == "commendations":
        instead = str(NOT_LISTED)
    title = row["title"].replace(row["values"][fields[0]], instead) if part in CALLED_BY_NAME else row["title"]
    return {**row, "title": title, "values": values}


def _of_speech(row: Row, speeches: dict[str, str]) -> Row:
    said = row["values"].get("speech", "")
    return {**row, "values": {**row["values"], "speech": speeches[said]}} if said in speeches else row
