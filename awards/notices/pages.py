"""The page of a public notice, as one reader sees it, and the objections that come in on it."""

from hashlib import blake2s
from typing import Any, NamedTuple

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from awards.models import AwardCategory, Nomination, PublicNotice
from awards.notices.forms import ObjectionForm
from awards.notices.noticing import object_to
from awards.selections.shortlist import Listed, shortlist
from conferences.models import Audience
from courts.access import sees_everything_of
from courts.refusals import Refused

HOUR = 60 * 60  # seconds
# From one address in one hour: a whole court may stand behind one.
MOST_FROM_ONE = 20


class Group(NamedTuple):
    """One award as it is read: the names, and how many more are not listed."""

    category: AwardCategory
    names: list[tuple[str, str]]
    unnamed: int

    @property
    def size(self) -> int:
        return len(self.names) + self.unnamed


def notice_page(notice: PublicNotice, user: Any, form: ObjectionForm | None) -> dict[str, Any]:
    """What was put up stays on the page as it was put up: who was rejected since, and why, is nobody's to read here."""
    court = notice.selection.court
    private = sees_everything_of(user, court.pk)
    return {
        "notice": notice,
        "court": court,
        "groups": [_group(one, private=private) for one in shortlist(notice.nominations.all())],
        "has_begun": notice.has_begun(),
        "has_ended": notice.has_ended(),
        "is_for_staff": notice.audience == Audience.STAFF,
        "private": private,
        "form": form,
    }


def _group(group: Listed, *, private: bool) -> Group:
    """Name and department; whoever asked to be left off is counted, unless `private`."""
    named = [row for row in group.nominations if private or not _is_left_off(row)]
    names = [(row.recipient, row.department_name if row.name else "") for row in named]
    return Group(group.category, names, len(group.nominations) - len(named))


def _is_left_off(row: Nomination) -> bool:
    return row.person is not None and row.person.is_left_off


def objection_form(request: HttpRequest, notice: PublicNotice) -> ObjectionForm | None:
    """On its days only. It offers the names that this reader sees on the page."""
    if not notice.takes_objections():
        return None
    nominations = Nomination.objects.put_up_in(notice)
    if not sees_everything_of(request.user, notice.selection.court_id):
        nominations = nominations.named_to_readers()
    return ObjectionForm(request.POST if request.method == "POST" else None, nominations=nominations)


def hear(request: HttpRequest, notice: PublicNotice, form: ObjectionForm) -> bool:
    """Takes the objection in; a refusal is said on the form. Who sent it is not kept."""
    if _comes_too_often(request, notice):
        form.add_error(None, _("Too much has come in from here. Please try again in an hour, or object in writing."))
        return False
    try:
        object_to(notice, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused)
        return False
    return True


def _comes_too_often(request: HttpRequest, notice: PublicNotice) -> bool:
    """Counts in memory alone, under a digest of the address, and forgets it after an hour."""
    address = blake2s(str(get_client_ip_address(request)).encode(), digest_size=12).hexdigest()
    key = f"objections:{notice.pk}:{address}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > MOST_FROM_ONE
    except ValueError:  # it was forgotten in between
        return False
