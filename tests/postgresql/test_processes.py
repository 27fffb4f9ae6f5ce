"""Two processes that take in and tick, two that speak, one of which is killed: nothing is lost, doubled, or out of
order within a chat."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.channels.replay import NAME
from domain.messages import Address
from domain.people import Role
from storage.database import Database
from storage.store import Store
from storage.tables import alarms, inbox, leases, lines, outbox, ticket_events, tickets
from tests.postgresql.office_child import START, office_clock

ROOT = Path(__file__).parents[2]
COMMUNITIES = ("鹭湾", "云栖", "清河", "望江")
# The first is an emergency: the clocks call the worker, then those above, every few minutes.
FAULTS = (
    "有人困在电梯里，停在{n}楼，快来人",
    "{n}楼楼道灯不亮了，黑漆漆的",
    "{n}楼水管爆了一直在漏水",
    "{n}楼防火门关不上了",
)
CHAT = ("谁家有多的葱", "今天天气真好", "孩子几点放学", "明天一起去买菜吗", "谢谢啦")
MESSAGES = 400


def settle(store: Store) -> None:
    """A district of four communities, each with a group, a staff group and a worker who can be written to."""
    district = store.areas.add(None, "district", "越城区", "越城区", label="越城")
    rooms = [(district.id, "district", "district")]
    for name in COMMUNITIES:
        community = store.areas.add(district.id, "community", f"{name}社区", f"{name}社区", label=name)
        rooms.append((community.id, "community", name))
        worker = store.people.add(district.id, f"{name}小何", START)
        account = store.people.account(NAME, f"{name}小何", f"{name}小何", START, private_chat=f"private:{name}")
        store.people.bind_account(account.id, worker)
        store.people.appoint(worker, community.id, Role.GRID_WORKER, START)
    for area, tier, name in rooms:
        store.areas.bind(Address(NAME, name), area, tier, "residents", name, START)  # type: ignore[arg-type]
        store.areas.bind(Address(NAME, f"staff:{name}"), area, tier, "staff", f"staff:{name}", START)  # type: ignore[arg-type]


def write_platform(folder: Path) -> list[dict[str, Any]]:
    """Talk in five groups in turn; every fifth line of a group is a report, from a building of its own."""
    messages = []
    for n in range(1, MESSAGES + 1):
        place, nth = divmod(n, 5)[1], n // 5
        group = ("district", *COMMUNITIES)[place]
        report = nth % 5 == 0
        messages.append(
            {
                "n": n,
                "group": group,
                "who": f"住户{n % 37}",
                "text": f"{nth % 40 + 1}幢{nth % 3 + 1}单元{FAULTS[nth // 5 % 4].format(n=nth % 17 + 1)}"
                if report
                else CHAT[n % 5],
                "photo": False,
                "voice": False,
                "location": None,
                "replies_to": None,
                "edited": False,
                "at": (START + timedelta(seconds=n)).isoformat(),
            }
        )
    (folder / "platform.jsonl").write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in messages), "utf-8")
    return messages


@contextmanager
def processes(folder: Path, url: str, key: str, began: float, *roles: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Stopped in the end by a file; whoever does not stop is killed."""
    environment = {**os.environ, "MINQING_KEY": key, "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("wb") as log:
        command = [sys.executable, "-m", "tests.postgresql.office_child", str(folder), url]
        started = [
            subprocess.Popen([*command, one, str(began)], cwd=ROOT, env=environment, stdout=log, stderr=log)
            for one in roles
        ]
        try:
            yield started
        finally:
            (folder / "stop").touch()
            for child in started:
                try:
                    child.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()


def said(folder: Path) -> list[dict[str, Any]]:
    path = folder / "said.jsonl"
    # The last line may be being written.
    return [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]] if path.exists() else []


def wait_until(what: str, true: Any, folder: Path, seconds: float = 90.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            pytest.fail(f"after {seconds} s: {what}\n{(folder / 'log').read_text('utf-8')[-3000:]}")
        time.sleep(0.05)


@pytest.mark.parametrize("storage_url", ["postgresql"], indirect=True)
def test_nothing_is_lost_doubled_or_out_of_order(
    database: Database, storage_url: str, tmp_path: Path, key: str
) -> None:
    database.write(settle)
    messages = write_platform(tmp_path)
    began = datetime.now(UTC).timestamp()
    clock = office_clock(began)

    def quiet() -> bool:
        waiting, due, ringing = database.read(
            lambda store: (
                store.inbox.counts(),
                store.outbox.due_count(clock.now()),
                store.connection.execute(select(func.count()).where(alarms.c.due <= clock.now())).scalar_one(),
            )
        )
        return waiting == {"done": MESSAGES} and not due and not ringing

    def called() -> int:
        calls = select(func.count()).where(outbox.c.once.startswith("ladder:"))
        return database.read(lambda store: store.connection.execute(calls).scalar_one())

    def speaker() -> int | None:
        owner = database.read(lambda store: store.leases.owner(f"speak:{NAME}", datetime.now(UTC)))
        return int(owner.split(":")[1]) if owner else None

    everything = ("intake,clock", "intake,clock", "sender", "sender")
    with processes(tmp_path, storage_url, key, began, *everything) as started:
        wait_until("a sender is in the middle of its work", lambda: len(said(tmp_path)) >= 15, tmp_path)
        [killed] = [child for child in started if child.pid == speaker()]
        killed.kill()
        killed.wait()
        before = len(said(tmp_path))
        wait_until("the clocks have called whoever does not answer", lambda: called() >= 10, tmp_path)
        wait_until("all is handled and said", lambda: quiet() and len(said(tmp_path)) > before, tmp_path)
    assert [child.returncode for child in started if child is not killed] == [0, 0, 0]

    with database.engine.connect() as connection:
        states = connection.execute(select(inbox.c.state, func.count()).group_by(inbox.c.state)).all()
        heard = connection.execute(select(lines.c.chat, lines.c.remote).order_by(lines.c.id)).all()
        numbers = connection.execute(select(tickets.c.label, tickets.c.seq).order_by(tickets.c.id)).all()
        opened = connection.execute(
            select(ticket_events.c.ticket_id).where(ticket_events.c.kind == "opened")
        ).scalars().all()  # fmt: skip
        letters = {row.id: row for row in connection.execute(select(outbox))}
        left = connection.execute(select(leases.c.name)).scalars().all()

    # What came in: each once, in the order of its chat.
    assert states == [("done", MESSAGES)]
    by_chat: dict[str, list[int]] = defaultdict(list)
    for row in heard:
        by_chat[row.chat].append(int(row.remote))
    told: dict[str, list[int]] = defaultdict(list)
    for one in messages:
        told[one["group"]].append(one["n"])
    assert by_chat == told
    # What was opened: each ticket once, no number left out.
    assert len(opened) == len(set(opened)) == len(numbers) >= 20
    last: Counter[str] = Counter()
    for row in numbers:
        last[row.label] += 1
        assert row.seq == last[row.label]
    # What was said: all of it; twice only what the killed one had in hand, one letter in a room at most.
    delivered = said(tmp_path)
    times = Counter(one["id"] for one in delivered)
    sent = {letter.id for letter in letters.values() if letter.state == "sent"}
    assert {letter.state for letter in letters.values()} <= {"sent", "dropped", "queued"}
    assert sent == set(times)
    twice = [letters[letter] for letter, count in times.items() if count > 1]
    assert all(letter.attempts == 2 and times[letter.id] == 2 for letter in twice)
    assert len(twice) == len({letter.chat for letter in twice})
    # By one speaker at a time.
    speakers = [one["pid"] for one in delivered]
    assert speakers == sorted(speakers, key=lambda pid: pid != killed.pid) and len(set(speakers)) == 2
    # And within a chat in the order in which it was written.
    written: dict[tuple[str, int], int] = {}
    for one in delivered:
        where = (one["chat"], one["priority"])
        if times[one["id"]] == 1 or one["pid"] == killed.pid:
            assert one["id"] > written.get(where, 0), f"{one} came after {written[where]}"
            written[where] = one["id"]
    # The clocks did each thing once: a call in each round to each person.
    calls = [letter.once for letter in letters.values() if letter.once and letter.once.startswith("ladder:")]
    assert len(calls) == len(set(calls)) >= 10
    assert left == [], "who stops gives back what he held"
