"""What a ticket's cards say: one for everybody in the group, one for those who work on it."""

from __future__ import annotations

from domain.areas import place_of
from domain.messages import Button
from domain.reading import Where
from domain.tickets import Ticket, TicketEvent, is_emergency, next_tier
from handlers import recipients
from handlers.context import Context
from handlers.deeds.emergencies import line_for
from handlers.deeds.privacy import concerns_minor
from handlers.texts import say
from handlers.wording import department, heard, matter, moment, phrase, place, shareable, title, what
from nlu.numbers import in_digits

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


def rating_key(ticket: int) -> str:
    return f"rating:{ticket}"


def residents(ctx: Context, ticket: Ticket) -> str:
    """The card in the group where it began: no name, no door, no complaint about anybody."""
    tongue = ctx.settings.office.language
    if recipients.is_discreet(ticket):
        return say("card.hidden", tongue, number=ticket.number)
    home = home_of(ctx, ticket)
    turn = _last_turn(ctx, ticket)
    known = {
        "number": ticket.number,
        "what": what(ticket, tongue, home),
        "matter": matter(ticket, tongue, home),
        "heard": heard(ticket, tongue, home),
        "others": _others(ctx, ticket, "card.others", tongue),
        "promise": _promise(ctx, ticket, tongue),
        "worker": _worker(ctx, ticket, tongue),
        "line": line_for(ctx, ticket, tongue),
    }
    match ticket.status:
        case "withdrawn" if turn is not None and turn.kind == "merge":
            return say("card.merged", tongue, number=ticket.number, into=turn.data["into"])
        case "withdrawn" | "rejected":
            return say(f"card.{ticket.status}", tongue, number=ticket.number)
        case "done" | "closed":
            return say("card.done", tongue, **known)
        case "taken" if _came_back(turn):
            return say("card.reopened", tongue, **known)
        case "taken" if is_emergency(ticket):
            return say("card.emergency.taken", tongue, **known)
        case "taken":
            return say("card.taken", tongue, **known)
    if turn is not None:
        return _turned(ctx, ticket, turn, known, tongue)
    if is_emergency(ticket):
        told = _told(ctx, ticket, tongue)
        asks = say("card.emergency.where", tongue) if ctx.store.tickets.extra(ticket.id).asked_where_of else ""
        return say("card.emergency", tongue, number=ticket.number, line=known["line"] + asks, told=told)
    return _opened(ctx, ticket, known, tongue)


def _opened(ctx: Context, ticket: Ticket, known: dict[str, str], tongue: str) -> str:
    extra = ctx.store.tickets.extra(ticket.id)
    if extra.asked_where_of is not None:
        thing = phrase(ticket.summary).removesuffix("了") or say("card.ask_where.thing", tongue)
        return say("card.ask_where", tongue, **known, thing=thing)
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
    return say("card.reopened" if _came_back(turn) else "card.answered", tongue, **known)


def staff(ctx: Context, ticket: Ticket, tongue: str) -> str:
    """The card of those who work on it: the words, the door, who said it, and what is to be done by when."""
    lines = [
        say("staff.head", tongue, mark=say(f"staff.mark.{ticket.urgency}", tongue), number=ticket.number,
            category=ticket.category),
        _matter(ctx, ticket, tongue),
        _source(ctx, ticket, tongue),
    ]  # fmt: skip
    if ticket.reopens is not None:
        lines.append(say("staff.again", tongue, number=ctx.store.tickets.get(ticket.reopens).number))
    lines += _cautions(ctx, ticket, tongue)
    lines += _state(ctx, ticket, tongue)
    note = next((text for text in reversed(_notes(ctx, ticket)) if text), None)
    if note is not None:
        lines.append(say("staff.note", tongue, text=note))
    return "\n".join(line for line in lines if line)


def _matter(ctx: Context, ticket: Ticket, tongue: str) -> str:
    there = place(ticket.where, tongue, room=True, said=in_digits(ticket.summary))
    if not there and ticket.where:
        return ticket.summary
    if not there:
        asking = ctx.store.tickets.extra(ticket.id).asked_where_of is not None
        there = say("staff.asking" if asking else "staff.no_place", tongue)
    return say("staff.matter", tongue, place=there, summary=ticket.summary)


def _source(ctx: Context, ticket: Ticket, tongue: str) -> str:
    behalf = ticket.on_behalf_of or ""
    if behalf.startswith("我"):
        # 我妈 is nobody's mother on a card.
        behalf = say("staff.behalf.kin", tongue)
    key = "behalf" if behalf else "group" if ticket.group is not None else "private"
    source = say(
        f"staff.source.{key}", tongue,
        reporter=ticket.reporter_name, time=moment(ticket.opened_at, ctx.now, ctx.settings, tongue),
        behalf=behalf,
    )  # fmt: skip
    photos = ctx.store.tickets.photos(ticket.id)
    pictures = say("staff.photos", tongue, count=photos) if photos else ""
    return source + _others(ctx, ticket, "staff.others", tongue) + pictures


def _cautions(ctx: Context, ticket: Ticket, tongue: str) -> list[str]:
    if ticket.sensitive:
        found = [say("staff.sensitive", tongue)]
        return [*found, say("staff.minor", tongue)] if concerns_minor(words_of(ctx, ticket)) else found
    found = [say("staff.private", tongue)] if recipients.is_discreet(ticket) else []
    if ticket.against is not None:
        found.append(say("staff.against", tongue, accused=ticket.against))
    return found


def _state(ctx: Context, ticket: Ticket, tongue: str) -> list[str]:
    due = moment(ticket.solve_due, ctx.now, ctx.settings, tongue) if ticket.solve_due is not None else ""
    worker = _worker(ctx, ticket, tongue)
    turn = _last_turn(ctx, ticket)
    match ticket.status:
        case "withdrawn" if turn is not None and turn.kind == "merge":
            return [say("staff.merged", tongue, into=turn.data["into"])]
        case "proposed" | "withdrawn" | "rejected":
            return [say(f"staff.{ticket.status}", tongue)]
        case "done" | "closed":
            score = say(f"staff.score.{ticket.rating}", tongue) if ticket.rating in (1, 2) else ""
            closed = say("staff.closed", tongue, score=score) if score else ""
            if ticket.status == "closed" and not score and not is_emergency(ticket):
                closed = say("staff.unrated", tongue)
            return [say("staff.done", tongue, worker=worker, result=ticket.result or ""), closed]
        case "taken":
            return [say("staff.reopened" if _came_back(turn) else "staff.taken", tongue, worker=worker, due=due)]
    if turn is not None and turn.kind in ("transfer", "escalate"):
        reason = str(turn.data.get("reason") or "")
        said = [say("staff.reason", tongue, reason=reason)] if reason else []
        if turn.kind == "transfer":
            return [
                say("staff.transferred", tongue, to=handed_to(ctx, ticket, turn, tongue), worker=worker, due=due),
                *said,
            ]
        here, there = tiers_of(ctx, ticket, turn, tongue)
        return [say("staff.escalated", tongue, here=here, there=there, worker=worker, due=due), *said]
    if _came_back(turn):
        return [say("staff.reopened", tongue, worker=worker, due=due)]
    if is_emergency(ticket):
        return [say("staff.emergency", tongue)]
    if ticket.answered_at is not None or ticket.first_due is None:
        return [say("staff.solve_due", tongue, due=due)]
    return [say("staff.first_due", tongue, due=moment(ticket.first_due, ctx.now, ctx.settings, tongue))]


_BUTTONS = {
    "proposed": ("register", "reject"),
    "open": ("claim", "transfer", "escalate", "reject"),
    "taken": ("done", "transfer", "escalate"),
    "done": ("reopen",),
}


def buttons(ticket: Ticket, tongue: str) -> tuple[Button, ...]:
    """What can be pressed on a staff card; a button carries the command's Chinese name and the number."""
    moves = [one for one in _BUTTONS.get(ticket.status, ()) if one != "escalate" or next_tier(ticket.tier) is not None]
    return tuple(Button(say(f"button.{one}", tongue), f"{say(f'button.{one}')} {ticket.number}") for one in moves)


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
    """To whom it was passed on: a department, a colleague, or whoever was named."""
    if ticket.department is not None:
        return department(ctx, ticket.department) or ""
    if ticket.assignee is not None:
        return title(ctx, ticket.assignee, recipients.path_of(ctx, ticket), tongue)
    return shareable(str(turn.data.get("named") or ""), tongue)


def tiers_of(ctx: Context, ticket: Ticket, turn: TicketEvent, tongue: str) -> tuple[str, str]:
    """Where it could not be solved, and to whom it went: 小区里, 街道."""
    here, tier = str(turn.data["tier_from"]), str(turn.data["tier_to"])
    room = recipients.own_staff_room(ctx, ticket, ticket.tier)
    kind = ctx.store.areas.get(room.area).kind if room is not None else ""
    there = say(f"kind.{kind}", tongue) if kind in ("street", "district", "community") else say(f"tier.{tier}", tongue)
    return say(f"card.escalated.here.{here}", tongue), there


def _last_turn(ctx: Context, ticket: Ticket) -> TicketEvent | None:
    events = ctx.store.tickets.events(ticket.id, (*_TURNS, "claim"))
    # Somebody took it since: what went before is no longer news. A low rating gives it back as taken.
    last = events[-1].event if events else None
    return None if last is None or last.kind == "claim" or (last.kind == "rate" and not _came_back(last)) else last


def _came_back(turn: TicketEvent | None) -> bool:
    return turn is not None and (turn.kind == "reopen" or (turn.kind == "rate" and turn.data.get("rating") == 3))


def _others(ctx: Context, ticket: Ticket, key: str, tongue: str) -> str:
    count = len(ctx.store.tickets.voices(ticket.id)) - 1
    return say(key, tongue, count=count) if count > 0 else ""


def _promise(ctx: Context, ticket: Ticket, tongue: str) -> str:
    if ticket.solve_due is None or ticket.solve_due <= ctx.now:
        return say("card.promise.late", tongue)
    return say("card.promise", tongue, due=moment(ticket.solve_due, ctx.now, ctx.settings, tongue))


def _worker(ctx: Context, ticket: Ticket, tongue: str) -> str:
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
    return say("card.emergency.told", tongue, who=say("card.emergency.and", tongue).join(named)) if named else ""


def _notes(ctx: Context, ticket: Ticket) -> list[str]:
    return [str(kept.event.data.get("text") or "") for kept in ctx.store.tickets.events(ticket.id, ("note",))]
