"""The reporter's word on how it went: asked a second time after a day, and closed without it after three."""

from __future__ import annotations

from domain import sla
from domain.messages import Outgoing, Priority
from domain.tickets import Ticket, asks_rating
from handlers import cards, recipients
from handlers.context import Context
from handlers.deeds import closing
from handlers.deeds.handling import result_of
from handlers.texts import say
from handlers.wording import matter, sentence
from storage.alarms import Alarm
from storage.languages import Languages

KIND = "rating"


def run(ctx: Context, alarm: Alarm) -> list[Outgoing]:
    ticket = ctx.store.tickets.find(alarm.subject)
    if ticket is None or ticket.status != "done" or ticket.done_at is None:
        return []
    asked_at = ctx.store.tickets.extra(ticket.id).asked_rating_at or ticket.done_at
    give_up = sla.give_up_rating_at(asked_at, ctx.settings)
    if ctx.now >= give_up:
        return closing.close_unrated(ctx, ticket)
    remind = max(sla.remind_rating_at(asked_at, ctx.settings), sla.send_at(ctx.now, ctx.settings))
    # Who reported it for somebody is asked once: he is not sent after residents for their opinion.
    once = bool(alarm.data.get("reminded")) or recipients.by_proxy(ctx, ticket)
    ends = once or not asks_rating(ticket) or remind >= give_up
    if ends or ctx.now < remind:
        ctx.store.alarms.set(KIND, ticket.id, give_up if ends else remind, district=ticket.district, data=alarm.data)
        return []
    ctx.store.alarms.set(KIND, ticket.id, give_up, district=ticket.district, data={"reminded": True})
    return _reminder(ctx, ticket)


def _reminder(ctx: Context, ticket: Ticket) -> list[Outgoing]:
    to = recipients.reporter(ctx, ticket)
    if to is None:
        # He was asked along with the closing line in the group, where nobody is reminded.
        return []
    tongue = Languages(ctx.store.connection).of_account(to.id) or ctx.settings.office.language
    reminder = Outgoing(
        to=to,
        text=say(
            "timed.rating.reminder",
            tongue,
            name=ticket.reporter_name,
            number=ticket.number,
            matter=matter(ticket, tongue),
            result=sentence(result_of(ticket) or say("closing.plain", tongue)),
        ),
        card=cards.rating_key(ticket.id),
        buttons=cards.rating_buttons(ticket, tongue),
        priority=Priority.ROUTINE,
        once=f"rating:{ticket.id}:{ticket.reopened}:second",
    )
    return [reminder]
