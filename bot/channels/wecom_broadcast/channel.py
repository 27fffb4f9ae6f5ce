"""群发 behind the port of every channel. What `send` hands over is a task: the word "sent" is only for what its owner
confirmed in WeCom, which is asked for now and then (92135, 93338)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from fastapi import APIRouter

from bot.channel import OnRaw
from bot.channels.wecom_broadcast.capabilities import CAPABILITIES
from bot.tencent.client import Caller, wecom
from bot.tencent.errors import ApiRefused
from bot.tencent.sessions import Sessions
from bot.tencent.splitting import size
from domain.errors import SendFailed
from domain.messages import Address, Confirmed, Incoming, Media, Raw, Sender
from domain.settings import Settings
from storage.database import Database
from storage.outbox import Letter
from storage.store import Store

log = structlog.get_logger()

CHANNEL = "wecom_broadcast"
TASK = "task:"
# A task that nobody has confirmed by then is asked about no longer.
FOLLOW_DAYS = 14
# No groups to send to, none left this month, not allowed to send: trying again mends nothing.
_FINAL = frozenset({40096, 41048, 41049, 41050, 41062, 41063, 84061, 701008})
_PAGE = 500
_MOST_PAGES = 100
# What get_groupmsg_send_result says of a group: 0 not yet, 1 sent, 2 not possible any more, 3 had another today.
_SENT, _WAITS = 1, 0


class WecomBroadcastChannel:
    name = CHANNEL
    capabilities = CAPABILITIES

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime], secret: str) -> None:
        self._database = database
        self._settings = settings.wecom.broadcast
        self._now = now
        corp = settings.wecom
        self._caller: Caller = wecom(corp.api, corp.http_seconds, corp.corp_id, secret, Sessions(database, CHANNEL))

    def routes(self, on_raw: OnRaw) -> APIRouter | None:
        """None: WeCom does not call about tasks."""
        return None

    async def listen(self, on_raw: OnRaw) -> None:
        """Ask again and again until cancelled."""
        while True:
            try:
                await self.ask(on_raw)
            except SendFailed as failed:
                log.warning("broadcasts_not_followed", why=str(failed))
            await asyncio.sleep(self._settings.poll_seconds)

    async def ask(self, on_raw: OnRaw) -> int:
        """What became of the tasks that are still open. How many there were."""
        tasks = await self._open_tasks()
        for task, owner in tasks.items():
            try:
                told = await self._progress(task, owner)
            except SendFailed as failed:
                if failed.retry_after is not None:
                    raise
                # Its owner may have left: the others are not his. Asked for again until its time is over, since what
                # is refused may be mended in WeCom's console.
                log.warning("broadcast_not_followed", task=task, why=str(failed))
                continue
            if told is None:
                continue
            body = json.dumps({"task": task, "owner": owner, **told}).encode()
            key = f"{task}:{told['sent']}:{told['failed']}:{told['groups']}"[-128:]
            await on_raw([Raw(CHANNEL, key, owner, body, self._now())])
            if told["sent"] + told["failed"] == told["groups"]:
                await self._write(partial(_forget, task))
        return len(tasks)

    async def _progress(self, task: str, owner: str) -> dict[str, int] | None:
        """None while the owner has not confirmed."""
        told = await self._caller.post("externalcontact/get_groupmsg_task", {"msgid": task, "limit": _PAGE})
        if not any(one.get("userid") == owner and one.get("status") == 2 for one in told.get("task_list") or []):
            return None
        counts = {"sent": 0, "failed": 0, "groups": 0}
        cursor = ""
        for _ in range(_MOST_PAGES):
            page = await self._caller.post(
                "externalcontact/get_groupmsg_send_result",
                {"msgid": task, "userid": owner, "limit": _PAGE, "cursor": cursor},
            )
            for one in page.get("send_list") or []:
                counts["groups"] += 1
                counts["sent"] += one.get("status") == _SENT
                counts["failed"] += one.get("status") not in (_SENT, _WAITS)
            cursor = str(page.get("next_cursor") or "")
            if not cursor:
                break
        return counts if counts["groups"] else None

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        """One task's progress. ValueError or KeyError when it is none of ours."""
        told: dict[str, Any] = json.loads(raw.body)
        return [
            Confirmed(
                at=Address(CHANNEL, raw.chat),
                id=raw.key,
                sender=Sender(str(told["owner"]), ""),
                sent_at=raw.received_at,
                on=str(told["task"]),
                sent=int(told["sent"]),
                groups=int(told["groups"]),
                failed=int(told["failed"]),
            )
        ]

    async def send(self, letter: Letter) -> list[str]:
        """Make the task; its id. The text goes nowhere before the owner confirms. What is too long for one message is
        refused: a second task would be a second message on another day."""
        if size(letter.text) > CAPABILITIES.text_limit:
            raise SendFailed(f"a group message has at most {CAPABILITIES.text_limit} bytes", permanent=True)
        try:
            told = await self._caller.post(
                "externalcontact/add_msg_template",
                {"chat_type": "group", "sender": letter.to.chat, "text": {"content": letter.text}},
            )
        except ApiRefused as refused:
            if refused.errcode in _FINAL:
                raise SendFailed(str(refused), permanent=True) from None
            raise
        except SendFailed as failed:
            # No answer, or one that cannot be read: the task may be there, and must not be made a second time.
            raise SendFailed(failed.why, unknown=True) from None
        task = str(told["msgid"])
        until = self._now() + timedelta(days=FOLLOW_DAYS)
        await self._write(partial(_keep, task, letter.to.chat, until))
        return [task]

    async def fetch(self, media: Media) -> bytes:
        raise SendFailed("nothing is read in customer groups", permanent=True)

    async def close(self) -> None:
        """Nothing is held."""

    async def _open_tasks(self) -> dict[str, str]:
        """Task id → its owner's user id."""
        now = self._now()

        def look(store: Store) -> dict[str, str]:
            state = store.channel_state
            found = {name: state.get(CHANNEL, name, now) for name in state.names(CHANNEL, TASK)}
            return {name.removeprefix(TASK): owner for name, owner in found.items() if owner is not None}

        return await asyncio.to_thread(self._database.read, look)

    async def _write(self, work: Callable[[Store], None]) -> None:
        await asyncio.wrap_future(self._database.submit(work))


def _keep(task: str, owner: str, until: datetime, store: Store) -> None:
    store.channel_state.set(CHANNEL, TASK + task, owner, until)


def _forget(task: str, store: Store) -> None:
    store.channel_state.delete(CHANNEL, TASK + task)
