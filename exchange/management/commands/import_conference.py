from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from courts.refusals import Refused
from exchange.importing import Plan, take_in
from exchange.reading import Unreadable, read

MOST_SAID = 20  # problems; the others come once these are mended


class Command(BaseCommand):
    help = "Takes the JSON of a conference in, as a draft. Without --yes it only says what it would do."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="write it; otherwise nothing is written")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            plan = take_in(read(_content(options["file"])))
        except Unreadable as unreadable:
            raise CommandError("\n".join(map(str, unreadable.problems[:MOST_SAID]))) from unreadable
        except Refused as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write("\n".join(lines(plan)))
        if not options["yes"]:
            transaction.set_rollback(True)
        if plan:
            self.stdout.write(_("Written.") if options["yes"] else _("Nothing was written. Add --yes to write it."))


def _content(file: Path) -> bytes:
    """The file; of one that is too large only so much that this is seen."""
    try:
        with file.open("rb") as stream:
            return stream.read(settings.IMPORT_MAX_MB * 1024 * 1024 + 1)
    except OSError as error:
        raise CommandError(_("The file cannot be read: %(file)s") % {"file": file}) from error


def lines(plan: Plan) -> list[str]:
    """What the import does, for a terminal."""
    conference = plan.conference
    said = [f"{conference.court} {conference} ({conference.get_absolute_url()})"]
    if not plan:
        return [*said, _("Nothing to do: it is here already, as in the file.")]
    if plan.made:
        said.append(_("New: %(rows)s") % {"rows": "、".join(f"{what} {number}" for what, number in plan.made.items())})
    said += [_("Changed: %(row)s") % {"row": row} for row in plan.changed]
    return said + [_("Removed: %(row)s") % {"row": row} for row in plan.removed]
