"""`minqing inbox` and `minqing outbox`: what is stuck, and what to do with it. Texts are not shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from bot.console.office import database_of, fail, settings_of

INBOX_STATES = ("new", "done", "failed", "dropped")
OUTBOX_STATES = ("queued", "inflight", "sent", "failed", "unknown", "dropped")


def list_inbox(config: Path | None, state: str, limit: int) -> None:
    _known(state, INBOX_STATES)
    with database_of(settings_of(config)) as database:
        rows = database.read(lambda store: store.inbox.kept([state], limit))
    _show(
        ("id", "channel", "chat", "tries", "reference", "received", "error"),
        [
            (
                row.id,
                row.channel,
                row.chat,
                row.attempts,
                row.reference or "",
                f"{row.received_at:%m-%d %H:%M:%S}",
                row.error or "",
            )
            for row in rows
        ],
        state,
    )


def retry_inbox(config: Path | None, ids: Sequence[int] | None) -> None:
    with database_of(settings_of(config)) as database:
        count = database.write(lambda store: store.inbox.retry(ids or None))
    _told(count, "back in line", ids)


def list_outbox(config: Path | None, state: str, limit: int) -> None:
    _known(state, OUTBOX_STATES)
    with database_of(settings_of(config)) as database:
        rows = database.read(lambda store: store.outbox.listed([state], limit))
    _show(
        ("id", "channel", "chat", "card", "mode", "tries", "not before", "error"),
        [
            (
                row.id,
                row.channel,
                row.chat,
                row.card or "",
                row.mode,
                row.attempts,
                f"{row.not_before:%m-%d %H:%M}",
                row.error or "",
            )
            for row in rows
        ],
        state,
    )


def retry_outbox(config: Path | None, ids: Sequence[int] | None) -> None:
    with database_of(settings_of(config)) as database:
        count = database.write(lambda store: store.outbox.retry(ids or None))
    _told(count, "queued again", ids)


def drop_outbox(config: Path | None, ids: Sequence[int]) -> None:
    with database_of(settings_of(config)) as database:
        count = database.write(lambda store: store.outbox.drop(ids))
    _told(count, "dropped", ids)


def _told(count: int, what: str, ids: Sequence[int] | None) -> None:
    """Of rows that were named it is an error where not each of them could be."""
    typer.echo(f"{count} {what}")
    if ids and count < len(set(ids)):
        raise fail("the others are not there, are in no state for it (see list), or their words are forgotten")


def _known(state: str, allowed: Sequence[str]) -> None:
    if state not in allowed:
        raise fail(f"--state {state}: one of {', '.join(allowed)} is wanted", 2)


def _show(head: Sequence[str], rows: Sequence[Sequence[object]], state: str) -> None:
    if not rows:
        typer.echo(f"nothing is {state}")
        return
    table = Table(*head, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    # An error may hold brackets, which are no style of ours.
    Console(markup=False).print(table)
