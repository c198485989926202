"""Accounts for trying the site on one's own machine; they work for the invented courts."""

from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.models import Commendation
from courts.models import Court, Department, Person, User
from courts.refusals import Refused
from courts.roles import ADMIN_ROLES, APPROVER, CLERK, LIAISON, STAFF, SUPERIOR, apply_roles

PASSWORD = "sample-conference"  # noqa: S105 - known to everyone, so these accounts exist on loopback sites only


@dataclass(frozen=True, kw_only=True)
class Account:
    """One account: its roles, the slug of its court ("" for the administrator) and what it is for."""

    username: str
    name: str
    what_for: str | Promise
    roles: tuple[str, ...] = ()
    court: str = ""
    department: str = ""


ACCOUNTS = (
    Account(
        username="clerk",
        name="书记员试用",
        what_for=_("enters the record in the admin"),
        roles=(CLERK,),
        court="qingyu",
        department="综合办公室",
    ),
    Account(
        username="approver",
        name="审核人试用",
        what_for=_("publishes what the clerk submitted"),
        roles=(APPROVER,),
        court="qingyu",
        department="综合办公室",
    ),
    Account(
        username="liaison",
        name="联络员试用",
        what_for=_("speaks for a department"),
        roles=(LIAISON,),
        court="qingyu",
        department="执行局",
    ),
    Account(
        username="staff",
        name="干警试用",
        what_for=_("reads what the court published for its staff"),
        roles=(STAFF,),
        court="qingyu",
        department="民事审判庭",
    ),
    Account(
        username="superior",
        name="上级法院试用",
        what_for=_("works for the superior court, reads those below"),
        roles=(CLERK, APPROVER, SUPERIOR),
        court="lanjiang",
        department="综合办公室",
    ),
    Account(username="admin", name="管理员试用", what_for=_("administers the whole site")),
)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the host."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def refuse_reachable_site() -> None:
    """Raises Refused on a site that other machines reach: everybody knows the password."""
    if not all(map(is_loopback, settings.ALLOWED_HOSTS)):
        raise Refused(_("These accounts are only for a site that no other machine reaches."))


@transaction.atomic
def create_accounts() -> list[Account]:
    """Makes the accounts that are missing and returns those made; one that exists keeps its password and roles.

    Raises Refused on a site that other machines reach.
    """
    refuse_reachable_site()
    taken = set(
        User.objects.filter(username__in=[account.username for account in ACCOUNTS]).values_list("username", flat=True)
    )
    missing = [account for account in ACCOUNTS if account.username not in taken]
    if missing:
        apply_roles()
    for account in missing:
        _create(account)
    return missing


def _create(account: Account) -> None:
    court = Court.objects.get(slug=account.court) if account.court else None
    department = Department.objects.filter(court=court, name=account.department).first() if court else None
    user = User(
        username=account.username,
        last_name=account.name,
        court=court,
        department=department,
        person=_someone_honoured(department),
        is_superuser=court is None,
        is_staff=court is None or bool(ADMIN_ROLES & set(account.roles)),
    )
    user.set_password(PASSWORD)
    user.save()
    user.groups.set(Group.objects.filter(name__in=account.roles))


def _someone_honoured(department: Department | None) -> Person | None:
    """Of the department, so that the account's own honours are not empty."""
    honoured = Commendation.objects.announced().filter(person__department=department, department=department)
    first = honoured.order_by("pk").select_related("person").first() if department else None
    return first.person if first else None
