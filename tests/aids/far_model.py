"""A language model on this machine: an HTTP server that answers as it is told to, one answer after the other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class FarModel:
    """`answers`: a dict is what the model says, a str goes as its content, an int is a status, a float its seconds of
    silence, bytes the whole body; the last one for ever. `asked` keeps what came."""

    answers: list[Any]
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """What it was given to read."""
        return [json.loads(body["messages"][1]["content"])["原话"] for body in self.asked]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("Authorization"))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, float):
            await asyncio.sleep(answer)
            answer = {"report": False, "matter": "", "place": ""}
        if isinstance(answer, int):
            return web.Response(status=answer, headers={"Retry-After": "40"} if answer == 429 else {})
        if isinstance(answer, bytes):
            return web.Response(body=answer)
        content = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        return web.json_response({"choices": [{"message": {"role": "assistant", "content": content}}]})


@asynccontextmanager
async def far_model(*answers: Any) -> AsyncIterator[FarModel]:
    far = FarModel(list(answers))
    app = web.Application()
    app.router.add_post("/v1/chat/completions", far.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    far.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield far
    finally:
        await runner.cleanup()
