"""The card of a ticket for everybody in the group, and what all its cards have in common."""

from __future__ import annotations

from domain.areas import ESTATES, place_of
from domain.messages import Button
from domain.reading import Where
from domain.tickets import Ticket, TicketEvent, is_emergency
from handlers import recipients
from handlers.context import Context
from handlers.deeds.emergencies import line_for
from handlers.texts import listed, say
from handlers.wording import department, heard, moment, shareable, subject, title, what

# The moves after which an open ticket is told of in other words.
_TURNS = ("transfer", "escalate", "reopen", "rate", "bounce", "merge", "withdraw")


def residents_key(ticket: int) -> str:
    return f"ticket:{ticket}:residents"


def staff_key(ticket: int, tier: str) -> str:
    return f"ticket:{ticket}:staff:{tier}"


def person_key(ticket: int, person: int) -> str:
    return f"ticket:{ticket}:person:{person}"


def closing_key(ticket: int) -> str:
    """The one new line with which it ends in the residents' group."""
    return f"ticket:{ticket}:closing"


def told_key(ticket: Ticket) -> str:
    """A private line to the reporter: another one after each move."""
    return f"ticket:{ticket.id}:told:{ticket.version}"


def rating_key(ticket: int) -> str:
    return f"rating:{ticket}"


def residents(ctx: Context, ticket: Ticket) -> str:
    """The card in the group where it began: no name, no door, no complaint about anybody."""
    tongue = ctx.settings.office.language
    if recipients.is_discreet(ticket):
        return say("card.hidden", tongue, number=ticket.number)
    home = home_of(ctx, ticket)
    turn = last_turn(ctx, ticket)
    known = {
        "number": ticket.number,
        "what": what(ticket, tongue, home),
        "heard": heard(ticket, tongue, home),
        "others": others(ctx, ticket, "card.others", tongue),
        "promise": _promise(ctx, ticket, tongue),
        "worker": worker(ctx, ticket, tongue),
        "line": line_for(ctx, ticket, tongue),
    }
    match ticket.status:
        case "withdrawn" | "rejected":
            return ended(ctx, ticket)
        case "done" | "closed" if ticket.impossible:
            return say("card.impossible", tongue, **known)
        case "done" | "closed":
            return say("card.done", tongue, **known)
        case "open" | "taken" if ticket.paused_at is not None:
            return say("card.paused", tongue, **known, reason=shareable(paused_why(ctx, ticket), tongue))
        case "taken" if came_back(turn):
            return say("card.reopened", tongue, **known)
        case "taken" if is_emergency(ticket):
            return say("card.emergency.taken", tongue, **known)
        case "taken":
            return say("card.taken", tongue, **known)
    if turn is not None:
        return _turned(ctx, ticket, turn, known, tongue)
    if is_emergency(ticket):
        told = _told(ctx, ticket, tongue)
        key = "card.emergency.where.village" if is_of_village(ctx, ticket) else "card.emergency.where"
        asks = say(key, tongue) if ctx.store.tickets.extra(ticket.id).asked_where_of else ""
        return say("card.emergency", tongue, number=ticket.number, line=known["line"] + asks, told=told)
    return _opened(ctx, ticket, known, tongue)


def ended(ctx: Context, ticket: Ticket) -> str:
    """The card, in the group or in the reporter's own chat, of what was withdrawn, cancelled or merged."""
    tongue = ctx.settings.office.language
    turn = last_turn(ctx, ticket)
    if ticket.status == "withdrawn" and turn is not None and turn.kind == "merge":
        return say("card.merged", tongue, number=ticket.number, into=turn.data["into"])
    return say(f"card.{ticket.status}", tongue, number=ticket.number)


def is_of_village(ctx: Context, ticket: Ticket) -> bool:
    """Whether to ask for a house instead of a building."""
    path = ctx.store.areas.get(ticket.area).path
    areas = [one for one in ctx.store.areas.chain(path) if one.kind in ESTATES] or ctx.store.areas.estates(path)
    return bool(areas) and all(one.kind == "village" for one in areas)


def _opened(ctx: Context, ticket: Ticket, known: dict[str, str], tongue: str) -> str:
    extra = ctx.store.tickets.extra(ticket.id)
    if extra.asked_where_of is not None:
        key = "card.ask_where.village" if is_of_village(ctx, ticket) else "card.ask_where"
        return say(key, tongue, **known, thing=subject(ticket, tongue))
    if ticket.answered_at is not None:
        return say("card.answered", tongue, **known)
    if ticket.first_due is None or ticket.first_due <= ctx.now:
        return say("card.opened.late", tongue, **known)
    key = "suggestion" if ticket.nature == "建议" else ticket.category
    due = moment(ticket.first_due, ctx.now, ctx.settings, tongue)
    return say(f"card.opened.{key}", tongue, **known, due=due)


def _turned(ctx: Context, ticket: Ticket, turn: TicketEvent, known: dict[str, str], tongue: str) -> str:
    if turn.kind == "transfer":
        return say("card.transferred", tongue, **known, to=handed_to(ctx, ticket, turn, tongue))
    if turn.kind == "escalate":
        here, there = tiers_of(ctx, ticket, turn, tongue)
        return say("card.escalated", tongue, **known, here=here, there=there)
    return say("card.reopened" if came_back(turn) else "card.answered", tongue, **known)


def rating_buttons(ticket: Ticket, tongue: str) -> tuple[Button, ...]:
    return tuple(Button(say(f"button.rate.{one}", tongue), f"评价 {ticket.number} {one}") for one in (1, 2, 3))


# parts


def home_of(ctx: Context, ticket: Ticket) -> Where | None:
    """What the group where it began stands for."""
    room = recipients.home_room(ctx, ticket)
    return place_of(ctx.store.areas.chain(room.area_path)) if room is not None else None


def words_of(ctx: Context, ticket: Ticket) -> str:
    """All that was said in its reports."""
    found = ctx.store.lines.many(ctx.store.tickets.lines_of(ticket.id))
    return "\n".join(line.text for line in found) or ticket.summary


def handed_to(ctx: Context, ticket: Ticket, turn: TicketEvent, tongue: str) -> str:
    """To whom it was passed on: a department, a colleague, or whoever was named; else those whose work it is."""
    if ticket.department is not None:
        return department(ctx, ticket.department) or ""
    if ticket.assignee is not None:
        return title(ctx, ticket.assignee, recipients.path_of(ctx, ticket), tongue)
    return shareable(str(turn.data.get("named") or ""), tongue) or say("card.their_office", tongue)


def tiers_of(ctx: Context, ticket: Ticket, turn: TicketEvent, tongue: str) -> tuple[str, str]:
    """Where it could not be solved, and to whom it went: 小区里, 街道."""
    here, tier = str(turn.data["tier_from"]), str(turn.data["tier_to"])
    room = recipients.own_staff_room(ctx, ticket, ticket.tier)
    kind = ctx.store.areas.get(room.area).kind if room is not None else ""
    known = tier != "above" and kind in ("street", "district", "community")
    there = say(f"kind.{kind}", tongue) if known else say(f"tier.{tier}", tongue)
    return say(f"card.escalated.here.{here}", tongue), there


def paused_why(ctx: Context, ticket: Ticket) -> str:
    """What it waits for, in the worker's words."""
    paused = ctx.store.tickets.events(ticket.id, ("pause",))
    return str(paused[-1].event.data.get("reason") or "") if paused else ""


def last_turn(ctx: Context, ticket: Ticket) -> TicketEvent | None:
    events = ctx.store.tickets.events(ticket.id, (*_TURNS, "claim"))
    # Somebody took it since: what went before is no longer news. A low rating gives it back as taken.
    last = events[-1].event if events else None
    return None if last is None or last.kind == "claim" or (last.kind == "rate" and not came_back(last)) else last


def came_back(turn: TicketEvent | None) -> bool:
    return turn is not None and (turn.kind == "reopen" or (turn.kind == "rate" and turn.data.get("rating") == 3))


def others(ctx: Context, ticket: Ticket, key: str, tongue: str) -> str:
    count = len(ctx.store.tickets.voices(ticket.id)) - 1
    return say(key, tongue, count=count) if count > 0 else ""


def _promise(ctx: Context, ticket: Ticket, tongue: str) -> str:
    if ticket.solve_due is None or ticket.solve_due <= ctx.now:
        return say("card.promise.late", tongue)
    return say("card.promise", tongue, due=moment(ticket.solve_due, ctx.now, ctx.settings, tongue))


def worker(ctx: Context, ticket: Ticket, tongue: str) -> str:
    """Who answers for it to the residents: the one who has it, else the one who follows it."""
    passed_on = ticket.status == "open" and ticket.followed_by is not None
    who = ticket.followed_by if passed_on else (ticket.assignee or ticket.followed_by)
    return title(ctx, who, recipients.path_of(ctx, ticket), tongue)


def _told(ctx: Context, ticket: Ticket, tongue: str) -> str:
    roles = {
        post.role for person in ctx.store.tickets.extra(ticket.id).told for post in ctx.store.people.posts_of(person)
    }
    named = [
        say(f"told.{role}", tongue)
        for role in ("property_duty", "grid_worker", "community_staff", "secretary")
        if role in roles
    ]
    if not named:
        return ""
    first = listed(named[:-1], tongue)
    who = say("card.emergency.and", tongue).join(filter(None, (first, named[-1])))
    return say("card.emergency.told", tongue, who=who)
