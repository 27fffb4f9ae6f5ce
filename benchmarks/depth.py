"""Milliseconds for a new report and for a worker's reply with 1,000, 20,000 and 100,000 stored tickets: one live
community each, whose past is its own rows told again as closed matters; the databases take their messages in turn."""

from __future__ import annotations

import asyncio
import json
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Column, Table, func, insert, select

from benchmarks.ingest import APART, START, Message, deliveries, messages, settle
from bot.channels.replay import NAME, ReplayChannel
from bot.intake import Intake
from bot.sender import Sender
from domain.messages import Raw
from domain.running import StorageSettings
from domain.settings import Settings
from nlu.reader import Reader
from storage import migrate
from storage.cipher import Cipher, new_key
from storage.database import Database
from storage.store import Store
from storage.tables import (
    accounts,
    cards,
    inbox,
    lines,
    outbox,
    ticket_events,
    ticket_messages,
    ticket_voices,
    tickets,
)
from storage.tables.columns import Utc

SIZES = (1_000, 20_000, 100_000)
# Reports of the days just past: their tickets are open and can be meant.
LIVE = 80
PAIRS = 100
WANTED = 1.3
# What a ticket's story is made of, and which column names the row of which other.
PAST: tuple[tuple[Table, dict[str, Table]], ...] = (
    (accounts, {}),
    (inbox, {}),
    (lines, {"account_id": accounts}),
    (tickets, {"reopens_id": tickets, "reporter_account_id": accounts}),
    (ticket_voices, {"ticket_id": tickets, "account_id": accounts}),
    (ticket_messages, {"ticket_id": tickets, "line_id": lines}),
    (ticket_events, {"ticket_id": tickets, "line_id": lines, "account_id": accounts}),
    (outbox, {}),
    (cards, {"ticket_id": tickets}),
)
# Texts of which there is one each, or which lead to one ticket.
OF_ONE = {"key", "once", "remote", "card", "label", "user_id", "private_chat"}
GENERATIONS = 250
GENERATION = timedelta(days=3)
FIRST_AGE = timedelta(days=30)
DONE_WORDS = "楼道灯不亮了"


class Office:
    """A database of so many tickets, and the road through it on a clock that we hold."""

    def __init__(self, folder: Path, size: int, reader: Reader) -> None:
        settings = replace(Settings(), storage=StorageSettings(url=f"sqlite:///{folder / f'{size}.db'}"))
        settings = replace(settings, outbox=replace(settings.outbox, budgets=()))
        self.size = size
        self.now = START
        self.database = Database(settings.storage, Cipher(new_key()))
        migrate.upgrade(self.database)
        self.chats = self.database.write(settle)
        doors = {NAME: ReplayChannel()}
        self.intake = Intake(self.database, doors, settings, reader, lambda: self.now)
        self.sender = Sender(self.database, doors, settings, lambda: self.now)

    def take(self, raws: Sequence[Raw]) -> float:
        """Milliseconds until it is handled and committed."""
        self.now = max(self.now, raws[-1].received_at)
        began = time.perf_counter()
        self.database.write(lambda store: store.inbox.receive(raws))
        while self.database.write(self.intake.handle_batch):
            pass
        return (time.perf_counter() - began) * 1000

    async def speak(self) -> None:
        while await self.sender.send_due():
            pass


async def with_past(office: Office, said: list[Message]) -> None:
    """Some days of reports; then the community's rows told again, older and closed, until there are enough."""
    for raw in deliveries(said, office.chats):
        office.take([raw])
    await office.speak()
    stored = await asyncio.to_thread(office.database.write, lambda store: _retell(store, office.size))
    assert stored >= office.size, stored


def _retell(store: Store, wanted: int) -> int:
    """Rows go back as the driver gave them, moved in time and number: through Core it would take minutes."""
    c = store.connection
    rows = {table: c.exec_driver_sql(str(select(table))).all() for table, _ in PAST}
    columns = {table: [column.name for column in table.c] for table, _ in PAST}
    tops = {table: max((row.id for row in rows[table]), default=0) if "id" in table.c else 0 for table, _ in PAST}
    for generation in range(1, -(-wanted // len(rows[tickets]))):
        age = FIRST_AGE + generation % GENERATIONS * GENERATION
        for table, names in PAST:
            statement = str(insert(table).compile(c))
            old = [_older(table, row._mapping, names, tops, generation, age) for row in rows[table]]
            c.exec_driver_sql(statement, [tuple(row[name] for name in columns[table]) for row in old])
    c.exec_driver_sql("ANALYZE")
    return int(c.execute(select(func.count()).select_from(tickets)).scalar_one())


def _older(
    table: Table,
    row: Mapping[Any, Any],
    names: dict[str, Table],
    tops: dict[Table, int],
    generation: int,
    age: timedelta,
) -> dict[str, Any]:
    """A row of the same story in an earlier generation."""
    told = {column.name: _told(column, row[column.name], generation, age) for column in table.c}
    if "id" in told:
        told["id"] += generation * tops[table]
    for name, of in names.items():
        if told[name] is not None:
            told[name] += generation * tops[of]
    if table is accounts:
        told.update(person_id=None)
    if table is tickets:
        told.update(status="closed", done_at=told["last_at"], closed_at=told["last_at"])
    return told


def _told(column: Column[Any], value: Any, generation: int, age: timedelta) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Utc):
        return _earlier(value, age)
    return f"{value}~{generation}" if column.name in OF_ONE else value


@cache
def _earlier(moment: str, age: timedelta) -> str:
    return (datetime.fromisoformat(moment) - age).isoformat(" ", "microseconds")


def said_by(number: int, who: str, chat: str, text: str, at: datetime, replies_to: str | None = None) -> Raw:
    body = {
        "n": number,
        "who": who,
        "text": text,
        "photo": False,
        "voice": False,
        "location": None,
        "replies_to": replies_to,
        "edited": False,
        "at": at.isoformat(),
    }
    return Raw(NAME, f"depth:{number}", chat, json.dumps(body, ensure_ascii=False).encode(), at)


def staff_card(store: Store) -> str:
    """The platform's id of the newest card in the community's staff group."""
    found = store.connection.execute(
        select(cards.c.remote).where(cards.c.chat == "staff:community").order_by(cards.c.id.desc()).limit(1)
    ).scalar()
    assert found is not None, "no card was put up in the staff group"
    return str(found)


async def measure(offices: Sequence[Office]) -> dict[int, tuple[list[float], list[float]]]:
    figures: dict[int, tuple[list[float], list[float]]] = {office.size: ([], []) for office in offices}
    numbers: Iterator[int] = count(1_000_000)
    for pair in range(PAIRS):
        n, m = next(numbers), next(numbers)
        at = START + (LIVE + 2 + pair) * APART
        for office in offices:
            rooms = office.chats["unit"]
            room = rooms[pair % len(rooms)]
            report = said_by(n, f"住户{n % 400}", room, f"{pair % 11 + 2}楼{DONE_WORDS}，第{pair}天了", at)
            figures[office.size][0].append(office.take([report]))
            await office.speak()
            card = await asyncio.to_thread(office.database.read, staff_card)
            reply = said_by(m, "小何", "staff:community", "我去看看", at + timedelta(minutes=5), card)
            figures[office.size][1].append(office.take([reply]))
            await office.speak()
    return figures


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    reader = Reader.load()
    said = messages("messages.jsonl", reports_only=True)
    short = False
    with tempfile.TemporaryDirectory(prefix="minqing-bench-") as name:
        offices = [Office(Path(name), size, reader) for size in SIZES]
        for office in offices:
            asyncio.run(with_past(office, said[:LIVE]))
        figures = asyncio.run(measure(offices))
        for office in offices:
            office.database.close()
    for which, what in enumerate(("new report", "worker's reply")):
        first = statistics.median(figures[SIZES[0]][which])
        for size in SIZES:
            p50 = statistics.median(figures[size][which])
            print(f"{what:15} {size:7} tickets stored: p50 {p50:5.2f} ms, ratio {p50 / first:.2f} (wanted: {WANTED})")
            short |= p50 / first > WANTED
    if short:
        sys.exit(1)


if __name__ == "__main__":
    main()
