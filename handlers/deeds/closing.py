"""The reporter's word on it: well, not yet, no longer needed; and the end where he says nothing."""

from __future__ import annotations

from dataclasses import replace

from domain import again, moves, sla
from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Action, is_reporter
from domain.tickets import Ticket, may_be_rated, next_tier, possible
from handlers import cards, recipients
from handlers.answers import language
from handlers.context import Context, Speaker
from handlers.deeds import along, posting, telling
from handlers.deeds.acting import allow, by, keep
from handlers.deeds.quiet import tongue_of
from handlers.merged import is_voice
from handlers.texts import say
from handlers.wording import moment, title, what


def rate(ctx: Context, speaker: Speaker, ticket: Ticket, score: int, words: str = "") -> list[Outgoing]:
    """评价: 1 and 2 close it with thanks; 3 gives it back to the same worker, tells the tier above, and promises.

    Neighbours who reported the same trouble may say so too."""
    if not is_voice(ctx, speaker, ticket):
        allow(ctx, speaker, Action.RATE, ticket)
    if not may_be_rated(ticket, speaker.actor.person, score):
        raise Refused("refused.rated_impossible" if ticket.impossible else "refused.rated_own", number=ticket.number)
    heard = ticket.rating is not None and not _rated_by(ctx, speaker, ticket)
    moved, event = moves.rate(ticket, ctx.now, by(speaker), score, words.strip(), after_another=heard)
    if score == 3:
        moved = _from_now(ctx, moved)
    new = keep(ctx, speaker, ticket, (moved, event))
    ctx.store.tickets.add_rating(new.id, score, ctx.now, account=speaker.account.id, words=words.strip())
    ctx.store.tickets.asked_rating(new.id, None)
    proxy = recipients.by_proxy(ctx, new) and is_reporter(speaker.actor, new)
    if score != 3:
        thanks = say("handed.rated.thanks" if proxy else "rated.thanks", language(ctx, speaker))
        return telling.answer_reporter(ctx, speaker, thanks, in_group=False) + posting.refresh(ctx, new)
    return _sorry(ctx, speaker, new) + _again(ctx, new, words)


def has_praised(ctx: Context, speaker: Speaker, ticket: Ticket) -> bool:
    """The speaker's good word is what closed it, or came after that."""
    return ticket.status == "closed" and ticket.rating in (1, 2) and _rated_by(ctx, speaker, ticket)


def praise_again(ctx: Context, speaker: Speaker, ticket: Ticket, words: str) -> list[Outgoing]:
    """He says once more in plain words that it is well: he has been thanked, and nothing changes."""
    keep(ctx, speaker, ticket, again.rate_again(ticket, ctx.now, by(speaker), words))
    return []


def _rated_by(ctx: Context, speaker: Speaker, ticket: Ticket) -> bool:
    """The speaker has rated it since it was last done."""
    rates = [kept.event for kept in ctx.store.tickets.events(ticket.id, ("rate",))]
    return any(
        one.by_account == speaker.account.id and (ticket.done_at is None or one.at >= ticket.done_at) for one in rates
    )


def reopen(ctx: Context, speaker: Speaker, ticket: Ticket, reason: str = "") -> list[Outgoing]:
    """重办: back to the one who had it, or to be taken anew."""
    allow(ctx, speaker, Action.REOPEN, ticket)
    moved, event = moves.reopen(ticket, ctx.now, by(speaker), reason.strip())
    new = keep(ctx, speaker, ticket, (_from_now(ctx, moved), event))
    ctx.store.tickets.asked_rating(new.id, None)
    own = ticket.reporter_account == speaker.account.id and not speaker.actor.posts
    return (_sorry(ctx, speaker, new) if own else []) + _again(ctx, new, reason)


def _from_now(ctx: Context, ticket: Ticket) -> Ticket:
    """New deadlines for the second try; the old first word was given."""
    clocked = sla.with_clocks(ticket, ctx.settings, start=ctx.now)
    return replace(clocked, first_due=ticket.first_due) if ticket.answered_at is not None else clocked


def _promised(ctx: Context, ticket: Ticket, tongue: str) -> str:
    """By when he hears from us: as if he had just reported it."""
    again = sla.deadlines(ticket.category, ticket.nature, ticket.urgency, ctx.now, ctx.settings)
    return moment(again.first, ctx.now, ctx.settings, tongue)


def _sorry(ctx: Context, speaker: Speaker, ticket: Ticket) -> list[Outgoing]:
    tongue = ctx.settings.office.language
    proxy = recipients.by_proxy(ctx, ticket) and is_reporter(speaker.actor, ticket)
    key = "handed.rated.again" if proxy else "rated.again"
    text = say(key, tongue, worker=_worker(ctx, ticket, tongue), due=_promised(ctx, ticket, tongue))
    return telling.answer_reporter(ctx, speaker, text, in_group=not recipients.is_discreet(ticket))


def _again(ctx: Context, ticket: Ticket, words: str) -> list[Outgoing]:
    """The worker is told in private, the tier above in its room (or its leads, where it is not for a room)."""
    found = posting.refresh(ctx, ticket)
    if ticket.assignee is not None:
        speech = tongue_of(ctx, ticket.assignee)
        quoted = say("staff.redo_words", speech, words=words.strip()) if words.strip() else ""
        found += telling.whisper(
            ctx, ticket, ticket.assignee, "staff.redo",
            number=ticket.number, what=what(ticket, speech), words=quoted, due=_promised(ctx, ticket, speech),
        )  # fmt: skip
    above = next_tier(ticket.tier) or ticket.tier
    if recipients.is_discreet(ticket):
        return found + posting.call(ctx, ticket, recipients.holders(ctx, ticket, recipients.LEADS[above]))
    tongue = ctx.settings.office.language
    room = recipients.staff_room(ctx, ticket, above)
    if room is None:
        return found + posting.call(ctx, ticket, recipients.holders(ctx, ticket, recipients.LEADS[above]))
    text = say(
        "staff.rated_bad", tongue,
        number=ticket.number, what=what(ticket, tongue), worker=_worker(ctx, ticket, tongue),
        due=_promised(ctx, ticket, tongue),
    )  # fmt: skip
    return [*found, telling.in_staff_room(ctx, ticket, room, text)]


def _worker(ctx: Context, ticket: Ticket, tongue: str) -> str:
    return title(ctx, ticket.assignee or ticket.followed_by, recipients.path_of(ctx, ticket), tongue)


def withdraw(
    ctx: Context, speaker: Speaker, ticket: Ticket, reason: str = "", *, aloud: bool = False
) -> list[Outgoing]:
    """撤回: the cards say so, and whoever was on his way is told. What neighbours reported too goes on, unless he tells
    them `aloud` in the group how it ended (找到了, 是我家水管): who still has the trouble says so there."""
    allow(ctx, speaker, Action.WITHDRAW, ticket)
    if not aloud and possible(ticket, "withdraw") and (others := _others(ctx, speaker, ticket)):
        return goes_on(ctx, speaker, ticket, others)
    new = keep(ctx, speaker, ticket, moves.withdraw(ticket, ctx.now, by(speaker), reason.strip()))
    ctx.store.tickets.add_correction(
        new, "withdraw", ctx.now,
        was=ticket.status, became=new.status, text=cards.words_of(ctx, ticket),
        line=speaker.line, person=speaker.actor.person, account=speaker.account.id,
    )  # fmt: skip
    stopped = telling.stop(ctx, speaker, ticket, "staff.stopped")
    return posting.refresh(ctx, new) + stopped + along.tell_withdrawn(ctx, new)


def is_not_his_alone(ctx: Context, speaker: Speaker, ticket: Ticket) -> int:
    """How many neighbours besides this first reporter told of it; 0 for anybody else, and for staff."""
    return 0 if speaker.actor.posts or not is_reporter(speaker.actor, ticket) else _others(ctx, speaker, ticket)


def _others(ctx: Context, speaker: Speaker, ticket: Ticket) -> int:
    """A worker who said that he has seen it has reported nothing; who speaks for the reporter is no other."""
    own = {speaker.account.id, ticket.reporter_account}
    if ticket.reporter_person is not None:
        own.update(ctx.store.kin.accounts_for(ticket.reporter_person))
    voices = [ctx.store.people.account_by_id(one.account) for one in ctx.store.tickets.voices(ticket.id)]
    return sum(one.id not in own and not (one.person and _himself_or_staff(ctx, ticket, one.person)) for one in voices)


def _himself_or_staff(ctx: Context, ticket: Ticket, person: int) -> bool:
    return person == ticket.reporter_person or bool(ctx.store.people.posts_of(person))


def goes_on(ctx: Context, speaker: Speaker, ticket: Ticket, others: int) -> list[Outgoing]:
    """What others reported too is not over because the first of them needs it no longer: noted, and he is told."""
    tongue = ctx.settings.office.language
    noted = say("staff.first_content", tongue, count=others)
    new = keep(ctx, speaker, ticket, moves.note(ticket, ctx.now, by(speaker), noted))
    text = say("withdraw.goes_on", tongue, number=ticket.number, count=others)
    told = telling.answer_reporter(ctx, speaker, text, in_group=not recipients.is_discreet(ticket))
    return told + posting.refresh(ctx, new)


def close_unrated(ctx: Context, ticket: Ticket) -> list[Outgoing]:
    """Nobody said how it went: 未评价."""
    new = keep(ctx, None, ticket, moves.close(ticket, ctx.now))
    ctx.store.tickets.asked_rating(new.id, None)
    return posting.refresh(ctx, new)
