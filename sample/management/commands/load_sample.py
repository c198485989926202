from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from courts.refusals import Refused
from courts.roles import LABELS
from sample import hubin, nantong, province
from sample.accounts import ACCOUNTS, PASSWORD, create_accounts
from sample.loading import load


class Command(BaseCommand):
    help = "Loads two real conferences and an invented province. What is there already is left as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--accounts", action="store_true", help="also make accounts for trying the site (loopback sites only)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        made = load([hubin.SUPERIOR, hubin.COURT, nantong.SUPERIOR, nantong.COURT, *province.courts()])
        self.stdout.write(_("Courts loaded: %(count)s.") % {"count": len(made)})
        if options["accounts"]:
            try:
                create_accounts()
            except Refused as refused:
                raise CommandError(" ".join(refused.messages)) from refused
            self.stdout.write("\n".join(account_lines()))


def account_lines() -> list[str]:
    """The accounts as lines for a terminal, with the password that new ones got."""
    rows = [
        (account.username, "、".join(str(LABELS[role]) for role in account.roles), account.court, account.what_for)
        for account in ACCOUNTS
    ]
    return [
        _("Accounts for trying the site, password %(password)s:") % {"password": PASSWORD},
        *[f"  {username:<10}{court or '-':<10}{roles}：{what_for}" for username, roles, court, what_for in rows],
    ]
