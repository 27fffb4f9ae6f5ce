"""详情: one ticket with its history, as far as it may be seen here."""

from __future__ import annotations

import re

from domain.messages import Outgoing
from domain.people import Action, handles, roles_at
from domain.tickets import Ticket
from handlers import recipients, wording
from handlers.answers import among_residents, here, language, quietly
from handlers.asked import Command, allowed, must_see
from handlers.context import Context, Speaker
from handlers.moments import moment
from handlers.texts import say
from storage.ticket_lines import KeptEvent

STEPS = 8
_TOLD = ("result", "words")
_SPOKEN = ("text", "reason", *_TOLD)


# Of what the reader noted, only whole words tell people anything.
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
WORDS = 3


def run(ctx: Context, speaker: Speaker, words: str, ticket: Ticket | None) -> list[Outgoing]:
    assert ticket is not None
    must_see(ctx, speaker, ticket)
    tongue = language(ctx, speaker)
    open_to_all = among_residents(speaker) or recipients.is_discreet(ticket)
    if open_to_all and not speaker.private and speaker.account.chat is None:
        return [here(speaker, say("command.in_private", tongue))]
    return [quietly(speaker, "\n".join(_lines(ctx, speaker, ticket, tongue)))]


def _lines(ctx: Context, speaker: Speaker, ticket: Ticket, tongue: str) -> list[str]:
    status = say(f"status.{ticket.status}", tongue)
    category = say(f"category.{ticket.category}", tongue)
    lines = [say("command.show.head", tongue, number=ticket.number, category=category, status=status)]
    own = allowed(ctx, speaker, ticket, Action.SEE_TICKET)
    there = wording.place(ticket.where, tongue, room=True)
    words = ticket.summary if not there or there in ticket.summary else f"{there}，{ticket.summary}"
    # Who only reported the same reads what his whole house may.
    lines.append(words if own else wording.what(ticket, tongue))
    if allowed(ctx, speaker, ticket, Action.SEE_REPORTER) and ticket.reporter_name:
        said_at = moment(ctx, ticket.opened_at, tongue)
        lines.append(say("command.show.reporter", tongue, name=ticket.reporter_name, at=said_at))
        others = len(ctx.store.tickets.voices(ticket.id)) - 1
        if others > 0:
            lines.append(say("command.show.voices", tongue, count=others))
    if ticket.assignee is not None:
        name = ctx.store.people.get(ticket.assignee).name
        lines.append(say("command.show.assignee", tongue, name=name))
    if ticket.solve_due is not None and ticket.status in ("open", "taken"):
        lines.append(say("command.show.due", tongue, due=moment(ctx, ticket.solve_due, tongue)))
    works = handles(speaker.actor, ticket) or bool(roles_at(speaker.actor, recipients.path_of(ctx, ticket)))
    if works:
        lines += _why(ctx, ticket, tongue)
    history = ctx.store.tickets.events(ticket.id)[-STEPS:]
    steps = [_step(ctx, kept, tongue, works or is_by(speaker, kept)) for kept in history]
    return lines + (steps if own else [wording.shareable(one, tongue) for one in steps])


def _why(ctx: Context, ticket: Ticket, tongue: str) -> list[str]:
    """The words for which the reader took it for a report: whoever works on it may find them mistaken."""
    words = [one for one in ctx.store.tickets.extra(ticket.id).why if _WORD.fullmatch(one)][:WORDS]
    return [say("command.show.why", tongue, words=say("care.comma", tongue).join(words))] if words else []


def is_by(speaker: Speaker, kept: KeptEvent) -> bool:
    return kept.event.by_account == speaker.account.id


def _name(ctx: Context, kept: KeptEvent, inside: bool) -> str:
    """Who did it. What a neighbour is called in our files is not for the one who reported the same."""
    person = kept.event.by_person
    if person is None or not (inside or ctx.store.people.posts_of(person)):
        return ""
    return ctx.store.people.get(person).name


def _step(ctx: Context, kept: KeptEvent, tongue: str, inside: bool) -> str:
    """`inside`: with the words that staff said to each other and the names of residents; the result and the rating are
    for everybody."""
    event = kept.event
    told = _SPOKEN if inside else _TOLD
    words = next((str(event.data[name]) for name in told if event.data.get(name)), "")
    name = _name(ctx, kept, inside)
    head = say(
        "command.show.step", tongue, at=moment(ctx, event.at, tongue), what=say(f"command.event.{event.kind}", tongue)
    )
    return head + (f" {name}" if name else "") + (f"：{words}" if words else "")


COMMAND = Command("详情", "show", run, Action.SEE_TICKET, move="note", aliases=("查看",))
