"""Tickets: kept, found again by number, place or person, and changed only from the version that was read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select, update

from domain.areas import ids_in
from domain.tickets import ACTIVE, Status, Ticket
from storage.attached import TicketVoice
from storage.gathered import amend
from storage.memory import know, once, recall, wrote
from storage.prepared import Changes, Prepared
from storage.reserved import new_id
from storage.tables import areas, counters, departments, tickets
from storage.ticket_lines import KeptEvent, TicketLines
from storage.ticket_rows import Extra, extra_of, ticket_of, values_of

__all__ = ["Extra", "KeptEvent", "Stale", "TicketVoice", "Tickets"]

_INSERT = Prepared(insert(tickets))
_TICKET = Prepared(select(tickets).where(tickets.c.id == bindparam("of")))
_SAVE = Prepared(
    update(tickets)
    .where(tickets.c.id == bindparam("of"), tickets.c.version == bindparam("expected"))
    .returning(tickets.c.last_at)
)
_SET = Prepared(update(tickets).where(tickets.c.id == bindparam("of")))
_TOUCH = Changes(tickets, "id", "last_at", forward=True)

_LISTED = select(tickets).order_by(func.coalesce(tickets.c.solve_due, tickets.c.opened_at), tickets.c.id)
# Of the districts above or below an area, by which what is open is found among all that was.
_ITS_DISTRICTS = select(areas.c.id).where(
    areas.c.kind == "district",
    or_(areas.c.path.like(bindparam("below")), bindparam("below", type_=areas.c.path.type).like(areas.c.path + "%")),
)
_IN_AREA = Prepared(
    _LISTED.where(
        tickets.c.district_id.in_(_ITS_DISTRICTS),
        tickets.c.area_id.in_(select(areas.c.id).where(areas.c.path.like(bindparam("below")))),
        tickets.c.status.in_(bindparam("statuses", expanding=True)),
    ),
    "statuses",
)
_FREE = Prepared(
    _LISTED.with_only_columns(tickets.c.id, areas.c.path)
    .join(areas, areas.c.id == tickets.c.area_id)
    .where(
        tickets.c.district_id.in_(bindparam("districts", expanding=True)),
        tickets.c.status == "open",
        tickets.c.tier == "unit",
        tickets.c.assignee_id.is_(None),
    ),
    "districts",
)
_IN_HANDS = Prepared(
    _LISTED.where(
        tickets.c.assignee_id.in_(bindparam("persons", expanding=True)),
        tickets.c.status.in_(bindparam("statuses", expanding=True)),
    ),
    "persons",
    "statuses",
)

# A department has matters of its own district only, by which what is open is found among all that was.
_WITH_DEPARTMENT = Prepared(
    _LISTED.where(
        tickets.c.district_id.in_(select(departments.c.district_id).where(departments.c.id == bindparam("of"))),
        tickets.c.department_id == bindparam("of"),
        tickets.c.status.in_(bindparam("statuses", expanding=True)),
    ),
    "statuses",
)

_NUMBER = re.compile(r"\s*[#＃]?\s*(?P<label>[^\d\s#＃]*)\s*(?P<seq>\d{1,9})\s*号?\s*")


class Stale(Exception):
    """The ticket was changed by somebody else since it was read."""


class Tickets(TicketLines):
    # keeping

    def insert(
        self,
        ticket: Ticket,
        *,
        last_at: datetime,
        tags: Collection[str] = (),
        why: Collection[str] = (),
        asked_where: int | None = None,
    ) -> Ticket:
        """Keep a new one (its `id` is given here); where it is now is where it began. `asked_where`: the account that
        is asked for the place."""
        asked_at = last_at if asked_where is not None else None
        extra = Extra(ticket.tier, tuple(tags), tuple(why), last_at, asked_where, asked_at, None)
        new = replace(ticket, id=new_id(self._c, tickets))
        values = {
            "id": new.id,
            **values_of(ticket, self._cipher),
            "home_tier": extra.home_tier,
            "tags": list(tags),
            "why": list(why),
            "last_at": last_at,
            "asked_where_of": asked_where,
            "asked_where_at": asked_at,
            "told": [],
        }
        _INSERT.later(self._c, values, (("ticket", new.id),), one_of=("id",))
        self._know(new, extra)
        self._know_new(new.id)
        return new

    def save(self, ticket: Ticket, expected: int, last_at: datetime | None = None) -> Ticket:
        """Write a ticket read at version `expected`; Stale when it is no longer at that version."""
        values = values_of(ticket, self._cipher) | {"of": ticket.id, "expected": expected}
        if last_at is not None:
            values["last_at"] = last_at
        known = self._known(ticket.id)
        saved = _SAVE.write(self._c, values, (("ticket", ticket.id),))
        if not saved:
            raise Stale(f"ticket {ticket.id}: not at version {expected}")
        if known is not None:
            self._know(ticket, replace(known[1], last_at=saved[0].last_at))
        return ticket

    def touch(self, ticket: int, at: datetime) -> None:
        """Somebody spoke of it."""
        known, extra = self._both(ticket)
        if extra.last_at >= at:
            return
        about = (("ticket", ticket),)
        if amend(self._c, tickets, (ticket,), {"last_at": at}):
            wrote(self._c, tickets, about)
        else:
            _TOUCH.later(self._c, {"id": ticket, "last_at": at}, about)
        self._know(known, replace(extra, last_at=at))

    def asked_where(self, ticket: int, account: int | None, at: datetime | None) -> None:
        """The account was asked for the place (None: no longer)."""
        self._set(ticket, asked_where_of=account, asked_where_at=at)

    def asked_rating(self, ticket: int, at: datetime | None) -> None:
        """The reporter was asked how it went (None: no longer)."""
        self._set(ticket, asked_rating_at=at)

    def tell(self, ticket: int, persons: Collection[int]) -> None:
        """These got a card of their own, which is edited with the others."""
        known = self.extra(ticket).told
        told = dict.fromkeys((*known, *persons))
        if len(told) > len(known):
            self._set(ticket, told=tuple(told))

    def _set(self, ticket: int, **values: Any) -> None:
        known = self._known(ticket)
        if not amend(self._c, tickets, (ticket,), values):
            _SET.write(self._c, {"of": ticket, **values}, (("ticket", ticket),))
        if known is not None:
            self._know(known[0], replace(known[1], **values))

    # what is known of it need not be read

    def _both(self, ticket_id: int) -> tuple[Ticket, Extra]:
        def load() -> tuple[Ticket, Extra]:
            row = _TICKET.one(self._c, {"of": ticket_id})
            return self._ticket(row), extra_of(row)

        return once(self._c, ("ticket", ticket_id), (tickets,), load, ("ticket", ticket_id))

    def _known(self, ticket_id: int) -> tuple[Ticket, Extra] | None:
        return recall(self._c, ("ticket", ticket_id), (tickets,), ("ticket", ticket_id))

    def _know(self, ticket: Ticket, extra: Extra) -> None:
        know(self._c, ("ticket", ticket.id), (ticket, extra), (tickets,))

    def _ticket(self, row: Any) -> Ticket:
        return ticket_of(row, self._cipher)

    # finding

    def get(self, ticket_id: int) -> Ticket:
        return self._both(ticket_id)[0]

    def find(self, ticket_id: int) -> Ticket | None:
        row = _TICKET.first(self._c, {"of": ticket_id})
        return self._ticket(row) if row is not None else None

    def many(self, ids: Collection[int]) -> dict[int, Ticket]:
        if not ids:
            return {}
        rows = self._c.execute(select(tickets).where(tickets.c.id.in_(ids)))
        return {row.id: self._ticket(row) for row in rows}

    def living(self, ids: Collection[int], since: datetime) -> set[int]:
        """Those of them that are open, or were spoken of since then."""
        alive = or_(tickets.c.status.in_(sorted(ACTIVE)), tickets.c.last_at >= since)
        return set(self._c.execute(select(tickets.c.id).where(tickets.c.id.in_(ids), alive)).scalars())

    def by_number(self, text: str, district: int | None = None, community: int | None = None) -> Ticket | None:
        """ "阳光128", "#128", "128": a bare number is the community's own; elsewhere only if there is but one."""
        found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text))
        if found is None:
            return None
        # Whatever is not said is every one that counts: so the index over all three finds them, however many there are.
        of, label = counters.c.district_id, counters.c.label
        which = [of == district] if district is not None else []
        which += [label == found["label"]] if found["label"] else []
        statement = select(tickets).where(
            tickets.c.seq == int(found["seq"]),
            tickets.c.district_id.in_(select(of).where(*which)),
            tickets.c.label.in_(select(label).where(*which)),
        )
        rows = self._c.execute(statement.order_by(tickets.c.id.desc()).limit(50)).all()
        near = [row for row in rows if community is not None and row.community_id == community]
        fitting = near or rows
        return self._ticket(fitting[0]) if len(fitting) == 1 or near else None

    def of_assignee(self, person: int, statuses: Collection[Status] = ("open", "taken")) -> list[Ticket]:
        """In somebody's hands, the earliest deadline first."""
        return self.in_hands_of([person], statuses).get(person, [])

    def in_hands_of(
        self, persons: Collection[int], statuses: Collection[Status] = ("open", "taken")
    ) -> dict[int, list[Ticket]]:
        """As `of_assignee` for several at once; who has nothing in hand is left out."""
        found: dict[int, list[Ticket]] = {}
        for row in _IN_HANDS.all(self._c, {"persons": [*persons], "statuses": [*statuses]}):
            found.setdefault(row.assignee_id, []).append(self._ticket(row))
        return found

    def of_department(self, department: int, statuses: Collection[Status] = ("open", "taken")) -> list[Ticket]:
        rows = _WITH_DEPARTMENT.all(self._c, {"of": department, "statuses": [*statuses]})
        return [self._ticket(row) for row in rows]

    def of_reporter(
        self,
        account: int | None,
        person: int | None = None,
        statuses: Collection[Status] | None = None,
        kin: Collection[int] = (),
    ) -> list[Ticket]:
        """Reported by this account, or by any of this person or of those for whom it speaks; the newest last."""
        mine = [tickets.c.reporter_account_id == account] if account is not None else []
        persons = [*kin, *([person] if person is not None else [])]
        mine += [tickets.c.reporter_person_id.in_(persons)] if persons else []
        if not mine:
            return []
        statement = select(tickets).where(or_(*mine)).order_by(tickets.c.id)
        if statuses is not None:
            statement = statement.where(tickets.c.status.in_(list(statuses)))
        return [self._ticket(row) for row in self._c.execute(statement)]

    def last_area_of(self, account: int) -> int | None:
        """The area of what this account reported last."""
        return self._c.execute(
            select(tickets.c.area_id)
            .where(tickets.c.reporter_account_id == account)
            .order_by(tickets.c.id.desc())
            .limit(1)
        ).scalar()

    def in_area(self, path: str, statuses: Collection[Status] = ("open", "taken")) -> list[Ticket]:
        """Whose area is that of `path` or below it, the earliest deadline first."""

        def load() -> tuple[Ticket, ...]:
            # A path is numbers and slashes: nothing in it needs escaping.
            rows = _IN_AREA.all(self._c, {"below": f"{path}%", "statuses": list(statuses)})
            return tuple(self._ticket(row) for row in rows)

        return list(once(self._c, ("in area", path, frozenset(statuses)), (tickets, areas), load))

    def free_in(self, districts: Collection[int]) -> dict[int, list[int]]:
        """By area the ids of those there and below that are open at the lowest tier and in nobody's hands, the earliest
        deadline first. Areas without one are left out."""
        found: dict[int, list[int]] = {}
        for row in _FREE.all(self._c, {"districts": [*districts]}):
            for area in ids_in(row.path):
                found.setdefault(area, []).append(row.id)
        return found

    def department_name(self, department: int) -> str | None:
        """With whom a matter lies, also when the department is no longer active."""
        return self._c.execute(select(departments.c.name).where(departments.c.id == department)).scalar()

    def extra(self, ticket: int) -> Extra:
        return self._both(ticket)[1]
