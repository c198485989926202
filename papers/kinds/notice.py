"""公示: who is to be honoured, as it is put up, with its list as an attachment."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from awards.models import Nomination, PublicNotice
from awards.selections.querysets import NominationQuerySet
from awards.wording import date
from conferences.checks.findings import Finding, Place
from conferences.models import Audience, Conference
from courts.strokes import stroke_key
from papers.content import Attachment, Column, Note, Paper, Table, spaced, texts_of
from papers.kinds.decision import without_lists
from papers.layout import TABLE
from papers.made import Count, Made, about_fonts, some
from papers.winners import order_note

COLUMNS = (Column("序号", 14), Column("奖项", 36), Column("推荐对象", 48), Column("部门", 58))


def notice_paper(notice: PublicNotice) -> Made:
    court = notice.selection.court
    rows = sorted(nominated(notice.nominations.all()), key=_by_strokes)
    paper = Paper(
        title=notice.title,
        blocks=texts_of(without_lists(notice.text)),
        attachments=(
            Attachment(
                "附件",
                "拟表彰对象名单",
                (_table(rows), Note(f"共{len(rows)}项。{order_note(Conference.Order.STROKES)}。")),
            ),
        ),
        signature=court.name,
        date=date(notice.starts_on),
    )
    return Made(
        paper, court, notice.title, notice.starts_on, None, list(_missing(notice, rows, paper)), list(_counts(rows))
    )


def nominated(nominations: NominationQuerySet) -> list[Nomination]:
    """Award by award in the court's order, collectives first. One query."""
    rows = nominations.select_related("category", "person", "by_department")
    return sorted(rows, key=lambda one: not one.category.is_collective)


def _by_strokes(one: Nomination) -> tuple[Any, ...]:
    """Not by rank, which nobody outside the political department reads."""
    category = one.category
    own = one.person.sort_key if one.person else ""
    return not category.is_collective, category.order, category.pk, stroke_key(one.speaker, own), one.pk


def nominee(one: Nomination) -> str:
    """As in a list: 张　三."""
    return spaced(one.speaker) if one.category.recipient_kind == one.category.RecipientKind.PERSON else one.speaker


def _table(rows: list[Nomination]) -> Table:
    cells = ((str(one.category), nominee(one), one.department_name if one.name else "") for one in rows)
    return Table(COLUMNS, tuple((str(place), *row) for place, row in enumerate(cells, 1)), TABLE)


def _counts(rows: list[Nomination]) -> Iterator[Count]:
    """What the paper names against those that still stand."""
    standing = Counter(one.category for one in rows if not (one.rejected_at or one.withdrawn_at))
    for category, found in groupby(rows, key=lambda one: one.category):
        yield Count(category.name, len(list(found)), standing[category])


def _missing(notice: PublicNotice, rows: list[Nomination], paper: Paper) -> Iterator[Finding]:
    at = Place("awards_selection", "title", notice.selection_id)
    if not rows:
        yield Finding("no-nominations", _("No nomination belongs to this notice."), at)
    if not notice.contact:
        yield Finding("no-contact", _("The notice does not say where to object."), at)
    if not notice.text:
        yield Finding("no-text", _("The notice has no text."), at)
    hidden = [one for one in rows if one.person and one.person.left_off_since]
    if hidden and notice.audience == Audience.PUBLIC:
        text = _("To be left off public pages, and named in this paper: %(names)s.") % {"names": some(hidden)}
        yield Finding("left-off", text, at, (len(hidden),))
    gone = [one for one in rows if one.rejected_at or one.withdrawn_at]
    if gone:
        text = _("Rejected or withdrawn since the notice: %(names)s.") % {"names": some(gone)}
        yield Finding("gone", text, at, (len(gone),))
    yield from about_fonts(paper)
