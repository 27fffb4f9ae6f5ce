"""The official account behind the port of every channel: its door, its voice, and what becomes of what is too late."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import structlog
from fastapi import APIRouter

from bot.channel import OnRaw
from bot.channels.official_account import notices, quota
from bot.channels.official_account.capabilities import CAPABILITIES, CHANNEL, TEXT_BYTES
from bot.channels.official_account.deliveries import consents, granted, raw_of
from bot.channels.official_account.door import PATH, plain_verification
from bot.channels.official_account.updates import understand
from bot.credentials import Secrets
from bot.tencent.attachments import uploaded
from bot.tencent.client import Caller, official
from bot.tencent.crypto import Envelope
from bot.tencent.door import door
from bot.tencent.errors import ApiRefused
from bot.tencent.sessions import Sessions
from bot.tencent.splitting import cut, shortened
from domain.errors import SendFailed
from domain.messages import Incoming, Media, Raw
from domain.settings import Settings
from handlers.asked import ticket_of_card
from storage.database import Database
from storage.late import WAITS, again_for
from storage.outbox import Letter
from storage.store import Store

log = structlog.get_logger()
T = TypeVar("T")

# The platform's count differs from ours: 45047 too many, 45015 too long ago.
_CLOSED = frozenset({45015, 45047})
# He no longer agrees to notices.
_NO_CONSENT = 43101
# Of what waited only so much is told when he is back: the latest.
_TOLD_LATER = 3


class OfficialAccountChannel:
    """`now` is the office's clock, which with a real channel is the real one."""

    name = CHANNEL
    capabilities = CAPABILITIES

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime], secrets: Secrets) -> None:
        self._database = database
        self._settings = settings
        self._account = settings.official_account
        self._now = now
        self._token = secrets.wechat_token or ""
        self._envelope = Envelope(self._token, secrets.wechat_aes_key or "", self._account.app_id)
        self._caller: Caller = official(
            self._account.api,
            self._account.http_seconds,
            self._account.app_id,
            secrets.wechat_secret or "",
            Sessions(database, CHANNEL),
        )
        self._on_raw: OnRaw | None = None

    def routes(self, on_raw: OnRaw) -> APIRouter | None:
        self._on_raw = on_raw
        router = plain_verification(self._token, self._verified)
        router.include_router(door(PATH, self._envelope, self._settings.intake.max_bytes, self._take, self._verified))
        return router

    async def listen(self, on_raw: OnRaw) -> None:
        """Returns at once: WeChat calls us."""

    async def close(self) -> None:
        """Nothing is held: a worker thread's connections end with it."""

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        return understand(raw)

    async def send(self, letter: Letter) -> list[str]:
        """Say it as customer-service messages, as many as may still be sent; else as a notice, where it is about a
        ticket and he agreed; else it waits until he writes again (SendFailed, which staff see)."""
        pieces = cut(letter.text, TEXT_BYTES) if letter.text.strip() else []
        wanted = len(pieces) + len(letter.media)
        user = letter.to.chat
        may = await self._write(lambda store: quota.take(store, user, wanted, self._now()))
        if not may:
            return await self._notify(letter)
        pieces = _within(pieces, may)
        said = 0
        try:
            for piece in pieces:
                await self._say(user, "text", {"content": piece})
                said += 1
            for media in letter.media[: may - len(pieces)]:
                said += await self._show(letter, media, said=said > 0)
        except ApiRefused as refused:
            if refused.errcode in _CLOSED:
                await self._write(lambda store: quota.nothing_left(store, user))
                return ids(letter, said) if said else await self._notify(letter)
            await self._unused(user, may - said)
            raise refused.after(said) from None
        except SendFailed as failed:
            # Of what may have arrived it is not known that it was not counted.
            await self._unused(user, may - said - failed.unknown)
            raise failed.after(said) from None
        await self._unused(user, may - said)
        return ids(letter, said)

    async def fetch(self, media: Media) -> bytes:
        return await self._caller.download(media.ref)

    # in

    async def _take(self, body: bytes) -> bytes:
        """Commit, and only then answer; what is to be said is said by calls of ours, however long it takes."""
        assert self._on_raw is not None
        grant, (user, agreed) = granted(body), consents(body)
        if agreed and user:
            await self._write(lambda store: notices.keep_consents(store, user, agreed))
        if grant is not None:
            who, _at, new = grant
            await self._write(lambda store: quota.grant(store, who, new, self._now()))
        await self._on_raw([raw_of(body, self._account.app_id, self._now())])
        if grant is not None:
            since = self._now() - timedelta(days=self._account.wait_days)
            await self._write(lambda store: again_for(store, CHANNEL, grant[0], since, _TOLD_LATER))
        return b"success"

    async def _verified(self) -> None:
        at = datetime.now(UTC).isoformat()
        await self._write(lambda store: store.channel_state.set(CHANNEL, "verified", at))

    # out

    async def _say(self, user: str, kind: str, content: dict[str, Any]) -> None:
        await self._caller.post("message/custom/send", {"touser": user, "msgtype": kind, kind: content})

    async def _show(self, letter: Letter, media: Media, *, said: bool) -> int:
        """What is attached follows the words; those are not repeated for the sake of a picture that cannot be shown, be
        it for good or for now. How many messages that was."""
        try:
            content = await self._read(lambda store: store.media.kept(media.ref))
            kind, ref = await uploaded(self._caller, media, content)
            if kind == "file":
                raise SendFailed("an official account sends no files", permanent=True)
            await self._say(letter.to.chat, kind, {"media_id": ref})
        except SendFailed as error:
            if not said or (isinstance(error, ApiRefused) and error.errcode in _CLOSED):
                raise
            log.warning("not_shown", outbox=letter.id, why=error.why)
            # What may have arrived all the same was counted.
            return int(error.unknown)
        return 1

    async def _notify(self, letter: Letter) -> list[str]:
        """As a subscription notice."""
        number, user = ticket_of_card(letter.card), letter.to.chat
        now = self._now()

        def find(store: Store) -> tuple[Any, Any]:
            ticket = store.tickets.find(number) if number is not None else None
            return ticket, notices.agreed_to(store, user, self._account.notices, now)

        ticket, notice = await self._read(find)
        if ticket is None or notice is None:
            raise SendFailed(WAITS, permanent=True)
        body = notices.body_of(notice, user, letter, ticket, self._settings.office, now)
        try:
            await self._caller.post("message/subscribe/bizsend", body)
        except ApiRefused as refused:
            if refused.errcode != _NO_CONSENT:
                raise
            await self._write(lambda store: notices.used_up(store, user, notice))
            raise SendFailed(WAITS, permanent=True) from None
        if not notice.lasting:
            await self._write(lambda store: notices.used_up(store, user, notice))
        return ids(letter, 1)

    async def _unused(self, user: str, count: int) -> None:
        if count > 0:
            await self._write(lambda store: quota.give_back(store, user, count, self._now()))

    # between

    async def _write(self, work: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))

    async def _read(self, work: Callable[[Store], T]) -> T:
        return await asyncio.to_thread(self._database.read, work)


def ids(letter: Letter, said: int) -> list[str]:
    """Our own: the platform gives none, since nothing there can be edited or replied to."""
    return [f"letter-{letter.id}-{number}" for number in range(said)]


def _within(pieces: list[str], may: int) -> list[str]:
    """As many as may be sent, the last one cut short where something is left out."""
    if len(pieces) <= may:
        return pieces
    return [*pieces[: may - 1], shortened(pieces[may - 1] + "…" * 3, TEXT_BYTES)]
