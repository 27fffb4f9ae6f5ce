"""A Bot API server that says yes to everything: the far end for measuring how fast letters leave.

Usage: python -m benchmarks.peers.answering PORT
"""

from __future__ import annotations

import json
import sys
from itertools import count

from aiohttp import web

BOT = {"id": 100001, "is_bot": True, "first_name": "minqing", "username": "minqing_bot"}


def main() -> None:
    numbers = count(1)

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        if request.path.endswith("/getMe"):
            result: dict[str, object] = BOT
        else:
            result = {"message_id": next(numbers), "date": 1762000000, "chat": {"id": -1001, "type": "supergroup"}}
        return web.Response(text=json.dumps({"ok": True, "result": result}), content_type="application/json")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)


if __name__ == "__main__":
    main()
