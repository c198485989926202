"""What the tables of tests/test_permissions.py are read with, and the rows of selections and nominations."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.urls import URLResolver, get_resolver

ANY_STATE = ("draft", "submitted", "staff", "public")  # the last two are published
HOME = "/"  # stands for the empty pattern


def rows(table: str) -> list[tuple[str, list[str], str]]:
    """Address, cases and cells of each line."""
    found = []
    for line in filter(None, table.splitlines()[2:]):
        address, *cells, cases = line.split()
        each = [
            case.replace("any", state) for case in cases.split(",") for state in ANY_STATE[: 4 if "any" in case else 1]
        ]
        found.append((address, each, "".join(cells)))
    return found


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every pattern that the URL conf knows."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, pattern)
        else:
            yield pattern or HOME


def cell(response: HttpResponse) -> str:
    if response.status_code == 302:
        target = response["Location"].partition("?")[0]
        # Where a row is not there, the stock desk leads back to its first page with a sentence.
        missing = target == "/admin/" and "messages" in response.cookies
        return "." if missing else {"/login/": ">", "/admin/login/": ">"}.get(target, "=")
    return {200: "x", 403: "-", 404: ".", 405: "!"}.get(response.status_code, "?")


SELECTIONS = """
admin/awards/selection/<int:pk>/board/                        > > > x x > . x  -
admin/awards/selection/<int:pk>/board/<int:nomination>/       > > > x x > . x  mine,other
admin/awards/selection/                                       > > > x x > x x  -
admin/awards/selection/add/                                   > > > x - > x x  -
admin/awards/selection/<path:object_id>/history/              > > > x x > . x  -
admin/awards/selection/<path:object_id>/delete/               > > > x - > . x  -
admin/awards/selection/<path:object_id>/change/               > > > x x > . x  -
admin/awards/selection/<path:object_id>/                      > > > = = > = =  -

admin/awards/nomination/                                      > > > x x > x x  -
admin/awards/nomination/add/                                  > > > - - > - -  -
admin/awards/nomination/<path:object_id>/history/             > > > x x > . x  mine,other
admin/awards/nomination/<path:object_id>/delete/              > > > - - > - -  mine,other
admin/awards/nomination/<path:object_id>/change/              > > > x x > . x  mine,other
admin/awards/nomination/<path:object_id>/                     > > > = = > = =  mine,other

nominations/                                                  > - x x - - x x  -
nominations/<int:selection>/add/                              > . x x . . . x  -
nominations/mine/<int:pk>/                                    > . x x . . . x  mine
nominations/mine/<int:pk>/                                    > . . x . . . x  other
nominations/evidence/<slug:key>/                              > . x x x . . x  mine
nominations/evidence/<slug:key>/                              > . . x x . . x  other
"""
SELECTION_ACTS = """
admin/awards/selection/<int:pk>/board/                        . . . x x . . x  mine,other
admin/awards/selection/<int:pk>/board/<int:nomination>/       . . . x x . . x  mine,other
admin/awards/selection/<path:object_id>/delete/               . . . x . . . x  -
admin/awards/nomination/<path:object_id>/delete/              . . . . . . . .  mine,other
nominations/mine/<int:pk>/                                    . . x x . . . x  mine
nominations/mine/<int:pk>/                                    . . . x . . . x  other
"""
