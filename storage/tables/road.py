"""The road of a message: inbox, lines of talk, outbox, cards, media, alarms, what a channel remembers."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint, text

from storage.tables.columns import BigId, Json, Utc, by_bytes, key, metadata, ref, sealed

# `lane` is the community (or district) whose talk is handled in order; 0 where the chat is bound to none.
inbox = Table(
    "inbox",
    metadata,
    key(),
    Column("channel", String(32), nullable=False),
    Column("key", String(128), nullable=False),
    Column("chat", String(128), nullable=False),
    Column("lane", BigId, nullable=False, default=0),
    sealed("body"),
    Column("received_at", Utc, nullable=False),
    Column("state", String(8), nullable=False, default="new"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("album", String(64)),
    Column("not_before", Utc),
    Column("reference", String(16)),
    Column("error", Text),
    Column("handled_at", Utc),
    UniqueConstraint("channel", "key"),
    Index("ix_inbox_waiting", "lane", "id", sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'")),
    # The state in front lets SQLite find the oldest of all lanes without walking through what is done.
    Index("ix_inbox_next", "state", "id", sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'")),
    Index(None, "state", "received_at"),
)

# Commands of buttons that are too long for a platform to carry; the platform carries the id.
button_texts = Table(
    "button_texts",
    metadata,
    key(),
    Column("hash", LargeBinary(32), nullable=False, unique=True),
    sealed("command", null=False),
    Column("made_at", Utc, nullable=False),
)

# What was said, as far as we remember it: lines that became nothing are forgotten after 72 hours.
lines = Table(
    "lines",
    metadata,
    key(),
    Column("district_id", BigId),
    Column("community_id", BigId),
    ref("group_id", "groups.id", null=True),
    ref("account_id", "accounts.id"),
    Column("channel", String(32), nullable=False),
    Column("chat", String(128), nullable=False),
    Column("thread", String(64)),
    Column("remote", String(128), nullable=False),
    Column("name", String(120), nullable=False),
    Column("role", String(16), nullable=False),
    sealed("text", null=False),
    Column("photo", Boolean, nullable=False, default=False),
    Column("voice", Boolean, nullable=False, default=False),
    sealed("spot"),
    Column("private", Boolean, nullable=False, default=False),
    Column("sent_at", Utc, nullable=False),
    Column("replies_to", BigId),
    Column("quotes", BigId),
    Column("edits", BigId),
    # What was read in it, as JSON: keywords and places are words of people too. Empty where nothing was.
    sealed("read"),
    Column("heard", Json, nullable=False, default=list),
    Column("kept", Boolean, nullable=False, default=False),
    Index("ix_lines_group_sent", "group_id", "sent_at"),
    Index("ix_lines_account", "account_id", "id"),
    Index("ix_lines_remote", "channel", "chat", "remote"),
    Index("ix_lines_forget", "kept", "sent_at"),
)

outbox = Table(
    "outbox",
    metadata,
    key(),
    Column("district_id", BigId),
    Column("channel", String(32), nullable=False),
    Column("chat", String(128), nullable=False),
    Column("thread", String(64)),
    Column("card", by_bytes(80)),
    Column("mode", String(8), nullable=False, default="new"),
    Column("replies_to", String(128)),
    sealed("text"),
    # Its buttons, as JSON; empty where it has none.
    sealed("offers"),
    Column("media", Json, nullable=False, default=list),
    Column("priority", Integer, nullable=False),
    Column("silent", Boolean, nullable=False, default=False),
    Column("once", by_bytes(128), unique=True),
    Column("not_before", Utc, nullable=False),
    Column("state", String(8), nullable=False, default="queued"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("lease_by", String(40)),
    Column("lease_until", Utc),
    Column("created_at", Utc, nullable=False),
    Column("sent_at", Utc),
    Column("error", Text),
    Index(
        "ix_outbox_due",
        "priority",
        "not_before",
        "id",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    Index(
        "ix_outbox_lease",
        "lease_until",
        sqlite_where=text("state = 'inflight'"),
        postgresql_where=text("state = 'inflight'"),
    ),
    Index(
        "ix_outbox_stuck",
        "channel",
        "chat",
        "id",
        sqlite_where=text("state IN ('failed', 'unknown')"),
        postgresql_where=text("state IN ('failed', 'unknown')"),
    ),
    Index("ix_outbox_card", "card", "channel", "chat", "id"),
)

# Our own key of a message → the platform's ids of it (several where a long text was split).
cards = Table(
    "cards",
    metadata,
    key(),
    Column("card", by_bytes(80), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("chat", String(128), nullable=False),
    Column("remote", String(128), nullable=False),
    Column("part", Integer, nullable=False, default=0),
    Column("ticket_id", BigId),
    Column("at", Utc, nullable=False),
    UniqueConstraint("channel", "chat", "remote"),
    Index(None, "card"),
)

media = Table(
    "media",
    metadata,
    key(),
    ref("line_id", "lines.id", index=True),
    Column("channel", String(32), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("ref", String(255), nullable=False),
    Column("state", String(8), nullable=False, default="wanted"),
    Column("attempts", Integer, nullable=False, default=0),
    # When it is tried again, where it could not be fetched.
    Column("not_before", Utc),
    sealed("content"),
    Column("bytes", Integer),
    Column("error", Text),
    # Who said it elsewhere, and when, where a voice message was passed on: its words are not the sender's.
    sealed("forwarded"),
    # What the words in it came to, where a program reads them out: read | empty | failed.
    Column("words", String(8)),
    Index("ix_media_wanted", "state", "id"),
    Index("ix_media_words", "state", "words", "id"),
    Index("ix_media_ref", "ref"),
)

# A row is an alert: when `due` has passed, handlers/timed does `kind` for `subject`.
alarms = Table(
    "alarms",
    metadata,
    key(),
    Column("district_id", BigId),
    Column("kind", String(24), nullable=False),
    Column("subject", BigId, nullable=False),
    Column("due", Utc, nullable=False),
    Column("data", Json, nullable=False, default=dict),
    Column("failures", Integer, nullable=False, default=0),
    UniqueConstraint("kind", "subject"),
    Index("ix_alarms_due", "due", "id"),
)

channel_state = Table(
    "channel_state",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("name", String(128), primary_key=True),
    sealed("value", null=False),
    Column("expires_at", Utc),
)

# What only one process may do at a time (speak on a channel, say); free again when `until` has passed.
# A number that is another after each commit of a writer (storage/spans.py).
stamps = Table(
    "stamps",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", BigId, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("owner", String(40), nullable=False),
    Column("until", Utc, nullable=False),
)
