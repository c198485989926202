"""The code's own rules. Each test lists what breaks one; an empty list is what is wanted."""

import ast
import re

import pytest

from tests import source
from tests.source import FOLDERS, ROOT, functions, name, python_files, tree

# What each app may import of ours: imports run one way. Nobody imports config, tools, tests or benchmarks.
BELOW = {
    "courts": set(),
    "conferences": {"courts"},
    "awards": {"courts", "conferences"},
    "sample": {"courts", "conferences", "awards"},
    "papers": {"courts", "conferences", "awards"},
    "intake": {"courts", "conferences", "awards"},
    "years": {"courts", "conferences", "awards"},
    "exchange": {"courts", "conferences", "awards"},
    "archive": {"courts", "conferences", "awards", "papers", "intake", "exchange"},
}
LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 500, 40
# Where rows are shown, written or asked for, but not chosen: choosing has a name on the queryset.
WITHOUT_FILTER = {"views", "admin", "exports", "forms", "feeds", "desk"}
NAMES_THAT_SAY_NOTHING = {"services", "selectors", "utils", "util", "helpers", "common", "misc", "managers", "signals"}
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|NotImplemented" + r"Error)\b")
# Folders of one machine, and talk about how the work was organised: the repository speaks of itself alone.
OF_ELSEWHERE = re.compile(r"(?<![\w.:/<-])/(?:home|root|work|farm)/|\bissue #?\d|\bas an AI\b", re.IGNORECASE)


@pytest.mark.parametrize("app", BELOW)
def test_imports_run_one_way(app):
    forbidden = set(FOLDERS) - BELOW[app] - {app}

    wrong = [
        f"{name(path)}:{node.lineno} imports {module}"
        for path in python_files(app)
        for node in ast.walk(tree(path))
        for module in source.imported(node)
        if module.split(".")[0] in forbidden
    ]

    assert wrong == []


def test_no_import_hides_in_a_function():
    # Benchmarks choose their database before Django reads its settings.
    folders = set(FOLDERS) - {"benchmarks"}

    wrong = [
        f"{name(path)}:{node.lineno}"
        for path in python_files(*folders)
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert wrong == []


def test_files_are_short():
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*FOLDERS)}

    assert {path: lines for path, lines in lengths.items() if lines >= LINES_OF_A_FILE} == {}


def test_functions_are_short():
    wrong = [
        f"{name(path)}:{function.lineno} {function.name}"
        for path in python_files(*FOLDERS)
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > LINES_OF_A_FUNCTION
    ]

    assert wrong == []


def test_rows_are_chosen_on_the_queryset():
    wrong = [
        f"{name(path)}:{node.lineno} .{node.func.attr}("
        for path in python_files(*FOLDERS)
        if WITHOUT_FILTER & {*path.relative_to(ROOT).parts[:-1], path.stem} and "tests" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "filter"
        # A library's registration of template filters has nothing to do with rows.
        and not (isinstance(node.func.value, ast.Name) and node.func.value.id == "register")
    ]

    assert wrong == []


def test_modules_are_named_for_what_they_hold():
    wrong = [name(path) for path in python_files(*FOLDERS) if path.stem in NAMES_THAT_SAY_NOTHING]

    assert wrong == []


def test_nothing_is_marked_unfinished():
    assert found_in_texts(UNFINISHED) == []


def test_the_project_speaks_of_itself_alone():
    assert found_in_texts(OF_ELSEWHERE) == []


def found_in_texts(pattern: re.Pattern[str]) -> list[str]:
    """Where the pattern occurs outside this module, which has to spell it."""
    return [
        f"{name(path)}:{number} {match[0]}"
        for path in source.text_files()
        if path.name != "test_conventions.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (match := pattern.search(line))
    ]


def test_every_dependency_and_every_exception_of_the_linter_says_why():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    lists = re.compile(r"^(dependencies|dev|ignore) = \[$")
    wrong, inside = [], False
    for number, line in enumerate(lines, 1):
        inside = bool(lists.match(line)) or (inside and line != "]")
        if inside and not lists.match(line) and not re.search(r",\s+# \S.{7,}$", line):
            wrong.append(f"pyproject.toml:{number} {line.strip()}")

    assert wrong == []


def test_every_silenced_finding_says_why():
    silenced = re.compile(r"# noqa(?!: [A-Z0-9, ]+ - \S)|# type: ignore(?!\[[a-z-]+(?:, ?[a-z-]+)*\])")

    wrong = [found for found in found_in_texts(silenced) if found.split(":")[0].endswith(".py")]

    assert wrong == []
