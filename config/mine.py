"""What a signed-in reader finds about themselves: own honours, own work, and the conferences of the own court.

Each list is short and leads to the page that has all of it.
"""

from typing import Any

from awards.nominations.pages import overview as nominations_of
from awards.register.pages import person_page
from conferences.follow_up.pages import lines_of
from conferences.follow_up.pages import overview as measures_of
from conferences.listing import latest_of
from conferences.models import Measure

MOST = 5  # lines of each list


def mine_page(user: Any) -> dict[str, Any]:
    """For whoever is signed in, linked to an entry in the register or not. A fixed number of queries for each role."""
    person, court = user.person, user.court
    return {
        "person": person,
        "court": court,
        "department": user.department or (person.department if person else None),
        "families": own_honours(user) if person else [],
        "measures": own_measures(user) if person else [],
        "reports": waiting_reports(user),
        "nominations": own_nominations(user),
        "entries": latest_of(court, user, MOST) if court else [],
    }


def own_honours(user: Any) -> list[tuple[Any, int, list[Any]]]:
    """(family, how many, the latest of them) as in the register."""
    families = person_page(user, user.person)["families"]
    return [(label, len(entries), entries[:MOST]) for label, entries in families]


def own_measures(user: Any) -> list[Any]:
    """Measures that the user's own entry answers for, in what was published."""
    measures = Measure.objects.visible_to(user).followed()
    return lines_of(measures.answered_for_by(user.person))


def waiting_reports(user: Any) -> dict[str, Any]:
    """For a liaison: the measures of the department whose report is missing; for anybody else nothing."""
    if not (user.department_id and user.has_perm("conferences.report_measure")):
        return {}
    waiting = measures_of(user)["waiting"]
    return {"number": len(waiting), "lines": waiting[:MOST]}


def own_nominations(user: Any) -> dict[str, Any]:
    """For a liaison: what came back, what is under way, and how many selections are open; for anybody else nothing."""
    if not (user.department_id and user.has_perm("awards.nominate_nomination")):
        return {}
    page = nominations_of(user)
    rows = [*page["returned"], *page["others"]]
    return {"number": len(rows), "rows": rows[:MOST], "open": len(page["opened"])}
