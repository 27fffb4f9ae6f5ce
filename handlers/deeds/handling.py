"""Those who work on a ticket: take it, note something, finish it (passing.py: hand it on, up or over)."""

from __future__ import annotations

import re

from domain import again, moves, sla
from domain.errors import Refused
from domain.messages import Media, Outgoing
from domain.people import Action
from domain.tickets import THE_CLOCK, Ticket, asks_rating
from handlers import cards, recipients
from handlers.context import Context, Speaker
from handlers.deeds import alarms, along, posting, telling
from handlers.deeds.acting import allow, by, keep
from handlers.deeds.opening import announce, proposed_to_open
from handlers.deeds.passing import escalate as escalate
from handlers.deeds.passing import transfer as transfer
from handlers.deeds.quiet import unasked_at
from handlers.texts import say
from handlers.wording import matter, moment, sentence, shareable, title
from storage.languages import Languages

# 修好了 alone tells nothing that "办好了" before it has not told.
_BARE = re.compile(
    r"(?:已经?|都|全部?)?(?:修|弄|办|搞|处理|解决|换|通|完成|办结)?(?:好|完|定|成|通)?(?:了|啦|咯)?[。.!！]*"
)


def claim(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    """接单: the speaker takes it. The cards say who has it; the reporter is told where he can be."""
    allow(ctx, speaker, Action.CLAIM, ticket)
    try:
        moved, event = moves.claim(ticket, ctx.now, by(speaker))
    except Refused as refused:
        if refused.key == "refused.taken_by_other":
            name = ctx.store.people.get(int(str(refused.params["assignee"]))).name
            raise Refused(refused.key, number=ticket.number, assignee=name) from None
        raise
    proposed = ticket.status == "proposed"
    if proposed:
        moved = sla.with_clocks(moved, ctx.settings, start=ctx.now)
    new = keep(ctx, speaker, ticket, (moved, event))
    if proposed:
        return announce(ctx, new)
    return posting.refresh(ctx, new) + _tell_taken(ctx, speaker, new)


def _tell_taken(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    if ticket.sensitive or (ticket.reporter_person is not None and ticket.reporter_person == speaker.actor.person):
        return []
    tongue = ctx.settings.office.language
    due = moment(max(ticket.solve_due or ctx.now, ctx.now), ctx.now, ctx.settings, tongue)
    text = say(
        "private.taken",
        tongue,
        matter=matter(ticket, tongue),
        number=ticket.number,
        worker=title(ctx, ticket.assignee, recipients.path_of(ctx, ticket), tongue),
        due=due,
    )
    return telling.tell_privately(ctx, ticket, text)


def note(ctx: Context, speaker: Speaker, ticket: Ticket, text: str) -> list[Outgoing]:
    """备注: kept and shown to staff. What staff say in the residents' group itself counts as the first word."""
    allow(ctx, speaker, Action.NOTE, ticket)
    heard = speaker.group is not None and speaker.group.audience == "residents" and bool(speaker.actor.posts)
    new = keep(ctx, speaker, ticket, moves.note(ticket, ctx.now, by(speaker), text, answers=heard))
    return posting.refresh(ctx, new)


def finish(
    ctx: Context, speaker: Speaker, ticket: Ticket, result: str, photos: tuple[Media, ...] = ()
) -> list[Outgoing]:
    """办结: cards say so, one closing line goes to the group where it began, and the reporter is asked how it is:
    in private, or where he cannot be reached along with that line. A worker who says it in that very group has
    told everybody himself: the bot does not say it after him."""
    allow(ctx, speaker, Action.DONE, ticket)
    proposed = ticket.status == "proposed"
    moved, event = moves.finish(ticket, ctx.now, by(speaker), result)
    if proposed:
        moved = proposed_to_open(ctx, moved)
    new = keep(ctx, speaker, ticket, (moved, event))
    asks = asks_rating(new) and (new.reporter_person is None or new.reporter_person != new.assignee)
    reachable = recipients.reporter(ctx, new) is not None
    found = posting.refresh(ctx, new)
    # What was only proposed the residents have never seen: there is nothing to close before their eyes.
    if not proposed and (speaker.group is None or speaker.group.id != new.group):
        found += _closing_line(ctx, new, photos, asks=asks and not reachable)
    if reachable and not new.sensitive:
        found += _tell_done(ctx, speaker, new, photos, asks=asks)
    elif recipients.is_discreet(new):
        found += telling.whisper(ctx, new, new.assignee, "staff.unreachable", number=new.number)
    if not proposed:
        found += along.tell_done(ctx, new, result_of(new), asks=asks)
    if asks:
        asked = unasked_at(ctx, new) or ctx.now
        ctx.store.tickets.asked_rating(new.id, asked)
        alarms.watch_rating(ctx, new, asked)
    else:
        keep(ctx, None, new, moves.close(new, ctx.now, THE_CLOCK, why="not_asked"))
    return found


def finish_again(ctx: Context, speaker: Speaker, ticket: Ticket, result: str) -> list[Outgoing]:
    """Told as done once more in plain words: the cards show the later result, and nobody is asked a second time."""
    allow(ctx, speaker, Action.DONE, ticket)
    return posting.refresh(ctx, keep(ctx, speaker, ticket, again.finish_again(ticket, ctx.now, by(speaker), result)))


def _closing_line(ctx: Context, ticket: Ticket, photos: tuple[Media, ...], *, asks: bool) -> list[Outgoing]:
    tongue = ctx.settings.office.language
    home = cards.home_of(ctx, ticket)
    done = result_of(ticket)
    if done:
        words = shareable(done, tongue)
        text = sentence(
            say("closing.line", tongue, number=ticket.number, matter=matter(ticket, tongue, home), result=words)
        )
    else:
        text = say("closing.bare", tongue, number=ticket.number, matter=matter(ticket, tongue, home))
    if asks:
        text += say("closing.ask", tongue)
    # What a photo of somebody's home shows is his.
    media = photos if ticket.category != "home_repair" else ()
    return telling.close_in_group(ctx, ticket, text, media)


def _tell_done(
    ctx: Context, speaker: Speaker, ticket: Ticket, photos: tuple[Media, ...], *, asks: bool
) -> list[Outgoing]:
    to = recipients.reporter(ctx, ticket)
    chosen = Languages(ctx.store.connection).of_account(to.id) if to is not None else None
    tongue = chosen or ctx.settings.office.language
    result = sentence(result_of(ticket) or say("closing.plain", tongue))
    # A photo is known to its own platform only.
    same = ticket.reporter_account is not None and (
        ctx.store.people.account_by_id(ticket.reporter_account).channel == speaker.at.channel
    )
    buttons = cards.rating_buttons(ticket, tongue) if asks else ()
    return telling.tell_privately(
        ctx,
        ticket,
        telling.that_it_is_done(ctx, ticket, result, tongue, asks=asks),
        card=cards.rating_key(ticket.id) if asks else None,
        buttons=buttons,
        media=photos if same else (),
    )


def result_of(ticket: Ticket) -> str:
    """What was done, where more was said than that it was."""
    words = (ticket.result or "").strip()
    return "" if _BARE.fullmatch(words) else words
