import unicodedata
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from courts.models import Court
from courts.refusals import Refused
from courts.roles import LABELS
from sample import hubin, nantong, province
from sample.accounts import ACCOUNTS, PASSWORD, Account, create_accounts, refuse_reachable_site
from sample.loading import load

COLUMN_GAP = 2  # spaces between the columns of the table


class Command(BaseCommand):
    help = "Loads two real conferences and an invented province. What is there already is left as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--accounts", action="store_true", help="also make accounts for trying the site (loopback sites only)"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if options["accounts"]:
            try:
                refuse_reachable_site()
            except Refused as refused:
                raise CommandError(" ".join(refused.messages)) from refused
        made = load([hubin.SUPERIOR, hubin.COURT, nantong.SUPERIOR, nantong.COURT, *province.courts()])
        self.stdout.write(_("Courts loaded: %(count)s.") % {"count": len(made)})
        if options["accounts"]:
            create_accounts()
            self.stdout.write("\n".join(account_lines()))


def account_lines() -> list[str]:
    """The accounts as a table for a terminal, in the language of the moment, with the password of new ones."""
    courts = dict(Court.objects.values_list("slug", "short_name"))
    heads = (_("Account"), _("Court"), _("Role"), _("What for"))
    rows = [heads, *(_cells(account, courts.get(account.court, "")) for account in ACCOUNTS)]
    widths = [max(map(width, column)) + COLUMN_GAP for column in zip(*rows, strict=True)]
    return [
        _("Accounts for trying the site; as made, their password is %(password)s") % {"password": PASSWORD},
        *("".join(padded(*cell) for cell in zip(row, widths, strict=True)).rstrip() for row in rows),
    ]


def _cells(account: Account, court: str) -> tuple[str, ...]:
    roles = "、".join(str(LABELS[role]) for role in account.roles) or _("Administrator")
    return account.username, court, roles, str(account.what_for)


def width(text: str) -> int:
    """Columns that the text takes in a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))
