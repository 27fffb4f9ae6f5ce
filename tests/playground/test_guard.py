"""A page of somebody else's, open in the same browser, cannot drive the playground: neither under a name of its own
that it lets lead here, nor from where it is. The platforms' doors beside it are called under any name."""

from __future__ import annotations

import asyncio
import http.client
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI

from cockpit.guard import Guard

SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def asks(address: str, path: str, headers: dict[str, str]) -> int:
    """With these headers as they stand, as no browser lets a page set them."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    try:
        connection.putrequest("GET", path, skip_host=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/", "/playground", "/playground?as=u:limin", "/playground/photo/1", SOCKET])
def test_under_a_foreign_name_nothing_is_served(address: str, path: str) -> None:
    port = urlsplit(address).port
    more = HANDSHAKE if path == SOCKET else {}
    for name in (f"evil.example:{port}", "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", ""):
        assert asks(address, path, {"Host": name, **more}) == 403, name


def test_under_our_own_names_it_is_served(address: str) -> None:
    port = urlsplit(address).port
    for name in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}", "192.168.1.20:9000"):
        assert asks(address, "/", {"Host": name}) == 200, name


def test_a_socket_is_opened_from_our_own_page_only(address: str) -> None:
    host = urlsplit(address).netloc
    assert asks(address, SOCKET, {"Host": host, "Origin": f"http://{host}", **HANDSHAKE}) == 101
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1", f"http://{host}.evil.example"):
        assert asks(address, SOCKET, {"Host": host, "Origin": origin, **HANDSHAKE}) == 403, origin


def test_the_doors_beside_it_are_called_under_any_name() -> None:
    app = FastAPI()

    @app.post("/telegram/webhook")
    @app.get("/attachments/{name}")
    def door(name: str = "") -> str:
        return "taken"

    app.add_middleware(Guard, host="127.0.0.1", doors=tuple(app.routes))

    @app.get("/")
    def page() -> str:
        return "seen"

    async def status(method: str, url: str) -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
            return (await client.request(method, url)).status_code

    async def story() -> None:
        assert await status("POST", "https://office.example/telegram/webhook") == 200
        assert await status("GET", "https://office.example/attachments/a") == 200
        assert await status("GET", "https://office.example/") == 403
        assert await status("GET", "http://127.0.0.1:8600/") == 200

    asyncio.run(story())
