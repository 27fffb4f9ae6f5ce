"""seal what was read in a line, what buttons offer, what was corrected"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from storage.cipher import Cipher
from storage.tables.columns import Json

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Rows that are read and sealed at a time.
CHUNK = 500


def upgrade() -> None:
    for table, name in (("lines", "read"), ("outbox", "offers"), ("corrections", "change")):
        op.add_column(table, sa.Column(name, sa.LargeBinary(), nullable=True))
    _seal("lines", ("reading",), "read", lambda row: row.reading or None)
    _seal("outbox", ("buttons",), "offers", lambda row: row.buttons or None)
    # Only a place is anybody's door; the other corrections are codes, which may be counted.
    _seal("corrections", ("kind", "was", "became"), "change", _place)
    corrections = sa.table("corrections", sa.column("kind"), sa.column("was"), sa.column("became"))
    op.execute(sa.update(corrections).where(corrections.c.kind == "where").values(was=None, became=None))
    for table, name in (("lines", "reading"), ("outbox", "buttons")):
        op.drop_column(table, name)


def downgrade() -> None:
    op.add_column("outbox", sa.Column("buttons", Json, nullable=False, server_default="[]"))
    op.add_column("lines", sa.Column("reading", Json, nullable=False, server_default="{}"))
    for table, name in (("lines", "read"), ("outbox", "offers"), ("corrections", "change")):
        op.drop_column(table, name)


def _place(row: Any) -> list[str] | None:
    return [row.was or "", row.became or ""] if row.kind == "where" else None


def _seal(table: str, plain: tuple[str, ...], sealed: str, value: Callable[[Any], Any]) -> None:
    """Put the plain columns of every row, as JSON, into the sealed one."""
    kind = sa.Text() if table == "corrections" else Json
    rows = sa.table(table, sa.column("id"), *(sa.column(name, kind) for name in plain), sa.column(sealed))
    connection, last = op.get_bind(), 0
    wanted = sa.select(rows).order_by(rows.c.id).limit(CHUNK)
    while found := connection.execute(wanted.where(rows.c.id > last)).all():
        cipher: Cipher | None = context.config.attributes.get("cipher")
        if cipher is None:
            raise RuntimeError("there are rows to seal, and no key to seal them with")
        for row in found:
            if (content := value(row)) is not None:
                text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
                bytes_ = cipher.seal(text, f"{table}.{sealed}")
                connection.execute(sa.update(rows).where(rows.c.id == row.id).values({sealed: bytes_}))
        last = found[-1].id
