"""A form as a browser without JavaScript posts it: read from the page, changed, sent back."""

from html.parser import HTMLParser
from typing import Any


class _Fields(HTMLParser):
    """Collects what the form of a page would post. Templates of new rows are no part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._textarea = self._select = ""
        self._in_template = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        name = given.get("name", "")
        if tag == "template":
            self._in_template += 1
        if self._in_template:
            return
        if tag == "input" and name and given.get("type") not in {"submit", "file"}:
            if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                self.values[name] = given.get("value") or ("on" if given.get("type") == "checkbox" else "")
        elif tag == "textarea":
            self._textarea = name
            self.values[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and (self._select not in self.values or "selected" in given):
            self.values[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._in_template -= 1
        elif tag == "textarea":
            # A browser ends lines with CR LF and drops the line end after the tag.
            text = self.values[self._textarea].removeprefix("\n") if self._textarea else ""
            self.values[self._textarea] = text.replace("\n", "\r\n")
            self._textarea = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._textarea and not self._in_template:
            self.values[self._textarea] += data


def fields_of(response: Any) -> dict[str, str]:
    """Name and value of each field on the page, as they stand."""
    parser = _Fields()
    parser.feed(response.content.decode())
    return parser.values
