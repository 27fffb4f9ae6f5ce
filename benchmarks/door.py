"""The webhook's door (secret, commit, answer) beside aiohttp and aiogram doing nothing; both take the same updates.

Ours is the app of `minqing run` on SQLite without the other roles: every update is committed before its answer.
"""

from __future__ import annotations

import asyncio
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.posting import Answered, post_all

ROOT = Path(__file__).parents[1]
PATH = "/telegram/webhook"
SECRET = "benchmark-benchmark-benchmark-benchmark"
CONNECTIONS = 32
UPDATES = 4000
WARM = 400
ROUNDS = 5
WANTED = 0.7


def updates(first: int, count: int) -> list[bytes]:
    """Whole requests, each with an update of its own."""
    return [_request(_update(first + one)) for one in range(count)]


def _update(number: int) -> bytes:
    return json.dumps(
        {
            "update_id": number,
            "message": {
                "message_id": number,
                "date": 1762000000 + number,
                "chat": {"id": -1001000000000 - number % 40, "type": "supergroup", "title": "鹭湾雅苑"},
                "from": {"id": 7000 + number % 300, "is_bot": False, "first_name": "住户", "language_code": "zh"},
                "text": f"{number % 9 + 1}幢{number % 3 + 1}单元楼道灯又不亮了，晚上老人上下楼看不见",
            },
        }
    ).encode()


def _request(body: bytes) -> bytes:
    return (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


@contextmanager
def served(command: Sequence[str], port: int) -> Iterator[None]:
    """A server of its own process, from when it takes connections."""
    child = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if child.poll() is not None or time.monotonic() > deadline:
                    sys.exit(f"{command} did not start")
                time.sleep(0.05)
        yield
    finally:
        child.terminate()
        child.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def main() -> None:
    ours, theirs = free_port(), free_port()
    with tempfile.TemporaryDirectory(prefix="minqing-bench-") as folder:
        url = f"sqlite:///{folder}/door.db"
        minqing = [sys.executable, "-m", "benchmarks.our_door", url, SECRET, str(ours)]
        peer = [sys.executable, "-m", "benchmarks.peers.echo_door", str(theirs), SECRET]
        with (
            served(minqing, ours),
            served(peer, theirs),
        ):
            figures = asyncio.run(_measure({"minqing": ours, "aiohttp+aiogram": theirs}))
    for who, rounds in figures.items():
        rate = statistics.median(one.rate for one in rounds)
        p50, p99 = (statistics.median(getattr(one, name) for one in rounds) for name in ("p50", "p99"))
        print(f"{who:16} {rate:6.0f} updates/s   p50 {p50:5.1f} ms   p99 {p99:5.1f} ms")
    ratios = [a.rate / b.rate for a, b in zip(figures["minqing"], figures["aiohttp+aiogram"], strict=True)]
    ratio = statistics.median(ratios)
    print(f"ratio of rates: {ratio:.2f} (wanted: at least {WANTED})")
    if ratio < WANTED:
        sys.exit(1)


async def _measure(ports: dict[str, int]) -> dict[str, list[Answered]]:
    figures: dict[str, list[Answered]] = {who: [] for who in ports}
    first = 1
    for port in ports.values():
        await post_all(port, updates(first, WARM), CONNECTIONS)
    for _ in range(ROUNDS):
        first += UPDATES
        for who, port in ports.items():
            answered = await post_all(port, updates(first, UPDATES), CONNECTIONS)
            assert not answered.refused, f"{who} refused {answered.refused}"
            figures[who].append(answered)
    return figures


if __name__ == "__main__":
    main()
