"""政民沟通 behind the port of every channel: looks for orders that changed, keeps nothing but when it looked last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import requests
import structlog
from fastapi import APIRouter

from bot.channel import OnRaw
from bot.channels.wecom_report.capabilities import CAPABILITIES
from bot.channels.wecom_report.deliveries import CHANNEL, KINDS, Kind, photo_links, raw_of, understand
from bot.tencent.client import Caller, apart, limited, mapped, wecom
from bot.tencent.sessions import Sessions
from domain.errors import SendFailed
from domain.messages import Incoming, Media, Raw
from domain.settings import Settings
from storage.database import Database
from storage.engines import storable
from storage.outbox import Letter
from storage.store import Store

log = structlog.get_logger()
T = TypeVar("T")

# The most that get_order_list hands out at once (93536).
PAGE = 50
# A list that has not ended by then goes round in circles.
MOST_PAGES = 2000
# Links of photos are used at once; kept for a few days of trying.
LINK_DAYS = 3


class WecomReportChannel:
    name = CHANNEL
    capabilities = CAPABILITIES

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime], secret: str) -> None:
        self._database = database
        self._wecom = settings.wecom
        self._report = settings.wecom.report
        self._now = now
        corp, api, seconds = self._wecom.corp_id, self._wecom.api, self._wecom.http_seconds
        self._caller: Caller = wecom(api, seconds, corp, secret, Sessions(database, CHANNEL))

    def routes(self, on_raw: OnRaw) -> APIRouter | None:
        """None: WeCom does not call about orders."""
        return None

    async def listen(self, on_raw: OnRaw) -> None:
        """Look again and again until cancelled; what cannot be had now is had at the next look."""
        while True:
            for kind in KINDS:
                try:
                    await self.look(kind, on_raw)
                except SendFailed as failed:
                    log.warning("orders_not_fetched", kind=kind, why=str(failed))
            await asyncio.sleep(self._report.poll_seconds)

    async def look(self, kind: Kind, on_raw: OnRaw) -> int:
        """All orders of a kind that changed since the last look, a little overlapping. How many there were. Each look
        begins with an empty cursor: WeCom wants it so whenever the filter is another one (93536)."""
        began = self._now()
        since = await self._since(kind, began) - timedelta(minutes=self._report.overlap_minutes)
        cursor, seen, count = "", {""}, 0
        for _ in range(MOST_PAGES):
            told = await self._caller.post(
                f"report/{kind}/get_order_list",
                {"begin_modify_time": max(int(since.timestamp()), 0), "cursor": cursor, "limit": PAGE},
            )
            orders = [one for one in told.get("order_list") or [] if isinstance(one, dict)]
            await self._hand_in(kind, orders, on_raw)
            count += len(orders)
            cursor = str(told.get("next_cursor") or "")
            if not orders or cursor in seen:
                break
            seen.add(cursor)
        # Only now: a look that broke off is begun again from where it began.
        await self._write(lambda store: store.channel_state.set(CHANNEL, f"since:{kind}", str(int(began.timestamp()))))
        return count

    async def _since(self, kind: Kind, now: datetime) -> datetime:
        told = await asyncio.to_thread(
            self._database.read, lambda store: store.channel_state.get(CHANNEL, f"since:{kind}", now)
        )
        if told is None:
            return now - timedelta(days=self._report.first_days)
        return datetime.fromtimestamp(int(told), now.tzinfo)

    async def _hand_in(self, kind: Kind, orders: list[dict[str, Any]], on_raw: OnRaw) -> None:
        now = self._now()
        raws: list[Raw] = []
        links: dict[str, str] = {}
        nameless = 0
        for told in orders:
            try:
                # Somebody's keyboard left half an emoji over: no database keeps that.
                order: dict[str, Any] = storable(told)
                raw = raw_of(kind, order, now)
            except ValueError as error:
                # One that cannot be kept does not hold up all that were filed with it and after it.
                log.warning("order_unreadable", kind=kind, why=type(error).__name__)
                continue
            if raw is None:
                nameless += 1
                continue
            raws.append(raw)
            links |= photo_links(order)
        if nameless:
            log.warning("orders_without_id", kind=kind, count=nameless)
        if links:
            await self._write(partial(_keep_links, links, now + timedelta(days=LINK_DAYS)))
        if raws:
            await on_raw(raws)

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        return [*understand(raw, self._report)]

    async def send(self, letter: Letter) -> list[str]:
        """There is no way to answer an order."""
        raise SendFailed("nothing can be said through 政民沟通", permanent=True)

    async def fetch(self, media: Media) -> bytes:
        """A photo by the link that the order had when it was seen last; a video by its media id."""
        if media.ref.startswith("media:"):
            return await self._caller.download(media.ref.removeprefix("media:"))
        now = self._now()
        link = await asyncio.to_thread(
            self._database.read, lambda store: store.channel_state.get(CHANNEL, media.ref, now)
        )
        if link is None:
            raise SendFailed(f"no link to {media.ref} any more", permanent=True)
        return await apart(partial(_download, link, self._wecom.api, self._wecom.http_seconds))

    async def close(self) -> None:
        """Nothing is held."""

    async def _write(self, work: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))


def _keep_links(links: Mapping[str, str], until: datetime, store: Store) -> None:
    for ref, url in links.items():
        store.channel_state.set(CHANNEL, ref, url, until)


def _download(link: str, api: str, seconds: float) -> bytes:
    """Over https only, or from where the API is; nowhere else is a photo looked for."""
    if not link.startswith(("https://", api.rstrip("/") + "/")):
        raise SendFailed("the photo's link is no https address", permanent=True)
    return mapped(lambda: limited(requests.get(link, timeout=seconds, stream=True)), asked=False)
