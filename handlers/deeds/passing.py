"""A ticket handed on: over to a department, a colleague or somebody outside, and up to the next tier."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from domain import moves, passing_up, sla
from domain.areas import contains
from domain.errors import Refused
from domain.messages import Outgoing, Person
from domain.people import ACCUSED, Action, Role
from domain.tickets import Moved, Ticket, TicketEvent, next_tier, possible
from handlers import cards, recipients
from handlers.answers import among_residents, language, quietly
from handlers.context import Context, Speaker
from handlers.deeds import alarms, pausing, posting
from handlers.deeds.acting import allow, by, keep
from handlers.delivery import room_of
from handlers.texts import say
from storage.areas import Department

# Offices that go by their work instead of a name.
_OFFICES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"物业(?:公司|值班室?|师傅|的人)?"), Role.PROPERTY_DUTY),
    (re.compile(r"网格员?"), Role.GRID_WORKER),
    (re.compile(r"书记|社区书记"), Role.SECRETARY),
    (re.compile(r"社区|居委会?|社区居委会"), Role.COMMUNITY_STAFF),
    (re.compile(r"街道|街道办|街道值班室?"), Role.STREET_DUTY),
)
_UPPER = frozenset({Role.COMMUNITY_STAFF, Role.SECRETARY, Role.DEPARTMENT, Role.STREET_DUTY, Role.DISTRICT_ADMIN})
_FRAME = re.compile(
    r"^(?:给|到|去|请|让|由|归|是|转给?|这个|个)+|"
    r"(?:来|去)?(?:办|处理|看看?|(?<![城交房运])管|修|解决|负责|跟进)?(?:一下|了|吧|的)?[。.!！]*$"
)
# 水务局 and 水务 are one; so are 综合执法队 and 综合执法中队.
_SUFFIX = re.compile(r"(?:管理)?(?:局|所|站|队|中队|大队|办|办公室|中心|公司|集团|部门?|科|处|委)$")

# Longer words, or words with such a mark in them, are a sentence and no name (垃圾归镇上，我叫他们领队来).
_LONGEST_NAME = 16
_IN_SENTENCES = re.compile(r"[，。！？；,!?;\n]")

# What parts the name from the reason behind it.
_MARKS = re.compile(r"[\s,，。:：;；、!！?？]+")


@dataclass(frozen=True, slots=True)
class Target:
    """To whom: a department of ours, a colleague, or somebody who is only known by what he is called, if by that."""

    department: int | None = None
    person: int | None = None
    named: str = ""

    @property
    def ours(self) -> bool:
        return self.department is not None or self.person is not None


def transfer(
    ctx: Context, speaker: Speaker, ticket: Ticket, to: str, reason: str = "", *, lead: bool = False
) -> list[Outgoing]:
    """转办: the department's people, or the colleague, get the card in private; who passed it on still follows it.
    `lead`: 牵头, named by the secretary, who cannot hand it back."""
    allow(ctx, speaker, Action.LEAD if lead else Action.TRANSFER, ticket)
    ticket = pausing.awake(ctx, speaker, ticket)
    target = target_of(ctx, ticket, to)
    if target is None:
        raise Refused("refused.needs_target", number=ticket.number)
    if not target.ours:
        moved, event = _outside(ctx, speaker, ticket, target.named, reason)
    else:
        moved, event = moves.transfer(
            ticket, ctx.now, by(speaker), department=target.department, person=target.person, reason=reason, lead=lead
        )
    moved = _clocked(ctx, ticket, moved)
    if target.person is not None and not recipients.may_see(ctx, moved, target.person):
        raise Refused("refused.accused" if ticket.against is not None else "refused.confined", number=ticket.number)
    new = keep(ctx, speaker, ticket, (moved, event))
    if _goes_up(ctx, target):
        alarms.watch_upper(ctx, new)
    staff = ctx.store.people.staff_of_department(target.department) if target.department is not None else []
    persons = [post.person for post in staff] if target.person is None else [target.person]
    allowed = [person for person in persons if recipients.may_see(ctx, new, person)]
    public = posting.tell_residents(ctx, new) if ticket.status == "proposed" else []
    return public + posting.refresh(ctx, new) + posting.call(ctx, new, allowed, again=True)


def now_with(ctx: Context, ticket: Ticket, tongue: str) -> tuple[str, bool]:
    """Who has it after it was passed on, as the cards call him; and whether that is one of ours."""
    new = ctx.store.tickets.get(ticket.id)
    turn = cards.last_turn(ctx, new)
    assert turn is not None, "it was passed on just now"
    return cards.handed_to(ctx, new, turn, tongue), new.assignee is not None or new.department is not None


def unheard(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    """A word to whoever passed it on to people of ours of whom nobody can be written to: it lies in the cockpit, but
    none of them hears of it."""
    new = ctx.store.tickets.get(ticket.id)
    if new.department is not None:
        theirs = [post.person for post in ctx.store.people.staff_of_department(new.department)]
    else:
        theirs = [new.assignee] if new.assignee is not None else []
    hear = (one for one in theirs if recipients.may_see(ctx, new, one) and room_of(ctx.store, Person(one), ctx.now))
    ours = new.department is not None or new.assignee is not None
    if not ours or next(hear, None) is not None or (among_residents(speaker) and speaker.account.chat is None):
        return []
    tongue = language(ctx, speaker)
    to, _ = now_with(ctx, new, tongue)
    return [quietly(speaker, say("command.transfer.unheard", tongue, number=new.number, to=to))]


def _goes_up(ctx: Context, target: Target) -> bool:
    """To a department, or to somebody of a tier above the grid."""
    if target.person is None:
        return target.department is not None
    return any(post.role in _UPPER for post in ctx.store.people.posts_of(target.person))


def _outside(ctx: Context, speaker: Speaker, ticket: Ticket, named: str, reason: str) -> tuple[Ticket, TicketEvent]:
    """To somebody whom we know by name only: nobody of ours has it, who passed it on follows it."""
    if not possible(ticket, "transfer"):
        raise Refused("refused.not_now", number=ticket.number, status=ticket.status, does="transfer")
    who = by(speaker)
    new = replace(
        ticket,
        status="open",
        assignee=None,
        department=None,
        followed_by=ticket.assignee if ticket.assignee is not None else (ticket.followed_by or who.person),
        taken_at=None,
        answered_at=ticket.answered_at or ctx.now,
        version=ticket.version + 1,
    )
    data = {"named": named, "reason": reason} if new.status == ticket.status else {
        "from": ticket.status, "to": new.status, "named": named, "reason": reason,
    }  # fmt: skip
    return new, TicketEvent("transfer", ctx.now, who.person, who.account, data)


def parted(ctx: Context, ticket: Ticket, words: str) -> tuple[str, str]:
    """Whom the words name, and the reason behind it. A department or colleague may be called by more than one word."""
    marked = [name for name in _called(ctx, ticket) if _MARKS.search(name) and words.startswith(name)]
    if marked:
        to = max(marked, key=len)
        return to, _MARKS.sub("", words[len(to) :], count=1)
    to, *rest = _MARKS.split(words, maxsplit=1)
    return to, "".join(rest).strip()


def _called(ctx: Context, ticket: Ticket) -> list[str]:
    departments = ctx.store.areas.departments(ticket.district)
    posts = ctx.store.people.posts_in(tuple(Role), ticket.district)
    names = ctx.store.people.names(sorted({post.person for post in posts}))
    return [*(name for one in departments for name in (one.name, *one.aliases)), *names.values()]


def target_of(ctx: Context, ticket: Ticket, to: str) -> Target | None:
    """Whom the words mean; None when they name nobody."""
    words = _FRAME.sub("", to.strip()).strip("@ ，,。：:") or to.strip()
    if not words:
        return None
    departments = ctx.store.areas.departments(ticket.district)
    # As it was said first: the frame would take 城管 for 城, to be looked after.
    called = (to.strip(" @，,。：:"), words)
    exact = next((one for name in called for one in departments if name == one.name or name in one.aliases), None)
    if exact is not None:
        return Target(department=exact.id)
    colleague = _colleague(ctx, ticket, words)
    if colleague is not None:
        return Target(person=colleague)
    near = [one for one in departments if _alike(words, one)]
    if len(near) == 1:
        return Target(department=near[0].id)
    for pattern, role in _OFFICES:
        if pattern.fullmatch(words):
            if ticket.against is not None and role in ACCUSED[ticket.against]:
                raise Refused("refused.accused", number=ticket.number)
            return _holder(ctx, ticket, role) or Target(named=words)
    sentence = len(words) > _LONGEST_NAME or _IN_SENTENCES.search(words)
    return Target(named="" if sentence else words)


def _holder(ctx: Context, ticket: Ticket, role: Role) -> Target | None:
    """Who holds that office and may see it once it is his; where none may, `transfer` refuses the first."""
    found = recipients.closest(ctx, ticket, role)
    fit = (one for one in found if recipients.may_see(ctx, replace(ticket, assignee=one), one))
    person = next(fit, next(iter(found), None))
    return Target(person=person) if person is not None else None


def _alike(words: str, department: Department) -> bool:
    names = (department.name, *department.aliases)
    stem = _SUFFIX.sub("", words)
    return len(stem) >= 2 and any(stem == _SUFFIX.sub("", name) or stem in name or name in words for name in names)


def _colleague(ctx: Context, ticket: Ticket, words: str) -> int | None:
    """Somebody with a post here, by his full name or with his office before it (网格员小李); the closest of two."""
    path = recipients.path_of(ctx, ticket)
    posts = ctx.store.people.posts_in(tuple(Role), ticket.district)
    names = ctx.store.people.names(sorted({post.person for post in posts}))
    fitting = [post for post in posts if words == names[post.person] or words.endswith(names[post.person])]
    fitting.sort(key=lambda post: (not contains(post.area_path, path), -len(post.area_path), post.person))
    return fitting[0].person if fitting else None


def _clocked(ctx: Context, old: Ticket, new: Ticket) -> Ticket:
    """A proposed matter that is passed on stands from now; advice with a department has longer."""
    if old.status == "proposed":
        return sla.with_clocks(new, ctx.settings, start=ctx.now)
    if new.urgency > 1 or new.department is None or old.department is not None or new.solve_due is None:
        return new
    later = sla.with_clocks(new, ctx.settings).solve_due
    return replace(new, solve_due=max(new.solve_due, later)) if later is not None and not new.extended else new


def escalate(ctx: Context, speaker: Speaker, ticket: Ticket, reason: str = "", *, told: bool = False) -> list[Outgoing]:
    """上报: the next tier's staff get the card, or those who lead there where they have no group; the residents
    read where it went and who still follows it. At the top it goes to those who lead, and by them above all of us.
    `told` in plain words, it is a fact: where nobody leads the top it is above us already."""
    allow(ctx, speaker, Action.ESCALATE, ticket)
    ticket = pausing.awake(ctx, speaker, ticket)
    moved, event = _passed_up(ctx, speaker, ticket, reason.strip(), told=told)
    if ticket.status == "proposed":
        moved = sla.with_clocks(moved, ctx.settings, start=ctx.now)
    new = keep(ctx, speaker, ticket, (moved, event))
    if event.data["tier_to"] != "above":
        alarms.watch_upper(ctx, new)
    public = posting.tell_residents(ctx, new) if ticket.status == "proposed" else []
    found = public + posting.refresh(ctx, new)
    room = recipients.own_staff_room(ctx, new, new.tier)
    leads = recipients.holders(ctx, new, recipients.LEADS[new.tier])
    if recipients.is_discreet(new) or (room is None and leads):
        return found + posting.confide(ctx, new, leads or recipients.confidants(ctx, new), again=True)
    return found + posting.post_staff(ctx, new)


def _passed_up(ctx: Context, speaker: Speaker, ticket: Ticket, reason: str, *, told: bool) -> Moved:
    if next_tier(ticket.tier) is not None:
        return passing_up.escalate(ticket, ctx.now, by(speaker), reason=reason)
    leads = recipients.holders(ctx, ticket, recipients.LEADS[ticket.tier])
    if not leads and not told:
        raise Refused("refused.top_tier", number=ticket.number)
    above = not leads or speaker.actor.person in leads
    way = passing_up.ABOVE_US if above else passing_up.TO_THE_LEADS
    return passing_up.escalate_at_the_top(ticket, ctx.now, by(speaker), way, reason)
