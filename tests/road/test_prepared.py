"""Statements that the driver runs itself: the same rows, the same errors, the same memory as with SQLAlchemy's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import BindParameter, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, NoResultFound

from storage.database import Database
from storage.memory import once
from storage.prepared import Prepared
from storage.store import Store
from storage.tables import alarms, counters

NOW = datetime(2026, 5, 8, 17, 0, 3, 250, tzinfo=timezone(timedelta(hours=8)))

IDS: BindParameter[int] = bindparam("ids", expanding=True)
ADD = Prepared(insert(alarms).returning(alarms.c.id))
BY_ID = Prepared(select(alarms).where(alarms.c.id.in_(IDS)).order_by(alarms.c.id), "ids")
EARLY = Prepared(
    select(alarms.c.subject)
    .where(alarms.c.kind.in_(("solve", "ladder")), alarms.c.due <= bindparam("now"))
    .order_by(alarms.c.id)
)
CHANGE = Prepared(update(alarms).where(alarms.c.subject == bindparam("of")))
COUNT = Prepared(insert(counters))


def alarm(subject: int) -> dict[str, object]:
    return {"kind": "solve", "subject": subject, "due": NOW, "data": {"check": "到期", "n": [1, None]}}


@pytest.mark.parametrize("count", range(6))
def test_rows_are_those_that_sqlalchemy_reads(database: Database, count: int) -> None:
    def work(store: Store) -> None:
        c = store.connection
        ids = [row.id for subject in range(1, 7) for row in ADD.write(c, alarm(subject))]
        asked = ids[:count]
        rows = BY_ID.all(c, {"ids": asked})
        assert [tuple(row) for row in rows] == [
            tuple(row) for row in c.execute(select(alarms).where(alarms.c.id.in_(asked)).order_by(alarms.c.id))
        ]
        # Columns that were not given have their defaults, times are UTC, JSON is JSON.
        assert all(row.failures == 0 and row.due == NOW and row.due.tzinfo is UTC for row in rows)
        assert all(row.data == {"check": "到期", "n": [1, None]} for row in rows)
        assert EARLY.scalars(c, {"now": NOW}) == [1, 2, 3, 4, 5, 6]
        assert EARLY.scalar(c, {"now": NOW - timedelta(seconds=1)}) is None

    database.write(work)


def test_an_update_writes_the_columns_that_are_given(database: Database) -> None:
    def work(store: Store) -> list[tuple[int, dict[str, object]]]:
        c = store.connection
        for subject in (1, 2):
            ADD.write(c, alarm(subject))
        CHANGE.write(c, {"of": 1, "failures": 3})
        CHANGE.write(c, {"of": 2, "data": {}})
        return [(row.failures, row.data) for row in c.execute(select(alarms).order_by(alarms.c.subject))]

    assert database.write(work) == [(3, {"check": "到期", "n": [1, None]}), (0, {})]


def test_errors_are_sqlalchemys_and_undone_by_their_savepoint(database: Database) -> None:
    def work(store: Store) -> int:
        district = store.areas.add(None, "district", "越城区", "越城区").id
        many = [{"district_id": district, "label": label, "last": 1} for label in ("甲", "乙")]
        COUNT.write_rows(store.connection, many)
        with pytest.raises(IntegrityError) as refused, store.savepoint():
            COUNT.write_rows(store.connection, [{"district_id": district, "label": "丙", "last": 1}, many[0]])
        assert "甲" not in str(refused.value).splitlines()[0], "values do not belong into logs"
        with pytest.raises(NoResultFound):
            BY_ID.one(store.connection, {"ids": [-1]})
        return len(store.connection.execute(select(counters)).all())

    assert database.write(work) == 2


def test_a_write_voids_what_was_read_of_that_table(database: Database) -> None:
    def work(store: Store) -> list[int]:
        c = store.connection

        def seen() -> int:
            return once(c, "alarms", (alarms,), lambda: len(BY_ID.all(c, {"ids": list(range(1, 9))})))

        counts = [seen()]
        ADD.write(c, alarm(1))
        counts.append(seen())
        with pytest.raises(IntegrityError), store.savepoint():
            ADD.write(c, alarm(2))
            counts.append(seen())
            ADD.write(c, alarm(1))
        return [*counts, seen()]

    assert database.write(work) == [0, 1, 2, 1]
