"""Bare asyncpg doing the statements that benchmarks/postgresql.py wrote down, in the same transactions: what was
received over one connection, what was handled over others and not before as much had been received.
Usage: bare.py postgresql://… RECORDING.jsonl CONNECTIONS together|apart → {"seconds", "statements"} on stdout."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import asyncpg

Statement = tuple[str, list[list[Any]]]


@dataclass(frozen=True)
class Transaction:
    """`lane`: whose talk it handles, and whether that holds up all others; None where it has no lane."""

    receives: bool
    lane: tuple[int, bool] | None
    statements: list[Statement]

    def orders_all(self) -> bool:
        """Work of a whole district; or it makes accounts, whose numbers what comes next takes for granted."""
        return (
            self.lane is None
            or self.lane[1]
            or any(sql.startswith("INSERT INTO accounts") for sql, _ in self.statements)
        )


def value(told: list[Any]) -> Any:
    kind, plain = told
    if kind == "time":
        return datetime.fromisoformat(plain)
    if kind == "day":
        return date.fromisoformat(plain)
    if kind == "bytes":
        return base64.b64decode(plain)
    return plain


def recording(path: Path) -> list[Transaction]:
    """Transactions in the order of their commits."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        statements = [(sql, [[value(told) for told in row] for row in rows]) for sql, rows in one["statements"]]
        found.append(Transaction(one["receives"], tuple(one["lane"]) if one["lane"] else None, statements))
    return found


async def do(connection: asyncpg.Connection, statements: list[Statement]) -> None:
    """As ours: what stood in the way of another transaction is done again."""
    while True:
        try:
            async with connection.transaction():
                for sql, rows in statements:
                    if len(rows) > 1:
                        await connection.executemany(sql, rows)
                    else:
                        await connection.fetch(sql, *rows[0])
            return
        except asyncpg.DeadlockDetectedError:
            continue


class Received:
    """How many transactions have received."""

    def __init__(self) -> None:
        self._count = 0
        self._more = asyncio.Condition()

    async def one_more(self) -> None:
        async with self._more:
            self._count += 1
            self._more.notify_all()

    async def at_least(self, count: int) -> None:
        async with self._more:
            await self._more.wait_for(lambda: self._count >= count)


async def receive(url: str, transactions: list[Transaction], told: Callable[[], Awaitable[None]]) -> None:
    connection = await asyncpg.connect(url, statement_cache_size=1000)
    for one in transactions:
        if one.receives:
            await do(connection, one.statements)
            await told()
    await connection.close()


async def receive_apart(url: str, path: Path) -> None:
    """In a process of its own: a line for each commit, as soon as it is told to begin."""

    async def told() -> None:
        print(flush=True)

    transactions = recording(path)
    print("ready", flush=True)
    sys.stdin.readline()
    await receive(url, transactions, told)


async def listen(process: asyncio.subprocess.Process, received: Received) -> None:
    """Hears of each commit of the process that receives."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(b"go\n")
    while await process.stdout.readline():
        await received.one_more()


async def handle(connections: list[asyncpg.Connection], transactions: list[Transaction], received: Received) -> None:
    """Each lane in its order, over whichever connection is free."""
    free: asyncio.Queue[asyncpg.Connection] = asyncio.Queue()
    for connection in connections:
        free.put_nowait(connection)

    async def one(transaction: Transaction, before: int, after: list[asyncio.Task[None]]) -> None:
        if after:
            await asyncio.wait(after)
        await received.at_least(before)
        connection = await free.get()
        await do(connection, transaction.statements)
        free.put_nowait(connection)

    before, tasks = 0, list[asyncio.Task[None]]()
    # What comes next waits for these: all since one that orders all, and of its own lane the last.
    last: dict[int, asyncio.Task[None]] = {}
    ordering: list[asyncio.Task[None]] = []
    for transaction in transactions:
        if transaction.receives:
            before += 1
            continue
        lane = transaction.lane[0] if transaction.lane else 0
        if transaction.orders_all() or len(connections) == 1:
            task = asyncio.create_task(one(transaction, before, [*ordering, *last.values()]))
            last, ordering = {}, [task]
        else:
            after = [last[lane]] if lane in last else ordering
            task = last[lane] = asyncio.create_task(one(transaction, before, after))
        tasks.append(task)
    await asyncio.gather(*tasks)


async def main(url: str, path: Path, count: int, apart: bool) -> None:
    """With one connection transactions are handled in their order; with more, those of other lanes side by side.
    Apart: another process receives."""
    transactions, received = recording(path), Received()
    connections = [await asyncpg.connect(url, statement_cache_size=1000) for _ in range(count)]
    if apart:
        command = [sys.executable, __file__, url, str(path), "0", "receiving"]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
        assert process.stdout is not None
        await process.stdout.readline()
        receiving: Awaitable[None] = listen(process, received)
    else:
        receiving = receive(url, transactions, received.one_more)
    began = time.perf_counter()
    await asyncio.gather(receiving, handle(connections, transactions, received))
    seconds = time.perf_counter() - began
    for connection in connections:
        await connection.close()
    print(json.dumps({"seconds": seconds, "statements": sum(len(one.statements) for one in transactions)}))


if __name__ == "__main__":
    if sys.argv[4] == "receiving":
        asyncio.run(receive_apart(sys.argv[1], Path(sys.argv[2])))
    else:
        asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "apart"))
