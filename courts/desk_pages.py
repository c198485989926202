"""Pages of the desk beside the stock ones: what each of them shows around its own matter."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse


def desk_page(
    admin: Any, request: HttpRequest, template: str, *, title: Any, about: Any, **shown: Any
) -> TemplateResponse:
    """A page of `admin` (a ModelAdmin). `about`: the record, named below the title; `shown`: for the template."""
    around = {"title": title, "subtitle": str(about), "opts": admin.opts}
    return TemplateResponse(request, template, admin.admin_site.each_context(request) | around | shown)
