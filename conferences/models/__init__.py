"""What was said: conferences with their agenda, speeches, figures and priority tasks."""

from conferences.models.attachments import Attachment
from conferences.models.conference import Audience, Conference, ConferenceQuerySet, PartQuerySet
from conferences.models.figures import Figure, Indicator, IndicatorSet
from conferences.models.periods import FigureSet, PeriodFigure
from conferences.models.programme import AgendaItem, Keynote, Participant, Speech
from conferences.models.progress import ProgressFile, ProgressReport, Supervision
from conferences.models.publications import Correction, Edition
from conferences.models.readings import PageCount, PageOfDay
from conferences.models.tasks import Measure, MeasureHelper, PriorityTask
from conferences.models.waivers import Waiver

__all__ = [
    "AgendaItem",
    "Attachment",
    "Audience",
    "Conference",
    "ConferenceQuerySet",
    "Correction",
    "Edition",
    "Figure",
    "FigureSet",
    "Indicator",
    "IndicatorSet",
    "Keynote",
    "Measure",
    "MeasureHelper",
    "PageCount",
    "PageOfDay",
    "PartQuerySet",
    "Participant",
    "PeriodFigure",
    "PriorityTask",
    "ProgressFile",
    "ProgressReport",
    "Speech",
    "Supervision",
    "Waiver",
]
