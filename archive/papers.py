"""The papers that the record of a conference gives: which, and what is missing in them."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from awards.models import PublicNotice
from conferences.models import Conference, Measure
from papers.delivery import file_of
from papers.kinds import DOCX, KINDS, PDF
from papers.kinds.decision import decision_paper
from papers.kinds.letters import letters_paper
from papers.kinds.notice import notice_paper
from papers.kinds.register import register_paper
from papers.kinds.sheet import sheet_paper
from papers.kinds.summary import summary_paper
from papers.kinds.task_table import task_table
from papers.made import Made
from papers.models import CourtTemplate
from papers.words import chinese


@dataclass(frozen=True)
class Source:
    """One paper of the record, in each of its formats. `row`: from what it is made."""

    kind: str
    row: Any
    title: str
    day: datetime.date | None
    number: str = ""

    @cached_property
    def made(self) -> Made:
        return MAKERS[self.kind](self.row)

    @property
    def label(self) -> str:
        return chinese(KINDS[self.kind].label)


@dataclass(frozen=True)
class Paper:
    """One file of it."""

    source: Source
    file_format: str

    kind = property(lambda self: self.source.kind)
    number = property(lambda self: self.source.number)
    day = property(lambda self: self.source.day)

    @property
    def title(self) -> str:
        return f"{self.source.label}_{self.source.title}"

    def content(self) -> bytes:
        """The court's own form where it has one, as a DOCX. Raises Refused."""
        made = self.source.made
        own = CourtTemplate.objects.of(made.court, self.kind) if self.file_format == DOCX else None
        return file_of(made, self.file_format, own)


# By the names of papers/kinds.
MAKERS: dict[str, Any] = {
    "decision": decision_paper,
    "reading": sheet_paper,
    "tasks": task_table,
    "letters": letters_paper,
    "notice": notice_paper,
    "summary": summary_paper,
    "register": lambda conference: register_paper(conference.court, conference.year_reviewed),
}


def sources_of(conference: Conference) -> Iterator[Source]:
    """In the order in which they come about. A fixed number of queries; a paper is made when it is asked for."""
    selections = list(conference.selections.select_related("court").order_by("id"))
    for selection in selections:
        yield Source("summary", selection, selection.title, selection.closes_on)
    notices = PublicNotice.objects.filter(selection__in=selections).select_related("selection__court")
    for notice in notices.order_by("starts_on", "id"):
        yield Source("notice", notice, notice.title, notice.starts_on)
    for decision in conference.decisions.select_related("conference__court").order_by("year", "serial", "id"):
        yield Source("decision", decision, decision.title, decision.signed_on, decision.document_number)
    has_winners = conference.commendations.exists()
    if has_winners:
        yield Source("reading", conference, conference.title, conference.starts_on)
    if Measure.objects.of_conference(conference).exists():
        yield Source("tasks", conference, conference.title, conference.starts_on)
        yield Source("letters", conference, conference.title, conference.starts_on)
    if conference.kind == Conference.Kind.ANNUAL and (has_winners or conference.honours.exists()):
        year = conference.year_reviewed
        yield Source("register", conference, f"{year}年度", datetime.date(year, 12, 31))


def papers_of(conference: Conference) -> Iterator[Paper]:
    for source in sources_of(conference):
        for file_format in (DOCX, PDF):
            if file_format in KINDS[source.kind].formats:
                yield Paper(source, file_format)
