"""What the pages of a department's liaison show, and what they do."""

from collections import Counter
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination, Quota, Selection
from awards.nominations.eligibility import FOR_DEPARTMENTS, candidates, findings_of
from awards.nominations.forms import NominationForm, WithdrawalForm
from courts.refusals import Refused

MOST = 200  # nominations on the list: those of the last years
Stage = Nomination.Stage
WITHDRAWABLE = (Stage.DRAFT, Stage.RETURNED, Stage.NOMINATED, Stage.CHECKED)


class Line(NamedTuple):
    """An award of a selection with what the department has of its quota. `limit`: None where it is not limited."""

    quota: Quota
    used: int
    limit: int | None

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(self.limit - self.used, 0)


class Open(NamedTuple):
    """A selection for which departments nominate now."""

    selection: Selection
    lines: list[Line]


def overview(user: Any) -> dict[str, Any]:
    """What is open with the quotas, and the own nominations, what came back first. A fixed number of queries."""
    may_handle = user.has_perm("awards.handle_nomination")
    if not (user.department_id or may_handle):
        return {"lacks_department": True}
    mine = list(Nomination.objects.nominated_by(user).with_names().select_related("selection").latest_first()[:MOST])
    used = Counter(
        (one.selection_id, one.category_id)
        for one in mine
        if one.nominated_at and not (one.rejected_at or one.withdrawn_at)
    )
    opened = [
        Open(
            selection,
            [
                Line(quota, used[selection.pk, quota.category_id], _limit(quota, user))
                for quota in selection.quotas.all()
            ],
        )
        for selection in Selection.objects.for_nominating(user).open().with_plan()
    ]
    returned = [one for one in mine if one.stage == Stage.RETURNED]
    return {
        "department": user.department,
        "opened": opened,
        "returned": returned,
        "others": [one for one in mine if one not in returned],
    }


def _limit(quota: Quota, user: Any) -> int | None:
    """Whoever nominates for every department has the number of all."""
    return quota.limit if user.has_perm("awards.handle_nomination") else quota.limit_of(user.department_id)


def form_of(request: HttpRequest, row: Nomination) -> NominationForm:
    is_sent = request.method == "POST" and "withdraw" not in request.POST
    chosen = request.GET.get("category", "")
    initial = {"category": int(chosen)} if not row.pk and chosen.isdecimal() and len(chosen) < len("9" * 10) else {}
    data, files = (request.POST, request.FILES) if is_sent else (None, None)
    return NominationForm(data, files, user=request.user, nomination=row, initial=initial)


def hand_in(request: HttpRequest, form: NominationForm) -> Nomination | None:
    """Saves it and, where that button was pressed, nominates. None: it could not even be saved."""
    try:
        row = form.save()
    except Refused as refused:
        form.add_error(None, refused)
        return None
    if "nominate" not in request.POST:
        messages.success(request, _("Saved as a draft. It is not nominated yet."))
        return row
    try:
        row.nominate(by=request.user)
    except Refused as refused:
        messages.error(request, " ".join([*map(str, refused.messages), str(_("It was saved as a draft."))]))
    else:
        messages.success(request, _("Nominated. The political department checks it now."))
    return row


def withdraw(request: HttpRequest, row: Nomination, reason: str) -> None:
    try:
        row.withdraw(by=request.user, reason=reason)
    except (Refused, PermissionDenied) as refused:
        messages.error(request, " ".join(getattr(refused, "messages", [str(_("You may not do that."))])))
    else:
        messages.success(request, _("The nomination was withdrawn."))


def nomination_page(request: HttpRequest, row: Nomination) -> dict[str, Any]:
    """What a department reads of its own nomination: nothing about sanctions, appraisals, opinions and ranks."""
    withdraws = "withdraw" in request.POST
    found = [] if row.stage in (Stage.REJECTED, Stage.WITHDRAWN) else findings_of(row, candidates(row.selection))
    return {
        "nomination": row,
        "selection": row.selection,
        "findings": [finding for finding in found if finding.code in FOR_DEPARTMENTS],
        "form": form_of(request, row) if row.is_editable else None,
        "withdrawal": WithdrawalForm(request.POST if withdraws else None) if row.stage in WITHDRAWABLE else None,
    }
