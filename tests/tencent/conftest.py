"""A test's story is a coroutine over a running town."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import pytest

from bot.credentials import Secrets
from domain.settings import Settings
from nlu.reader import Reader
from tests.tencent.town import SECRETS, Town, running

Story: TypeAlias = Callable[[Town], Awaitable[None]]
Play: TypeAlias = Callable[..., None]


@pytest.fixture
def play(storage_url: str, reader: Reader) -> Play:
    """Runs a story on each kind of database, with the settings as `changed` makes them."""

    def go(
        story: Story,
        *,
        changed: Callable[[Settings], Settings] = lambda settings: settings,
        secrets: Secrets = SECRETS,
    ) -> None:
        async def whole() -> None:
            async with running(storage_url, reader, changed=changed, secrets=secrets) as town:
                await story(town)

        asyncio.run(whole())

    return go
