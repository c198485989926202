"""The names of an honour roll as list items: hundreds of them, so they are joined and not looped over in a template."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from conferences.roll import Winner

register = template.Library()
SETTINGS = {setting: format_html(' class="{}"', setting) for setting in ("two", "long")}


@register.filter
def names(winners: Iterable[Winner]) -> SafeString:
    """One list item for each winner: the name, the department below it, and what else must be said."""
    return format_html_join("", "<li{}>{}{}{}</li>", map(_parts, winners))


def _parts(winner: Winner) -> tuple[str, str, str, str]:
    department = format_html("<small>{}</small>", winner.department) if winner.department else ""
    mark = format_html('<small class="mark">{}</small>', winner.mark) if winner.mark else ""
    return SETTINGS.get(winner.setting, ""), winner.name, department, mark
