"""Asks about what staff were asked about, one by one, outside any transaction; an answer is a row of the inbox."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog

from bot.channel import OnRaw
from bot.credentials import Secrets
from bot.language_model.answers import LONGEST, Opinion
from bot.language_model.asking import Breaker, Endpoint, Unanswered
from domain.messages import LANE, LANGUAGE_MODEL, Address, Advised, Incoming, Raw, Sender
from domain.settings import Settings
from nlu.masking import masked
from storage.database import Database
from storage.opinions import Question, State
from storage.store import Store

log = structlog.get_logger()
T = TypeVar("T")

POLL_SECONDS = 2.0
TRIES = 2


class LanguageModelAid:
    """Only one process asks (a lease), so the budget of a day holds whatever happens."""

    name = LANGUAGE_MODEL

    def __init__(
        self,
        database: Database,
        settings: Settings,
        secrets: Secrets,
        now: Callable[[], datetime],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._settings = settings.language_model
        self._tz = settings.office.tz
        self._now = now
        self._endpoint = Endpoint(self._settings, secrets.language_model_key)
        self._breaker = Breaker(self._settings.failures, self._settings.pause_seconds, steady)

    async def listen(self, on_raw: OnRaw) -> None:
        while True:
            if not await self.ask_next(on_raw):
                await asyncio.sleep(POLL_SECONDS)

    async def ask_next(self, on_raw: OnRaw) -> bool:
        """Whether there was a question that something was done about."""
        if self._breaker.is_open:
            return False
        question = await self._write(self._take)
        if question is None:
            return False
        if question.text is None:
            return True
        text = masked(question.text[:LONGEST])
        try:
            opinion = await self._endpoint.ask(text)
        except Unanswered as error:
            self._breaker.failed(error.wait)
            log.warning("no_second_opinion", ticket=question.ticket, why=str(error), resting=self._breaker.is_open)
            state: State = "failed" if question.tries >= TRIES else "wanted"
            await self._write(partial(_settle, question.id, state, str(error)))
            return True
        self._breaker.succeeded()
        await on_raw([raw_of(question, opinion, self._now())])
        await self._write(partial(_settle, question.id, "answered", None))
        log.info("second_opinion", ticket=question.ticket, report=opinion.report)
        return True

    def _take(self, store: Store) -> Question | None:
        """The oldest question within the day's budget, counted before it is asked. One that has waited for too long,
        or whose ticket is no longer in doubt, is given up: its `text` is None."""
        now = self._now()
        midnight = now.astimezone(self._tz).replace(hour=0, minute=0, second=0, microsecond=0)
        if store.opinions.asked_since(midnight) >= self._settings.per_day:
            return None
        return store.opinions.take(now, now - timedelta(minutes=self._settings.late_minutes))

    def to_incoming(self, raw: Raw) -> list[Incoming]:
        """The opinion that was put into the inbox."""
        told = json.loads(raw.body)
        return [
            Advised(
                at=Address(self.name, raw.chat),
                id=raw.key,
                sender=Sender(self.name, self.name, is_bot=True),
                sent_at=raw.received_at,
                ticket=told["ticket"],
                report=told["report"],
                matter=told["matter"],
                place=told["place"],
            )
        ]

    async def close(self) -> None:
        await self._endpoint.close()

    async def _write(self, work: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))


def raw_of(question: Question, opinion: Opinion, now: datetime) -> Raw:
    """The same opinion handed in twice is one: the key is the question's."""
    body = {
        "ticket": question.ticket,
        "report": opinion.report,
        "matter": opinion.matter,
        "place": opinion.place,
    }
    content = json.dumps(body, ensure_ascii=False).encode()
    return Raw(LANGUAGE_MODEL, f"opinion:{question.id}", f"{LANE}{question.lane}", content, now)


def _settle(question: int, state: State, error: str | None, store: Store) -> None:
    store.opinions.settle(question, state, error)
