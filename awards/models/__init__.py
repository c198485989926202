"""Who was honoured: categories, selections and nominations, commendations, decisions, honours from above, exports."""

from awards.models.categories import AwardCategory, Family
from awards.models.certificates import Certificate, CertificateSettings
from awards.models.commendations import Commendation, set_for
from awards.models.decisions import Decision
from awards.models.dossiers import Evidence, Opinion, Override
from awards.models.exports import ExportLog
from awards.models.given import AwardGiven, AwardGivenQuerySet
from awards.models.honours import Honour, HonourFile, HonourFileQuerySet, HonourQuerySet, HonourRoll
from awards.models.nominations import Nomination
from awards.models.notices import Objection, PublicNotice, PublicNoticeQuerySet
from awards.models.selections import DepartmentQuota, Quota, Selection

__all__ = [
    "AwardCategory",
    "AwardGiven",
    "AwardGivenQuerySet",
    "Certificate",
    "CertificateSettings",
    "Commendation",
    "Decision",
    "DepartmentQuota",
    "Evidence",
    "ExportLog",
    "Family",
    "Honour",
    "HonourFile",
    "HonourFileQuerySet",
    "HonourQuerySet",
    "HonourRoll",
    "Nomination",
    "Objection",
    "Opinion",
    "Override",
    "PublicNotice",
    "PublicNoticeQuerySet",
    "Quota",
    "Selection",
    "set_for",
]
