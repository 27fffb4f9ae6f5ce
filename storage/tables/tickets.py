"""Tickets and all that hangs on them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, Table, Text, UniqueConstraint, false

from storage.tables.columns import BigId, Json, Utc, key, metadata, ref, sealed

tickets = Table(
    "tickets",
    metadata,
    key(),
    ref("district_id", "areas.id"),
    ref("community_id", "areas.id", null=True),
    ref("area_id", "areas.id"),
    ref("group_id", "groups.id", null=True),
    Column("label", String(32), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("tier", String(16), nullable=False),
    Column("home_tier", String(16), nullable=False),
    Column("category", String(24), nullable=False),
    Column("nature", String(8)),
    Column("tags", Json, nullable=False, default=list),
    Column("urgency", Integer, nullable=False),
    Column("status", String(12), nullable=False),
    Column("private", Boolean, nullable=False, default=False),
    sealed("summary", null=False),
    Column("where", Json, nullable=False, default=dict),
    ref("reporter_account_id", "accounts.id", null=True, index=True),
    ref("reporter_person_id", "people.id", null=True, index=True),
    Column("reporter_name", String(120), nullable=False, default=""),
    sealed("on_behalf_of"),
    ref("assignee_id", "people.id", null=True),
    ref("department_id", "departments.id", null=True),
    Column("opened_at", Utc, nullable=False),
    Column("last_at", Utc, nullable=False),
    # Since when the deadlines count, where that is not when it was opened.
    Column("clock_from", Utc),
    Column("first_due", Utc),
    Column("solve_due", Utc),
    Column("answered_at", Utc),
    Column("taken_at", Utc),
    Column("done_at", Utc),
    Column("closed_at", Utc),
    sealed("result"),
    Column("rating", Integer),
    Column("asked_rating_at", Utc),
    Column("asked_where_at", Utc),
    Column("asked_where_of", BigId),
    # Who got a card of his own, in his own chat.
    Column("told", Json, nullable=False, default=list),
    # Who of the staff came along to whoever has it.
    Column("helpers", Json, nullable=False, default=list, server_default="[]"),
    Column("reopened", Integer, nullable=False, default=0),
    ref("reopens_id", "tickets.id", null=True),
    Column("extended", Boolean, nullable=False, default=False),
    ref("followed_by", "people.id", null=True),
    Column("paused_at", Utc),
    Column("paused_days", Integer, nullable=False, default=0),
    Column("bounces", Integer, nullable=False, default=0),
    Column("against", String(12)),
    ref("against_person", "people.id", null=True),
    Column("sensitive", Boolean, nullable=False, default=False),
    # 客观办不了: counted apart, never among what was solved.
    Column("impossible", Boolean, nullable=False, default=False, server_default=false()),
    Column("feared_at", Utc),
    Column("confidence", Float, nullable=False, default=1.0),
    Column("why", Json, nullable=False, default=list),
    Column("outside_no", String(60)),
    Column("version", Integer, nullable=False, default=0),
    UniqueConstraint("district_id", "label", "seq"),
    Index("ix_tickets_community_status_last", "community_id", "status", "last_at"),
    Index("ix_tickets_district_status_last", "district_id", "status", "last_at"),
    Index("ix_tickets_group_last", "group_id", "last_at"),
    Index("ix_tickets_assignee_status", "assignee_id", "status"),
)

ticket_voices = Table(
    "ticket_voices",
    metadata,
    key(),
    ref("ticket_id", "tickets.id"),
    ref("account_id", "accounts.id", index=True),
    Column("name", String(120), nullable=False),
    Column("at", Utc, nullable=False),
    UniqueConstraint("ticket_id", "account_id"),
)

# Which lines (storage/tables/talk.py) a ticket is made of; such lines are kept as long as the ticket.
ticket_messages = Table(
    "ticket_messages",
    metadata,
    Column("ticket_id", BigId, primary_key=True),
    Column("line_id", BigId, primary_key=True),
    Column("part", String(12), nullable=False, default="report"),
    Index(None, "line_id"),
)

# Append-only.
ticket_events = Table(
    "ticket_events",
    metadata,
    key(),
    Column("district_id", BigId, nullable=False),
    ref("ticket_id", "tickets.id", index=True),
    Column("kind", String(24), nullable=False),
    Column("at", Utc, nullable=False),
    Column("person_id", BigId),
    Column("account_id", BigId),
    Column("line_id", BigId),
    sealed("note"),
    Column("data", Json, nullable=False, default=dict),
)

ratings = Table(
    "ratings",
    metadata,
    key(),
    ref("ticket_id", "tickets.id", index=True),
    Column("account_id", BigId),
    Column("score", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    sealed("words"),
)

# What staff and speakers put right: learnt from later.
corrections = Table(
    "corrections",
    metadata,
    key(),
    Column("district_id", BigId, nullable=False),
    Column("ticket_id", BigId),
    Column("line_id", BigId),
    Column("kind", String(24), nullable=False),
    # What a code was and became; of a place, which may be somebody's door, the two as JSON, sealed.
    Column("was", Text),
    Column("became", Text),
    sealed("change"),
    sealed("text"),
    Column("person_id", BigId),
    Column("account_id", BigId),
    Column("at", Utc, nullable=False),
)

# What was learnt from corrections: wanted, then used | refused; undone when somebody took it back. In force is
# the newest that is used. `content` holds words out of people's reports.
adaptations = Table(
    "adaptations",
    metadata,
    key(),
    Column("at", Utc, nullable=False),
    Column("state", String(8), nullable=False),
    Column("model", String(64), nullable=False, default=""),
    Column("corrections", Integer, nullable=False, default=0),
    sealed("content"),
    Index(None, "state", "id"),
)

# What a language model is asked about after it was handled: wanted → answered | failed | late.
second_opinions = Table(
    "second_opinions",
    metadata,
    key(),
    ref("ticket_id", "tickets.id"),
    Column("line_id", BigId, nullable=False),
    Column("lane", BigId, nullable=False),
    Column("state", String(8), nullable=False, default="wanted"),
    Column("wanted_at", Utc, nullable=False),
    Column("asked_at", Utc),
    Column("tries", Integer, nullable=False, default=0),
    Column("error", Text),
    UniqueConstraint("ticket_id"),
    Index(None, "state", "id"),
    Index(None, "asked_at"),
)
