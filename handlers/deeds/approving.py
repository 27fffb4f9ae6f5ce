"""What a tier up or the secretary must agree to: one later deadline (延期), and "it cannot be done" (客观办不了)."""

from __future__ import annotations

from datetime import UTC, datetime

from domain import approvals, moves
from domain.approvals import Asked, Request
from domain.calendar import Span
from domain.errors import Refused
from domain.messages import Button, Outgoing
from domain.messages import Person as To
from domain.people import Action, Role
from domain.reading import TIERS
from domain.tickets import THE_CLOCK, Ticket, rank
from handlers import calling, cards, recipients
from handlers.context import Context, Speaker
from handlers.deeds import along, posting, telling
from handlers.deeds.acting import allow, by, keep
from handlers.deeds.quiet import priority_of, tongue_of, unasked_at
from handlers.texts import say
from handlers.wording import matter, moment, sentence, shareable, what
from nlu.until import Until

_GIVES: dict[Asked, Action] = {"extend": Action.EXTEND, "impossible": Action.GIVE_UP}


def ask(
    ctx: Context, speaker: Speaker, ticket: Ticket, wanted: Asked, reason: str, until: datetime | None = None
) -> list[Outgoing]:
    """Put the question to those who may answer it, each in his own chat. Who may answer it himself, of a ticket that is
    not his own, has answered."""
    allow(ctx, speaker, Action.ASK, ticket)
    approvals.check(ticket, ctx.now, wanted, reason, until)
    own = Request(wanted, reason.strip(), ctx.now, None, until)
    if _may_give(ctx, speaker, ticket, own):
        return _grant(ctx, speaker, ticket, own)
    asked = [one for one in _deciders(ctx, ticket, wanted) if one != speaker.actor.person]
    if not asked:
        raise Refused("refused.nobody_to_ask", number=ticket.number)
    new = keep(ctx, speaker, ticket, approvals.ask(ticket, ctx.now, by(speaker), wanted, reason, until))
    return [_question(ctx, new, person, own, speaker) for person in asked]


def later(ctx: Context, ticket: Ticket, until: Until) -> datetime:
    """The deadline meant: so many working days after the old one, or the end of duty on a day."""
    if until.days is not None:
        start = max(ticket.solve_due or ctx.now, ctx.now)
        return ctx.settings.office.calendar.add(start, Span(until.days, "working days"))
    assert until.day is not None
    office = ctx.settings.office
    return datetime.combine(until.day, office.duty_to, office.tz).astimezone(UTC)


def approve(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    """批准: the open question is granted."""
    return _grant(ctx, speaker, ticket, _open(ctx, speaker, ticket))


def decline(ctx: Context, speaker: Speaker, ticket: Ticket, reason: str) -> list[Outgoing]:
    """不批准: the old deadline stands; who asked is told."""
    request = _open(ctx, speaker, ticket)
    new = keep(ctx, speaker, ticket, approvals.decline(ticket, ctx.now, by(speaker), request, reason))
    told = say("approval.because", _tongue(ctx, request), reason=reason.strip()) if reason.strip() else ""
    return telling.whisper(
        ctx, new, request.by_person, f"approval.declined.{request.what}", number=new.number, reason=told
    )


def request_of(ctx: Context, ticket: Ticket) -> Request | None:
    """The question that waits for an answer."""
    return approvals.pending(kept.event for kept in ctx.store.tickets.events(ticket.id))


def _open(ctx: Context, speaker: Speaker, ticket: Ticket) -> Request:
    request = request_of(ctx, ticket)
    if request is None:
        raise Refused("refused.nothing_asked", number=ticket.number)
    if not _may_give(ctx, speaker, ticket, request):
        raise Refused("refused.not_yours_to_give", number=ticket.number)
    return request


def _may_give(ctx: Context, speaker: Speaker, ticket: Ticket, request: Request) -> bool:
    """A tier up for a later deadline, the secretary for 客观办不了; never whoever asks or does the work himself."""
    person = speaker.actor.person
    if person is None or person in (request.by_person, ticket.assignee, ticket.followed_by):
        return False
    if not recipients.may(ctx, speaker.actor, _GIVES[request.what], ticket):
        return False
    return request.what == "impossible" or any(post.role in _above(ticket) for post in speaker.actor.posts)


def _above(ticket: Ticket) -> set[Role]:
    tiers = TIERS[rank(ticket.tier) + 1 :] or TIERS[-1:]
    return {role for tier in tiers for role in recipients.LEADS[tier]}


def _deciders(ctx: Context, ticket: Ticket, wanted: Asked) -> list[int]:
    """The closest who may answer; those who do the work are passed over for the tier above them."""
    hands = (ticket.assignee, ticket.followed_by)
    first = calling.on_post(ctx, ticket, Role.SECRETARY) if wanted == "impossible" else calling.leads(ctx, ticket)
    for found in (first, calling.leads(ctx, ticket, "district")):
        if persons := [person.id for person in found if person.id not in hands]:
            return persons
    return []


def _question(ctx: Context, ticket: Ticket, person: int, request: Request, speaker: Speaker) -> Outgoing:
    tongue = tongue_of(ctx, person)
    due = moment(request.until, ctx.now, ctx.settings, tongue) if request.until is not None else ""
    return Outgoing(
        to=To(person),
        text=say(
            f"approval.asks.{request.what}", tongue,
            number=ticket.number, what=ticket.summary, who=speaker.account.name, reason=request.reason, due=due,
        ),
        card=f"ticket:{ticket.id}:asked:{person}",
        buttons=tuple(
            Button(say(f"button.{latin}", tongue), f"{name} {ticket.number}")
            for latin, name in (("approve", "批准"), ("decline", "不批准"))
        ),
        priority=priority_of(ticket),
        not_before=unasked_at(ctx, ticket),
    )  # fmt: skip


def _grant(ctx: Context, speaker: Speaker, ticket: Ticket, request: Request) -> list[Outgoing]:
    if request.what == "extend":
        return _extend(ctx, speaker, ticket, request)
    return _give_up(ctx, speaker, ticket, request)


def _extend(ctx: Context, speaker: Speaker, ticket: Ticket, request: Request) -> list[Outgoing]:
    """The new deadline on every card; the reporter is told in private, or by whoever has the ticket: of a sensitive
    matter nothing is written to his phone, which others may read."""
    assert request.until is not None, "asked for with one"
    approvals.check(ticket, ctx.now, "extend", request.reason, request.until)
    new = keep(ctx, speaker, ticket, moves.extend(ticket, ctx.now, by(speaker), request.until, request.reason))
    tongue = ctx.settings.office.language
    due = moment(request.until, ctx.now, ctx.settings, tongue)
    told = say(
        "private.extended", tongue,
        matter=matter(new, tongue), number=new.number, reason=shareable(request.reason, tongue), due=due,
    )  # fmt: skip
    found = posting.refresh(ctx, new)
    has_it = new.assignee or request.by_person
    if recipients.is_discreet(new) and (new.sensitive or recipients.reporter(ctx, new) is None):
        found += telling.whisper(ctx, new, has_it, "approval.extended_only", number=new.number, due=due)
        return found + telling.whisper(ctx, new, has_it, "staff.tell_him", number=new.number)
    found += telling.tell_privately(ctx, new, told)
    return found + telling.whisper(ctx, new, has_it, "approval.extended", number=new.number, due=due)


def _give_up(ctx: Context, speaker: Speaker, ticket: Ticket, request: Request) -> list[Outgoing]:
    """It ends as what could not be done: said so in the group and to the reporter, with the reason, and never rated as
    though it had been."""
    done = moves.finish(ticket, ctx.now, by(speaker), request.reason, impossible=True)
    new = keep(ctx, speaker, ticket, done)
    tongue = ctx.settings.office.language
    reason = sentence(shareable(request.reason, tongue))
    line = say("closing.impossible", tongue, number=new.number, what=what(new, tongue, cards.home_of(ctx, new)),
               result=reason)  # fmt: skip
    told = say("private.impossible", tongue, name=new.reporter_name, what=what(new, tongue), number=new.number,
               result=reason)  # fmt: skip
    ended = keep(ctx, None, new, moves.close(new, ctx.now, THE_CLOCK, why="impossible"))
    found = posting.refresh(ctx, ended) + telling.close_in_group(ctx, ended, line)
    if recipients.reporter(ctx, ended) is not None and not ended.sensitive:
        found += telling.tell_privately(ctx, ended, told)
    elif recipients.is_discreet(ended):
        found += telling.whisper(ctx, ended, ended.assignee, "staff.tell_him", number=ended.number)
    found += along.tell_impossible(ctx, ended, request.reason)
    return found + telling.whisper(ctx, ended, request.by_person, "approval.impossible", number=ended.number)


def _tongue(ctx: Context, request: Request) -> str:
    return tongue_of(ctx, request.by_person) if request.by_person is not None else ctx.settings.office.language
