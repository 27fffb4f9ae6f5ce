"""Who is called back after a matter was closed (回访): one in twenty, and after every emergency.

The lot is drawn from the ticket's own key, so that tests and two processes draw alike.
"""

from __future__ import annotations

from hashlib import sha256

from domain.tickets import Ticket, is_emergency

# The lot is what these bytes of the digest are of all that they could be: few enough to stay below 1 as a float.
_BYTES = 6
_MOST = 1 << (8 * _BYTES)


def lot(ticket: Ticket) -> float:
    """Its lot, evenly from 0 to 1 (exclusive): the same for the same ticket, another when it was reopened."""
    key = f"{ticket.district}:{ticket.number}:{ticket.reopened}"
    return int.from_bytes(sha256(key.encode()).digest()[:_BYTES]) / _MOST


def is_called_back(ticket: Ticket, share: float) -> bool:
    """Whether the reporter of this closed ticket is called (SERVICE.md §2). Never of a sensitive matter, where
    somebody else may pick up the telephone."""
    if ticket.status != "closed" or ticket.sensitive:
        return False
    return is_emergency(ticket) or lot(ticket) < share
