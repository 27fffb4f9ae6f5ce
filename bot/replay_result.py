"""What became of a replayed conversation, in the words of the scoring tool."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.channels.replay import NAME, Spoken
from storage.attached import Part
from storage.store import Store
from storage.tables import diary_entries, households, lines, people, ticket_events, tickets

_DOOR = re.compile(r"\d+(?:-\d+)+$")

_DEEDS = {
    "claim": "claim",
    "help": "claim",
    "done": "done",
    "escalate": "escalate",
    "transfer": "transfer",
    "rate": "rate",
    "withdraw": "withdraw",
    "correct": "correct_category",
}
# What a ticket is made of; what was done to it is an action.
_PARTS: tuple[Part, ...] = ("report", "voice", "note")


def result_of(store: Store, conversation: Mapping[str, Any], spoken: Sequence[Spoken]) -> dict[str, Any]:
    """Tickets, diary, actions and what was said, with lines named by the numbers of their messages."""
    numbers = {datetime.fromisoformat(message["at"]): message["n"] for message in conversation["messages"]}
    by_line = {
        row.id: numbers[row.sent_at]
        for row in store.connection.execute(select(lines.c.id, lines.c.sent_at).where(lines.c.channel == NAME))
    }
    known = [row.id for row in store.connection.execute(select(tickets.c.id).order_by(tickets.c.id))]
    found: list[dict[str, Any]] = []
    place: dict[int, int] = {}
    for ticket_id in known:
        told = _ticket(store, ticket_id, by_line)
        if told is not None:
            place[ticket_id] = len(found)
            found.append(told)
    return {
        "id": conversation["id"],
        "tickets": found,
        "diary": _diary(store, by_line, with_estate=conversation["area"]["estate"] is None),
        "actions": _actions(store, by_line, place),
        "said": [
            {
                "after": one.after,
                "group": one.chat,
                "text": one.text,
                "edit": one.edit,
            }
            for one in spoken
        ],
    }


def _ticket(store: Store, ticket_id: int, by_line: Mapping[int, int]) -> dict[str, Any] | None:
    """None for what staff were only asked about, or what was said to be no report."""
    ticket = store.tickets.get(ticket_id)
    if ticket.status in ("proposed", "rejected"):
        return None
    said = sorted({by_line[one] for one in store.tickets.lines_of(ticket_id, _PARTS)})
    if not said:
        return None
    opened = next(
        (one.line for one in store.tickets.events(ticket_id, ("opened", "register", "claim")) if one.line is not None),
        None,
    )
    reporter = ticket.reporter_name
    return {
        "from": said,
        "category": ticket.category,
        "urgency": ticket.urgency,
        "where": {
            name: getattr(ticket.where, name) for name in ("estate", "building", "unit", "floor", "room", "place")
        },
        "reporter": reporter,
        "also_reported_by": [voice.name for voice in store.tickets.voices(ticket_id) if voice.name != reporter],
        "private": ticket.private,
        "reopens": ticket.reopens is not None or ticket.reopened > 0,
        "raised_after": by_line[opened] if opened is not None else said[0],
        "status": ticket.status,
    }


def _diary(store: Store, by_line: Mapping[int, int], *, with_estate: bool) -> list[dict[str, Any]]:
    rows = store.connection.execute(
        select(diary_entries.c.id, diary_entries.c.household, diary_entries.c.kind, people.c.name, households.c.estate)
        .join(people, people.c.id == diary_entries.c.worker_id)
        .outerjoin(households, households.c.id == diary_entries.c.household_id)
        .order_by(diary_entries.c.id)
    )
    told = []
    for row in rows:
        said = sorted({by_line[one] for one in store.diary.lines_of(row.id)})
        door = row.household
        named = (bool(row.estate) and door.startswith(row.estate)) or not door[:1].isdigit()
        if (with_estate or named) and row.kind == "resident":
            door = _with_estate(door, row.estate)
        told.append({"from": said, "worker": row.name, "household": door, "kind": row.kind})
    return told


def _actions(store: Store, by_line: Mapping[int, int], place: Mapping[int, int]) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    for row in store.connection.execute(select(ticket_events).order_by(ticket_events.c.id)):
        if row.ticket_id not in place or row.line_id not in by_line:
            continue
        if row.data.get("asked_where"):
            told.append({"at_message": by_line[row.line_id], "does": "ask_location", "ticket": place[row.ticket_id]})
        if row.kind not in _DEEDS:
            continue
        action: dict[str, Any] = {
            "at_message": by_line[row.line_id],
            "does": _DEEDS[row.kind],
            "ticket": place[row.ticket_id],
        }
        if row.kind == "rate":
            action["value"] = "unsatisfied" if row.data.get("rating") == 3 else "satisfied"
        if row.kind == "correct":
            # What a resident's further words corrected is no deed of his.
            if "category_to" not in row.data or row.person_id is None:
                continue
            action["to"] = row.data["category_to"]
        if row.kind == "transfer":
            action["to"] = _handed_to(store, row.data)
        told.append(action)
    return told


def _handed_to(store: Store, data: Mapping[str, Any]) -> str:
    """The department, the colleague, or the words where neither is known."""
    if data.get("department") is not None:
        return store.tickets.department_name(int(data["department"])) or ""
    if data.get("person") is not None:
        return store.people.get(int(data["person"])).name
    return str(data.get("named") or "")


def _with_estate(door: str, estate: str | None) -> str:
    """ "樟桥里4-1-203", or "4-1-203" with the estate told apart → "樟桥里-4-1-203"."""
    code = _DOOR.search(door)
    if code is None:
        return door
    named = door[: code.start()].rstrip("-") or estate
    return f"{named}-{code[0]}" if named else code[0]
