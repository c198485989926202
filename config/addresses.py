"""Where a request comes from, for the lock-out of whoever guesses passwords."""

import ipaddress

from django.http import HttpRequest


def forwarded_address(request: HttpRequest) -> str:
    """The address that the court's own proxy saw: the last of X-Forwarded-For. Earlier ones a client may invent."""
    address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return request.META["REMOTE_ADDR"]
