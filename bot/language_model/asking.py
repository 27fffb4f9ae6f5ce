"""Asks an OpenAI-compatible endpoint over HTTP, and leaves it alone for a while when it keeps failing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx

from bot.language_model.answers import BadAnswer, Opinion, request, understood
from domain.aids import LanguageModel

# A good answer has some two hundred tokens.
MOST_BYTES = 65_536
LONGEST_WAIT = 3600.0


class Unanswered(Exception):
    """No opinion to be had; `wait` are the seconds that it asks us to stay away."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class Breaker:
    """Open for `pause` seconds after `failures` in a row; then one try decides. Seconds are those of `steady`."""

    def __init__(self, failures: int, pause: float, steady: Callable[[], float]) -> None:
        self._most = failures
        self._pause = pause
        self._steady = steady
        self._failed = 0
        self._until = 0.0

    @property
    def is_open(self) -> bool:
        return self._steady() < self._until

    def succeeded(self) -> None:
        self._failed = 0

    def failed(self, wait: float | None = None) -> None:
        self._failed += 1
        if wait is not None:
            self._until = self._steady() + wait
        elif self._failed >= self._most:
            self._until = self._steady() + self._pause


class Endpoint:
    """One connection pool, made when first needed. Neither the key nor what was said is ever logged."""

    def __init__(self, settings: LanguageModel, key: str | None) -> None:
        self._settings = settings
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client: httpx.AsyncClient | None = None

    async def ask(self, text: str) -> Opinion:
        """The model's opinion on a masked text. Unanswered where there is none in time, or none that keeps to what
        was asked."""
        if self._client is None:
            # A redirect would carry the key, and what was said, to somebody else.
            self._client = httpx.AsyncClient(follow_redirects=False, trust_env=False)
        try:
            # httpx counts its time-out anew for every byte.
            async with asyncio.timeout(self._settings.timeout_seconds):
                body = await self._body(self._client, text)
        except TimeoutError:
            raise Unanswered("no answer in time") from None
        except httpx.HTTPError as error:
            raise Unanswered(f"cannot be reached ({type(error).__name__})") from None
        try:
            return understood(body, text)
        except BadAnswer as error:
            raise Unanswered(f"a bad answer: {error}") from None

    async def _body(self, client: httpx.AsyncClient, text: str) -> bytes:
        url = self._settings.url.rstrip("/") + "/chat/completions"
        asked = request(self._settings.model, text)
        async with client.stream("POST", url, headers=self._headers, json=asked) as answer:
            if not answer.is_success:
                raise Unanswered(f"it says {answer.status_code}", _wait(answer))
            body = b""
            async for piece in answer.aiter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    raise Unanswered("an answer without end")
            return body

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None


def _wait(answer: httpx.Response) -> float | None:
    said = answer.headers.get("retry-after", "")
    return min(float(said), LONGEST_WAIT) if said.isdecimal() else None
