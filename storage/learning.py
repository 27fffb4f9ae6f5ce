"""What people put right, as far as it may be learnt from, and what was learnt from it: versions, sealed, taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from storage.cipher import Cipher
from storage.memory import once
from storage.prepared import Prepared
from storage.tables import accounts, adaptations, corrections, lines, ticket_messages, tickets
from storage.ticket_lines import SAID

CONTENT = "adaptations.content"
State: TypeAlias = Literal["wanted", "used", "refused", "undone"]

# What teaches what a report is and of which category. The others (places, merged and split tickets, urgency) are kept
# for whoever looks into them.
_TEACHING = ("reject", "register", "category")

_NEWEST = Prepared(select(adaptations).where(adaptations.c.state == "used").order_by(adaptations.c.id.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one ticket teaches: its words, whether they report something, and what, where somebody said so."""

    ticket: int
    text: str
    tier: str
    report: bool
    category: str | None


@dataclass(frozen=True, slots=True)
class Learnt:
    """One version. `content` is as handlers/learning.py packs it; empty while it is only wanted."""

    id: int
    at: datetime
    state: State
    model: str
    corrections: int
    content: Mapping[str, Any]


class Learning:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def lessons(self) -> list[Lesson]:
        """One for each ticket that somebody put right, as he left it; without emergencies, without what only two
        people may know, and without anything said by somebody who does not want to be kept (不记我)."""
        out = exists(
            select(ticket_messages.c.line_id)
            .select_from(
                ticket_messages.join(lines, lines.c.id == ticket_messages.c.line_id).join(
                    accounts, accounts.c.id == lines.c.account_id
                )
            )
            .where(ticket_messages.c.ticket_id == tickets.c.id, accounts.c.opted_out)
        )
        rows = self._c.execute(
            select(
                corrections.c.ticket_id, corrections.c.kind, corrections.c.became, corrections.c.text, tickets.c.tier
            )
            .select_from(corrections.join(tickets, tickets.c.id == corrections.c.ticket_id))
            .where(
                corrections.c.kind.in_(_TEACHING),
                corrections.c.text.is_not(None),
                corrections.c.was != "emergency",
                corrections.c.became != "emergency",
                tickets.c.category != "emergency",
                ~tickets.c.sensitive,
                ~out,
            )
            .order_by(corrections.c.id)
        )
        found: dict[int, Lesson] = {}
        for row in rows:
            report = row.kind != "reject"
            text = self._cipher.open_text(row.text, SAID)
            found[row.ticket_id] = Lesson(row.ticket_id, text, row.tier, report, row.became if report else None)
        return list(found.values())

    def count(self) -> int:
        """How many corrections of the kinds that teach there are."""
        counted = select(func.count()).select_from(corrections).where(corrections.c.kind.in_(_TEACHING))
        return int(self._c.execute(counted).scalar_one())

    def in_force(self) -> Learnt | None:
        """The newest version that is used; None: the reader is as it was shipped."""
        return once(self._c, ("learnt",), (adaptations,), lambda: self._learnt(_NEWEST.first(self._c, {})))

    def versions(self) -> list[Learnt]:
        """All of them, the newest first."""
        rows = self._c.execute(select(adaptations).order_by(adaptations.c.id.desc()))
        return [one for row in rows if (one := self._learnt(row)) is not None]

    def want(self, now: datetime) -> None:
        """Ask for a fit, unless one is asked for already."""
        waiting = select(adaptations.c.id).where(adaptations.c.state == "wanted")
        if self._c.execute(waiting).first() is None:
            self._c.execute(insert(adaptations).values(at=now, state="wanted"))

    def is_wanted(self) -> bool:
        return self._c.execute(select(adaptations.c.id).where(adaptations.c.state == "wanted")).first() is not None

    def take_wanted(self) -> bool:
        """True for the one process that shall do what was asked for; the request is gone then."""
        return self._c.execute(delete(adaptations).where(adaptations.c.state == "wanted")).rowcount > 0

    def add(self, at: datetime, state: State, model: str, count: int, content: Mapping[str, Any]) -> None:
        """Keep a version; where it is `used` it is in force from the next transaction on."""
        sealed = self._cipher.seal(json.dumps(content, ensure_ascii=False), CONTENT)
        self._c.execute(insert(adaptations).values(at=at, state=state, model=model, corrections=count, content=sealed))

    def undo(self) -> Learnt | None:
        """Take back the version in force; the one before it is in force again. Returns what was taken back."""
        learnt = self.in_force()
        if learnt is not None:
            self._c.execute(update(adaptations).where(adaptations.c.id == learnt.id).values(state="undone"))
        return learnt

    def _learnt(self, row: Any) -> Learnt | None:
        if row is None:
            return None
        content = json.loads(self._cipher.open_text(row.content, CONTENT)) if row.content is not None else {}
        return Learnt(row.id, row.at, row.state, row.model, row.corrections, content)
