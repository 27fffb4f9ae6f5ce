"""Asks a configured HTTP gateway to ring a number: body from a template, secret in a header, a few tries."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import structlog

from domain.errors import SendFailed
from domain.ring import Ring

log = structlog.get_logger()

# Refused for now, not for good.
_LATER = frozenset({408, 425, 429})
_LONGEST_WAIT = 600.0


class Gateway:
    """One connection pool, made when first needed. Neither number nor secret is ever logged."""

    def __init__(self, settings: Ring, token: str | None) -> None:
        self._settings = settings
        self._headers = {settings.header: token} if token else {}
        self._client: httpx.AsyncClient | None = None

    async def ring(self, phone: str, text: str) -> None:
        """SendFailed: permanent where the gateway refuses the request, else worth another try (repeats do no harm)."""
        failed = SendFailed("never tried")
        for left in reversed(range(self._settings.tries)):
            try:
                return await self._once(phone, text)
            except SendFailed as error:
                failed = error
            if failed.permanent or failed.retry_after is not None:
                break
            if left:
                await asyncio.sleep(self._settings.pause_seconds)
        raise failed

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _once(self, phone: str, text: str) -> None:
        body = filled(json.loads(self._settings.body), phone, text)
        carried: dict[str, Any] = {"params": body} if self._settings.method == "GET" else {"json": body}
        if self._client is None:
            # A redirect would carry the secret to somebody else.
            self._client = httpx.AsyncClient(follow_redirects=False, trust_env=False)
        try:
            # httpx counts its time-out anew for every byte; a gateway that drips must not hold us.
            async with asyncio.timeout(self._settings.timeout_seconds):
                answer = await self._client.request(
                    self._settings.method, self._settings.url, headers=self._headers, **carried
                )
        except TimeoutError:
            raise SendFailed("the gateway did not answer in time", unknown=True) from None
        except httpx.HTTPError as error:
            # Its text may hold the address with the number in it.
            raise SendFailed(f"the gateway cannot be reached ({type(error).__name__})") from None
        self._judge(answer)

    def _judge(self, answer: httpx.Response) -> None:
        if answer.status_code in _LATER:
            raise SendFailed(f"the gateway says {answer.status_code}", retry_after=_wait(answer))
        if answer.is_server_error:
            raise SendFailed(f"the gateway says {answer.status_code}")
        if not answer.is_success:
            raise SendFailed(f"the gateway says {answer.status_code}", permanent=True)
        if self._settings.expects not in answer.text:
            raise SendFailed("the gateway's answer is not a good one")


def filled(template: Any, phone: str, text: str) -> Any:
    """The template with {phone} and {text} put into its texts, at any depth; keys stay as they are."""
    if isinstance(template, str):
        # In one go: a text that contains {phone} is not filled in again.
        return text.join(part.replace("{phone}", phone) for part in template.split("{text}"))
    if isinstance(template, dict):
        return {key: filled(value, phone, text) for key, value in template.items()}
    if isinstance(template, list):
        return [filled(value, phone, text) for value in template]
    return template


def _wait(answer: httpx.Response) -> float | None:
    """Seconds it asks us to wait; None where it does not say."""
    said = answer.headers.get("retry-after", "")
    return min(float(said), _LONGEST_WAIT) if said.isdigit() and int(said) > 0 else None
