"""Where no bot listens: drafts of what workers hand in, orders of other systems, group sends that somebody confirms."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint

from storage.tables.columns import BigId, Json, Utc, key, metadata, ref, sealed

# `sheet` is the line they were handed in with; that line may be forgotten before them, so it is no reference.
report_drafts = Table(
    "report_drafts",
    metadata,
    key(),
    ref("account_id", "accounts.id"),
    Column("sheet", BigId, nullable=False),
    Column("place", Integer, nullable=False),
    sealed("body", null=False),
    ref("ticket_id", "tickets.id", null=True),
    Column("made_at", Utc, nullable=False, index=True),
    UniqueConstraint("account_id", "sheet", "place"),
)

# Matters that another system counts too, by its own id; `noted` are the steps there that stand on the ticket already.
outside_orders = Table(
    "outside_orders",
    metadata,
    key(),
    Column("channel", String(32), nullable=False),
    Column("order_id", String(128), nullable=False),
    ref("ticket_id", "tickets.id", index=True),
    Column("noted", Json, nullable=False, default=list),
    Column("changed_at", Utc, nullable=False),
    UniqueConstraint("channel", "order_id"),
)

# What is to be said in groups where only their owner can say it: `sent` of `groups` once he has confirmed.
broadcasts = Table(
    "broadcasts",
    metadata,
    key(),
    ref("district_id", "areas.id"),
    ref("area_id", "areas.id", index=True),
    ref("account_id", "accounts.id"),
    ref("owner_id", "accounts.id"),
    sealed("text", null=False),
    Column("state", String(12), nullable=False, default="waiting"),
    Column("sent", Integer, nullable=False, default=0),
    Column("groups", Integer, nullable=False, default=0),
    Column("made_at", Utc, nullable=False),
    Column("told_at", Utc),
)
