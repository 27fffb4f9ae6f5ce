"""Who may drive the pages: a browser that was told to come here, not a page of somebody else's that it has open.

A foreign page can let its own name lead to this machine (DNS rebinding), or call us from where it is (Origin).
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

# Nobody can make these lead elsewhere.
_OURS = frozenset({"localhost"})
_REFUSED = "This page is served under this machine's address only ([web] host in config.toml)."


class Guard:
    """Refuses with 403 what asks for a page under a name that is not ours, or comes from another page. `doors` are for
    the platforms, which call under whatever name the office has, and are asked for their own signatures."""

    def __init__(self, app: ASGIApp, host: str, doors: Sequence[BaseRoute]) -> None:
        self._app = app
        self._names = _OURS | {host.lower()}
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or self._may(Headers(scope=scope)) or self._is_door(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(_REFUSED, status_code=403)(scope, receive, send)

    def _may(self, headers: Headers) -> bool:
        host, origin = headers.get("host", ""), headers.get("origin")
        return self._is_ours(host) and (origin is None or urlsplit(origin).netloc.lower() == host.lower())

    def _is_ours(self, host: str) -> bool:
        """An address in figures is ours by being reached; a name only where it can be no other's."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
            return name in self._names or bool(ip_address(name))
        except ValueError:
            return False

    def _is_door(self, scope: Scope) -> bool:
        return any(door.matches(scope)[0] is not Match.NONE for door in self._doors)
