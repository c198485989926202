"""The board of a selection: all nominations by award, the quota, what speaks against each, and how far it is."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from awards.models import Nomination, Selection
from awards.nominations.eligibility import candidates, findings, findings_of
from conferences.checks.findings import Finding

Stage = Nomination.Stage
CLOSED = (Stage.REJECTED, Stage.WITHDRAWN)


class Found(NamedTuple):
    """A finding, and by whom and why it was let pass, if it was."""

    finding: Finding
    override: Any

    @property
    def holds_up(self) -> bool:
        return self.finding.blocks and self.override is None


class Line(NamedTuple):
    """One nomination on the board."""

    nomination: Nomination
    found: list[Found]

    @property
    def holding(self) -> int:
        """How many findings hold the approval up."""
        return sum(one.holds_up for one in self.found)

    @property
    def ended(self) -> tuple[str, Any]:
        """Why and by whom it was returned, rejected or withdrawn."""
        row = self.nomination
        return {
            Stage.RETURNED: (row.return_reason, row.returned_by),
            Stage.REJECTED: (row.rejection_reason, row.rejected_by),
            Stage.WITHDRAWN: (row.withdrawal_reason, row.withdrawn_by),
        }.get(row.stage, ("", None))


class Group(NamedTuple):
    """The nominations for one award. `quota`: None where the award left the plan."""

    category: Any
    quota: Any
    lines: list[Line]

    @property
    def limit(self) -> int | None:
        return self.quota.limit if self.quota else None

    @property
    def nominated(self) -> int:
        return sum(line.nomination.nominated_at is not None for line in self.lines)

    @property
    def approved(self) -> int:
        return sum(line.nomination.approved_at is not None for line in self.lines)

    @property
    def scale(self) -> int:
        """The length of the meter: the quota, or what is approved beyond it."""
        return max(self.limit or 0, self.approved, 1)

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.approved > self.limit


class Board(NamedTuple):
    groups: list[Group]
    ended: list[Line]


def board_of(selection: Selection) -> Board:
    """The live nominations by award in the order of the plan, and those that ended. A fixed number of queries."""
    about = candidates(selection)
    found = findings(about)
    lines = [_line(one, found[one.pk]) for one in sorted(about.nominations, key=_by_rank)]
    categories = {quota.category: quota for quota in about.quotas.values()}
    categories |= {line.nomination.category: None for line in lines if line.nomination.category not in categories}
    groups = [
        Group(category, quota, [line for line in lines if line.nomination.category == category])
        for category, quota in categories.items()
    ]
    ended = selection.nominations.ended().with_names().order_by("category__order", "id")
    return Board(groups, [Line(one, []) for one in ended])


def line_of(nomination: Nomination) -> Line:
    """One nomination with its findings; of one that ended nothing is checked any more."""
    if nomination.stage in CLOSED:
        return Line(nomination, [])
    return _line(nomination, findings_of(nomination, candidates(nomination.selection)))


def _line(nomination: Nomination, found: Iterable[Finding]) -> Line:
    passed = {override.key: override for override in nomination.overrides.all()}
    return Line(nomination, [Found(one, passed.get(one.key)) for one in found])


def _by_rank(nomination: Nomination) -> tuple[Any, ...]:
    return (nomination.rank is None, nomination.rank or 0, nomination.nominated_at is None, nomination.pk)
