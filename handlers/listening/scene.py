"""Loads what the listener looks at: the talk before, the tickets around, what the group stands for."""

from __future__ import annotations

from datetime import timedelta

from domain.areas import Area, place_of
from domain.listening import Line, Scene
from domain.reading import Where
from handlers.context import Context, Speaker

# More open matters than this in one community are not compared one by one; the latest touched are.
TICKETS_SEEN = 200


def load_scene(ctx: Context, speaker: Speaker, line: Line) -> Scene:
    """The scene of one new line."""
    listening = ctx.settings.listening
    since = line.sent_at - timedelta(hours=listening.recent_hours)
    if speaker.group is not None:
        before = ctx.store.lines.recent(speaker.group.id, speaker.group.tier, since, listening.recent_lines + 1)
    else:
        before = ctx.store.lines.recent_private(speaker.account.id, since, listening.recent_lines + 1)
    seat = speaker.seat
    chain: tuple[Area, ...] = seat.chain if seat is not None else ()
    tickets = (
        ctx.store.known.around(
            community=seat.community,
            district=seat.district,
            closed_since=line.sent_at - timedelta(days=max(listening.reopen_days, listening.match_days)),
            limit=TICKETS_SEEN,
        )
        if seat is not None
        else ()
    )
    return Scene(
        line=line,
        recent=tuple(one for one in before if one.id != line.id),
        tickets=tickets,
        home=place_of(chain) if speaker.group is not None else Where(),
        estates=_estates(ctx, chain),
    )


def _estates(ctx: Context, chain: tuple[Area, ...]) -> tuple[str, ...]:
    """The estates a group may mean: its own, or all below a community or district."""
    own = tuple(area.name for area in chain if area.kind == "estate")
    if own or not chain:
        return own
    return tuple(area.name for area in ctx.store.areas.below(chain[-1].path, "estate"))
