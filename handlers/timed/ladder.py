"""An emergency that nobody has taken: rung by rung more people are called. Once taken: a word every half hour."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from domain import sla
from domain.clocks import Rung
from domain.messages import RING, Address, Button, Outgoing, Person, Priority
from domain.people import Role
from domain.tickets import ACTIVE, Ticket, is_emergency
from handlers import cards, recipients, wording
from handlers.answers import language_of
from handlers.context import Context
from handlers.deeds import posting
from handlers.delivery import reached_now
from handlers.moments import moment
from handlers.texts import say
from storage.alarms import Alarm
from storage.reach import NOW, reach

log = structlog.get_logger()

KIND = "ladder"
_NEWS = ("claim", "help", "note", "transfer", "escalate", "reopen")


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    """Sensitive matters have no ladder: they stay with the two who are trusted with them."""
    ticket = ctx.store.tickets.find(alarm.subject)
    if ticket is None or ticket.status not in ACTIVE or not is_emergency(ticket) or ticket.sensitive:
        return []
    if ticket.status == "taken" and ticket.assignee is not None:
        return _ask_news(ctx, ticket, ticket.assignee)
    return _climb(ctx, ticket, int(alarm.data.get("climbed", 0)), alarm.due)


def _climb(ctx: Context, ticket: Ticket, climbed: int, due: datetime) -> list[Outgoing]:
    """`due`: which ringing of the alarm this is. Nothing is said twice in one; in every later one all are called anew,
    whatever became of the matter in between (taken, handed on, done, reopened)."""
    rule = ctx.settings.emergency
    ladder = sorted(rule.ladder, key=lambda rung: rung.minutes)
    again = ctx.now + timedelta(minutes=rule.update_minutes)
    if climbed >= len(ladder):
        # Everybody was called and nobody came: all of them once more.
        _set(ctx, ticket, again, climbed)
        called = [_call_again(ctx, ticket, person, due) for person in _everybody(ctx, ticket, ladder)]
        return called + [one for rung in ladder for one in _ring(ctx, ticket, rung, due)]
    told: list[Outgoing] = []
    # What became an emergency later, or was reopened, begins anew.
    since = sla.began(ticket)
    begun = len(sla.rungs_due(since, ctx.now, rule))
    # For people whom no letter reaches nobody waits.
    while climbed < begun or (climbed < len(ladder) and not _is_reached(ctx, ticket, ladder[:climbed])):
        told += _call(ctx, ticket, ladder[climbed], due, anew=since > ticket.opened_at)
        climbed += 1
    _set(ctx, ticket, sla.next_rung_at(since, climbed, rule) or again, climbed)
    return told


def _set(ctx: Context, ticket: Ticket, at: datetime, climbed: int) -> None:
    ctx.store.alarms.set(KIND, ticket.id, at, district=ticket.district, data={"climbed": climbed})


def _roles(rung: Rung) -> tuple[Role, ...]:
    return tuple(Role(call) for call in rung.calls if call != "staff_group")


def _call(ctx: Context, ticket: Ticket, rung: Rung, due: datetime, *, anew: bool) -> list[Outgoing]:
    """A card of his own to everybody of the rung who has none yet, and to the staff group if it has none. `anew`: what
    they have is of the time before it began again, and was only edited since, which calls nobody."""
    told: list[Outgoing] = []
    persons = recipients.holders(ctx, ticket, _roles(rung))
    had = ctx.store.tickets.extra(ticket.id).told if anew else ()
    if "staff_group" in rung.calls and not recipients.is_discreet(ticket):
        room = recipients.staff_room(ctx, ticket)
        if room is not None and (anew or not ctx.store.outbox.rooms_of(cards.staff_key(ticket.id, room.tier))):
            told += posting.post_staff(ctx, ticket)
    told += posting.call(ctx, ticket, persons)
    told += [_call_again(ctx, ticket, person, due) for person in persons if person in had]
    return told + _ring(ctx, ticket, rung, due)


def _is_reached(ctx: Context, ticket: Ticket, called: list[Rung]) -> bool:
    """Whether a letter gets to anybody of these rungs, now."""
    if any("staff_group" in rung.calls for rung in called) and not recipients.is_discreet(ticket):
        room = recipients.staff_room(ctx, ticket)
        if room is not None and reach(ctx.store.channel_state, room.address, ctx.now) <= NOW:
            return True
    return any(reached_now(ctx.store, Person(person), ctx.now) for person in _everybody(ctx, ticket, called))


def _ring(ctx: Context, ticket: Ticket, rung: Rung, due: datetime) -> list[Outgoing]:
    """Their telephones, where a gateway is set: chat wakes nobody. No name and no room goes to the gateway."""
    if not rung.ring or not ctx.settings.ring.url:
        return []
    found: list[Outgoing] = []
    for person in recipients.holders(ctx, ticket, _roles(rung)):
        tongue = language_of(ctx, person)
        if not ctx.store.people.get(person).phone:
            log.warning("nobody_to_ring", person=person, ticket=ticket.number)
            continue
        place = wording.place(ticket.where, tongue) or say("staff.no_place", tongue)
        text = say("timed.ladder.ring", tongue, number=ticket.number, category=ticket.category, place=place)
        found.append(
            Outgoing(
                to=Address(RING, f"person:{person}"),
                text=text,
                priority=Priority.EMERGENCY,
                once=f"ring:{ticket.id}:{rung.minutes}:{due.isoformat()}:{person}",
            )
        )
    return found


def _everybody(ctx: Context, ticket: Ticket, ladder: list[Rung]) -> list[int]:
    return list(recipients.holders(ctx, ticket, [role for rung in ladder for role in _roles(rung)]))


def _call_again(ctx: Context, ticket: Ticket, person: int, due: datetime) -> Outgoing:
    tongue = language_of(ctx, person)
    text = say(
        "timed.ladder.call",
        tongue,
        number=ticket.number,
        place=wording.place(ticket.where, tongue, room=True),
        summary=ticket.summary,
        at=moment(ctx, ticket.opened_at, tongue),
    )
    buttons = (("claim", "接单"), ("escalate", "上报"))
    return Outgoing(
        to=Person(person),
        text=text,
        card=f"ticket:{ticket.id}:reminder:{person}",
        buttons=tuple(Button(say(f"button.{latin}", tongue), f"{name} {ticket.number}") for latin, name in buttons),
        priority=Priority.EMERGENCY,
        once=f"ladder:{ticket.id}:{due.isoformat()}:{person}",
    )


def _ask_news(ctx: Context, ticket: Ticket, assignee: int) -> list[Outgoing]:
    """The one who took it is asked for a word whenever there was none for `update_minutes`, until it is done."""
    pause = timedelta(minutes=ctx.settings.emergency.update_minutes)
    # A resident's own further words are no news of those who are at work.
    heard = [
        kept.event.at
        for kept in ctx.store.tickets.events(ticket.id, _NEWS)
        if kept.event.by_person is not None and ctx.store.people.posts_of(kept.event.by_person)
    ]
    last = max([*heard, ticket.taken_at or ticket.opened_at])
    every = len(ctx.settings.emergency.ladder)
    if last + pause > ctx.now:
        _set(ctx, ticket, last + pause, every)
        return []
    _set(ctx, ticket, ctx.now + pause, every)
    tongue = language_of(ctx, assignee)
    name = ctx.store.people.get(assignee).name
    return [
        Outgoing(
            to=Person(assignee),
            text=say("timed.ladder.news", tongue, name=name, number=ticket.number, summary=ticket.summary),
            card=f"ticket:{ticket.id}:reminder:{assignee}",
            buttons=(Button(say("button.done", tongue), f"办结 {ticket.number}"),),
            priority=Priority.EMERGENCY,
            once=f"news:{ticket.id}:{ctx.now.isoformat()}",
        )
    ]
