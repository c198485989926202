import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from awards.models import ExportLog
from courts.sign_ins import FailedSignIn, SignIn

LOGS = ((SignIn, "attempt_time"), (FailedSignIn, "attempt_time"), (ExportLog, "at"))


class Command(BaseCommand):
    help = "Deletes sign-ins, failed sign-ins and exports that are older than LOG_DAYS (at least 180)."

    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.now() - datetime.timedelta(days=settings.LOG_DAYS)
        for model, moment in LOGS:
            count, _each = model._base_manager.filter(**{f"{moment}__lt": before}).delete()
            self.stdout.write(f"{model._meta.label}: {count} rows older than {before:%Y-%m-%d} deleted.")
