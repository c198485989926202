"""缺件清单: what the archive does not get, and what the record lacks."""

from collections.abc import Iterator
from typing import NamedTuple

from archive.papers import sources_of
from conferences.checks import assess
from conferences.models import Conference

RECORD, PAPER, FILE = "会议记录", "文书", "附件"


class Gap(NamedTuple):
    """`about`: the record, a paper or a file; `what`: which; `why`."""

    about: str
    what: str
    why: str


def gaps_of(conference: Conference) -> Iterator[Gap]:
    """What the record and its papers lack, waived or not. In Chinese where that is the language of the moment."""
    if not conference.is_published:
        yield Gap(RECORD, conference.title, f"会议尚未发布（{conference.state.label}），内容还可能修改。")
    elif conference.locked_at is None:
        yield Gap(RECORD, conference.title, "会议已发布但未锁定，内容还可能修改。")
    assessment = assess(conference)
    for finding in (*assessment.blocking, *assessment.to_look_at):
        yield Gap(RECORD, "须处理" if finding.blocks else "待核对", finding.text)
    for finding, waiver in assessment.waived:
        yield Gap(RECORD, "已放行", f"{finding.text}（放行：{waiver.reason}）")
    for source in sources_of(conference):
        for finding in source.made.missing:
            yield Gap(PAPER, f"{source.label}：{source.title}", finding.text)
