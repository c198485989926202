"""The roles: five groups and what each may do. Applied exactly by `manage.py apply_roles`."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext_lazy as _

CLERK, APPROVER, LIAISON, STAFF, SUPERIOR = "clerk", "approver", "liaison", "staff", "superior"

LABELS = {
    CLERK: _("Clerk"),
    APPROVER: _("Approver"),
    LIAISON: _("Liaison"),
    STAFF: _("Staff reader"),
    SUPERIOR: _("Superior court's reader"),
}


def every(app: str, *models: str) -> list[str]:
    """All four permissions on these models."""
    return [f"{app}.{act}_{model}" for model in models for act in ("view", "add", "change", "delete")]


RECORD = [
    *every("conferences", "conference", "participant", "keynote", "agendaitem", "speech", "figure"),
    *every("conferences", "prioritytask", "measure", "attachment", "figureset", "periodfigure"),
    *every("awards", "awardcategory", "awardgiven", "commendation", "decision", "honour", "honourfile", "honourroll"),
]
REGISTER = every("courts", "department", "person")
MERGES = ["courts.view_merge", "courts.view_namesakes"]
# What is put up before it is decided: both read it, with the objections, and record what came of them.
NOTICES = [
    *("awards.view_publicnotice", "awards.view_objection"),
    *("awards.handle_objection", "awards.conclude_publicnotice"),
]
CERTIFICATES = [
    *("awards.print_certificate", "awards.view_certificate", "papers.view_printing"),
    *(f"awards.{act}_certificatesettings" for act in ("view", "add", "change")),
]
SERVICE = every("courts", "discipline", "appraisal")
PLAN = every("awards", "selection", "quota", "departmentquota")
NOMINATIONS = ["awards.view_nomination", "awards.handle_nomination"]
FOLLOW_UP = ["conferences.report_measure", "conferences.follow_measure"]
INDICATORS = ["conferences.view_indicator", "conferences.view_indicatorset"]
TEMPLATES = every("papers", "courttemplate")
VIEW_RECORD = [name for name in [*RECORD, *REGISTER] if ".view_" in name]

ROLES: dict[str, list[str]] = {
    CLERK: [
        *RECORD,
        *REGISTER,
        *MERGES,
        *NOTICES,
        *SERVICE,
        *PLAN,
        *NOMINATIONS,
        *TEMPLATES,
        *FOLLOW_UP,
        "awards.nominate_nomination",
        *CERTIFICATES,
        *INDICATORS,
        "courts.view_court",
        "courts.view_binnedrecord",
        "courts.put_back_binnedrecord",
        "intake.view_import",
        "courts.read_drafts",
        "conferences.submit_conference",
        "conferences.view_pagecount",
        "awards.announce_commendation",
        "awards.correct_commendation",
        "awards.start_publicnotice",
        "awards.export_commendation",
    ],
    APPROVER: [
        *VIEW_RECORD,
        *MERGES,
        *NOTICES,
        *(name for name in [*SERVICE, *PLAN] if ".view_" in name),
        *NOMINATIONS,
        *FOLLOW_UP,
        "papers.view_courttemplate",
        "awards.approve_nomination",
        "awards.override_finding",
        *CERTIFICATES,
        *INDICATORS,
        "courts.view_court",
        "courts.view_binnedrecord",
        "courts.read_drafts",
        "conferences.publish_conference",
        "conferences.lock_conference",
        "conferences.correct_conference",
        "conferences.waive_finding",
        "conferences.open_rank",
        "awards.announce_commendation",
        "awards.revoke_commendation",
        "awards.take_decision",
        "awards.export_commendation",
        "awards.view_exportlog",
        "intake.view_import",
    ],
    LIAISON: ["awards.nominate_nomination", "conferences.report_measure"],
    STAFF: [],
    SUPERIOR: ["courts.read_courts_below", "awards.export_commendation"],
}
# Who may sign in to the admin at all.
ADMIN_ROLES = {CLERK, APPROVER}


@transaction.atomic
def apply_roles() -> None:
    """Gives each role exactly the permissions of this file; what was added by hand is taken away."""
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role, names in ROLES.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set([known[name] for name in names])
