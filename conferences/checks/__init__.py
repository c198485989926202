"""What is missing in a record and what does not add up: a list of findings, each waived or not.

Rules are small generators over a `Record` that is loaded once. They never change what was entered. Each app names its
own in its configuration (`record_checks`), so that those of the awards stand with the awards.

Nothing that a model imports may import models: this module and `findings` are imported by the conference itself, which
asks them before it is submitted or published. The rules are found by name when they are asked for.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string
from django.utils.translation import gettext, ngettext

from conferences.checks.findings import Finding
from conferences.checks.record import Record, records
from courts.refusals import Refused

Rule = Callable[[Record], Iterator[Finding]]


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the apps: those about the conference before those about its awards."""
    places = [place for config in apps.get_app_configs() for place in getattr(config, "record_checks", ())]
    return tuple(rule for place in places for rule in import_string(place))


@dataclass(frozen=True)
class Assessment:
    """The findings about a conference. `waivers`: by the key of the finding that each waives."""

    found: list[Finding]
    waivers: dict[str, Any] = field(default_factory=dict)

    @property
    def blocking(self) -> list[Finding]:
        """What must be mended or waived before the conference is submitted or published."""
        return [finding for finding in self.found if finding.blocks and finding.key not in self.waivers]

    @property
    def to_look_at(self) -> list[Finding]:
        return [finding for finding in self.found if not finding.blocks and finding.key not in self.waivers]

    @property
    def waived(self) -> list[tuple[Finding, Any]]:
        """Each with its waiver. Waivers of findings that are gone say nothing any more."""
        return [(finding, self.waivers[finding.key]) for finding in self.found if finding.key in self.waivers]

    @property
    def words(self) -> str:
        """2 that block · 5 to look at · 1 waived."""
        block, look, passed = len(self.blocking), len(self.to_look_at), len(self.waived)
        counted = [
            ngettext("%(count)d that blocks", "%(count)d that block", block) % {"count": block} if block else "",
            ngettext("%(count)d to look at", "%(count)d to look at", look) % {"count": look} if look else "",
            ngettext("%(count)d waived", "%(count)d waived", passed) % {"count": passed} if passed else "",
        ]
        return " · ".join(filter(None, counted)) or gettext("nothing found")


def assess(conference: Any) -> Assessment:
    """All findings about the conference, in a fixed number of queries whatever its size."""
    return _assessed(Record(conference))


def assess_all(conferences: Iterable[Any]) -> dict[int, Assessment]:
    """The same for several at once, by their keys, in as many queries as for one."""
    return {record.conference.pk: _assessed(record) for record in records(conferences)}


def _assessed(record: Record) -> Assessment:
    found = {finding.key: finding for rule in rules() for finding in rule(record)}
    return Assessment(list(found.values()), {waiver.key: waiver for waiver in record.waivers})


def refuse_unready(conference: Any) -> None:
    """Raises Refused, with what blocks, unless every finding that blocks was mended or waived."""
    blocking = assess(conference).blocking
    if blocking:
        counted = ngettext("%(count)d finding blocks this step:", "%(count)d findings block this step:", len(blocking))
        texts = [counted % {"count": len(blocking)}, *(finding.text for finding in blocking)]
        raise Refused(" ".join(texts), code="unready")
