"""Which commands somebody needs most, by what he is and by what is open, and how all of them lie together."""

from __future__ import annotations

from typing import Literal, TypeAlias

from domain.people import Role
from handlers.asked import Command, candidates
from handlers.context import Context, Speaker

Part: TypeAlias = Literal["resident", "worker", "property", "department", "lead"]

# People read five lines; more than this many nobody does.
MOST = 8
# In a group that everybody reads.
FEW = ("mine", "forget_me", "help")

# Whoever has several posts is helped as the first of these.
_PARTS: tuple[tuple[Role, Part], ...] = (
    (Role.SECRETARY, "lead"),
    (Role.COMMUNITY_STAFF, "lead"),
    (Role.STREET_DUTY, "lead"),
    (Role.DISTRICT_ADMIN, "lead"),
    (Role.GRID_WORKER, "worker"),
    (Role.PROPERTY_DUTY, "property"),
    (Role.DEPARTMENT, "department"),
)
# What is used most first.
FIRST: dict[Part, tuple[str, ...]] = {
    "resident": ("mine", "rate", "note", "withdraw", "reopen", "mydata", "forget_me"),
    "worker": ("today", "mine", "claim", "done", "transfer", "escalate", "visit", "report_for"),
    "property": ("mine", "claim", "done", "note", "transfer", "escalate", "report_for"),
    "department": ("mine", "claim", "done", "note", "transfer", "bounce", "escalate"),
    "lead": ("today", "mine", "claim", "done", "transfer", "escalate", "broadcast", "code"),
}
# In front of these, while there is something that they can be about.
_WHILE_OPEN: dict[Part, tuple[str, ...]] = {
    "resident": ("rate", "unbind"),
    "worker": ("resume",),
    "property": ("resume",),
    "department": ("resume",),
    "lead": ("approve", "decline", "callback"),
}
# All of them, a few together; the words for each of these stand under command.help.section.
SECTIONS: dict[str, tuple[str, ...]] = {
    "reported": ("mine", "show", "note", "rate", "reopen", "withdraw"),
    "work": ("claim", "done", "transfer", "escalate"),
    "wait": ("extend", "pause", "resume", "bounce", "impossible", "approve", "decline", "lead", "callback"),
    "visits": ("today", "visit", "diary", "leave", "end_leave"),
    "others": ("report_for", "broadcast", "code"),
    "right": ("danger", "register", "reject", "category", "place", "merge", "split"),
    "me": ("mydata", "correct", "erase_me", "forget_me", "language", "bind", "unbind", "leave_group", "help"),
}


def part_of(speaker: Speaker) -> Part:
    """What he is here, as far as help goes."""
    roles = {post.role for post in speaker.actor.posts}
    return next((part for role, part in _PARTS if role in roles), "resident")


def most_needed(ctx: Context, speaker: Speaker, commands: dict[str, Command]) -> list[Command]:
    """Six to eight that this person needs most in this place: what waits for him comes first."""
    part = part_of(speaker)
    waiting = [one for one in _WHILE_OPEN[part] if _is_asked_for(ctx, speaker, commands[one])]
    offered = (commands[one] for one in dict.fromkeys((*waiting, *FIRST[part])))
    return [one for one in offered if one.offered_to(speaker)][:MOST]


def _is_asked_for(ctx: Context, speaker: Speaker, command: Command) -> bool:
    if not command.offered_to(speaker):
        return False
    if command.latin == "unbind":
        return bool(speaker.actor.kin)
    return bool(candidates(ctx, speaker, command))


def by_use(commands: dict[str, Command], part: Part) -> list[Command]:
    """Each once: first what is used most in that part, then section by section."""
    known = [name for section in SECTIONS.values() for name in section]
    return [commands[name] for name in dict.fromkeys((*FIRST[part], *known))]
