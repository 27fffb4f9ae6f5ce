"""The day after a matter was closed, if it was drawn: somebody who had no hand in it is asked to call the reporter."""

from __future__ import annotations

from datetime import timedelta

from domain.messages import Button, Outgoing
from domain.people import Action
from domain.tickets import Ticket, is_emergency
from handlers import calling, recipients, wording
from handlers.answers import language_of
from handlers.context import Context
from handlers.deeds import calling_back
from handlers.texts import say
from storage.alarms import Alarm

KIND = "callback"
# Asked, and once more if nothing came of it.
ASKED = 2
_DAY = timedelta(days=1)


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    ticket = ctx.store.tickets.find(alarm.subject)
    if ticket is None or not calling_back.is_due(ctx, ticket):
        return []
    person = calling_back.caller(ctx, ticket)
    asked = int(alarm.data.get("asked", 0))
    if person is None or asked >= ASKED:
        return []
    told = _task(ctx, ticket, person, asked)
    # Who has had enough messages for today is asked tomorrow.
    again = {"asked": asked + 1 if told is not None else asked}
    ctx.store.alarms.set(KIND, ticket.id, ctx.now + _DAY, district=ticket.district, data=again)
    return [told] if told is not None else []


def _task(ctx: Context, ticket: Ticket, person: int, asked: int) -> Outgoing | None:
    tongue = language_of(ctx, person)
    place = wording.place(ticket.where, tongue, room=True) or say("staff.no_place", tongue)
    text = say(
        "timed.callback.emergency" if is_emergency(ticket) else "timed.callback",
        tongue,
        name=ctx.store.people.get(person).name,
        number=ticket.number,
        summary=ticket.summary,
        place=place,
        reporter=ticket.on_behalf_of or ticket.reporter_name,
        phone=_phone(ctx, ticket, person),
        result=ticket.result or "",
    )
    buttons = [Button(say(f"button.rate.{score}", tongue), f"回访 {ticket.number} {score}") for score in (1, 2, 3)]
    buttons.append(Button(say("button.no_answer", tongue), f"回访 {ticket.number} 0"))
    about = f"callback{asked}"
    return calling.push(ctx, ticket, ctx.store.people.get(person), about, text, tuple(buttons), hold=False)


def _phone(ctx: Context, ticket: Ticket, person: int) -> str:
    """The reporter's number, where we have it and the caller may see it."""
    if ticket.reporter_person is None or ticket.on_behalf_of:
        return ""
    if not recipients.may(ctx, recipients.actor_of(ctx, person, ticket), Action.SEE_PHONE, ticket):
        return ""
    return ctx.store.people.get(ticket.reporter_person).phone or ""
