import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from courts.models import Court
from sample.invented.many import FIRST, SECOND
from sample.many_courts import make_province

MOST_COURTS = len(FIRST) * len(SECOND)  # there are no more names of places
EVERY = 10  # courts between two lines of progress


class Command(BaseCommand):
    help = "Makes a whole invented province, to see how the site works when it is full."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--courts", type=int, default=200, help=f"1 to {MOST_COURTS}")
        parser.add_argument("--years", type=int, default=10, help="annual conferences of each court, 1 to 50")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same province")

    def handle(self, *args: Any, **options: Any) -> None:
        courts, years = options["courts"], options["years"]
        if not (1 <= courts <= MOST_COURTS and 1 <= years <= 50):  # noqa: PLR2004 - as the help says
            raise CommandError(_("Courts: 1 to %(most)s. Years: 1 to 50.") % {"most": MOST_COURTS})
        if Court.objects.filter(slug__startswith="invented-").exists():
            raise CommandError(_("There is an invented province already. Make another one in an empty database."))
        begun = time.monotonic()
        for number, _court in enumerate(make_province(courts=courts, years=years, seed=options["seed"]), start=1):
            if options["verbosity"] and (number % EVERY == 0 or number == courts):
                said = {"number": number, "courts": courts, "seconds": round(time.monotonic() - begun)}
                self.stdout.write(_("%(number)s of %(courts)s courts, %(seconds)s s") % said)
