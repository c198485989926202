import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from conferences.models import Conference
from conferences.views import ANNUAL
from exchange.document import as_bytes, document
from exchange.schema import schema


def conference_at(address: str) -> Conference:
    """The conference whose page has this address, such as hubin/2023 or hubin/2023/quarterly-2."""
    try:
        asked = resolve(f"/{address.strip('/')}/")
    except Resolver404:
        asked = None
    if asked is not None and asked.view_name == "conferences:conference":
        kind, number = asked.kwargs.get("meeting", ANNUAL)
        named = {"court__slug": asked.kwargs["court"], "year_reviewed": asked.kwargs["year"]}
        if found := Conference.objects.filter(kind=kind, number=number, **named).first():
            return found
    raise CommandError(_("There is no conference at “%(address)s”.") % {"address": address})


class Command(BaseCommand):
    help = "Writes the complete record of a conference as JSON, for another installation (docs/exchange.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "address", nargs="?", default="", help="as in the address of its page: court/2023 or court/2023/quarterly-2"
        )
        parser.add_argument("--schema", action="store_true", help="write the schema of the format instead")
        parser.add_argument("--output", type=Path, help="a file; without it the JSON goes to standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        content = as_bytes(schema() if options["schema"] else document(conference_at(options["address"])))
        if options["output"]:
            options["output"].write_bytes(content)
        else:
            sys.stdout.buffer.write(content)
