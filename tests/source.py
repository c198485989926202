"""The project's own source, read for the tests of its conventions."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
APPS = ("courts", "conferences", "awards", "sample", "papers", "intake", "years", "exchange", "archive")
FOLDERS = (*APPS, "config", "tools", "tests", "benchmarks")
TEXTS = {".py", ".html", ".css", ".js", ".md", ".toml", ".po", ".txt", ".xml", ".yaml", ".svg", ".typ", ""}


def our_models() -> list[Any]:
    """The models that people know; the kept versions of a model are not among them."""
    installed = [apps.get_app_config(app) for app in APPS if apps.is_installed(app)]
    return [model for app in installed for model in app.get_models() if not hasattr(model, "instance_type")]


def python_files(*folders: str) -> list[Path]:
    """Modules in these folders, without migrations, which Django wrote."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def templates() -> list[Path]:
    folders = [ROOT / "templates", *(ROOT / app / "templates" for app in APPS)]
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]


def static_files(suffix: str) -> list[Path]:
    return sorted((ROOT / "config" / "static").rglob(f"*{suffix}"))


def text_files() -> list[Path]:
    """Everything that was written by hand: no hidden folder, nothing that can be made again."""
    tops = [path for path in sorted(ROOT.iterdir()) if path.name != "var" and not path.name.startswith(".")]
    found = [path for top in [*tops, ROOT / ".ci"] for path in ([top] if top.is_file() else sorted(top.rglob("*")))]
    return [path for path in found if path.is_file() and path.suffix in TEXTS and "__pycache__" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(node: ast.AST) -> Iterator[str]:
    """Names of the modules that an import statement names; nothing for other nodes."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield node.module or ""


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
