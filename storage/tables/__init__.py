"""Every table, by subject; the migrations are written from `metadata`."""

from storage.tables.care import care_plans, diary_entries, entry_lines, entry_subjects, households, residents, visits
from storage.tables.columns import metadata
from storage.tables.outside import broadcasts, outside_orders, report_drafts
from storage.tables.people import accounts, audit_log, codes, kin, leaves, people, posts
from storage.tables.places import areas, counters, departments, groups
from storage.tables.playground import playground_posts, playground_rooms
from storage.tables.road import alarms, button_texts, cards, channel_state, inbox, leases, lines, media, outbox, stamps
from storage.tables.staging import FILLED, STAGED
from storage.tables.tickets import (
    adaptations,
    corrections,
    ratings,
    second_opinions,
    ticket_events,
    ticket_messages,
    ticket_voices,
    tickets,
)

__all__ = [
    "FILLED",
    "STAGED",
    "accounts",
    "adaptations",
    "alarms",
    "areas",
    "audit_log",
    "broadcasts",
    "button_texts",
    "cards",
    "care_plans",
    "channel_state",
    "codes",
    "corrections",
    "counters",
    "departments",
    "diary_entries",
    "entry_lines",
    "entry_subjects",
    "groups",
    "households",
    "inbox",
    "kin",
    "leases",
    "leaves",
    "lines",
    "media",
    "metadata",
    "outbox",
    "outside_orders",
    "people",
    "playground_posts",
    "playground_rooms",
    "posts",
    "ratings",
    "report_drafts",
    "residents",
    "second_opinions",
    "stamps",
    "ticket_events",
    "ticket_messages",
    "ticket_voices",
    "tickets",
    "visits",
]
