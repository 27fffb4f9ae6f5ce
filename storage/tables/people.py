"""People, their accounts on the platforms, their posts, and what was done by whom."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, LargeBinary, String, Table, UniqueConstraint

from storage.tables.columns import BigId, Json, Utc, key, metadata, ref, sealed

# `phone_key` is a keyed HMAC of the number, so that it can be looked up without being read. `wecom_id` is the user id
# in the office's WeCom. `away_until` is what the office's file says, of which the import makes a leave.
people = Table(
    "people",
    metadata,
    key(),
    ref("district_id", "areas.id", index=True),
    Column("name", String(60), nullable=False),
    sealed("phone"),
    Column("phone_key", LargeBinary(32), index=True),
    Column("language", String(8)),
    Column("away_until", Date),
    Column("active", Boolean, nullable=False, default=True),
    Column("created_at", Utc, nullable=False),
    Column("wecom_id", String(64), index=True),
)

# `private_chat` is set once the platform lets us write to the account.
accounts = Table(
    "accounts",
    metadata,
    key(),
    Column("channel", String(32), nullable=False),
    Column("user_id", String(128), nullable=False),
    Column("name", String(120), nullable=False),
    ref("person_id", "people.id", null=True, index=True),
    Column("private_chat", String(128)),
    Column("language", String(8)),
    Column("opted_out", Boolean, nullable=False, default=False),
    # Where it was last heard in a group: its place in the tree when it writes in private.
    Column("last_group_id", BigId),
    Column("seen_at", Utc, nullable=False),
    UniqueConstraint("channel", "user_id"),
    Index(None, "channel", "private_chat"),
)

# From the first day to the last, both included; `half` "morning" or "afternoon" of its one day. `deputy_id` is who was
# told last that he stands in, `listed_on` the last day whose list he was given.
leaves = Table(
    "leaves",
    metadata,
    key(),
    ref("district_id", "areas.id"),
    ref("person_id", "people.id", index=True),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("half", String(12)),
    ref("deputy_id", "people.id", null=True, index=True),
    Column("listed_on", Date),
    Index(None, "district_id", "last_on"),
)

posts = Table(
    "posts",
    metadata,
    key(),
    ref("person_id", "people.id", index=True),
    ref("area_id", "areas.id", index=True),
    Column("role", String(24), nullable=False),
    ref("department_id", "departments.id", null=True, index=True),
    Column("full_time", Boolean, nullable=False, default=True),
    Column("since", Utc, nullable=False),
    Column("until", Utc),
)

# Who may speak for whom: a daughter's account for her mother. The account stays her own.
kin = Table(
    "kin",
    metadata,
    key(),
    ref("account_id", "accounts.id", index=True),
    ref("person_id", "people.id", index=True),
    Column("since", Utc, nullable=False),
    UniqueConstraint("account_id", "person_id"),
)

# One-time codes: only a keyed hash of each is kept. `bind_group` binds a room to the area, `bind_person` an account
# to the person; by `bind_kin` the account may speak for the person.
codes = Table(
    "codes",
    metadata,
    key(),
    Column("hash", LargeBinary(32), nullable=False, unique=True),
    Column("purpose", String(16), nullable=False),
    ref("area_id", "areas.id", null=True),
    ref("person_id", "people.id", null=True),
    Column("tier", String(16)),
    Column("audience", String(16)),
    ref("made_by", "people.id", null=True),
    Column("made_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
    ref("used_by", "accounts.id", null=True),
)

audit_log = Table(
    "audit_log",
    metadata,
    key(),
    Column("district_id", BigId),
    Column("at", Utc, nullable=False),
    Column("person_id", BigId),
    Column("account_id", BigId),
    Column("action", String(40), nullable=False),
    Column("subject", String(60), nullable=False),
    Column("data", Json, nullable=False, default=dict),
    Index(None, "subject", "at"),
)
