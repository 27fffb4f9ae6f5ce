"""What the sender is given of the outbox, and what looking for it costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event

from storage.database import Database
from storage.store import Store

NOW = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)


def claim(store: Store, at: datetime = NOW, limit: int = 10) -> list[str]:
    real = datetime.now(UTC)
    return [one.text for one in store.outbox.claim(real, at, "me", real + timedelta(seconds=60), limit, ["playground"])]


def plans(store: Store) -> list[str]:
    """How the database goes about each statement of a claim."""
    asked: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        asked.append((statement, parameters))

    connection = store.connection
    event.listen(connection, "before_cursor_execute", note)
    claim(store)
    event.remove(connection, "before_cursor_execute", note)
    if connection.dialect.name == "sqlite":
        explain = "EXPLAIN QUERY PLAN "
    else:
        explain = "EXPLAIN "
        for costly in ("seqscan", "sort", "bitmapscan"):
            connection.exec_driver_sql(f"SET LOCAL enable_{costly} = off")
    return [
        "\n".join(str(row[-1]) for row in connection.exec_driver_sql(explain + statement, parameters))
        for statement, parameters in asked
    ]


def test_letters_long_sent_are_not_looked_at(database: Database) -> None:
    freed, found = database.write(plans)
    assert "ix_outbox_lease" in freed
    assert "ix_outbox_due" in found
    # Neither a walk over the whole table nor one over what is due only to sort it.
    for plan in (freed, found):
        for costly in ("SCAN outbox\n", "TEMP B-TREE", "Seq Scan", "Sort"):
            assert costly not in f"{plan}\n", plan
