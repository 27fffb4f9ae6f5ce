"""`minqing db rekey`: all personal data sealed with another key."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy.engine import make_url

from bot import config as configuration
from bot.console.office import database_of, fail, settings_of
from storage.backup import NotPossible, path_of
from storage.cipher import WRONG_KEY, Cipher, WrongKey
from storage.rekeying import rekey as seal_anew
from storage.rekeying import shrink


def rekey(config: Path | None) -> None:
    secrets = configuration.secrets()
    if secrets.new_key is None:
        raise fail('MINQING_NEW_KEY is not set. Make one with: export MINQING_NEW_KEY="$(minqing key)"', 2)
    if secrets.new_key == secrets.key:
        raise fail("MINQING_NEW_KEY is the same as MINQING_KEY: there is nothing to do", 2)
    try:
        new = Cipher(secrets.new_key)
    except ValueError as error:
        raise fail(str(error).replace("MINQING_KEY", "MINQING_NEW_KEY"), 2) from None
    settings = settings_of(config)
    with database_of(settings) as database:
        try:
            now = datetime.now(UTC)
            count = database.write(lambda store: seal_anew(store.connection, store.cipher, new, now, _tell))
        except NotPossible as error:
            raise fail(str(error)) from None
        except WrongKey as error:
            raise fail(f"nothing was changed: {WRONG_KEY} ({error})", 2) from None
    if make_url(settings.storage.url).get_backend_name() == "sqlite":
        shrink(path_of(settings.storage.url))
    typer.echo(
        f"{count:,} values are sealed with the new key.\n"
        "What to do now:\n"
        "  1. put the new key in the place of the old one as MINQING_KEY, and take MINQING_NEW_KEY away\n"
        "  2. minqing check, then minqing run\n"
        "  3. minqing db backup. Older copies open with the old key alone: keep it as long as you keep them\n"
        "Buttons of cards that stand already, codes that nobody has used and links to photos are good no longer."
    )


def _tell(table: str, rows: int) -> None:
    typer.echo(f"  {table:<20} {rows:>10,}")
