"""A ticket (诉求), its history, and the one table that says from where it may go where.

The moves themselves (claim, finish, rate ...) are in domain/moves.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias, get_args

from domain.reading import TIERS, Category, Nature, Tier, Where

Status: TypeAlias = Literal["proposed", "open", "taken", "done", "closed", "withdrawn", "rejected"]
Move: TypeAlias = Literal[
    "register",
    "claim",
    "note",
    "transfer",
    "bounce",
    "escalate",
    "correct",
    "extend",
    "pause",
    "resume",
    "done",
    "rate",
    "close",
    "reopen",
    "withdraw",
    "reject",
    "merge",
]
# Events are named by the move; the first two are made by whoever opens the ticket, "feared" by what is said of it
# (domain/fears.py); the others change nothing of it: a second one of the staff came along (help), consent was asked for
# or not given (domain/approvals.py), the reporter was called back (domain/callbacks.py).
EventKind: TypeAlias = (
    Literal["proposed", "opened", "joined", "feared", "help", "asked", "declined", "called_back"] | Move
)
Against: TypeAlias = Literal["property", "worker", "community", "owners"]
Datum: TypeAlias = str | int | float | bool | None

STATUSES: tuple[Status, ...] = get_args(Status)
ACTIVE: frozenset[Status] = frozenset({"proposed", "open", "taken"})
ENDED: frozenset[Status] = frozenset({"closed", "withdrawn", "rejected"})

# So many times departments may hand a matter back, each once; then the secretary names the lead (SERVICE.md §2).
MOST_BOUNCES = 2

# From which statuses each move may be made.
ALLOWED: dict[Move, frozenset[Status]] = {
    "register": frozenset({"proposed", "rejected"}),
    "claim": ACTIVE,
    "note": frozenset(STATUSES),
    "transfer": ACTIVE,
    "bounce": frozenset({"open", "taken"}),
    "escalate": ACTIVE,
    "correct": ACTIVE | {"done"},
    "extend": frozenset({"open", "taken"}),
    "pause": frozenset({"open", "taken"}),
    "resume": frozenset({"open", "taken"}),
    "done": ACTIVE,
    "rate": frozenset({"done", "closed"}),
    "close": frozenset({"done"}),
    "reopen": frozenset({"done", "closed", "withdrawn"}),
    "withdraw": ACTIVE | {"done"},
    "reject": ACTIVE,
    "merge": ACTIVE,
}


@dataclass(frozen=True, slots=True)
class Ticket:
    """One matter. `seq` counts within `label` ("阳光" 128 → "阳光128"); times are aware UTC; `tier` is where it
    is now, `group` the group where it began (the result comes back there). `followed_by` is the worker who
    passed it on and still answers to the residents; `against` whom it complains about, `against_person`
    which one where known; `sensitive` matters are for the two named people only; `impossible`: ended as 客观办不了;
    `clock_from`: since when its deadlines count, where that is not `opened_at` (sla.began); `feared_at`: when it was
    heard that people may be in danger, until one of the staff has looked (domain/fears.py); `helpers`: who of the staff
    came along to the one who took it."""

    id: int
    number: str
    label: str
    seq: int
    district: int
    community: int
    area: int
    tier: Tier
    category: Category
    nature: Nature | None
    urgency: int
    status: Status
    private: bool
    summary: str
    where: Where
    group: int | None
    reporter_account: int | None
    reporter_person: int | None
    reporter_name: str
    on_behalf_of: str | None
    assignee: int | None
    department: int | None
    opened_at: datetime
    first_due: datetime | None
    solve_due: datetime | None
    answered_at: datetime | None
    taken_at: datetime | None
    done_at: datetime | None
    closed_at: datetime | None
    result: str | None
    rating: int | None
    reopened: int
    reopens: int | None
    extended: bool
    confidence: float
    version: int
    followed_by: int | None = None
    paused_at: datetime | None = None
    paused_days: int = 0
    bounces: int = 0
    against: Against | None = None
    against_person: int | None = None
    sensitive: bool = False
    impossible: bool = False
    clock_from: datetime | None = None
    feared_at: datetime | None = None
    helpers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class By:
    """Who does it: a person where the account is bound, the account otherwise, neither for the clock."""

    person: int | None = None
    account: int | None = None


THE_CLOCK = By()


@dataclass(frozen=True, slots=True)
class TicketEvent:
    """One line of a ticket's history, only ever added. `data` is JSON-ready."""

    kind: EventKind
    at: datetime
    by_person: int | None = None
    by_account: int | None = None
    data: Mapping[str, Datum] = field(default_factory=dict)


Moved: TypeAlias = tuple[Ticket, TicketEvent]


def number_of(label: str, seq: int) -> str:
    """阳光, 128 → 阳光128."""
    return f"{label}{seq}"


def rank(tier: Tier) -> int:
    """0 unit, 1 community, 2 district."""
    return TIERS.index(tier)


def next_tier(tier: Tier) -> Tier | None:
    """The tier above, None at the top."""
    up = rank(tier) + 1
    return TIERS[up] if up < len(TIERS) else None


def is_emergency(ticket: Ticket) -> bool:
    """Climbs the emergency ladder; ends without a rating."""
    return ticket.category == "emergency" or ticket.urgency >= 3


def asks_rating(ticket: Ticket) -> bool:
    """Done, somebody to ask, and no emergency (those get a call the next day instead). Of a sensitive matter nothing
    is written to the reporter's phone, which others may read."""
    known = ticket.reporter_account is not None or ticket.reporter_person is not None
    asked = not is_emergency(ticket) and not ticket.sensitive
    return ticket.status == "done" and known and ticket.rating is None and asked


def may_be_rated(ticket: Ticket, person: int | None, rating: int) -> bool:
    """Whether this word of his counts. What could not be done is not well done, and nobody praises his own work; that
    it is not well may be said always."""
    own = person is not None and person == ticket.assignee
    return rating == 3 or not (own or ticket.impossible)


def possible(ticket: Ticket, move: Move) -> bool:
    """Whether the table allows the move from where the ticket is."""
    return ticket.status in ALLOWED[move]
