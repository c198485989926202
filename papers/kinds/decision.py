"""表彰决定: the decision in the layout of an official document, with its lists as attachments."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from awards.checks import ROLL
from awards.models import Decision
from awards.wording import counted, date
from conferences.checks.findings import Finding, at_row
from conferences.checks.record import Record
from papers.content import Paper, Text, texts_of
from papers.court_templates import context_of
from papers.made import Made, about_fonts, about_revoked, about_the_list, counts_of, day_of
from papers.winners import Group, attachments_of, groups_of

EVERYBODY = "各部门"
LONGEST_ADDRESSEE = 60
# Where something is missing the paper itself says so, too.
NO_NUMBER, NO_DATE = "【缺发文字号】", "【缺成文日期】"
STANDARD_OPENING = "为表彰先进、激励担当，经研究，决定对{numbers}予以表彰。"
STANDARD_CLOSING = "希望受到表彰的{whom}珍惜荣誉，再接再厉。全院干警要以先进为榜样，忠诚履职，公正司法。"


def decision_paper(decision: Decision) -> Made:
    conference = decision.conference
    groups = groups_of(decision.commendations.all(), conference.roll_order)
    addressee, text = split_addressee(decision.text)
    paper = Paper(
        title=decision.title,
        mark=f"{conference.court.name}文件",
        number=decision.document_number or NO_NUMBER,
        addressee=addressee,
        blocks=texts_of(without_lists(text)) or standard_text(groups),
        attachments=attachments_of(groups, conference.roll_order),
        signature=conference.court.name,
        date=date(decision.signed_on) if decision.signed_on else NO_DATE,
    )
    record = Record(conference)
    return Made(
        paper,
        conference.court,
        "_".join(filter(None, (decision.title, decision.document_number))),
        decision.signed_on or day_of(conference),
        conference,
        list(_missing(decision, groups, record, paper)),
        counts_of(groups, record, of=decision),
        context_of(decision, paper),
    )


def split_addressee(text: str) -> tuple[str, str]:
    """Whom it goes to, where its first line says so (各部门：), and the rest."""
    first, _end, rest = text.strip().partition("\n")
    if first.rstrip().endswith(("：", ":")) and len(first) <= LONGEST_ADDRESSEE and "，" not in first:
        return first.strip().rstrip("：:"), rest.strip()
    return EVERYBODY, text


def without_lists(text: str) -> str:
    """The text without the lines at its end that name the attachments: the paper lists its own."""
    lines = text.rstrip().splitlines()
    first = next((place for place, line in enumerate(lines) if line.strip().startswith("附件")), len(lines))
    return "\n".join(lines[:first])


def standard_text(groups: Sequence[Group]) -> tuple[Text, ...]:
    """What a decision without a text says: how many of each award."""
    if not groups:
        return ()
    collective = {group.category.is_collective for group in groups}
    whom = "集体和个人" if len(collective) > 1 else "集体" if True in collective else "个人"
    numbers = counted((group.category, len(group.winners)) for group in groups)
    return Text(STANDARD_OPENING.format(numbers=numbers)), Text(STANDARD_CLOSING.format(whom=whom))


def _missing(decision: Decision, groups: Sequence[Group], record: Record, paper: Paper) -> Iterator[Finding]:
    at = at_row(decision, ROLL)
    wanted = (
        ("number", decision.document_number, _("The decision has no number.")),
        ("date", decision.signed_on, _("The decision has no date.")),
        ("signer", decision.signed_by, _("Nobody is named who signed the decision.")),
        ("text", decision.text.strip(), _("The decision has no text: a standard one stands in its place. Read it.")),
        ("winners", groups, _("No winner belongs to this decision.")),
    )
    for code, value, text in wanted:
        if not value:
            yield Finding(f"no-{code}", text, at)
    winners = [winner for group in groups for winner in group.winners]
    yield from about_revoked(
        winners, _("Revoked since, and still in the decision, which stays as it was made: %(names)s.")
    )
    yield from about_the_list(record)
    yield from about_fonts(paper)
