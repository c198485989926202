"""The names of an honour roll as list items: hundreds of them, so they are joined and not looped over in a template."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from conferences.roll import Winner
from courts.anchors import anchor_of

register = template.Library()
register.filter("anchor", anchor_of)


@register.filter
def names(winners: Iterable[Winner]) -> SafeString:
    """One list item for each winner: the name, the department below it, and what else must be said."""
    return mark_safe("".join(map(_item, winners)))  # noqa: S308 - every text is escaped by _item


def _item(winner: Winner) -> str:
    setting = f' class="{winner.setting}"' if winner.setting else ""
    department = f"<small>{escape(winner.department)}</small>" if winner.department else ""
    mark = f'<small class="mark">{escape(winner.mark)}</small>' if winner.mark else ""
    return f'<li id="{winner.anchor}"{setting}>{escape(winner.name)}{department}{mark}</li>'
