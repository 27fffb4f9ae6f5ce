"""Who people are here, and the one table that says who may do and see what.

Everybody who speaks is a resident; posts add to that. `may` is asked by every command, button and page.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.areas import contains
from domain.tickets import Against, Ticket


class Role(StrEnum):
    """What somebody is in an area."""

    RESIDENT = "resident"
    GRID_WORKER = "grid_worker"
    PROPERTY_DUTY = "property_duty"
    COMMUNITY_STAFF = "community_staff"
    SECRETARY = "secretary"
    DEPARTMENT = "department"
    STREET_DUTY = "street_duty"
    DISTRICT_ADMIN = "district_admin"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody we know by name. `phone` is personal: decrypted only where `see_phone` allows; `district`: where he is
    kept."""

    id: int
    name: str
    phone: str | None = None
    language: str | None = None
    active: bool = True
    district: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a platform, bound to a person or not. `chat` is its private chat with us, once it wrote
    there; `opted_out`: 不记我; `last_group` where it was last heard in a group."""

    id: int
    channel: str
    user_id: str
    name: str
    person: int | None = None
    chat: str | None = None
    opted_out: bool = False
    last_group: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A person's role in an area and all below it; `department` for those who work in one."""

    person: int
    area: int
    area_path: str
    role: Role
    department: int | None = None
    full_time: bool = True


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: his account, person and posts; `kin` are those for whom he may speak as for himself (his mother).
    `trusted`: one of the two named for sensitive matters."""

    account: int | None = None
    person: int | None = None
    posts: tuple[Post, ...] = ()
    trusted: bool = False
    kin: tuple[int, ...] = ()


class Action(StrEnum):
    """Everything that somebody can ask for."""

    CLAIM = "claim"
    COME_ALONG = "come_along"
    DONE = "done"
    TRANSFER = "transfer"
    BOUNCE = "bounce"
    ESCALATE = "escalate"
    NOTE = "note"
    ASK = "ask"
    EXTEND = "extend"
    GIVE_UP = "give_up"
    LEAD = "lead"
    PAUSE = "pause"
    CALL_BACK = "call_back"
    RATE = "rate"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    REJECT = "reject"
    REGISTER = "register"
    CORRECT = "correct"
    RAISE = "raise"
    MERGE = "merge"
    SEE_TICKET = "see_ticket"
    SEE_REPORTER = "see_reporter"
    SEE_PHONE = "see_phone"
    MINE = "mine"
    TODAY = "today"
    DIARY = "diary"
    VISIT = "visit"
    REPORT_FOR = "report_for"
    ARCHIVE = "archive"
    BIND = "bind"
    CODE = "code"
    HELP = "help"
    COCKPIT = "cockpit"
    MANAGE = "manage"
    PLAYGROUND = "playground"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may: `everybody`; the reporter (`own`); these roles where the ticket is in their hands (`handled`), in
    their area (`area`), or in their area and in nobody's hands (`untaken`). `unseen`: it shows them nothing, so that
    they may in their area whether or not the ticket is for their eyes."""

    everybody: bool = False
    own: bool = False
    handled: frozenset[Role] = frozenset()
    area: frozenset[Role] = frozenset()
    untaken: frozenset[Role] = frozenset()
    unseen: bool = False


_LEADS = frozenset({Role.COMMUNITY_STAFF, Role.SECRETARY, Role.STREET_DUTY, Role.DISTRICT_ADMIN})
_OFFICE = _LEADS | {Role.GRID_WORKER}
_HEADS = frozenset({Role.SECRETARY, Role.DISTRICT_ADMIN})
_STAFF = _OFFICE | {Role.PROPERTY_DUTY, Role.DEPARTMENT}
_ON_SITE = _OFFICE | {Role.PROPERTY_DUTY}

# The permission table. Departments have the whole district as their area: they get what was handed to them only.
RULES: dict[Action, Rule] = {
    Action.CLAIM: Rule(handled=_STAFF, area=_ON_SITE),
    Action.COME_ALONG: Rule(handled=_STAFF, area=_ON_SITE, unseen=True),
    Action.DONE: Rule(handled=_STAFF, area=_ON_SITE),
    # Whoever may take it may say instead whose it is.
    Action.TRANSFER: Rule(handled=_STAFF, area=_OFFICE, untaken=_ON_SITE),
    Action.BOUNCE: Rule(handled=frozenset({Role.DEPARTMENT})),
    Action.ESCALATE: Rule(handled=_STAFF, area=_OFFICE, untaken=_ON_SITE),
    Action.NOTE: Rule(own=True, handled=_STAFF, area=_ON_SITE),
    # To ask for consent; who may then give it (to a later deadline; to 客观办不了), and name the lead (牵头).
    Action.ASK: Rule(handled=_STAFF, area=_LEADS),
    Action.EXTEND: Rule(area=_LEADS),
    Action.GIVE_UP: Rule(area=_HEADS),
    Action.LEAD: Rule(area=_HEADS),
    Action.CALL_BACK: Rule(handled=_OFFICE, area=_LEADS),
    Action.PAUSE: Rule(handled=_STAFF, area=_LEADS),
    Action.RATE: Rule(own=True),
    Action.REOPEN: Rule(own=True, handled=_OFFICE, area=_LEADS),
    Action.WITHDRAW: Rule(own=True),
    Action.REJECT: Rule(own=True, handled=_ON_SITE, area=_ON_SITE),
    Action.REGISTER: Rule(own=True, handled=_ON_SITE, area=_ON_SITE),
    Action.CORRECT: Rule(own=True, handled=_STAFF, area=_OFFICE),
    Action.RAISE: Rule(handled=_STAFF, area=_ON_SITE),
    Action.MERGE: Rule(handled=_OFFICE, area=_OFFICE),
    Action.SEE_TICKET: Rule(own=True, handled=_STAFF, area=_ON_SITE),
    Action.SEE_REPORTER: Rule(own=True, handled=_STAFF, area=_OFFICE),
    Action.SEE_PHONE: Rule(own=True, handled=_STAFF, area=_LEADS),
    Action.MINE: Rule(everybody=True),
    Action.TODAY: Rule(area=_STAFF),
    Action.DIARY: Rule(area=_OFFICE),
    Action.VISIT: Rule(area=_OFFICE),
    Action.REPORT_FOR: Rule(area=_ON_SITE),
    Action.ARCHIVE: Rule(area=_OFFICE),
    Action.BIND: Rule(everybody=True),
    Action.CODE: Rule(area=_OFFICE),
    Action.HELP: Rule(everybody=True),
    Action.COCKPIT: Rule(area=_STAFF),
    Action.MANAGE: Rule(area=frozenset({Role.SECRETARY, Role.DISTRICT_ADMIN})),
    Action.PLAYGROUND: Rule(everybody=True),
}

# A private matter is for its reporter, those who handle it and these, in their area.
PRIVATE: frozenset[Role] = _OFFICE

# Whom a complaint bypasses (SERVICE.md §3). 业委会 holds no post, so nobody is barred by "owners".
ACCUSED: dict[Against, frozenset[Role]] = {
    "property": frozenset({Role.PROPERTY_DUTY}),
    "worker": frozenset({Role.GRID_WORKER}),
    "community": frozenset({Role.COMMUNITY_STAFF, Role.SECRETARY}),
    "owners": frozenset(),
}


def may(actor: Actor, action: Action, ticket: Ticket | None = None, area_path: str | None = None) -> bool:
    """Whether the actor may. `area_path` is the path of the ticket's area, or of the page or group asked about;
    without a ticket and a path, a post anywhere is enough."""
    rule = RULES[action]
    if ticket is None:
        return rule.everybody or any(
            post.role in rule.area and (area_path is None or contains(post.area_path, area_path))
            for post in actor.posts
        )
    if is_accused(actor, ticket, area_path):
        return False
    if rule.everybody or (rule.own and is_reporter(actor, ticket)):
        return True
    if ticket.sensitive and not rule.unseen:
        return actor.trusted and any(post.role in rule.handled | rule.area for post in actor.posts)
    if handles(actor, ticket) and any(post.role in rule.handled for post in actor.posts):
        return True
    untaken = ticket.assignee is None and ticket.department is None
    reach = rule.area | rule.untaken if untaken else rule.area
    reach = reach & PRIVATE if ticket.private and not rule.unseen else reach
    return area_path is not None and bool(reach & roles_at(actor, area_path))


def roles_at(actor: Actor, area_path: str) -> frozenset[Role]:
    """The roles whose area holds this one."""
    return frozenset(post.role for post in actor.posts if contains(post.area_path, area_path))


def is_reporter(actor: Actor, ticket: Ticket) -> bool:
    """His own report, by this account or by any other of the same person; or that of somebody for whom he speaks."""
    if actor.account is not None and actor.account == ticket.reporter_account:
        return True
    persons = (actor.person,) if is_his_alone(ticket) else (actor.person, *actor.kin)
    return ticket.reporter_person is not None and ticket.reporter_person in persons


def is_his_alone(ticket: Ticket) -> bool:
    """Whoever speaks for the reporter does not hear of it: he may be the one who beats her, or is complained of."""
    return ticket.sensitive or ticket.against is not None


def handles(actor: Actor, ticket: Ticket) -> bool:
    """It is in his hands: he took it, follows it, or it lies with his department."""
    if actor.person is not None and actor.person in (ticket.assignee, ticket.followed_by):
        return True
    return ticket.department is not None and any(post.department == ticket.department for post in actor.posts)


def is_accused(actor: Actor, ticket: Ticket, area_path: str | None) -> bool:
    """He, or where nobody was named anyone in the accused's role there, must not know of the complaint.
    One who reported it himself is not barred by his role."""
    if actor.person is not None and actor.person == ticket.against_person:
        return True
    named = ticket.against == "worker" and ticket.against_person is not None
    if ticket.against is None or named or is_reporter(actor, ticket):
        return False
    barred = ACCUSED[ticket.against]
    return any(
        post.role in barred and (area_path is None or contains(post.area_path, area_path)) for post in actor.posts
    )
