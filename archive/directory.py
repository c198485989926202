"""目录 and 缺件清单 of a package: as a workbook, as PDF, and as a file of checksums that any system can verify."""

import datetime
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from archive.blocks import Part, columns
from archive.gaps import PAPER as PAPERS
from archive.gaps import Gap
from archive.record_pdf import Document, pdf
from archive.sheets import write_sheets
from awards.exports.award_list import Sheet
from awards.wording import date
from conferences.models import Conference
from courts.refusals import Refused
from papers.content import Note
from papers.layout import A4

WORKBOOK, PAPER, CHECKSUMS = "00_目录和缺件清单.xlsx", "00_目录和缺件清单.pdf", "00_校验值.sha256"
TITLE, GAPS = "归档文件目录", "缺件清单"
HEADINGS = ("序号", "文号", "责任者", "题名", "日期", "文件名", "页数", "字节数", "保管期限", "SHA-256", "备注")
WIDTHS = [6, 20, 26, 40, 12, 52, 7, 12, 10, 68, 30]
WIDE = A4[1] - 40  # mm between the margins of the template
SHORT = 12  # characters of a checksum on paper; the whole of it is in the workbook
SHOWN = columns(
    *(("序号", 12), ("文号", 27), ("题名", 64, "left"), ("日期", 24), ("文件名", 74, "left"), ("页数", 12)),
    *(("保管期限", 18), ("校验值", 28)),
    width=WIDE,
)
LACKING = columns(("序号", 12), ("类别", 22), ("事项", 80, "left"), ("说明", 146, "left"), width=WIDE)


@dataclass
class Directory:
    """What a package holds and what it lacks, on the day when it was made."""

    conference: Conference
    entries: list[dict[str, Any]]
    gaps: list[Gap]
    day: datetime.date

    def files(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Name and content of each list. Where the PDF cannot be made, the others say so."""
        made = []
        try:
            made.append((PAPER, _made(self._write_paper)))
        except Refused as refused:
            self.gaps.append(Gap(PAPERS, TITLE, f"未能生成PDF：{' '.join(refused.messages)}"))
        made.append((WORKBOOK, _made(self._write_workbook)))
        yield from made
        sums = [(entry["sha256"], entry["path"]) for entry in self.entries]
        sums += [(_sha256(content), path) for path, content in made]
        yield CHECKSUMS, BytesIO("".join(f"{digest}  {path}\n" for digest, path in sums).encode())

    def _write_workbook(self, file: IO[bytes]) -> None:
        court = self.conference.court.name
        rows = (
            [
                *(entry["number"], entry["document"], court, entry["title"], _day(entry)),
                *(entry["path"], entry["pages"], entry["size"], entry["term"], entry["sha256"], entry["note"]),
            ]
            for entry in self.entries
        )
        gaps = ([number, *gap] for number, gap in enumerate(self.gaps, 1))
        sheets = (
            Sheet(TITLE, list(HEADINGS), WIDTHS, rows),
            Sheet(GAPS, ["序号", "类别", "事项", "说明"], [6, 14, 50, 90], gaps),
        )
        write_sheets(file, f"{court} {self.conference.title} {TITLE}", sheets)

    def _write_paper(self, file: IO[bytes]) -> None:
        """Raises Refused."""
        content, _missing = pdf(self._document(), self.day)
        file.write(content)

    def _document(self) -> Document:
        conference = self.conference
        listed = SHOWN.table(
            (
                *(entry["document"], entry["title"], entry["day"], entry["path"], entry["pages"]),
                *(entry["term"], entry["sha256"][:SHORT]),
            )
            for entry in self.entries
        )
        size = sum(entry["size"] for entry in self.entries)
        counted = f"共{len(self.entries)}件，{size:,}字节。页数为空的，由档案人员清点。"
        digests = f"校验值为SHA-256的前{SHORT}位，完整的见{CHECKSUMS}。"
        lacking = [LACKING.table(self.gaps)] if self.gaps else []
        said = f"共{len(self.gaps)}项。" if self.gaps else "未发现缺漏。"
        return Document(
            title=TITLE,
            running=f"{conference.court.name}　{conference.title}",
            parts=[Part("一、目录", [listed, Note(counted + digests)]), Part(f"二、{GAPS}", [*lacking, Note(said)])],
            lines=(f"{conference.court.name}　{conference.title}", f"编制日期：{date(self.day)}"),
            wide=True,
            size=10.5,
            breaks=True,
        )


def _made(write: Callable[[IO[bytes]], None]) -> IO[bytes]:
    file = BytesIO()
    write(file)
    file.seek(0)
    return file


def _sha256(content: IO[bytes]) -> str:
    """As `sha256sum --check` reads it; the content is read from its beginning, and again later."""
    content.seek(0)
    digest = hashlib.sha256(content.read()).hexdigest()
    content.seek(0)
    return digest


def _day(entry: dict[str, Any]) -> datetime.date | None:
    return datetime.date.fromisoformat(entry["day"]) if entry["day"] else None
