"""Posts to a door over kept connections as fast as it answers: how many a second, and how long each took."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True, slots=True)
class Answered:
    """A run of posts: how many a second, and milliseconds that half of them, and 99 of 100, stayed below."""

    rate: float
    p50: float
    p99: float
    refused: int


class _Line(asyncio.Protocol):
    """One connection: the next request goes out when the answer to the last has come."""

    def __init__(self, requests: Iterator[bytes], seconds: list[float], statuses: list[bytes]) -> None:
        self._requests, self._seconds, self._statuses = requests, seconds, statuses
        self._sent_at = 0.0
        self._answer = b""
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._next()

    def _next(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._transport.close()
        else:
            self._sent_at = time.perf_counter()
            self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, gap, body = self._answer.partition(b"\r\n\r\n")
        if not gap:
            return
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        if len(body) < length:
            return
        self._seconds.append(time.perf_counter() - self._sent_at)
        self._statuses.append(head[9:12])
        self._answer = b""
        self._next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.over.done():
            self.over.set_result(None)


def _length(head: bytes) -> int:
    """What the answer says of its body."""
    return next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)


async def post_all(port: int, requests: list[bytes], connections: int) -> Answered:
    """Send whole HTTP requests to 127.0.0.1:port; those that are not answered with 200 are counted as refused."""
    loop = asyncio.get_running_loop()
    seconds: list[float] = []
    statuses: list[bytes] = []
    waiting = iter(requests)
    make = partial(_Line, waiting, seconds, statuses)
    began = time.perf_counter()
    lines = [(await loop.create_connection(make, "127.0.0.1", port))[1] for _ in range(connections)]
    await asyncio.gather(*(line.over for line in lines))
    taken = time.perf_counter() - began
    assert len(seconds) == len(requests), "a connection was closed before its answer"
    seconds.sort()
    return Answered(
        rate=len(requests) / taken,
        p50=seconds[len(seconds) // 2] * 1000,
        p99=seconds[int(len(seconds) * 0.99)] * 1000,
        refused=sum(status != b"200" for status in statuses),
    )
