"""Says which texts have no Chinese yet, and which Chinese lost a placeholder: part of `make check`.

Texts are collected into a copy, with gettext's own tools; the catalogue itself is not touched.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
# What makemessages must not read: everything that is neither code nor a template of the site.
LEFT_OUT = shutil.ignore_patterns(
    ".*", "var", "tests", "benchmarks", "tools", "docs", "requirements", "__pycache__", "*.mo"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def collected(folder: Path) -> polib.POFile:
    """The catalogue as makemessages would leave it."""
    copy = folder / "site"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    (copy / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "zh_Hans", "--verbosity", "0"]
    # Without the project's settings: collecting needs none.
    subprocess.run(command, cwd=copy, check=True)  # noqa: S603 - our own words
    return polib.pofile(str(copy / CATALOGUE))


def texts(entry: polib.POEntry) -> list[str]:
    """The Chinese of an entry: one, or one for each plural form."""
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def findings(catalogue: polib.POFile, known: set[tuple[str | None, str]]) -> Iterator[str]:
    for entry in catalogue:
        if entry.obsolete:
            continue
        if (entry.msgctxt, entry.msgid) not in known:
            yield f"not in the catalogue: {entry.msgid!r} ({places(entry)})"
        elif entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        elif not all(texts(entry)):
            yield f"without Chinese: {entry.msgid!r} ({places(entry)})"
        else:
            yield from lost_placeholders(entry)


def lost_placeholders(entry: polib.POEntry) -> Iterator[str]:
    """A plural form may leave out the number; nothing else may be left out or added."""
    wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    for text in texts(entry):
        if set(PLACEHOLDER.findall(text)) != wanted:
            yield f"placeholders differ: {entry.msgid!r} and {text!r}"


def places(entry: polib.POEntry) -> str:
    return ", ".join(path for path, _line in entry.occurrences)


def main() -> int:
    known: set[tuple[str | None, str]] = set()
    if (ROOT / CATALOGUE).exists():
        known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(ROOT / CATALOGUE))}
    with tempfile.TemporaryDirectory() as folder:
        catalogue = collected(Path(folder))
        found = list(findings(catalogue, known))
        current = {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}
    found += [f"no longer used: {msgid!r}" for _context, msgid in sorted(known - current, key=str)]
    for line in found:
        sys.stderr.write(f"{line}\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
