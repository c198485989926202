"""What clerk and approver do about a public notice and the decision after it: each shows first what it will write."""

from collections.abc import Callable
from copy import copy
from functools import partial
from hashlib import blake2s
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.decisions.deciding import conference_title, decide, proposed
from awards.models import Nomination, Objection, PublicNotice, Selection
from awards.notices.forms import DecideForm, EnterForm, HandleForm, MoveForm, StartForm
from awards.notices.noticing import (
    conclude_notice,
    conclusion_of,
    drafted,
    enter_objection,
    handle_objection,
    move_notice,
    moved,
    start_notice,
)
from awards.selections.shortlist import Listed, shortlist
from awards.wording import NAMES_IN_NOTICE
from conferences.steps import moment

Said = dict[str, Any]


class Shown(NamedTuple):
    """One thing that is read before the act: a text, or names by award."""

    heading: Any
    text: str = ""
    listed: list[Listed] = []

    @property
    def paragraphs(self) -> list[str]:
        return self.text.splitlines()


class Act(NamedTuple):
    """One act about a record.

    `form` takes the data sent, or None, and the record; `act` the record, `by` and what the form said; `shown` the
    record, what is said so far and the user, and raises Refused where the act is not due. `depends_on_form`: whether
    what is shown changes with what is typed.
    """

    name: str
    label: Any
    explanation: Any
    done: Any
    permission: str
    form: Callable[[Any, Any], forms.BaseForm]
    act: Callable[..., Any]
    shown: Callable[[Any, Said, Any], list[Shown]]
    depends_on_form: bool = False


def fingerprint(shown: list[Shown]) -> str:
    """Another one as soon as anything that was shown is another: nobody puts up what was not read."""
    said = [
        (one.text, [(group.category.pk, [row.pk for row in group.nominations]) for group in one.listed])
        for one in shown
    ]
    return blake2s(repr(said).encode(), digest_size=8).hexdigest()


def _initial(form: Any, data: Any, record: Any) -> forms.BaseForm:
    return form(data) if data is not None else form(initial=form.usual(record))


def _entering(data: Any, notice: PublicNotice) -> forms.BaseForm:
    return EnterForm(data, nominations=Nomination.objects.put_up_in(notice))


def _handling(data: Any, objection: Objection) -> forms.BaseForm:
    return HandleForm(data, instance=copy(objection), nominations=Nomination.objects.put_up_in(objection.notice))


def _texts(notice: PublicNotice, listed: list[Listed]) -> list[Shown]:
    days = f"{notice.starts_on:%Y-%m-%d} – {notice.ends_on:%Y-%m-%d}"
    return [Shown(_("First and last day"), days), Shown(notice.title, notice.text), Shown(NAMES_IN_NOTICE, "", listed)]


def _to_be_put_up(selection: Selection, said: Said, _user: Any) -> list[Shown]:
    notice = drafted(selection, StartForm.terms(said))
    return _texts(notice, shortlist(selection.nominations.to_be_noticed()))


def _to_be_moved(notice: PublicNotice, said: Said, _user: Any) -> list[Shown]:
    return _texts(moved(notice, **said), shortlist(notice.nominations.all()))


def _nothing(_notice: PublicNotice, _said: Said, _user: Any) -> list[Shown]:
    return []


def _what_was_said(objection: Objection, _said: Said, _user: Any) -> list[Shown]:
    who = objection.name or str(_("anonymous"))
    came = f"{moment(objection.received_at)} · {objection.get_channel_display()} · {who} {objection.contact}".strip()
    about = str(objection.nomination or _("the list as a whole"))
    return [Shown(_("Objection"), f"{came}\n{about}"), Shown(_("In the words of the objector"), objection.text)]


def _what_comes_of_it(notice: PublicNotice, _said: Said, _user: Any) -> list[Shown]:
    conclusion = conclusion_of(notice)
    live = shortlist(notice.nominations.live())
    confirmed = [_only(group, lambda row: row.pk not in conclusion.against) for group in live]
    rejected = [_only(group, lambda row: row.pk in conclusion.against) for group in live]
    shown = [
        Shown(_("The record that is kept"), conclusion.text),
        Shown(_("Confirmed"), "", [group for group in confirmed if group.nominations]),
        Shown(_("Rejected, because an objection was upheld"), "", [group for group in rejected if group.nominations]),
    ]
    return [one for one in shown if one.text or one.listed]


def _only(group: Listed, is_meant: Callable[[Nomination], bool]) -> Listed:
    return Listed(group.category, [row for row in group.nominations if is_meant(row)])


def _to_be_decided(selection: Selection, said: Said, user: Any) -> list[Shown]:
    listed = proposed(selection, by=user, signed_on=said.get("signed_on"))
    where = Shown(_("The conference where they are given"), conference_title(selection))
    return [where, Shown(_("Who is honoured"), "", listed)]


START = Act(
    "start",
    _("Start a public notice"),
    _(
        "The names that are approved are put up for so many working days. The page opens to its audience on the first"
        " day. Nothing that was put up is taken back; until somebody objects its days may be changed."
    ),
    _("The public notice is put up."),
    "awards.start_publicnotice",
    partial(_initial, StartForm),
    lambda selection, by, **said: start_notice(selection, StartForm.terms(said), by=by),
    _to_be_put_up,
    depends_on_form=True,
)
DECIDE = Act(
    "decide",
    _("Decide"),
    _(
        "The confirmed names become commendations of this decision, all of them or none. They stay hidden until they"
        " are announced. What was decided is not deleted; it can only be revoked."
    ),
    _("The decision was taken; the winners stand on the honour roll of the conference."),
    "awards.take_decision",
    partial(_initial, DecideForm),
    decide,
    _to_be_decided,
)
MOVE = Act(
    "move",
    _("Change the days"),
    _("The last day is counted anew, and the text says the new days."),
    _("The days were changed."),
    "awards.start_publicnotice",
    partial(_initial, MoveForm),
    move_notice,
    _to_be_moved,
    depends_on_form=True,
)
ENTER = Act(
    "enter",
    _("Enter an objection"),
    _("For what came by letter, by telephone or in person. Only clerks and approvers of this court read it."),
    _("The objection was entered."),
    "awards.handle_objection",
    _entering,
    enter_objection,
    _nothing,
)
CONCLUDE = Act(
    "conclude",
    _("Conclude"),
    _("After the last day, once every objection is handled: the names are confirmed, and the record is kept."),
    _("The public notice was concluded."),
    "awards.conclude_publicnotice",
    lambda data, _notice: forms.Form(data),
    conclude_notice,
    _what_comes_of_it,
)
HANDLE = Act(
    "handle",
    _("Record how it was handled"),
    _("What was found out and what came of it. It can be corrected until the public notice is concluded."),
    _("It was recorded how the objection was handled."),
    "awards.handle_objection",
    _handling,
    handle_objection,
    _what_was_said,
)
NOTICE_ACTS = (MOVE, ENTER, CONCLUDE)


def due(notice: PublicNotice) -> list[Act]:
    """The acts that are possible now; whether they are the user's own is another question."""
    if notice.concluded_at:
        return []
    acts = [MOVE] if not notice.has_ended() and not notice.objections.exists() else []
    acts += [ENTER] if notice.has_begun() else []
    return acts + ([CONCLUDE] if notice.has_ended() else [])
