"""`manage.py export_awards`: the award list for whoever operates the system."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from awards.exports import FORMATS, AwardList, counted, record, write
from awards.models import Commendation, ExportLog, Family
from conferences.models import Conference
from courts.models import Court
from courts.refusals import Refused


class Command(BaseCommand):
    help = "Writes the award list into a file. Only winners that are announced. The export is logged."

    def add_arguments(self, parser: ArgumentParser) -> None:
        several: dict[str, Any] = {"action": "append", "default": []}
        parser.add_argument("--court", help="Address (slug) of a court; may be repeated. Without: all.", **several)
        parser.add_argument("--year", type=int, help="Year reviewed; may be repeated.", **several)
        parser.add_argument("--kind", choices=Conference.Kind.values, help="Kind of conference.", **several)
        parser.add_argument("--family", choices=Family.values, help="Family of awards.", **several)
        parser.add_argument("--category", help="Name of an award category; may be repeated.", **several)
        parser.add_argument("--order", choices=Conference.Order.values, default=Conference.Order.ENTERED)
        parser.add_argument("--format", choices=[one.value for one in FORMATS], default=ExportLog.Format.XLSX)
        parser.add_argument("--output", type=Path, required=True, help="The file to write; replaced if it exists.")

    def handle(self, *args: Any, **options: Any) -> None:
        courts = [self._court(slug) for slug in options["court"]]
        chosen = {name: options[name] for name in ("year", "kind", "family", "category")}
        commendations = Commendation.objects.announced().with_all_names()
        commendations = commendations.narrowed(court=[court.pk for court in courts], **chosen)
        award_list = AwardList(commendations, counted(commendations, Conference.objects.all()), options["order"])
        try:
            award_list.check(options["format"])
            with options["output"].open("wb") as file:
                write(award_list, options["format"], file)
        except (Refused, OSError) as error:
            raise CommandError("; ".join(getattr(error, "messages", [str(error)]))) from error
        record(award_list, options["format"], by=None, court=courts[0].pk if len(courts) == 1 else None)
        self.stdout.write(f"{award_list.rows} rows: {options['output']}")

    def _court(self, slug: str) -> Court:
        try:
            return Court.objects.get(slug=slug)
        except Court.DoesNotExist as error:
            raise CommandError(f"There is no court with the address {slug}.") from error
