"""Loads what the listener looks at: the talk before, the tickets around, what the group stands for."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.areas import ESTATES, Area, place_of
from domain.listening import Known, Line, Scene
from domain.reading import Where
from domain.visits import Cared
from handlers.cards import person_key, staff_key
from handlers.care.doors import place_of as door_of
from handlers.care.stood_in import cared_by
from handlers.context import Context, Speaker
from handlers.homes import home_of_speaker
from handlers.listening.place import villages_at
from storage.meant import Resident

# More matters than this are not compared one by one; the latest touched are.
TICKETS_SEEN = 60


def load_scene(ctx: Context, speaker: Speaker, line: Line) -> Scene:
    """The scene of one new line."""
    listening = ctx.settings.listening
    since = line.sent_at - timedelta(hours=listening.recent_hours)
    if speaker.group is not None:
        before = ctx.store.lines.recent(speaker.group.id, speaker.group.tier, since, listening.recent_lines + 1)
    else:
        before = ctx.store.lines.recent_private(speaker.account.id, since, listening.recent_lines + 1)
    before = _with_older(ctx, line, before)
    seat = speaker.seat
    chain: tuple[Area, ...] = seat.chain if seat is not None else ()
    tickets: tuple[Known, ...] = ()
    if seat is not None:
        tickets = ctx.store.known.around(
            community=seat.community,
            district=seat.district,
            since=line.sent_at - timedelta(days=max(listening.reopen_days, listening.match_days)),
            limit=TICKETS_SEEN,
            resident=_resident(line, since, before) if line.role == "resident" else None,
        )
    sure, unsure = listening.sure, listening.unsure
    if speaker.group is not None:
        sure, unsure = listening.bounds(speaker.group.name, speaker.group.chat)
    return Scene(
        line=line,
        recent=tuple(one for one in before if one.id != line.id),
        tickets=tickets,
        home=place_of(chain) if speaker.group is not None else _door(ctx, speaker),
        estates=_estates(ctx, chain),
        sure=sure,
        unsure=unsure,
        danger=listening.danger,
        cared=_cared(ctx, line),
        villages=villages_at(ctx, seat, line.text),
        board=_board(ctx, speaker, line, tickets) if line.role != "resident" else frozenset(),
    )


def _board(ctx: Context, speaker: Speaker, line: Line, tickets: tuple[Known, ...]) -> frozenset[int]:
    """Whose cards the staff have before their eyes here, so that 我来 needs neither a number nor a quote."""
    group = speaker.group
    if group is not None and group.audience == "staff":
        keys = {staff_key(ticket.id, group.tier): ticket.id for ticket in tickets}
    elif group is None and line.person is not None:
        keys = {person_key(ticket.id, line.person): ticket.id for ticket in tickets}
    else:
        return frozenset()
    if not keys:
        return frozenset()
    return frozenset(keys[card] for card in ctx.store.outbox.hanging(speaker.at.channel, speaker.at.chat, list(keys)))


def _cared(ctx: Context, line: Line) -> tuple[Cared, ...]:
    """Whom the speaker looks after: staff may name them without their doors."""
    if line.person is None or line.role in ("resident", "property") or not line.text:
        return ()
    return cared_by(ctx, line.person, line.sent_at.astimezone(ctx.settings.office.tz).date())


def _door(ctx: Context, speaker: Speaker) -> Where:
    """Whoever is bound to a door need not name it in private, nor who has named it in another message."""
    home = home_of_speaker(ctx, speaker)
    return door_of(home) if home is not None else speaker.told or Where()


def _with_older(ctx: Context, line: Line, before: tuple[Line, ...]) -> tuple[Line, ...]:
    """What the line replies to or puts right belongs to the scene, however long ago it was said."""
    there = {one.id for one in before}
    wanted = [one for one in (line.replies_to, line.edits) if one is not None and one not in there]
    older = [found for one in wanted if (found := ctx.store.lines.get(one, line.tier)) is not None]
    return (*older, *before)


def _resident(line: Line, lately: datetime, before: tuple[Line, ...]) -> Resident:
    named = {ticket for old in before for ticket in old.tickets} | ({line.quotes} if line.quotes is not None else set())
    return Resident(line.group, line.speaker, lately, tuple(sorted(named)))


def _estates(ctx: Context, chain: tuple[Area, ...]) -> tuple[str, ...]:
    """The estates a group may mean: its own, or all below a community or district."""
    own = tuple(area.name for area in chain if area.kind in ESTATES)
    if own or not chain:
        return own
    return tuple(area.name for area in ctx.store.areas.estates(chain[-1].path))
