"""Which tickets a resident can mean: asked for one line, or beforehand for all the lines of a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple, TypeAlias

from sqlalchemy import BindParameter, Column, Connection, Select, and_, bindparam, or_, select, union

from domain.tickets import ACTIVE
from storage.memory import know, mark, recall, written_since
from storage.prepared import Prepared
from storage.tables import ticket_voices, tickets

ENDED = ("done", "closed")
# So many of what was touched lately in one place are read beforehand: where there are more, the oldest are missing. And
# so many of what is told in its groups, or by those who speak: where there are more, each line asks for itself.
_LATELY_MOST, _MOST = 300, 3000
# With more changes since than this it is quicker to ask anew.
_CHANGES = 200
_TICK = timedelta(microseconds=1)

_IN = (tickets, ticket_voices)
_EVERY = (*sorted(ACTIVE), *ENDED)
_LIVE_OR_LATE = or_(
    tickets.c.status.in_(sorted(ACTIVE)),
    and_(tickets.c.status.in_(ENDED), tickets.c.last_at >= bindparam("since")),
)

# A community by its id, or a whole district.
Kind: TypeAlias = Literal["community_id", "district_id"]
Place: TypeAlias = tuple[Kind, int | None]
# When a ticket was last touched, and its id.
_Found: TypeAlias = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Resident:
    """For whom tickets are looked up: his group and account, since when talk elsewhere may concern him, and the
    tickets that the talk before names."""

    group: int
    account: int
    lately: datetime
    named: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """The lines of a batch in one place: their groups and accounts, and the earliest since when their tickets and the
    talk elsewhere count."""

    groups: frozenset[int]
    accounts: frozenset[int]
    since: datetime
    lately: datetime


class _Brief(NamedTuple):
    """Of a ticket what tells who means it."""

    id: int
    community_id: int | None
    district_id: int | None
    group_id: int | None
    status: str
    last_at: datetime
    voices: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Around:
    """What was read beforehand, the newest first, as it was at a moment of the memory: touched lately, told in each
    group, and by each account (and whether it is still open). Nothing is missing since `lately_from` and `since`."""

    at: int
    since: datetime
    lately_from: datetime
    lately: tuple[_Found, ...]
    told: Mapping[int, Sequence[_Found]]
    his: Mapping[int, Sequence[tuple[datetime, int, bool]]]


def _meant_in(place: Column[int]) -> Select[Any]:
    """What a resident can mean: what was spoken of lately, or in his own group within days, and what he is part of.
    Each is found by an index of its own."""
    # With the sum SQLite does not take the index of places, which would read every ticket of the place.
    here = select(tickets.c.id, tickets.c.last_at).where(place + 0 == bindparam("place"), _LIVE_OR_LATE)
    lately = _lately_in(place, tickets.c.id, tickets.c.last_at)
    told_here = here.where(tickets.c.group_id == bindparam("group"), tickets.c.last_at >= bindparam("since"))
    his = here.join(ticket_voices, ticket_voices.c.ticket_id == tickets.c.id)
    named = here.where(tickets.c.id.in_(bindparam("named", expanding=True)))
    meant = union(lately, told_here, his.where(ticket_voices.c.account_id == bindparam("account")), named).subquery()
    return select(meant.c.id).order_by(meant.c.last_at.desc(), meant.c.id.desc()).limit(bindparam("most"))


def _lately_in(place: Column[int], *columns: Column[Any]) -> Select[Any]:
    return select(*columns).where(
        place == bindparam("place"), tickets.c.status.in_(_EVERY), tickets.c.last_at >= bindparam("lately")
    )


def _newest(found: Select[Any]) -> Select[Any]:
    return found.order_by(tickets.c.last_at.desc(), tickets.c.id.desc()).limit(bindparam("most"))


_PLACES: dict[Kind, Column[int]] = {"community_id": tickets.c.community_id, "district_id": tickets.c.district_id}
_THEY: BindParameter[Any] = bindparam("they", expanding=True)
_MEANT = {kind: Prepared(_meant_in(place), "named") for kind, place in _PLACES.items()}
_LATELY = {
    kind: Prepared(_newest(_lately_in(place, tickets.c.last_at, tickets.c.id))) for kind, place in _PLACES.items()
}
_TOLD = {
    kind: Prepared(
        _newest(
            select(tickets.c.last_at, tickets.c.id, tickets.c.group_id).where(
                place + 0 == bindparam("place"),
                tickets.c.status.in_(_EVERY),
                tickets.c.last_at >= bindparam("since"),
                tickets.c.group_id.in_(_THEY),
            )
        ),
        "they",
    )
    for kind, place in _PLACES.items()
}
_HIS = {
    kind: Prepared(
        _newest(
            select(tickets.c.last_at, tickets.c.id, tickets.c.status, ticket_voices.c.account_id)
            .join(ticket_voices, ticket_voices.c.ticket_id == tickets.c.id)
            .where(place + 0 == bindparam("place"), _LIVE_OR_LATE, ticket_voices.c.account_id.in_(_THEY))
        ),
        "they",
    )
    for kind, place in _PLACES.items()
}


def meant(connection: Connection, place: Place, resident: Resident, since: datetime, limit: int) -> list[int]:
    """Ids of the open tickets of a place that he can mean, and of those ended since then; the most lately touched
    first."""
    found = _expected(connection, place, resident, since, limit)
    return found if found is not None else _asked(connection, place, resident, since, limit)


def expect(connection: Connection, place: Place, coming: Coming) -> None:
    """Read at once what `meant` will be asked for these lines."""
    kind, number = place
    values = {"place": number, "most": _MOST}
    lately = _LATELY[kind].all(connection, {"place": number, "most": _LATELY_MOST, "lately": coming.lately})
    told = _TOLD[kind].all(connection, values | {"since": coming.since, "they": sorted(coming.groups)})
    his = _HIS[kind].all(connection, values | {"since": coming.since, "they": sorted(coming.accounts)})
    if len(told) == _MOST or len(his) == _MOST:
        return
    in_groups: dict[int, list[_Found]] = {group: [] for group in coming.groups}
    for row in told:
        in_groups[row.group_id].append((row.last_at, row.id))
    of_accounts: dict[int, list[tuple[datetime, int, bool]]] = {account: [] for account in coming.accounts}
    for row in his:
        of_accounts[row.account_id].append((row.last_at, row.id, row.status in ACTIVE))
    around = _Around(
        at=mark(connection),
        since=coming.since,
        # Of those that were touched at the same moment as the last some may be missing.
        lately_from=coming.lately if len(lately) < _LATELY_MOST else max(coming.lately, lately[-1].last_at + _TICK),
        lately=tuple((row.last_at, row.id) for row in lately),
        told=in_groups,
        his=of_accounts,
    )
    know(connection, ("around", place), around, _IN)


def _expected(
    connection: Connection, place: Place, resident: Resident, since: datetime, limit: int
) -> list[int] | None:
    """From what was read beforehand and what was written since; None where that does not tell."""
    around: _Around | None = recall(connection, ("around", place), _IN, ("around", place))
    if around is None or since < around.since or not (resident.group in around.told and resident.account in around.his):
        return None
    changed = written_since(connection, "ticket", around.at)
    if len(changed) > _CHANGES:
        return None
    found: dict[int, datetime] = {}
    for at, ticket in around.lately:
        if at < resident.lately:
            break
        found[ticket] = at
    for at, ticket in around.told[resident.group]:
        if at < since:
            break
        found[ticket] = at
    found |= {ticket: at for at, ticket, active in around.his[resident.account] if active or at >= since}
    kind, number = place
    for ticket in {*changed, *resident.named}:
        if ticket in found and ticket not in changed:
            continue
        found.pop(ticket, None)
        brief = _brief(connection, ticket)
        if brief is None:
            return None
        if getattr(brief, kind) == number and _is_meant(brief, resident, since, resident.account in brief.voices):
            found[ticket] = brief.last_at
    ids = [ticket for _, ticket in sorted([(at, ticket) for ticket, at in found.items()], reverse=True)[:limit]]
    if resident.lately < around.lately_from and (len(ids) < limit or found[ids[-1]] < around.lately_from):
        return None
    return ids


def _brief(connection: Connection, ticket: int) -> _Brief | None:
    """What is known of a ticket that was read or written since; None where anything of it would have to be read."""
    subject = ("ticket", ticket)
    brief: _Brief | None = recall(connection, ("brief", ticket), _IN, subject)
    if brief is not None:
        return brief
    kept = recall(connection, ("ticket", ticket), (tickets,), subject)
    voices = recall(connection, ("voices", ticket), (ticket_voices,), subject)
    if kept is None or voices is None:
        return None
    of, extra = kept
    heard = frozenset([voice.account for voice in voices])
    brief = _Brief(ticket, of.community, of.district, of.group, of.status, extra.last_at, heard)
    know(connection, ("brief", ticket), brief, _IN)
    return brief


def _is_meant(one: _Brief, resident: Resident, since: datetime, his: bool) -> bool:
    """As `_meant_in` has it; `his`: he is part of it."""
    if one.status not in ACTIVE and (one.status not in ENDED or one.last_at < since):
        return False
    here = one.group_id == resident.group and one.last_at >= since
    return here or his or one.last_at >= resident.lately or one.id in resident.named


def _asked(connection: Connection, place: Place, resident: Resident, since: datetime, limit: int) -> list[int]:
    """By a statement."""
    kind, number = place
    values = {
        "place": number,
        "since": since,
        "most": limit,
        "group": resident.group,
        "account": resident.account,
        "lately": resident.lately,
        "named": resident.named,
    }
    return _MEANT[kind].scalars(connection, values)
