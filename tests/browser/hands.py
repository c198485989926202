"""A person's hands at a page: does what they do, and counts it.

A click, a choice in a list and each key are one; what is pasted takes two keys, whatever its length. Chinese typed by
pinyin takes more keys than it has characters; one for each is counted, in favour of whatever makes people type.
"""

from playwright.sync_api import Locator, Page

PASTE = 2  # keys


class Hands:
    """Counts `clicks` and `keys` at one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.keys = 0

    def click(self, place: Locator) -> None:
        place.click()
        self.clicks += 1

    def press_link(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name, exact=True).first)

    def press_button(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True).first)

    def type(self, place: Locator, text: str) -> None:
        """Into a field that was reached with Tab."""
        place.fill(text)
        self.keys += 1 + len(text)

    def paste(self, place: Locator, text: str) -> None:
        place.fill(text)
        self.clicks += 1
        self.keys += PASTE

    def choose(self, place: Locator, label: str) -> None:
        place.select_option(label=label)
        self.clicks += 2

    @property
    def effort(self) -> int:
        return self.clicks + self.keys
