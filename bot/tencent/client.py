"""Calls to WeCom and WeChat: wechatpy's clients in worker threads, with a time-out and one fresh token at most.

Errors come out as SendFailed (ApiRefused where the platform answered); none of them holds a token or a secret.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from wechatpy.client import WeChatClient as OfficialClient
from wechatpy.client.base import BaseWeChatClient
from wechatpy.enterprise import WeChatClient as WecomClient
from wechatpy.exceptions import WeChatClientException

from bot.tencent.errors import STALE_TOKEN, ApiRefused
from bot.tencent.sessions import Sessions
from domain.errors import SendFailed

T = TypeVar("T")

WECOM_HOST = "https://qyapi.weixin.qq.com"
OFFICIAL_HOST = "https://api.weixin.qq.com"
# The largest attachment that either platform hands out (a WeCom file has 20 MB, 90254), with some room.
MOST_BYTES = 25 * 1024 * 1024
_CHUNK = 65_536
# All calls to Tencent share these threads; the event loop's own are few, and everybody's.
_POOL = ThreadPoolExecutor(max_workers=16, thread_name_prefix="tencent")


class Caller:
    """One app's calls. `call`, `post`, `get`, `upload` and `download` may be awaited from many tasks at once."""

    def __init__(self, client: BaseWeChatClient, host: str, api: str, seconds: float) -> None:
        self._client = client
        self._token = Lock()
        self._http: requests.Session = client._http
        road_to(self._http, host, api, seconds)

    async def call(self, work: Callable[[Any], T]) -> T:
        """What `work(client)` gives, in a worker thread; it may be done a second time with a fresh token."""
        return await apart(lambda: self.call_now(work))

    async def post(self, path: str, data: Mapping[str, Any], **params: str) -> dict[str, Any]:
        """The answer to a POST of JSON to `cgi-bin/{path}`, without errcode 0 having to be looked at."""
        return await self.call(lambda client: _object(client.post(path, data=dict(data), params=dict(params))))

    async def get(self, path: str, **params: str) -> dict[str, Any]:
        return await self.call(lambda client: _object(client.get(path, params=dict(params))))

    async def upload(self, kind: str, name: str, content: bytes) -> str:
        """Hand over an attachment ("image", "voice", "video", "file"); its media id, good for three days. As bytes: an
        open file would be at its end when wechatpy's caller tries again."""
        told = await self.call(
            lambda client: client.post("media/upload", params={"type": kind}, files={"media": (name, content)})
        )
        return str(told["media_id"])

    async def download(self, media_id: str) -> bytes:
        """The bytes of an attachment. Not through wechatpy, which takes a file of JSON for an answer."""
        return await self.call(lambda client: self._download(client, media_id))

    async def token(self) -> str:
        """An access token, for what must stand in an address."""
        return await apart(lambda: self._fresh_token(""))

    def call_now(self, work: Callable[[Any], T]) -> T:
        """The same in this thread; never in the event loop's or the writer's."""
        used = self._fresh_token("")
        try:
            return mapped(lambda: work(self._client), asked=True)
        except ApiRefused as refused:
            if refused.errcode not in STALE_TOKEN:
                raise
        self._fresh_token(used)
        return mapped(lambda: work(self._client), asked=True)

    def _fresh_token(self, refused: str) -> str:
        """A token other than the one that was refused. Another thread or process may have fetched it meanwhile."""
        with self._token:
            return str(mapped(lambda: self._token_but(refused), asked=False))

    def _token_but(self, refused: str) -> str:
        # What wechatpy remembers itself of the token's age is not true of one that another process fetched.
        self._client.expires_at = None
        key = self._client.access_token_key
        if refused and self._client.session.get(key) == refused:
            # Written over, never taken away first: whoever calls meanwhile would fetch one more.
            self._client.fetch_access_token()
            self._client.expires_at = None
        token: str = self._client.access_token
        self._client.expires_at = None
        return token

    def _download(self, client: BaseWeChatClient, media_id: str) -> bytes:
        params = {"access_token": client.access_token, "media_id": media_id}
        answer = self._http.get(f"{client.API_BASE_URL}media/get", params=params, stream=True)
        content = limited(answer)
        if "Content-disposition" not in answer.headers and content.startswith(b"{"):
            told = json.loads(content)
            if told.get("errcode"):
                raise ApiRefused(int(told["errcode"]), str(told.get("errmsg", "")))
        return content


async def apart(work: Callable[[], T]) -> T:
    """`work` in a thread of our own pool: a platform that does not answer holds up nobody but its own letters."""
    return await asyncio.get_running_loop().run_in_executor(_POOL, work)


def wecom(api: str, seconds: float, corp: str, secret: str, sessions: Sessions) -> Caller:
    """The calls of one WeCom app; `api` stands in for https://qyapi.weixin.qq.com, a call takes `seconds` at most."""
    client = WecomClient(corp, secret, session=sessions, timeout=seconds, auto_retry=False)
    return Caller(client, WECOM_HOST, api, seconds)


def official(api: str, seconds: float, app_id: str, secret: str, sessions: Sessions) -> Caller:
    """The calls of one official account; `api` stands in for https://api.weixin.qq.com."""
    client = OfficialClient(app_id, secret, session=sessions, timeout=seconds, auto_retry=False)
    return Caller(client, OFFICIAL_HOST, api, seconds)


def road_to(http: requests.Session, host: str, api: str, seconds: float) -> None:
    """Lead what goes to `host` to `api`, and let nothing take longer than `seconds`: wechatpy gives gettoken no
    time-out, and writes hosts into its code."""
    for begin in ("https://", "http://"):
        http.mount(begin, _Road(seconds, "", ""))
    http.mount(host, _Road(seconds, host, api.rstrip("/")))


def limited(answer: requests.Response, most: int = MOST_BYTES) -> bytes:
    """The body of a streamed answer, as long as it is not too large; SendFailed."""
    content = bytearray()
    with answer:
        answer.raise_for_status()
        for chunk in answer.iter_content(_CHUNK):
            content += chunk
            if len(content) > most:
                raise SendFailed("the attachment is too large", permanent=True)
    return bytes(content)


def _object(answer: object) -> dict[str, Any]:
    """wechatpy gives back the response itself where it could not read it."""
    if not isinstance(answer, dict):
        raise ValueError("no JSON object")
    return answer


class _Road(HTTPAdapter):
    """An adapter with a time-out for whoever forgot one, and another host for a hard-coded one."""

    def __init__(self, seconds: float, host: str, api: str) -> None:
        super().__init__(pool_maxsize=32)
        self._seconds, self._host, self._api = seconds, host, api

    def send(  # type: ignore[override]  # the options are handed on as they come
        self, request: requests.PreparedRequest, **how: Any
    ) -> requests.Response:
        if self._host and request.url is not None:
            request.url = self._api + request.url.removeprefix(self._host)
        if how.get("timeout") is None:
            how["timeout"] = self._seconds
        return super().send(request, **how)


def _at(error: requests.RequestException) -> str:
    """Which host: of the address, nothing else may be told."""
    request = error.request
    return f" at {urlsplit(str(request.url)).hostname}" if request is not None and request.url else ""


def mapped(work: Callable[[], T], *, asked: bool) -> T:
    """`work`, with what goes wrong as SendFailed. `asked`: a letter may be on its way, so silence says nothing about
    it. What requests says holds the address with the token in it: none of it is passed on."""
    try:
        return work()
    except WeChatClientException as error:
        code, status = error.errcode, getattr(error.response, "status_code", None)
        if code is not None:
            raise ApiRefused(int(code), str(error.errmsg)) from None
        raise SendFailed(f"the platform answered with HTTP {status}") from None
    except requests.ConnectTimeout as error:
        raise SendFailed(f"the platform{_at(error)} cannot be reached in time") from None
    except requests.Timeout:
        raise SendFailed("no answer in time", unknown=asked) from None
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else "?"
        raise SendFailed(f"the platform answered with HTTP {status}") from None
    except requests.RequestException as error:
        raise SendFailed(f"the platform{_at(error)} cannot be reached ({type(error).__name__})") from None
    except (KeyError, ValueError, TypeError) as error:
        # An answer that is no JSON, or without what it should hold.
        raise SendFailed(f"an answer that makes no sense ({type(error).__name__})") from None
