"""`minqing demo`: a fresh sample district, a fresh key, a free port, the playground in a browser."""

from __future__ import annotations

import tempfile
import webbrowser
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot.app import build, make_app
from bot.clock import OfficeClock
from bot.console.logs import set_up_logging
from bot.console.office import desktop, settings_of
from bot.console.serving import open_socket, serve
from bot.scripted import morning_of
from domain.running import StorageSettings
from domain.settings import Playground, Telegram
from storage import migrate, sample
from storage.cipher import new_key


def demo(port: int, *, browser: bool) -> None:
    settings = settings_of(None)
    set_up_logging(replace(settings.logging, level="warning"))
    sock = open_socket("127.0.0.1", port, "Choose another --port, or leave it out")
    with tempfile.TemporaryDirectory(prefix="minqing-demo-", ignore_cleanup_errors=True) as folder:
        settings = replace(
            settings,
            storage=StorageSettings(url=f"sqlite:///{Path(folder) / 'demo.db'}"),
            playground=Playground(on=True, virtual_clock=True),
            telegram=Telegram(on=False),
        )
        clock = OfficeClock()
        # The demo's day begins at half past seven, whatever the hour: nobody meets quiet hours by surprise.
        clock.set(morning_of(datetime.now(UTC), settings.office.tz))
        parts = build(settings, new_key(), clock)
        try:
            migrate.upgrade(parts.database)
            parts.database.write(lambda store: sample.load(store, clock.now()))
            serve(make_app(parts), sock, "/", lambda address: _tell(address, browser=browser))
        finally:
            parts.close()


def _tell(address: str, *, browser: bool) -> None:
    typer.echo(f"\n  民情 playground:  {address}\n  (a sample district, gone when you stop it with Ctrl+C)\n")
    if browser and desktop():
        webbrowser.open(address)
