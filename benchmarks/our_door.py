"""Telegram's door as `minqing run` serves it, with nobody at work behind it: updates are committed and wait.

Usage: python -m benchmarks.our_door DATABASE_URL SECRET PORT
"""

from __future__ import annotations

import sys
from dataclasses import replace

from bot.app import ROLES, build, make_app
from bot.config import Secrets
from bot.console.serving import open_socket, serve
from domain.settings import Settings
from storage import migrate
from storage.cipher import new_key

TOKEN = "100001:benchmark-benchmark-benchmark"


def main() -> None:
    url, secret, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
    settings = Settings()
    settings = replace(
        settings,
        storage=replace(settings.storage, url=url),
        playground=replace(settings.playground, on=False),
        telegram=replace(settings.telegram, on=True, mode="webhook", webhook_url="https://example.org/"),
    )
    parts = build(settings, new_key(), secrets=Secrets(telegram_token=TOKEN, telegram_secret=secret))
    migrate.upgrade(parts.database)
    only_web = [role for role in ROLES if role == "web"]
    serve(make_app(parts, only_web), open_socket("127.0.0.1", port, "Choose another"), "/healthz", lambda address: None)


if __name__ == "__main__":
    main()
