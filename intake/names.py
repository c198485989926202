"""Winners as they were pasted: each piece of the text becomes a line with who it names, or with what is wrong with it.

Nothing is asked of the database, nothing is left out and nothing raises. Understood are: one name in a line or several
joined by 、 ，; or spaces; numbers and bullets before them; names of two characters that were spaced out (张　三);
departments and posts before or behind the name or in brackets; 刑事审判庭：张三、李四; a department in a line of its
own above its people; the columns of a table.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from courts.text import INVISIBLE, KEPT, LINE_ENDS
from intake.name_segments import Given, Line, Segment
from intake.name_words import CHARACTER, LATIN_NAME, Kind, Problem, Word, Words, squeezed

NUMBER = r"(?<!\d)\d{1,3}\s*[.．、)）](?!\d)|[（(]\s*\d{1,3}\s*[)）]|[①-⒛㈠-㈩㉑-㉟㊱-㊿❶-❿➀-➉]"
AT_THE_START = re.compile(
    rf"\s*(?:(?:{NUMBER}|[（(]\s*[一二三四五六七八九十]{{1,3}}\s*[)）]|[一二三四五六七八九十]{{1,3}}\s*[、.．]"
    r"|\d{1,3}\s|[·•●○■□◆◇★☆▪▫►➢➤✓√※*\-–—]+)\s*)+"
)
BETWEEN, ENDS, COLONS, BRACKETS = "、，,|｜/／", "。；;！!？?", "：:", "（()）"
QUOTES = "\"'“”‘’「」《》【】[]〔〕"
HEADINGS = {
    "name": {"姓名", "名字", "获奖人", "受表彰人", "获奖人员", "受表彰人员", "获奖者"},
    "department": {"部门", "所在部门", "单位", "工作单位", "庭室", "科室", "部门名称", "所在庭室"},
    "post": {"职务", "职级", "岗位", "职称", "身份", "职务职级", "职务（职级）"},
    "": {"序号", "编号", "号", "奖项", "备注", "性别", "民族", "政治面貌", "类别", "名次"},
}


LONGEST_UNIT = 60
UNIT = re.compile(r"(?P<piece>(?:(?!\s{2,})[^、，,。；;\t：:])+)(?P<end>[、，,。；;\t：:]|\s{2,}|$)")


def cleaned(text: str) -> str:
    """Without characters that nobody can see; the ends of its lines in one form."""
    text = LINE_ENDS.sub("\n", text)
    return "".join(char for char in text if char in KEPT or unicodedata.category(char) not in INVISIBLE)


def read_names(text: str, departments: Iterable[str] = ()) -> list[Line]:
    """The people of a pasted text. `departments`: names of the court's own, whatever their form."""
    return list(_with_doubles(_Reader(departments).read(cleaned(text))))


def read_units(text: str) -> list[Line]:
    """The departments, teams or families of a pasted text: each piece is a name as it stands."""
    lines = enumerate(cleaned(text).split("\n"), start=1)
    return list(_with_doubles(unit for number, line in lines if line.strip() for unit in _units(number, line)))


def _units(number: int, line: str) -> Iterator[Line]:
    pieces = [match for match in UNIT.finditer(_without_number(line)) if match["piece"].strip()]
    if not pieces:
        yield Line(number, line.strip(), problem=Problem.NOBODY)
    for match in pieces:
        name = match["piece"].strip(f" {QUOTES}\u3000")
        if match["end"] in set(COLONS):  # the name of the award above or before those who got it
            yield Line(number, match["piece"].strip(), is_heading=True)
        else:
            problem = None if name and len(name) <= LONGEST_UNIT else Problem.LONG if name else Problem.NOBODY
            yield Line(number, match["piece"].strip(), name if problem is None else "", problem=problem)


def _without_number(line: str) -> str:
    start = AT_THE_START.match(line)
    return line[start.end() :] if start else line


def _with_doubles(lines: Iterable[Line]) -> Iterator[Line]:
    """Marks each name that stands there already, unless both say a department and not the same one."""
    seen: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        before = seen[squeezed(line.name)]
        department = squeezed(line.department)
        is_doubled = any(not department or not other or department == other for other in before)
        yield replace(line, problem=Problem.DOUBLED) if line.name and not line.problem and is_doubled else line
        if line.name:
            before.append(department)


class _Reader:
    def __init__(self, departments: Iterable[str]) -> None:
        departments = list(departments)
        self.words = Words(departments)
        self._scanner = _scanner(departments)

    def read(self, text: str) -> Iterator[Line]:
        lines = text.split("\n")
        columns = self._guessed_columns([line for line in lines if "\t" in line])
        above = ""
        for number, line in enumerate(lines, start=1):
            if "\t" in line.strip():
                headings = _headings(line.split("\t"))
                columns = headings or columns
                heading = Line(number, line.strip(), is_heading=True)
                yield from [heading] if headings else self._row(number, line, columns)
            elif _headings(line.split()):
                yield Line(number, line.strip(), is_heading=True)
            elif line.strip():
                found = list(self.line(number, line, Given(above)))
                if len(found) == 1 and found[0].is_heading:
                    above = found[0].department
                yield from found

    def _guessed_columns(self, rows: list[str]) -> dict[str, int]:
        """Of a table without headings: the column with most names, then those with most departments and posts."""
        counts: dict[Kind, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for row in rows:
            for place, cell in enumerate(row.split("\t")):
                counts[self._kind_of(cell)][place] += 1
        columns: dict[str, int] = {}
        for kind in (Kind.NAME, Kind.DEPARTMENT, Kind.POST):
            free = {place: count for place, count in counts[kind].items() if place not in columns.values()}
            if free:
                columns[kind.value] = max(free, key=lambda place: (free[place], -place))
        return columns

    def _kind_of(self, cell: str) -> Kind:
        kinds = {word.kind for word in self.words.of(squeezed(cell))} if cell.strip() else set()
        if any(char in cell for char in BETWEEN) and Kind.POST not in kinds:
            return Kind.NAME  # several in one cell
        return next((kind for kind in (Kind.NAME, Kind.DEPARTMENT, Kind.POST) if kinds == {kind}), Kind.WRONG)

    def _row(self, number: int, row: str, columns: dict[str, int]) -> list[Line]:
        cells = dict(enumerate(cell.strip() for cell in row.split("\t")))
        name, department, post = (cells.get(columns.get(what, -1), "") for what in ("name", "department", "post"))
        if name:
            found = self.line(number, name, Given(squeezed(department), post))
        else:
            found = self.line(number, " ".join(cells.values()), Given())
        lines = list(found) or [Line(number, row, problem=Problem.NOBODY)]
        return [replace(line, raw=row.strip()) for line in lines]

    def line(self, number: int, line: str, given: Given) -> Iterator[Line]:
        """The people of one line without columns. Sentences end within it; each has its own department."""
        start = AT_THE_START.match(line)
        segment = Segment(number, line)
        for token in self._scanner.finditer(line, start.end() if start else 0):
            kind = token.lastgroup or ""
            if kind in {"end", "between"}:
                segment.end_piece(token.end())
            if kind == "end":
                yield from segment.lines(given)
                segment = Segment(number, line, token.end())
            for word in self._words(kind, token[0]):
                segment.add(word, token.start(), in_brackets=kind == "bracket")
        segment.end_piece(len(line))
        yield from segment.lines(given)

    def _words(self, kind: str, text: str) -> list[Word]:
        if kind == "word":
            return self.words.of(text)
        if kind == "known":
            return [Word(Kind.DEPARTMENT, squeezed(text))]
        if kind == "bracket":
            return self._in_brackets(text[1:-1])
        return [Word(Kind.COLON, text)] if kind == "colon" else []

    def _in_brackets(self, text: str) -> list[Word]:
        """What stands behind a name in brackets is a department, also one that nobody knows."""
        tokens = [token for token in re.split(rf"[\s{BETWEEN}{ENDS}{COLONS}]+", text) if token]
        found = [word for token in tokens for word in self.words.of(token)]
        unknown = {Kind.NAME, Kind.CHARACTER}
        return [Word(Kind.DEPARTMENT, word.text) if word.kind in unknown else word for word in found]


def _headings(cells: list[str]) -> dict[str, int]:
    """The columns that a row of headings names; none where it is no such row."""
    said = {place: squeezed(cell).strip(COLONS) for place, cell in enumerate(cells) if cell.strip()}
    known = {text: what for what, texts in HEADINGS.items() for text in texts}
    columns = {known[text]: place for place, text in reversed(said.items()) if text in known}
    return {what: place for what, place in columns.items() if what} if set(said.values()) <= set(known) else {}


def _scanner(departments: Iterable[str]) -> re.Pattern[str]:
    """The tokens of a line. Departments that would be cut in pieces, 立案庭（诉讼服务中心）, come first."""
    split = rf"\s{re.escape(BETWEEN + ENDS + COLONS + BRACKETS + QUOTES)}"
    cut = sorted({name for name in departments if re.search(f"[{split}]", name)}, key=len, reverse=True)
    known = "|".join(re.escape(name) for name in cut)
    return re.compile(
        (rf"(?<!{CHARACTER})(?P<known>{known})|" if known else "")
        + rf"(?P<number>{NUMBER})|(?P<bracket>[（(][^（）()]*[)）])|(?P<between>[{re.escape(BETWEEN)}])"
        + rf"|(?P<end>[{ENDS}])|(?P<colon>[{COLONS}])"
        + rf"|(?P<word>{LATIN_NAME}(?=[{split}]|$)|(?:(?!{NUMBER})[^{split}])+)|(?P<space>[{split}])"
    )
