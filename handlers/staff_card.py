"""The card of those who work on a ticket: the words, the door, who said it, what is to be done by when; its buttons."""

from __future__ import annotations

from functools import lru_cache

from domain import sla
from domain.fears import is_feared
from domain.messages import Button
from domain.tickets import MOST_BOUNCES, Ticket, is_emergency, next_tier
from handlers import cards, recipients
from handlers.context import Context
from handlers.deeds.privacy import concerns_minor
from handlers.texts import listed, say
from handlers.wording import department, moment, place
from nlu.numbers import in_digits


def text(ctx: Context, ticket: Ticket, tongue: str) -> str:
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
    lines += [*_state(ctx, ticket, tongue), *_helpers(ctx, ticket, tongue)]
    note = next((text for text in reversed(_notes(ctx, ticket)) if text), None)
    if note is not None:
        lines.append(say("staff.note", tongue, text=note))
    return "\n".join(line for line in lines if line)


def masked(ctx: Context, ticket: Ticket, tongue: str) -> str:
    """The card of a private matter for a staff group, in which others may sit than those who may read it: not a word
    of it, nor who said it or where he lives; how far it is, and where it can be read."""
    head = say("staff.head", tongue, mark=say(f"staff.mark.{ticket.urgency}", tongue), number=ticket.number,
               category=ticket.category)  # fmt: skip
    if ticket.status in ("withdrawn", "rejected"):
        return "\n".join((head, say(f"staff.{ticket.status}", tongue)))
    if ticket.status in ("done", "closed"):
        return "\n".join((head, say("staff.masked.done", tongue, worker=cards.worker(ctx, ticket, tongue))))
    lines = [head, say("staff.masked", tongue, number=ticket.number)]
    if ticket.status == "taken" and ticket.solve_due is not None:
        due = moment(ticket.solve_due, ctx.now, ctx.settings, tongue)
        lines.append(say("staff.taken", tongue, worker=cards.worker(ctx, ticket, tongue), due=due))
    elif ticket.answered_at is None and ticket.first_due is not None:
        lines.append(say("staff.first_due", tongue, due=moment(ticket.first_due, ctx.now, ctx.settings, tongue)))
    return "\n".join(lines)


def _matter(ctx: Context, ticket: Ticket, tongue: str) -> str:
    there = place(ticket.where, tongue, room=True, said=in_digits(ticket.summary))
    if not there and ticket.where:
        return ticket.summary
    if not there:
        asking = ctx.store.tickets.extra(ticket.id).asked_where_of is not None
        if not asking and ticket.category == "consultation":
            # What is only asked is of no place.
            return ticket.summary
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
    return source + cards.others(ctx, ticket, "staff.others", tongue) + pictures


def _cautions(ctx: Context, ticket: Ticket, tongue: str) -> list[str]:
    fears = [say("staff.feared", tongue, button=say("button.danger", tongue))] if is_feared(ticket) else []
    return fears + _confidences(ctx, ticket, tongue)


def _confidences(ctx: Context, ticket: Ticket, tongue: str) -> list[str]:
    if ticket.sensitive:
        found = [say("staff.sensitive", tongue)]
        return [*found, say("staff.minor", tongue)] if concerns_minor(cards.words_of(ctx, ticket)) else found
    found = [say("staff.private", tongue)] if recipients.is_discreet(ticket) else []
    if ticket.against is not None:
        found.append(say("staff.against", tongue, accused=ticket.against))
    return found


def _state(ctx: Context, ticket: Ticket, tongue: str) -> list[str]:
    due = moment(ticket.solve_due, ctx.now, ctx.settings, tongue) if ticket.solve_due is not None else ""
    who = cards.worker(ctx, ticket, tongue)
    turn = cards.last_turn(ctx, ticket)
    if ticket.paused_at is not None and ticket.status in ("open", "taken"):
        until = moment(sla.pause_ends(ticket, ctx.settings), ctx.now, ctx.settings, tongue)
        return [say("staff.paused", tongue, worker=who, reason=cards.paused_why(ctx, ticket), until=until)]
    match ticket.status:
        case "withdrawn" if turn is not None and turn.kind == "merge":
            return [say("staff.merged", tongue, into=turn.data["into"])]
        case "proposed" if is_feared(ticket):
            return []  # they have been asked already, and for more
        case "proposed" | "withdrawn" | "rejected":
            return [say(f"staff.{ticket.status}", tongue)]
        case "done" | "closed" if ticket.impossible:
            return [say("staff.impossible", tongue, worker=who, result=ticket.result or "")]
        case "done" | "closed":
            score = say(f"staff.score.{ticket.rating}", tongue) if ticket.rating in (1, 2) else ""
            closed = say("staff.closed", tongue, score=score) if score else ""
            if ticket.status == "closed" and not score and not is_emergency(ticket):
                closed = say("staff.unrated", tongue)
            return [say("staff.done", tongue, worker=who, result=ticket.result or ""), closed]
        case "taken":
            return [say("staff.reopened" if cards.came_back(turn) else "staff.taken", tongue, worker=who, due=due)]
    if turn is not None and turn.kind == "bounce":
        office = department(ctx, int(str(turn.data["department"]))) or ""
        key = "staff.bounced_to" if ticket.assignee is not None else "staff.solve_due"
        back = say("staff.bounced", tongue, department=office, reason=str(turn.data.get("reason") or ""))
        return [back, say(key, tongue, worker=who, due=due)]
    if turn is not None and turn.kind in ("transfer", "escalate"):
        reason = str(turn.data.get("reason") or "")
        said = [say("staff.reason", tongue, reason=reason)] if reason else []
        if turn.kind == "transfer":
            return [
                say("staff.transferred", tongue, to=cards.handed_to(ctx, ticket, turn, tongue), worker=who, due=due),
                *said,
            ]
        here, there = cards.tiers_of(ctx, ticket, turn, tongue)
        return [say("staff.escalated", tongue, here=here, there=there, worker=who, due=due), *said]
    if cards.came_back(turn):
        return [say("staff.reopened", tongue, worker=who, due=due)]
    if is_emergency(ticket):
        return [say("staff.emergency", tongue)]
    if ticket.answered_at is not None or ticket.first_due is None:
        return [say("staff.solve_due", tongue, due=due)]
    return [say("staff.first_due", tongue, due=moment(ticket.first_due, ctx.now, ctx.settings, tongue))]


def _helpers(ctx: Context, ticket: Ticket, tongue: str) -> list[str]:
    """Who came along to whoever has it; of a discreet matter also who is on his way and may not take it."""
    others = [person for person in ticket.helpers if person != ticket.assignee]
    on_the_way = ticket.status == "open" and recipients.is_discreet(ticket)
    if not others or not (ticket.status == "taken" or on_the_way):
        return []
    names = ctx.store.people.names(sorted(others))
    key = "staff.going" if on_the_way else "staff.helped"
    return [say(key, tongue, names=listed((names[one] for one in others), tongue))]


def _notes(ctx: Context, ticket: Ticket) -> list[str]:
    return [str(kept.event.data.get("text") or "") for kept in ctx.store.tickets.events(ticket.id, ("note",))]


_BUTTONS = {
    "proposed": ("register", "reject"),
    "open": ("claim", "transfer", "escalate", "reject"),
    "taken": ("done", "transfer", "escalate"),
    "done": ("reopen",),
}


def buttons(ticket: Ticket, tongue: str) -> tuple[Button, ...]:
    """What can be pressed on a staff card; a button carries the command's Chinese name and the number."""
    moves = [one for one in _BUTTONS.get(ticket.status, ()) if one != "escalate" or next_tier(ticket.tier) is not None]
    if is_feared(ticket):
        moves.insert(0, "danger")
    if ticket.status in ("open", "taken"):
        if ticket.department is not None and ticket.bounces < MOST_BOUNCES:
            moves.append("bounce")
        if ticket.paused_at is not None:
            moves.append("resume")
    return tuple(Button(label, f"{command} {ticket.number}") for label, command in _labels(tuple(moves), tongue))


@lru_cache(maxsize=256)
def _labels(moves: tuple[str, ...], tongue: str) -> tuple[tuple[str, str], ...]:
    """What stands on each, and the command that it stands for."""
    return tuple((say(f"button.{one}", tongue), say(f"button.{one}")) for one in moves)
