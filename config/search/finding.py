"""What the page of the search shows: each kind with its count and its first results, or one kind page by page."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property

from conferences.models import Conference
from config.search.forms import SearchForm
from config.search.kinds import KINDS, Hit, Kind
from courts.search import is_enough, words_of

MOST = 1000
FIRST, PER_PAGE = 5, 20


class CappedPaginator(Paginator):
    """Counts to `MOST` and one further, to know whether there are more; no page lies behind that."""

    @cached_property
    def counted(self) -> int:
        rows: Any = self.object_list
        return rows.order_by()[: MOST + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.counted, MOST)

    @property
    def said(self) -> str:
        """The count as it is said: 1000+ where there are more."""
        return f"{MOST}+" if self.counted > MOST else str(self.counted)


@dataclass(frozen=True)
class Section:
    """The results of one kind: all of them page by page, or the first ones."""

    kind: Kind
    page: Page
    hits: list[Hit]


def search_page(user: Any, query: QueryDict) -> dict[str, Any]:
    """What `user` may see of what `query` asks for; what it says wrongly is said at the field and ignored.

    Two queries for the form, one for the names of awards, and for each kind one or two.
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
    found = [_section(kind, kind.found(user, text, chosen), text, size, number) for kind in asked] if is_asked else []
    return {
        "form": form,
        "text": text,
        "what": what,
        "is_narrowed": bool(chosen or what),
        "is_asked": is_asked,
        "sections": [section for section in found if section.hits],
    }


def _section(kind: Kind, rows: QuerySet, text: str, size: int, number: str | None) -> Section:
    page = CappedPaginator(kind.listed(rows), size).get_page(number)
    words = words_of(text)
    return Section(kind, page, [kind.hit(row, words) for row in page] if page.paginator.count else [])
