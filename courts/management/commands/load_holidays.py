from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand

from courts.holidays import fill_holidays, years_held


class Command(BaseCommand):
    help = "Adds to the table of holidays what it lacks; days that stand there already are not changed."

    def handle(self, *args: Any, **options: Any) -> None:
        added = fill_holidays()
        years = years_held()
        following = years[-1] + 1
        self.stdout.write(f"{added} days added. Working days can be counted in {spans(years)}.")
        self.stdout.write(f"Once the holidays of {following} are announced, enter them under /admin/courts/holiday/.")


def spans(years: list[int]) -> str:
    """2004-2024, 2026."""
    runs = [[year for _place, year in run] for _gap, run in groupby(enumerate(years), lambda one: one[1] - one[0])]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
