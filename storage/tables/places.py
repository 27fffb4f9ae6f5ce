"""Areas, the groups bound to them, and departments."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table, Text, Time, UniqueConstraint

from storage.tables.columns import BigId, Json, Utc, key, metadata, ref

# `path` is the chain of ids from the root, "/1/4/9/": what lies below an area begins with its path.
areas = Table(
    "areas",
    metadata,
    key(),
    ref("parent_id", "areas.id", null=True, index=True),
    Column("path", String(255), nullable=False, default=""),
    Column("kind", String(32), nullable=False),
    Column("code", String(32), nullable=False),
    Column("label", String(32), nullable=False),
    Column("name", String(120), nullable=False),
    Column("boundary", Text),
    UniqueConstraint("parent_id", "code"),
    Index(None, "path"),
)

groups = Table(
    "groups",
    metadata,
    key(),
    ref("district_id", "areas.id", null=True),
    ref("community_id", "areas.id", null=True, index=True),
    ref("area_id", "areas.id", index=True),
    Column("channel", String(32), nullable=False),
    Column("chat", String(128), nullable=False),
    Column("thread", String(64)),
    Column("name", String(120), nullable=False),
    Column("tier", String(16), nullable=False),
    Column("audience", String(16), nullable=False),
    Column("quiet_from", Time),
    Column("quiet_to", Time),
    Column("capabilities", Json, nullable=False, default=list),
    Column("bound_at", Utc, nullable=False),
    Column("left_at", Utc),
    UniqueConstraint("channel", "chat", "thread"),
    Index(None, "channel", "chat"),
)

departments = Table(
    "departments",
    metadata,
    key(),
    ref("district_id", "areas.id", index=True),
    Column("name", String(60), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("aliases", Json, nullable=False, default=list),
    Column("categories", Json, nullable=False, default=list),
    Column("active", Boolean, nullable=False, default=True),
    UniqueConstraint("district_id", "name"),
)

# The next number of a label within a district: 阳光 → 128.
counters = Table(
    "counters",
    metadata,
    Column("district_id", BigId, primary_key=True),
    Column("label", String(32), primary_key=True),
    Column("last", BigId, nullable=False),
)
