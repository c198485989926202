"""The papers that are made from the record: each has a name, what it is made from, and a function that makes it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from awards.models import Decision, PublicNotice, Selection
from conferences.models import Conference
from conferences.models.conference import FIRST_YEAR, LAST_YEAR
from courts.access import own
from papers.kinds.decision import decision_paper
from papers.kinds.letters import letters_paper
from papers.kinds.notice import notice_paper
from papers.kinds.register import register_paper
from papers.kinds.sheet import sheet_paper
from papers.kinds.summary import summary_paper
from papers.kinds.task_table import task_table
from papers.made import Made

DOCX, PDF = "docx", "pdf"


class Kind(NamedTuple):
    """One kind of paper. `key` of its address: of the record it is made from, or a year of the court.

    `by_department`: it can be made for one department alone, whose key is given to `made` as `department`.
    """

    name: str
    label: Any
    made_from: Any
    made: Callable[..., Made | None]
    formats: tuple[str, ...] = (DOCX, PDF)
    by_department: bool = False


def _of_rows(rows: Callable[[], QuerySet], make: Callable[..., Made | None]) -> Callable[..., Made | None]:
    """Makes it from one of the rows that are the user's own; None where there is no such row."""

    def made(user: Any, key: int, **chosen: int) -> Made | None:
        found = own(rows(), user).filter(pk=key).first()
        return make(found, **chosen) if found else None

    return made


def _of_year(user: Any, key: int) -> Made | None:
    return register_paper(user.court, key) if user.court and FIRST_YEAR <= key <= LAST_YEAR else None


ALL = (
    Kind(
        "decision",
        _("Commendation decision"),
        _("the decision and its winners"),
        _of_rows(lambda: Decision.objects.select_related("conference__court"), decision_paper),
    ),
    Kind(
        "reading",
        _("Sheet for reading out"),
        _("the winners of a conference, without revoked ones"),
        _of_rows(lambda: Conference.objects.select_related("court"), sheet_paper),
    ),
    Kind(
        "tasks",
        _("Table of the tasks"),
        _("the tasks of a conference and the reports on their measures"),
        _of_rows(lambda: Conference.objects.select_related("court"), task_table),
    ),
    Kind(
        "letters",
        _("Letters of responsibility"),
        _("the measures of a conference that were not cancelled"),
        _of_rows(lambda: Conference.objects.select_related("court"), letters_paper),
        by_department=True,
    ),
    Kind(
        "notice",
        _("Public notice"),
        _("the notice and the nominations that it puts up"),
        _of_rows(lambda: PublicNotice.objects.select_related("selection__court"), notice_paper),
    ),
    Kind(
        "summary",
        _("Summary of nominations"),
        _("the nominations of a selection that were neither rejected nor withdrawn"),
        _of_rows(lambda: Selection.objects.select_related("court"), summary_paper),
    ),
    Kind(
        "register",
        _("Register of honours of a year"),
        _("all winners and honours from above of one year"),
        _of_year,
    ),
)
KINDS = {kind.name: kind for kind in ALL}
