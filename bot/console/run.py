"""`minqing run`: the whole program in one process, or some of its roles."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.app import ROLES, NotReady, Parts, build, check_ready, make_app, running
from bot.console.logs import set_up_logging
from bot.console.office import fail, file_of, key_of, settings_of, unreachable
from bot.console.serving import open_socket, serve

# What only the operator can mend ends with it: systemd's unit (docs/OPERATIONS.md) does not start the program again.
NOT_BY_ITSELF = 2


def run(config: Path | None, roles: str = "all") -> None:
    settings = settings_of(config)
    chosen = roles_of(roles)
    if set(chosen) != set(ROLES) and make_url(settings.storage.url).get_backend_name() == "sqlite":
        raise fail(
            "several processes need PostgreSQL: with SQLite one process has all roles. See docs/OPERATIONS.md",
            NOT_BY_ITSELF,
        )
    set_up_logging(settings.logging)
    file_of(settings, code=NOT_BY_ITSELF)
    try:
        parts = build(settings, key_of())
    except (ValueError, NotReady) as error:
        raise fail(str(error), NOT_BY_ITSELF) from None
    try:
        _refuse_unready(parts)
        if "web" in chosen:
            page = "/" if settings.playground.on else "/healthz"
            do = "Choose another [web] host or port in config.toml"
            sock = open_socket(settings.web.host, settings.web.port, do, code=NOT_BY_ITSELF)
            serve(make_app(parts, chosen), sock, page, lambda address: typer.echo(f"minqing: {address}", err=True))
        else:
            asyncio.run(_work(parts, chosen))
    finally:
        parts.close()


def _refuse_unready(parts: Parts) -> None:
    try:
        check_ready(parts)
    except NotReady as error:
        raise fail(str(error), NOT_BY_ITSELF) from None
    except SQLAlchemyError as error:
        # A server that is down comes up again; one that turns us away does so until somebody mends it.
        raise unreachable(parts.settings, error) from None
    if not parts.channels:
        raise fail("no channel is on; switch one on in config.toml", NOT_BY_ITSELF)


def roles_of(text: str) -> tuple[str, ...]:
    """ "all", or names separated by commas."""
    if text == "all":
        return ROLES
    chosen = tuple(name.strip() for name in text.split(","))
    if unknown := [name for name in chosen if name not in ROLES]:
        raise fail(f"there is no role {unknown[0]!r}; there are: {', '.join(ROLES)}", NOT_BY_ITSELF)
    return chosen


async def _work(parts: Parts, roles: tuple[str, ...]) -> None:
    """Without pages, until SIGTERM or Ctrl-C."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with running(parts, roles):
        typer.echo(f"minqing: at work ({', '.join(roles)})", err=True)
        await stop.wait()
