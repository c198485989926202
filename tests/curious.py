"""What a curious reader asks the search."""

from collections.abc import Iterator
from urllib.parse import urlencode

from config.search.kinds import KINDS


def searches(beginning: str) -> Iterator[str]:
    """Addresses that look for words with this beginning, in each kind of thing and on each of its pages."""
    for kind in ("", *KINDS):
        for page in ("1", "2"):
            yield f"/search/?{urlencode({'q': beginning, 'what': kind, 'page': page})}"
    yield f"/search/?{urlencode({'q': beginning, 'year': '2020'})}"
    # By what else is known of a hidden row: the page would show its secret beside that.
    for known in ("受理案件", "把牢政治方向", "先进", "杜某"):
        yield f"/search/?{urlencode({'q': known})}"
