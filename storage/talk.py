"""What was said last in a group: which lines, the newest first. Known as long as nothing but new lines is written."""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    literal_column,
    select,
    true,
    union_all,
)

from storage.memory import know, recall
from storage.plans import padded
from storage.prepared import Prepared
from storage.tables import groups, lines

_IN = (lines,)


@dataclass(frozen=True, slots=True)
class _Talk:
    """The last lines of a group since then, `most` of them if there are so many: when each was said, and its id; the
    oldest first."""

    since: datetime
    most: int
    said: tuple[tuple[datetime, int], ...]


def recent(connection: Connection, group: int, since: datetime, most: int) -> list[int]:
    """Ids of the last lines of a group since then, the newest first, at most so many."""
    talk = _known(connection, group, since, most) or _read(connection, {group: since}, most)[group]
    return [line for at, line in reversed(talk.said) if at >= since][:most]


def expect(connection: Connection, wanted: Mapping[int, datetime], most: int) -> None:
    """Read at once what `recent` will be asked of several groups, for each since when."""
    missing = {group: since for group, since in wanted.items() if _known(connection, group, since, most) is None}
    if missing:
        _read(connection, missing, most)


def _read(connection: Connection, wanted: Mapping[int, datetime], most: int) -> dict[int, _Talk]:
    found: dict[int, set[tuple[datetime, int]]] = {group: set() for group in wanted}
    if connection.dialect.name == "sqlite":
        asked = padded(list(wanted))
        values: dict[str, object] = {"most": most}
        for place, group in enumerate(asked):
            values |= {f"group_{place}": group, f"since_{place}": wanted[group]}
        for row in _newest(len(asked)).all(connection, values):
            found[asked[row.place]].add((row.sent_at, row.id))
    else:
        since = min(wanted.values())
        for row in _NEWEST_OF_EACH.all(connection, {"groups": list(wanted), "since": since, "most": most}):
            found[row.group].add((row.sent_at, row.id))
    read = {group: _Talk(wanted[group], most, tuple(sorted(said))) for group, said in found.items()}
    for group, talk in read.items():
        _know(connection, group, talk)
    return read


def said(connection: Connection, group: int, at: datetime, line: int) -> None:
    """A line was just added."""
    talk: _Talk | None = recall(connection, ("talk in", group), _IN, ("talk in", group))
    if talk is not None and at >= talk.since:
        known = list(talk.said)
        insort(known, (at, line))
        _know(connection, group, replace(talk, said=tuple(known[-talk.most :])))


def _known(connection: Connection, group: int, since: datetime, most: int) -> _Talk | None:
    talk: _Talk | None = recall(connection, ("talk in", group), _IN, ("talk in", group))
    return talk if talk is not None and talk.since <= since and talk.most >= most else None


def _know(connection: Connection, group: int, talk: _Talk) -> None:
    know(connection, ("talk in", group), talk, _IN)


def _newest_of(group: ColumnElement[int], since: str) -> Select[Any]:
    return (
        select(lines.c.id, lines.c.sent_at)
        .where(lines.c.group_id == group, lines.c.sent_at >= bindparam(since))
        .order_by(lines.c.sent_at.desc(), lines.c.id.desc())
        .limit(bindparam("most"))
    )


def _newest_of_each() -> Select[Any]:
    """One plan for however many groups: the union below the server would plan anew for each number of them."""
    newest = _newest_of(groups.c.id, "since").lateral()
    there = groups.join(newest, true())
    wanted: BindParameter[Any] = bindparam("groups", expanding=True)
    return (
        select(groups.c.id.label("group"), newest.c.id, newest.c.sent_at)
        .select_from(there)
        .where(groups.c.id.in_(wanted))
    )


_NEWEST_OF_EACH = Prepared(_newest_of_each(), "groups")


@cache
def _newest(count: int) -> Prepared:
    """The newest lines of so many groups, for SQLite, which has no LATERAL."""
    parts = []
    for place in range(count):
        newest = _newest_of(bindparam(f"group_{place}"), f"since_{place}").subquery()
        parts.append(select(literal_column(str(place)).label("place"), newest.c.id, newest.c.sent_at))
    return Prepared(union_all(*parts))
