"""Who was honoured: categories, commendations, decisions, honours from above, and who exported them."""

from awards.models.categories import AwardCategory, Family
from awards.models.commendations import Commendation, set_for
from awards.models.decisions import Decision
from awards.models.exports import ExportLog
from awards.models.given import AwardGiven, AwardGivenQuerySet
from awards.models.honours import Honour, HonourRoll

__all__ = [
    "AwardCategory",
    "AwardGiven",
    "AwardGivenQuerySet",
    "Commendation",
    "Decision",
    "ExportLog",
    "Family",
    "Honour",
    "HonourRoll",
    "set_for",
]
