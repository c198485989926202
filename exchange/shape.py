"""What the JSON of a conference holds, part by part and field by field: the format, version 1.

Said here and not taken from the models, because other installations read it: whoever changes this table changes the
format, and the schema in docs/ with it. tests/test_exchange_shape.py holds that every field of a model stands here or
in LEFT_OUT. docs/exchange.md describes the format for its readers.
"""

from dataclasses import dataclass, field
from typing import Any

from awards.models import AwardCategory, AwardGiven, Commendation, Decision, Honour, HonourFile
from conferences.models import (
    AgendaItem,
    Attachment,
    Conference,
    Figure,
    Indicator,
    Keynote,
    Measure,
    Participant,
    PriorityTask,
    ProgressFile,
    ProgressReport,
    Speech,
    Supervision,
)
from courts.models import Court, Department, Person

FORMAT, VERSION = "court-conference", 1
SCHEMA = f"/schemas/conference-{VERSION}.json"

# Lists of the document whose rows others name by their `id`, with the beginning of those.
PEOPLE, DEPARTMENTS, CATEGORIES, INDICATORS = "people", "departments", "award_categories", "indicators"
SPEECHES, DECISIONS = "speeches", "decisions"
IDS = {
    DEPARTMENTS: "department",
    PEOPLE: "person",
    INDICATORS: "indicator",
    CATEGORIES: "category",
    SPEECHES: "speech",
    DECISIONS: "decision",
}


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One kind of row.

    `shown`: fields that readers of the row see; `internal`: those of the complete document alone. `links`: fields that
    name a row of another list; `shown_links` are those among them that readers see. `key`: what a row is called by,
    when a document is compared with what is here. `parts`: rows that belong to a row, by their relation. `is_internal`:
    readers see no such row.
    """

    model: Any
    shown: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    shown_links: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    parts: dict[str, "Shape"] = field(default_factory=dict)
    is_internal: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        return self.shown + self.internal


SNAPSHOT = ("name", "department_name", "post")
WHO = {"person": PEOPLE, "department": DEPARTMENTS}
FILE = ("filename", "sha256")

COURT = Shape(
    model=Court,
    shown=("name", "short_name", "slug", "level", "code", "is_invented"),
    internal=("division_code", "document_prefix", "default_venue"),
)
REGISTERS = {
    DEPARTMENTS: Shape(model=Department, shown=("name",), internal=("kind", "order"), key=("name",)),
    PEOPLE: Shape(
        model=Person,
        internal=(
            *("name", "post", "staff_category", "organisation", "sort_key", "is_active", "service_since", "left_on"),
            *("left_off_since", "left_off_reason"),
        ),
        links={"department": DEPARTMENTS},
        key=("name",),
        is_internal=True,
    ),
    INDICATORS: Shape(
        model=Indicator,
        shown=("name", "unit", "direction", "formula", "valid_from", "valid_to"),
        internal=("order",),
        key=("name", "valid_from"),
    ),
    CATEGORIES: Shape(
        model=AwardCategory,
        shown=("name", "family", "recipient_kind"),
        internal=("staff_categories", "order", "citation_template"),
        key=("name", "family"),
    ),
}
MEASURE = Shape(
    model=Measure,
    shown=("text", "all_help", "due_on", "target"),
    internal=(
        *("responsible_name", "leader_name", "target_value"),
        *("closed_at", "reopened_at", "reopening_reason", "deferred_at", "deferral_reason", "deferred_to"),
        *("cancelled_at", "cancellation_reason"),
    ),
    links={"lead": DEPARTMENTS, "responsible": PEOPLE, "leader": PEOPLE, "indicator": INDICATORS},
    shown_links=("lead",),
    key=("text",),
    parts={
        "reports": Shape(
            model=ProgressReport,
            internal=(
                *("year", "quarter", "text", "percent", "problems", "next_step"),
                *("reported_at", "returned_at", "return_reason"),
            ),
            links={"department": DEPARTMENTS},
            key=("year", "quarter"),
            parts={"files": Shape(model=ProgressFile, internal=FILE, key=FILE, is_internal=True)},
            is_internal=True,
        ),
        "supervisions": Shape(
            model=Supervision,
            internal=("kind", "text", "answer_by", "taken_at"),
            key=("kind", "taken_at"),
            is_internal=True,
        ),
    },
)
# In an order in which a row only names rows before it.
CONFERENCE = Shape(
    model=Conference,
    shown=(
        *("kind", "number", "title", "year_reviewed", "year_planned", "starts_on", "ends_on", "time_of_day", "venue"),
        *("attendance", "theme", "summary", "audience", "roll_order"),
    ),
    parts={
        "participants": Shape(model=Participant, shown=("role", *SNAPSHOT), links=WHO, key=("name", "department_name")),
        "agenda": Shape(
            model=AgendaItem,
            shown=("kind", "title", "starts_at", *SNAPSHOT),
            internal=("minutes", "private_note"),
            links=WHO,
            key=("title",),
        ),
        SPEECHES: Shape(
            model=Speech,
            shown=("kind", "title", *SNAPSHOT, "summary", "text"),
            links=WHO,
            key=("name", "department_name", "title"),
        ),
        "keynotes": Shape(
            model=Keynote,
            shown=("kind", "text", "note"),
            links={"speech": SPEECHES},
            shown_links=("speech",),
            key=("text",),
        ),
        "figures": Shape(
            model=Figure,
            shown=(
                *("group", "label", "precision", "value", "unit", "value_text"),
                *("change_direction", "change", "change_unit", "change_text", "rank_scope", "rank_kind", "rank"),
            ),
            internal=("rank_opened_at", "quote"),
            links={"indicator": INDICATORS, "speech": SPEECHES},
            shown_links=("indicator", "speech"),
            key=("group", "label"),
        ),
        "tasks": Shape(
            model=PriorityTask,
            shown=("heading", "text", "passage"),
            links={"speech": SPEECHES},
            shown_links=("speech",),
            key=("heading",),
            parts={"measures": MEASURE},
        ),
        DECISIONS: Shape(
            model=Decision,
            shown=("title", "prefix", "year", "serial", "signed_on"),
            internal=("text", "signed_by"),
            key=("prefix", "year", "serial", "title"),
        ),
        "awards_given": Shape(
            model=AwardGiven,
            shown=("quantity",),
            links={"category": CATEGORIES},
            shown_links=("category",),
            key=("category",),
        ),
        "commendations": Shape(
            model=Commendation,
            shown=(*SNAPSHOT, "posthumous"),
            internal=(
                *("deeds", "citation", "certificate_number", "stage_place", "announced_at", "presented_at"),
                *("revoked_at", "revocation_reason", "certificate_returned_on", "corrected_at", "correction_reason"),
            ),
            links={
                "category": CATEGORIES,
                "decision": DECISIONS,
                "revoked_by_decision": DECISIONS,
                "corrected_by_decision": DECISIONS,
                **WHO,
            },
            shown_links=("category", "decision"),
            key=("category", "name", "department_name"),
        ),
        "honours": Shape(
            model=Honour,
            shown=(
                *("year", "title", "bodies", "level", "recipient_kind", "recipient_name", "quantity", "received_on"),
                *("document", "note"),
            ),
            links=WHO,
            key=("year", "title", "recipient_name"),
            parts={"files": Shape(model=HonourFile, shown=(*FILE, "audience"), key=FILE)},
        ),
        "attachments": Shape(
            model=Attachment,
            shown=("kind", "title", "audience", *FILE),
            key=("title", *FILE),
        ),
    },
)
# The departments that help with a measure: names of rows, several.
HELPERS = "helpers"

# Fields that no document holds, and why (docs/exchange.md says it to its readers).
GIVEN_BY_THE_PLACE = {"id", "court", "conference", "task", "measure", "report", "honour", "order"}
OF_AN_INSTALLATION = {"key", "file", "changed_at", "changed_by", "revision", "parent", "carried_from"}
DERIVED = {"stroke_key", "pinyin_key", "pinyin"}
STEPS_OF_PUBLICATION = {
    *("submitted_at", "submitted_by", "published_at", "published_by", "locked_at", "locked_by"),
    *("returned_at", "returned_by", "return_reason", "states_shown_at", "states_shown_by"),
}
ACCOUNTS = {
    *("announced_by", "presented_by", "revoked_by", "corrected_by", "rank_opened_by", "closed_by", "reopened_by"),
    *("deferred_by", "cancelled_by", "reported_by", "returned_by", "taken_by"),
}
LEFT_OUT = GIVEN_BY_THE_PLACE | OF_AN_INSTALLATION | DERIVED | STEPS_OF_PUBLICATION | ACCOUNTS
