"""Run by Alembic with a connection already open (storage/migrate.py puts it into the attributes)."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from storage.tables import metadata
from storage.tables.columns import BigId, Json, Utc


def render(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Our own column types by their names, so that a migration reads like the tables."""
    if kind != "type":
        return False
    name = "Utc" if isinstance(item, Utc) else "BigId" if item is BigId else "Json" if item is Json else None
    if name is None:
        return False
    autogen.imports.add(f"from storage.tables.columns import {name}")
    return f"{name}()" if name == "Utc" else name


connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True, render_item=render
)
with context.begin_transaction():
    context.run_migrations()
