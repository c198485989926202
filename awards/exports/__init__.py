"""The award list as a file: its columns and rows (columns), what is exported (award_list), a module for each format.

Whoever lets a person take a list away calls `export_response` (delivery), which asks who may and keeps the log.
"""

from awards.exports.award_list import FORMATS, AwardList, Sheet
from awards.exports.columns import COLUMNS, DEFAULT_COLUMNS
from awards.exports.counts import Counted, counted
from awards.exports.delivery import export_response, record, respond, write

__all__ = [
    "COLUMNS",
    "DEFAULT_COLUMNS",
    "FORMATS",
    "AwardList",
    "Counted",
    "Sheet",
    "counted",
    "export_response",
    "record",
    "respond",
    "write",
]
