"""The playground's own "platform": rooms and posts, as a messenger's server would keep them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table, Text

from storage.tables.columns import BigId, Json, Utc, key, metadata

playground_rooms = Table(
    "playground_rooms",
    metadata,
    Column("chat", String(128), primary_key=True),
    Column("title", String(120), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("tier", String(16)),
    Column("members", Json, nullable=False, default=list),
    Column("position", Integer, nullable=False, default=0),
)

# `version` grows with every edit; a page asks for what is newer than it has seen (`seq`).
playground_posts = Table(
    "playground_posts",
    metadata,
    key(),
    Column("seq", BigId, nullable=False, index=True),
    Column("chat", String(128), nullable=False),
    Column("user_id", String(128), nullable=False),
    Column("name", String(120), nullable=False),
    Column("bot", Boolean, nullable=False, default=False),
    Column("text", Text, nullable=False, default=""),
    Column("photo", LargeBinary),
    Column("voice", Boolean, nullable=False, default=False),
    Column("spot", Json),
    Column("replies_to", BigId),
    Column("buttons", Json, nullable=False, default=list),
    Column("silent", Boolean, nullable=False, default=False),
    Column("at", Utc, nullable=False),
    Column("edited_at", Utc),
    Index("ix_playground_posts_chat", "chat", "id"),
)
