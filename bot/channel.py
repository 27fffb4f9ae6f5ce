"""The port every platform is behind, and what a platform can honestly do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from domain.capabilities import Capabilities as Capabilities
from domain.messages import Incoming, Media, Raw
from storage.outbox import Letter

if TYPE_CHECKING:
    # `minqing replay` needs the port, not the web.
    from fastapi import APIRouter

OnRaw: TypeAlias = Callable[[Sequence[Raw]], Awaitable[None]]


class Channel(Protocol):
    """A platform. Everything but `to_incoming` may wait for the network; `send` raises SendFailed."""

    @property
    def name(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    def routes(self, on_raw: OnRaw) -> APIRouter | None:
        """The doors for webhooks, if the platform calls us; they may stand in another process than `listen` runs in."""

    async def listen(self, on_raw: OnRaw) -> None:
        """Fetch deliveries until cancelled, if we call the platform; returns at once otherwise."""

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        """What a delivery means. Pure; called in the writer's transaction."""

    async def send(self, letter: Letter) -> list[str]:
        """Say it; the platform's ids of what now stands there (several where the text was split). Mode "leave", where
        the platform has a call for it: go out of the room, no ids."""

    async def fetch(self, media: Media) -> bytes:
        """The bytes of an attachment."""

    async def close(self) -> None:
        """Let go of connections; it may be used again."""
