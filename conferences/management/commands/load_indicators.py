from typing import Any

from django.core.management.base import BaseCommand

from conferences.indicators import fill_indicators
from conferences.models import IndicatorSet


class Command(BaseCommand):
    help = "Adds the usual indicators and what is known of the national sets; what stands there already is not changed."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{fill_indicators()} indicators added.")
        for one in IndicatorSet.objects.prefetch_related("indicators"):
            known = len(one.indicators.all())
            self.stdout.write(f"{one}: {known} of {one.size} indicators are known.")
        self.stdout.write("Whoever has the documents adds the rest under /admin/conferences/indicator/.")
