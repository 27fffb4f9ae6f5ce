"""A test's story is a coroutine over a running town."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import TypeAlias

import pytest

from bot.app import ROLES
from nlu.reader import Reader
from tests.telegram.fake_server import FakeServer
from tests.telegram.town import Town, running

Story: TypeAlias = Callable[[Town], Awaitable[None]]
Play: TypeAlias = Callable[..., None]


@pytest.fixture
def play(storage_url: str, reader: Reader) -> Play:
    """Runs a story on each kind of database; by polling, both groups and the worker bound, unless told otherwise."""

    def go(
        story: Story,
        *,
        mode: str = "polling",
        bound: bool = True,
        menus: bool = False,
        server: Callable[[], FakeServer] = FakeServer,
        roles: Collection[str] = ROLES,
    ) -> None:
        async def whole() -> None:
            async with running(storage_url, reader, mode=mode, menus=menus, server=server(), roles=roles) as town:
                if bound:
                    town.bind()
                await story(town)

        asyncio.run(whole())

    return go
