"""Who was there and what was said: participants, keynotes, agenda, speeches."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import ConferencePart, SnapshotPart, part_of
from courts.history import versions


class Participant(SnapshotPart):
    """与会人员. Who chaired, sat on the rostrum or was there, in the order of the rostrum."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        ROSTRUM = "rostrum", _("On the rostrum")
        PRESENT = "present", _("Present")

    conference = part_of("participants")
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.ROSTRUM)

    history = versions("history_participant")

    class Meta(SnapshotPart.Meta):
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self) -> str:
        return self.speaker


class Keynote(ConferencePart):
    """年度提法. The named campaigns, slogans, targets and guiding lines of the year."""

    class Kind(models.TextChoices):
        CAMPAIGN = "campaign", _("Campaign of the year")
        SLOGAN = "slogan", _("Slogan")
        TARGET = "target", _("Target")
        LINE = "line", _("Guiding line")
        BASIS = "basis", _("What it rests on")
        MECHANISM = "mechanism", _("Mechanism")
        BRAND = "brand", _("Brand")
        OCCASION = "occasion", _("Occasion")
        APPRAISAL = "appraisal", _("Appraisal")

    conference = part_of("keynotes")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SLOGAN)
    text = models.CharField(_("wording"), max_length=200)
    note = models.CharField(_("note"), max_length=200, blank=True)
    speech = models.ForeignKey(
        "Speech", models.SET_NULL, related_name="keynotes", verbose_name=_("speech"), null=True, blank=True
    )

    history = versions("history_keynote")

    class Meta(ConferencePart.Meta):
        verbose_name = _("keynote")
        verbose_name_plural = _("keynotes")

    def __str__(self) -> str:
        return self.text


class AgendaItem(SnapshotPart):
    """议程. One step of the conference."""

    class Kind(models.TextChoices):
        ANTHEM = "anthem", _("National anthem")
        OPENING = "opening", _("Opening by the chair")
        HONOURS = "honours", _("Honours from above")
        DECISION = "decision", _("Reading of a decision")
        AWARDS = "awards", _("Presentation of awards")
        PLEDGE = "pledge", _("Pledges")
        TYPICAL = "typical", _("Speech of the honoured")
        REPORT = "report", _("Work report")
        DEPLOYMENT = "deployment", _("Work deployment")
        ADDRESS = "address", _("Address")
        CLOSING = "closing", _("Closing")
        OTHER = "other", _("Other")

    conference = part_of("agenda")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OTHER)
    title = models.CharField(_("title"), max_length=120)
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True, validators=[MaxValueValidator(600)])
    private_note = models.TextField(
        _("host's private note"), blank=True, help_text=_("Only the clerks and approvers of the court see it.")
    )

    history = versions("history_agendaitem")

    class Meta(SnapshotPart.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")

    def __str__(self) -> str:
        return self.title


class Speech(SnapshotPart):
    """讲话. By a person, a guest or a department; the text is plain paragraphs."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Work report")
        DEPLOYMENT = "deployment", _("Work deployment")
        ADDRESS = "address", _("Address")
        PLEDGE = "pledge", _("Pledge")
        TYPICAL = "typical", _("Speech of the honoured")
        OTHER = "other", _("Other")

    conference = part_of("speeches")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.REPORT)
    title = models.CharField(_("title"), max_length=120, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    text = models.TextField(_("text"), blank=True, help_text=_("Headings such as 一、 and （一） become the contents."))

    searched = ("title", "summary", "text", "name", "department_name", "post")

    history = versions("history_speech")

    class Meta(SnapshotPart.Meta):
        verbose_name = _("speech")
        verbose_name_plural = _("speeches")
        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(department_name=""),
                name="speech_has_speaker",
                violation_error_message=_("Say who spoke: a person or a department."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.speaker} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("conferences:speech", kwargs={**self.conference.address, "pk": self.pk})
