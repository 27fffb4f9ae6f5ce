"""Puts a planned import into the staging tables bit by bit, and from there in place in one short transaction.

Only `swap` touches what the office works with. It is a few statements, whatever the size of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, Table, case, delete, func, insert, literal, null, select, update

from storage.importing.world import World, fingerprint
from storage.tables.columns import Utc
from storage.tables.people import accounts, leaves, people
from storage.tables.staging import FILLED, STAGED
from storage.upsert import insert_for

# Channels on which somebody's user id is that of the office's WeCom.
MEMBERS_OF = ("wecom_app", "wecom_aibot")
# A run that has staged nothing for so long was given up.
ABANDONED = timedelta(hours=6)


class Moved(Exception):
    """Rows came or went since the import was planned: plan it again."""


def chunks(world: World, run: str, now: datetime, size: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What is to be staged: table and rows, `size` at a time."""
    for table in FILLED:
        batch: list[dict[str, Any]] = []
        for row_id, staged in world.staged[table.name].items():
            batch.append(
                {
                    "run": run,
                    "staged_at": now,
                    "row": staged.row,
                    "deed": "new" if staged.new else "changed",
                    "changes": "," + "".join(f"{name}," for name in sorted(staged.changes)),
                    **world.rows[table.name][row_id],
                }
            )
            if len(batch) == size:
                yield table.name, batch
                batch = []
        if batch:
            yield table.name, batch


def stage(connection: Connection, table: str, rows: list[dict[str, Any]]) -> None:
    connection.execute(insert(STAGED[table]), rows)


def swap(connection: Connection, run: str, planned: tuple[tuple[int, int], ...]) -> None:
    """All of a run in place. Raises Moved when the tables are no longer those that it was planned for."""
    if fingerprint(connection) != planned:
        raise Moved
    for table in FILLED:
        staged = STAGED[table.name]
        names = [column.name for column in table.columns]
        connection.execute(
            insert(table).from_select(
                names,
                select(*(staged.c[name] for name in names))
                .where(staged.c.run == run, staged.c.deed == "new")
                .order_by(staged.c.staged_id),
            )
        )
        changed = (staged.c.run == run) & (staged.c.deed == "changed")
        if connection.execute(select(literal(1)).where(changed).limit(1)).first() is not None:
            connection.execute(update(table).where(table.c.id == staged.c.id, changed).values(_changes(table, staged)))


def know_members(connection: Connection, run: str, now: datetime, *, app: bool) -> None:
    """The accounts of those whose WeCom id this run brings or changes: the id is the same for the app and for the
    robot. An account that was his before is nobody's now. `app`: it may write to members before they write to it."""
    staged = STAGED["people"]
    changed = select(staged.c.id).where(
        staged.c.run == run, (staged.c.deed == "new") | staged.c.changes.contains(",wecom_id,", autoescape=True)
    )
    connection.execute(
        update(accounts)
        .where(accounts.c.channel.in_(MEMBERS_OF), accounts.c.person_id.in_(changed))
        .values(person_id=None)
    )
    for channel in MEMBERS_OF:
        chat = people.c.wecom_id if app and channel == "wecom_app" else null()
        members = select(
            literal(channel), people.c.wecom_id, people.c.name, people.c.id, chat, literal(False), literal(now, Utc)
        ).where(people.c.id.in_(changed), people.c.wecom_id.is_not(None))
        made = insert_for(connection.dialect.name, accounts).from_select(
            ["channel", "user_id", "name", "person_id", "private_chat", "opted_out", "seen_at"], members
        )
        connection.execute(
            made.on_conflict_do_update(
                index_elements=["channel", "user_id"],
                set_={
                    "person_id": made.excluded.person_id,
                    "private_chat": func.coalesce(accounts.c.private_chat, made.excluded.private_chat),
                },
            )
        )


def know_leaves(connection: Connection, run: str, today: date) -> None:
    """Whoever this run says is away until a day is on leave till then, instead of what was known of today; who is no
    longer is back. What is planned for later stays."""
    staged = STAGED["people"]
    said = (staged.c.deed == "new") | staged.c.changes.contains(",away_until,", autoescape=True)
    changed = select(staged.c.id).where(staged.c.run == run, said)
    running = leaves.c.first_on <= today, leaves.c.last_on >= today
    connection.execute(delete(leaves).where(leaves.c.person_id.in_(changed), *running))
    away = select(people.c.district_id, people.c.id, literal(today), people.c.away_until).where(
        people.c.id.in_(changed), people.c.away_until >= today
    )
    names = ["district_id", "person_id", "first_on", "last_on"]
    connection.execute(insert(leaves).from_select(names, away))


def _changes(table: Table, staged: Table) -> Mapping[str, Any]:
    """Each column: what was staged where it is named among the changes, else what is there."""
    return {
        column.name: case(
            (staged.c.changes.contains(f",{column.name},", autoescape=True), staged.c[column.name]), else_=column
        )
        for column in table.columns
        if column.name != "id"
    }


def clear(connection: Connection, run: str, limit: int) -> int:
    """Take away what a run staged, so many rows at a time; how many were taken."""
    return _clear(connection, lambda staged: select(staged.c.staged_id).where(staged.c.run == run).limit(limit))


def clear_abandoned(connection: Connection, now: datetime, limit: int) -> int:
    """Take away what was staged long ago by an import that was killed."""
    before = now - ABANDONED
    return _clear(connection, lambda staged: select(staged.c.staged_id).where(staged.c.staged_at < before).limit(limit))


def _clear(connection: Connection, which: Any) -> int:
    taken = 0
    for staged in STAGED.values():
        chosen: Select[Any] = which(staged)
        taken += connection.execute(delete(staged).where(staged.c.staged_id.in_(chosen))).rowcount
    return taken
