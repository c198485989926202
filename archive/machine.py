"""The record for machines. The one place that knows in which format: that of the exchange between installations."""

from conferences.models import Conference
from exchange.document import as_bytes, document


def as_json(conference: Conference) -> bytes:
    """Complete, as the clerks of the court have it: another installation can import it."""
    return as_bytes(document(conference))
