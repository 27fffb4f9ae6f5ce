"""A report that went into another one (并单): where it went, whose reports came along, and whose word counts there."""

from __future__ import annotations

from domain.people import is_reporter
from domain.tickets import Status, Ticket
from handlers.context import Context, Speaker

_MERGED: frozenset[Status] = frozenset({"withdrawn"})


def came_along(ctx: Context, ticket: Ticket) -> list[Ticket]:
    """The tickets that went into this one, and into those."""
    joined = [kept.event.data.get("merged") for kept in ctx.store.tickets.events(ticket.id, ("joined",))]
    named = (ctx.store.tickets.by_number(str(one), ticket.district, ticket.community) for one in joined if one)
    found = [one for one in named if one is not None and _went_to(ctx, one) == ticket.id]
    return [*found, *(further for one in found for further in came_along(ctx, one))]


def into(ctx: Context, ticket: Ticket) -> Ticket | None:
    """Where it went in the end; None when it stands for itself."""
    next_ = _went_to(ctx, ticket)
    target = ctx.store.tickets.find(next_) if next_ is not None else None
    return (into(ctx, target) or target) if target is not None else None


def _went_to(ctx: Context, ticket: Ticket) -> int | None:
    """Merged, brought back and withdrawn since, it went nowhere: the other may have gone into it meanwhile."""
    ends = ctx.store.tickets.events(ticket.id, ("merge", "withdraw")) if ticket.status == "withdrawn" else []
    return int(str(ends[-1].event.data["into_id"])) if ends and ends[-1].event.kind == "merge" else None


def of_speaker(ctx: Context, speaker: Speaker, statuses: frozenset[Status]) -> list[Ticket]:
    """The tickets into which his own reports went."""
    return [one for one, _ in with_his_own(ctx, speaker, statuses)]


def with_his_own(ctx: Context, speaker: Speaker, statuses: frozenset[Status]) -> list[tuple[Ticket, Ticket]]:
    """As `of_speaker`, each with the latest of his own reports that went into it."""
    actor = speaker.actor
    own = ctx.store.tickets.of_reporter(actor.account, actor.person, _MERGED, actor.kin)
    found = {one.id: (one, old) for old in own if (one := into(ctx, old)) is not None}
    return [(one, old) for one, old in found.values() if one.status in statuses]


def is_voice(ctx: Context, speaker: Speaker, ticket: Ticket) -> bool:
    """He reported the same trouble, so that he may say how it went: of what is against somebody only where a report of
    his own went into it, and never of what is sensitive."""
    if ticket.sensitive:
        return False
    if ticket.against is not None:
        return any(is_reporter(speaker.actor, old) for old in came_along(ctx, ticket))
    return speaker.account.id in {voice.account for voice in ctx.store.tickets.voices(ticket.id)}
