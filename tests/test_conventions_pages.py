"""Rules for views and templates: closed unless opened, short, without rules, styles and scripts of their own."""

import inspect
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

from django.urls import URLPattern, URLResolver, get_resolver

from tests.source import APPS, FOLDERS, ROOT, name, python_files, static_files, templates

LINES_OF_A_VIEW = 20
# Everything that answers without a sign-in. A page is opened by adding it here, and for a reason.
PUBLIC = {
    "home",
    "search",
    "login",
    "language",
    "admin:login",
    "notices:notice",
    "notices:notices",
    "conferences:court",
    "conferences:department",  # of what was published, as on the pages of the conferences
    "conferences:conference",
    "conferences:speech",
    "conferences:attachment",
    "years:years",
    "years:workbook",
    "honours:file",  # as attachments: those for everyone
    # A certificate is shown to people without an account; the court chooses whether they may look it up.
    "certificates:look_up",
    "certificates:certificate",
    # What machines read, by the rules of the pages beside which it stands.
    "exchange:calendar",
    "exchange:conference",
    "exchange:conferences",
    "exchange:feed",
    "exchange:list_schema",
    "exchange:robots",
    "exchange:schema",
    "exchange:sitemap",
}
# Words in templates that are the same in every language; each language calls itself by its own name.
SAME_EVERYWHERE = {"CSV", "XLSX", "DOCX", "PDF", "English", "中文"}


def addresses(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, Callable]]:
    """Every view of the site with its name, `namespace:name`."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry.callback
        else:
            yield from addresses(entry, f"{entry.namespace}:" if entry.namespace else space)


def own_views() -> dict[str, Callable]:
    """The functions behind our addresses, without their decorators. Those of the admin are methods of its classes."""
    found = {name: inspect.unwrap(view) for name, view in addresses(get_resolver()) if not name.startswith("admin:")}
    return {name: view for name, view in found.items() if view.__module__.split(".")[0] in FOLDERS}


def test_only_these_pages_are_public():
    opened = {name for name, view in addresses(get_resolver()) if not getattr(view, "login_required", True)}

    assert opened == PUBLIC


def test_views_are_functions():
    assert {name for name, view in own_views().items() if not inspect.isfunction(view)} == set()


def test_views_are_short():
    lengths = {name: len(inspect.getsource(view).splitlines()) for name, view in own_views().items()}

    assert {name: lines for name, lines in lengths.items() if lines > LINES_OF_A_VIEW} == {}


def test_arguments_from_the_address_go_by_name():
    arguments = {name: list(inspect.signature(view).parameters.values())[1:] for name, view in own_views().items()}

    assert {
        name for name, given in arguments.items() if any(one.kind is not one.KEYWORD_ONLY for one in given)
    } == set()


def found_in_templates(pattern: str, *, without: str = r"(?!)") -> list[str]:
    """Where the pattern occurs in a template, comments set aside."""
    found = []
    for path in templates():
        text = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        found += [
            f"{name(path)}: {match[0]}" for match in re.finditer(pattern, text) if not re.search(without, match[0])
        ]
    return found


def test_every_endblock_says_what_it_ends():
    assert found_in_templates(r"{%\s*endblock\s*%}") == []


def test_no_style_stands_in_a_template():
    assert found_in_templates(r"""<style\b|\sstyle\s*=""") == []


def test_no_script_stands_in_a_template():
    # Data for search engines is a script element that no browser runs.
    scripts = r"""<script\b[^>]*>|\son[a-z]+\s*=\s*["']|javascript:"""

    assert found_in_templates(scripts, without=r"\ssrc=|application/ld\+json") == []


def test_nothing_is_loaded_from_another_host():
    loads = r"""(?:\ssrc|<link\b[^>]*\shref|\ssrcset|\saction)\s*=\s*["'](?:https?:)?//"""
    assert found_in_templates(loads) == []
    assert [
        f"{name(path)}: {match[0]}"
        for path in [*static_files(".css"), *static_files(".js")]
        for match in re.finditer(r"(?:url\(|@import|fetch\(|import\b)\W*(?:https?:)?//", path.read_text("utf-8"))
    ] == []


def test_a_partial_gets_what_it_needs_by_name():
    ours = {path.relative_to(ROOT / "templates").as_posix() for path in templates()}
    wrong = []
    for path in templates():
        for whole, partial in re.findall(r"""({%\s*include\s+["']([^"']+)["'][^%]*%})""", path.read_text("utf-8")):
            named = partial.rsplit("/", 1)[-1].startswith("_")
            if partial in ours and not (named and re.search(r"\bonly\s*%}", whole)):
                wrong.append(f"{name(path)}: {whole}")

    assert wrong == []


def test_texts_of_templates_come_from_the_catalogue():
    assert [f"{name(path)}: {text}" for path in templates() for text in untranslated(path.read_text("utf-8"))] == []


def test_no_text_hides_in_another_text():
    # xgettext does not look into f-strings: such a text never reaches the catalogue.
    inside = re.compile(r"""f(['"]).*\{_\(.*\1""")
    lines = ((path, line) for path in python_files(*APPS, "config") for line in path.read_text("utf-8").splitlines())

    assert [f"{name(path)}: {line.strip()}" for path, line in lines if inside.search(line)] == []


class Texts(HTMLParser):
    """Collects what a reader would see or hear of a page."""

    SPOKEN = ("alt", "title", "placeholder", "aria-label")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        self.found += [value for key, value in attrs if key in self.SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside not in {"script", "style", "kbd"}:
            self.found.append(data)


def untranslated(template: str) -> list[str]:
    """Words and Chinese characters that are written into a template."""
    blocks = r"{%\s*(comment|blocktranslate)\b.*?%}.*?{%\s*end\1\s*%}|{#.*?#}|{%.*?%}|{{.*?}}"
    parser = Texts()
    parser.feed(re.sub(blocks, "", template, flags=re.DOTALL))
    words = [word for text in parser.found for word in re.findall(r"[A-Za-z]{3,}|[\u4e00-\u9fff]+", text)]
    return [word for word in words if word not in SAME_EVERYWHERE]
