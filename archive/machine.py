"""The record for machines. The one place that knows in which format."""

import json

from conferences.models import Conference
from conferences.record import record_of


def as_json(conference: Conference) -> bytes:
    return (json.dumps(record_of(conference), ensure_ascii=False, indent=1) + "\n").encode()
