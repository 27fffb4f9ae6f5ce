"""Bare asyncpg doing the statements that benchmarks/postgresql.py wrote down, in the same transactions: what was
received over one connection, what was handled over another and not before as much had been received.
Usage: bare.py postgresql://… RECORDING.jsonl → {"seconds", "statements"} on stdout."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg

Statement = tuple[str, list[list[Any]]]


def value(told: list[Any]) -> Any:
    kind, plain = told
    if kind == "time":
        return datetime.fromisoformat(plain)
    if kind == "bytes":
        return base64.b64decode(plain)
    return plain


def recording(path: Path) -> list[tuple[bool, list[Statement]]]:
    """Transactions in the order of their commits; True for those that receive."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        statements = [(sql, [[value(told) for told in row] for row in rows]) for sql, rows in one["statements"]]
        found.append((one["receives"], statements))
    return found


async def do(connection: asyncpg.Connection, statements: list[Statement]) -> None:
    async with connection.transaction():
        for sql, rows in statements:
            if len(rows) > 1:
                await connection.executemany(sql, rows)
            else:
                await connection.fetch(sql, *rows[0])


async def main(url: str, path: Path) -> None:
    transactions = recording(path)
    first, second = [await asyncpg.connect(url, statement_cache_size=1000) for _ in range(2)]
    received = 0
    more = asyncio.Condition()

    async def receive() -> None:
        nonlocal received
        for receives, statements in transactions:
            if receives:
                await do(first, statements)
                async with more:
                    received += 1
                    more.notify_all()

    async def handle() -> None:
        before = 0
        for receives, statements in transactions:
            if receives:
                before += 1
                continue
            async with more:
                await more.wait_for(lambda: received >= before)  # noqa: B023  # waited for within the turn
            await do(second, statements)

    began = time.perf_counter()
    await asyncio.gather(receive(), handle())
    seconds = time.perf_counter() - began
    for connection in (first, second):
        await connection.close()
    print(json.dumps({"seconds": seconds, "statements": sum(len(one) for _, one in transactions)}))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
