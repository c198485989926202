"""What the page of the search shows: each kind with its count and its first results, or one kind page by page."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from conferences.models import Conference, ConferenceQuerySet
from config.search.forms import SearchForm
from config.search.kinds import KINDS, Hit, Kind
from courts.search import by_index, is_enough, words_of

# So many rows are counted, and put in order as they are; of more, those of the newest conferences are looked for.
MOST = 1000
# How many conferences that are at first, how many times as many next, and when to give up looking.
NEWEST, TIMES_MORE, MOST_CONFERENCES = 8, 4, 100_000
FIRST, PER_PAGE = 5, 20


@dataclass(frozen=True)
class Section:
    """The results of one kind: all of them page by page, or the first ones. `count`: 1000+ where there are more."""

    kind: Kind
    count: str
    page: Page
    keys: list[int]
    hits: list[Hit] = field(default_factory=list)


def search_page(user: Any, query: QueryDict) -> dict[str, Any]:
    """What `user` may see of what `query` asks for; what it says wrongly is said at the field and ignored.

    Two queries for the form, one for the names of awards, for each kind one that looks and one that loads.
    """
    kinds = {name: kind for name, kind in KINDS.items() if not kind.rows(user).query.is_empty()}
    form = SearchForm(query, conferences=Conference.objects.visible_to(user), kinds=kinds.values())
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    text, what = chosen.pop("q", ""), chosen.pop("what", "")
    is_asked = is_enough(text)
    asked = [kinds[what]] if what else kinds.values()
    number = query.get("page") if what else None
    size = PER_PAGE if what else FIRST
    found = []
    if is_asked:
        newest = _Newest(Conference.objects.visible_to(user).narrowed(**chosen))
        with by_index():
            found = [_section(kind, kind.found(user, text, chosen), newest, size, number) for kind in asked]
    return {
        "form": form,
        "text": text,
        "what": what,
        "is_narrowed": bool(chosen or what),
        "is_asked": is_asked,
        "sections": [replace(one, hits=one.kind.hits(one.keys, words_of(text))) for one in found if one.keys],
    }


class _Newest:
    """The newest conferences, asked for only where a kind has many rows, and then once for all kinds."""

    def __init__(self, conferences: ConferenceQuerySet) -> None:
        self.conferences = conferences.order_by("-year_reviewed", "-pk").values_list("pk", flat=True)
        self.known: dict[int, list[int]] = {}

    def __call__(self, most: int) -> list[int]:
        if most not in self.known:
            self.known[most] = list(self.conferences[:most])
        return self.known[most]


def _section(kind: Kind, rows: QuerySet, newest: _Newest, size: int, number: str | None) -> Section:
    """The keys of one page. Rows are in the order of their conferences, so the newest of these have the first."""
    keys = kind.keys(rows, MOST + 1)
    count = len(keys)
    page = Paginator(range(min(count, MOST)), size).get_page(number)
    among, is_too_few = NEWEST, count > MOST
    while is_too_few:
        keys = kind.keys(kind.of_conferences(rows, newest(among)))
        is_too_few = len(keys) < page.end_index() and among < MOST_CONFERENCES
        among *= TIMES_MORE
    shown = keys[max(0, page.start_index() - 1) : page.end_index()]
    return Section(kind, f"{MOST}+" if count > MOST else str(count), page, shown)
