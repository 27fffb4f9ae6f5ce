"""Households, those who are looked after, visits, and the diary."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, UniqueConstraint

from storage.tables.columns import BigId, Json, Utc, key, metadata, ref, sealed

# `code` is building-unit-room ("3-2-402") within the estate `area_id` lies in, group and number ("3组12号") in a
# village; for a firm its name.
households = Table(
    "households",
    metadata,
    key(),
    ref("district_id", "areas.id"),
    ref("community_id", "areas.id"),
    ref("area_id", "areas.id", index=True),
    Column("estate", String(60), nullable=False),
    Column("kind", String(12), nullable=False, default="resident"),
    Column("code", String(60), nullable=False),
    Column("created_at", Utc, nullable=False),
    UniqueConstraint("community_id", "estate", "code"),
    Index(None, "code"),
)

residents = Table(
    "residents",
    metadata,
    key(),
    ref("household_id", "households.id", index=True),
    ref("person_id", "people.id", null=True, index=True),
    Column("name", String(60), nullable=False),
    Column("called", String(60)),
    Column("tags", Json, nullable=False, default=list),
    Column("born", Integer),
    Column("consent_on", Date),
    sealed("health"),
    sealed("id_number"),
    sealed("phone"),
)

care_plans = Table(
    "care_plans",
    metadata,
    key(),
    ref("district_id", "areas.id"),
    ref("household_id", "households.id", index=True),
    ref("resident_id", "residents.id", null=True),
    ref("worker_id", "people.id", index=True),
    Column("rhythm", String(12), nullable=False),
    Column("weekdays", Json, nullable=False, default=list),
    Column("month_day", Integer, nullable=False, default=1),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
)

visits = Table(
    "visits",
    metadata,
    key(),
    Column("district_id", BigId, nullable=False),
    ref("plan_id", "care_plans.id"),
    ref("household_id", "households.id", index=True),
    ref("worker_id", "people.id"),
    Column("due_on", Date, nullable=False),
    Column("state", String(12), nullable=False, default="planned"),
    Column("done_at", Utc),
    Column("entry_id", BigId, index=True),
    UniqueConstraint("plan_id", "due_on"),
    Index(None, "worker_id", "due_on"),
)

diary_entries = Table(
    "diary_entries",
    metadata,
    key(),
    Column("district_id", BigId, nullable=False),
    Column("community_id", BigId),
    ref("worker_id", "people.id"),
    ref("area_id", "areas.id", null=True),
    ref("household_id", "households.id", null=True, index=True),
    Column("household", String(80), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("person_name", String(60)),
    Column("tags", Json, nullable=False, default=list),
    sealed("text", null=False),
    Column("at", Utc, nullable=False),
    Column("line_id", BigId, index=True),
    Column("ticket_id", BigId),
    Index(None, "worker_id", "at"),
    Index(None, "district_id", "at"),
)

entry_subjects = Table(
    "entry_subjects",
    metadata,
    Column("entry_id", BigId, primary_key=True),
    Column("resident_id", BigId, primary_key=True),
)

# Further lines told to one entry (a photo after the words).
entry_lines = Table(
    "entry_lines",
    metadata,
    Column("entry_id", BigId, primary_key=True),
    Column("line_id", BigId, primary_key=True, index=True),
)
