"""Serves the web app on a socket opened beforehand, and tells when the page really answers."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from bot.console.office import fail

# A first answer may take long on a slow machine; after that something is wrong.
ANSWER_SECONDS = 60.0


def open_socket(host: str, port: int, do: str, code: int = 1) -> socket.socket:
    """A listening socket; port 0 takes a free one. Where there is none to be had, says to `do` something about it and
    ends with `code`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        # An address that this machine has not got may come yet, soon after it was started.
        code = 1 if error.errno == errno.EADDRNOTAVAIL else code
        raise fail(f"cannot serve on {host}:{port}: {error.strerror}. {do}", code) from None
    sock.listen(128)
    return sock


def address_of(sock: socket.socket, path: str) -> str:
    """As typed into a browser."""
    host, port = sock.getsockname()[:2]
    return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}{path}"


def serve(app: FastAPI, sock: socket.socket, path: str, on_answer: Callable[[str], None]) -> None:
    """Serve until stopped; `on_answer` is called with the address of `path` once that has come back with 200."""
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="on")
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_serve(uvicorn.Server(config), sock, path, on_answer))


async def _serve(server: uvicorn.Server, sock: socket.socket, path: str, on_answer: Callable[[str], None]) -> None:
    serving = asyncio.create_task(server.serve(sockets=[sock]))
    waiting = asyncio.create_task(_wait_for_answer(sock, path))
    done, _ = await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if serving not in done and waiting.exception() is None:
        on_answer(address_of(sock, path))
    waiting.cancel()
    await serving


async def _wait_for_answer(sock: socket.socket, path: str) -> None:
    host, port = sock.getsockname()[:2]
    deadline = asyncio.get_running_loop().time() + ANSWER_SECONDS
    while asyncio.get_running_loop().time() < deadline:
        if await _answers("127.0.0.1" if host == "0.0.0.0" else host, port, path):
            return
        await asyncio.sleep(0.1)
    raise fail(f"no page answered within {ANSWER_SECONDS:.0f} seconds")


async def _answers(host: str, port: int, path: str) -> bool:
    try:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        status = await reader.readline()
        writer.close()
    except OSError:
        return False
    return b" 200 " in status
