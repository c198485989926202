"""Acts of the political department over several nominations: steps, ranks, opinions, findings that are let pass."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination, Opinion, Override, Selection
from awards.models.nominations import said
from awards.nominations.eligibility import candidates, findings_of
from courts.access import may
from courts.refusals import Refused

LONGEST_BODY: int = Opinion._meta.get_field("body").max_length or 0


class Step(NamedTuple):
    """A step that is taken on the board."""

    name: str
    label: Any
    act: Callable[..., None]
    permission: str
    needs_reason: bool = False


STEPS = (
    Step("check", _("Check"), Nomination.pass_check, "awards.handle_nomination"),
    Step("approve", _("Approve"), Nomination.approve, "awards.approve_nomination"),
    Step("return", _("Return"), Nomination.give_back, "awards.handle_nomination", needs_reason=True),
    Step("reject", _("Reject"), Nomination.reject, "awards.handle_nomination", needs_reason=True),
    Step("withdraw", _("Withdraw"), Nomination.withdraw, "awards.handle_nomination", needs_reason=True),
)


def steps_for(user: Any) -> list[Step]:
    return [step for step in STEPS if user.has_perm(step.permission)]


@transaction.atomic
def take(step: Step, selection: Selection, keys: Iterable[int], *, by: Any, reason: str = "") -> int:
    """Takes a step with each of these nominations, or with none: the refusal says for which it is not due."""
    may(by, step.permission, selection)
    Selection.objects.lock(selection.pk)
    wanted = set(keys)
    rows = list(selection.nominations.with_names().filter(pk__in=wanted).order_by("pk"))
    if not wanted or len(rows) != len(wanted):
        raise Refused(_("Choose the nominations first."))
    refused = []
    for nomination in rows:
        try:
            step.act(nomination, by=by, **({"reason": reason} if step.needs_reason else {}))
        except Refused as refusal:
            refused += refusal.messages
    if refused:
        raise Refused(" ".join(dict.fromkeys(refused)))
    return len(rows)


@transaction.atomic
def set_ranks(selection: Selection, ranks: dict[int, int | None], *, by: Any) -> int:
    """The order of the candidates within each award, for the decision meeting; returns how many changed."""
    may(by, "awards.handle_nomination", selection)
    Selection.objects.lock(selection.pk)
    changed = 0
    for nomination in selection.nominations.live().filter(pk__in=ranks).order_by("pk"):
        if nomination.rank != ranks[nomination.pk]:
            nomination.rank = ranks[nomination.pk]
            nomination.save(update_fields=["rank"])
            changed += 1
    return changed


@transaction.atomic
def ask(selection: Selection, keys: Iterable[int], *, body: str, by: Any, now: datetime.datetime | None = None) -> int:
    """Records that a body was asked about these nominees; returns about how many it was not asked before."""
    may(by, "awards.handle_nomination", selection)
    body = body.strip()
    if not body or len(body) > LONGEST_BODY:
        raise Refused(_("Say who is asked, in at most %(most)d characters."), params={"most": LONGEST_BODY})
    Selection.objects.lock(selection.pk)
    rows = selection.nominations.live().filter(pk__in=set(keys)).order_by("pk")
    asked = {"asked_at": now or timezone.now(), "asked_by": by}
    made = [Opinion.objects.get_or_create(nomination=one, body=body, defaults=asked)[1] for one in rows]
    if not made:
        raise Refused(_("Choose the nominations first."))
    return sum(made)


def record_opinion(
    opinion: Opinion, *, verdict: str, text: str = "", given_on: datetime.date | None = None, by: Any
) -> None:
    """What the body said. A later answer replaces it; the history keeps the first."""
    may(by, "awards.handle_nomination", opinion)
    if verdict not in Opinion.Verdict:
        raise Refused(_("Say what the opinion is."))
    opinion.verdict, opinion.text = verdict, text.strip()
    opinion.given_on = given_on or timezone.localdate()
    opinion.recorded_at, opinion.recorded_by = timezone.now(), by
    opinion.save()


@transaction.atomic
def let_pass(nomination: Nomination, key: str, *, reason: str, by: Any, now: datetime.datetime | None = None) -> None:
    """The finding of this key no longer holds the nomination up, as long as it says the same. Twice changes nothing.

    Refused for whoever nominated, without a reason, and where there is no such finding any more.
    """
    may(by, "awards.override_finding", nomination)
    reason = said(reason)
    if nomination.nominated_by_id == by.pk:
        raise Refused(_("Whoever nominated does not let a finding pass."))
    Selection.objects.lock(nomination.selection_id)
    found = findings_of(nomination, candidates(nomination.selection))
    finding = next((one for one in found if one.key == key and one.blocks), None)
    if finding is None:
        raise Refused(_("This finding is not there any more. Look at the list again."))
    passed = {"text": finding.text, "reason": reason, "overridden_at": now or timezone.now(), "overridden_by": by}
    Override.objects.get_or_create(nomination=nomination, key=key, defaults=passed)


def take_back(nomination: Nomination, key: str, *, by: Any) -> None:
    """The finding counts again; the history keeps that it was let pass. Twice changes nothing."""
    may(by, "awards.override_finding", nomination)
    for override in nomination.overrides.filter(key=key):
        override.delete()
