"""aiohttp with aiogram's own webhook handler and a dispatcher that does nothing, as both ship.

Usage: python -m benchmarks.peers.echo_door PORT SECRET
"""

from __future__ import annotations

import sys

from aiogram import Bot, Dispatcher
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

PATH = "/telegram/webhook"
TOKEN = "100001:benchmark-benchmark-benchmark"


def main() -> None:
    port, secret = int(sys.argv[1]), sys.argv[2]
    app = web.Application()
    SimpleRequestHandler(Dispatcher(), Bot(TOKEN), secret_token=secret).register(app, PATH)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main()
