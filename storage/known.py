"""The tickets around a group, as the listener looks at them; in one transaction each is read once, and again only
when something of it was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, Column, Connection, Select, bindparam, select, union_all

from domain.listening import Known
from domain.reading import Where
from domain.tickets import ACTIVE
from storage.attached import IN_LINES, IN_VOICES, Attached, TicketVoice, know_attached, know_voices, read_voices
from storage.cipher import Cipher
from storage.lines import TEXT, recall_line
from storage.meant import ENDED, Coming, Place, Resident, expect, meant
from storage.memory import know, once_each, recall
from storage.prepared import Prepared
from storage.tables import areas, groups, lines, people, ticket_messages, ticket_voices, tickets

# Enough to know a matter by; a ticket with hundreds of lines is not read whole for every message.
TEXTS_READ = 24
# The words of a line, and which line it edits.
Worded: TypeAlias = tuple[str, int | None]
# A verdict on what is in hand again was of the time before.
AT_REST = frozenset({"done", "closed"})


def _newest_in(place: Column[int]) -> Select[Any]:
    """Each status has its own stretch of the index, so that however many are open only the newest are looked at."""
    stretches = []
    for status in (*sorted(ACTIVE), *ENDED):
        found = select(tickets.c.id, tickets.c.last_at).where(place == bindparam("place"), tickets.c.status == status)
        if status in ENDED:
            found = found.where(tickets.c.last_at >= bindparam("since"))
        newest = found.order_by(tickets.c.last_at.desc()).limit(bindparam("most")).subquery()
        stretches.append(select(newest.c.id, newest.c.last_at))
    every = union_all(*stretches).subquery()
    return select(every.c.id).order_by(every.c.last_at.desc(), every.c.id.desc()).limit(bindparam("most"))


_ALL_IN_COMMUNITY, _ALL_IN_DISTRICT = (
    Prepared(_newest_in(place)) for place in (tickets.c.community_id, tickets.c.district_id)
)

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_TICKETS = Prepared(
    select(
        *(
            tickets.c[name]
            for name in (
                *("id", "category", "urgency", "where", "group_id", "tier", "reporter_account_id", "status"),
                *("opened_at", "last_at", "assignee_id", "helpers", "followed_by", "asked_where_of", "private"),
                *("done_at", "rating"),
            )
        ),
        people.c.name.label("assignee_name"),
        groups.c.tier.label("group_tier"),
    )
    .outerjoin(people, people.c.id == tickets.c.assignee_id)
    .outerjoin(groups, groups.c.id == tickets.c.group_id)
    .where(tickets.c.id.in_(_IDS)),
    "ids",
)
_SAID = Prepared(
    select(ticket_messages.c.ticket_id, ticket_messages.c.part, lines.c.id, lines.c.photo, lines.c.text, lines.c.edits)
    .join(lines, lines.c.id == ticket_messages.c.line_id)
    .where(ticket_messages.c.ticket_id.in_(_IDS))
    .order_by(lines.c.id),
    "ids",
)
_READ = (tickets, ticket_messages, ticket_voices, people, groups)


def _place(community: int | None, district: int | None) -> Place:
    return ("community_id", community) if community is not None else ("district_id", district)


class KnownTickets:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def around(
        self,
        *,
        community: int | None,
        district: int | None,
        since: datetime,
        limit: int,
        resident: Resident | None = None,
    ) -> tuple[Known, ...]:
        """Open tickets of a community (of the whole district where community is None), and those ended since
        then; the most lately touched first, at most `limit`. For a resident only what he can mean."""
        place = _place(community, district)
        if resident is None:
            statement = _ALL_IN_COMMUNITY if community is not None else _ALL_IN_DISTRICT
            found = statement.scalars(self._c, {"place": place[1], "since": since, "most": limit})
        else:
            found = meant(self._c, place, resident, since, limit)
        return tuple(once_each(self._c, "known", found, _READ, self._load, "ticket"))

    def expect(self, community: int | None, district: int | None, coming: Coming) -> None:
        """Read at once what `around` will be asked there for residents' lines."""
        expect(self._c, _place(community, district), coming)

    def _load(self, ids: Sequence[int]) -> dict[int, Known]:
        known = {one: found for one in ids if (found := self._remembered(one)) is not None}
        if missing := [one for one in ids if one not in known]:
            known |= self._read(missing)
        return known

    def _remembered(self, ticket_id: int) -> Known | None:
        """What was just written of a ticket and its lines need not be read. None where anything of it would have to."""
        subject = ("ticket", ticket_id)
        kept = recall(self._c, ("ticket", ticket_id), (tickets,), subject)
        voices = recall(self._c, ("voices", ticket_id), IN_VOICES, subject)
        attached = recall(self._c, ("attached", ticket_id), IN_LINES, subject)
        if kept is None or voices is None or attached is None:
            return None
        ticket, extra = kept
        said = [(one.line, self._worded(one.line)) for one in attached if one.part != "act"][:TEXTS_READ]
        group = recall(self._c, ("group", ticket.group), (groups, areas)) if ticket.group is not None else None
        if (
            any(worded is None for _, worded in said)
            or ticket.assignee is not None
            or (group is None) != (ticket.group is None)
        ):
            return None
        return Known(
            id=ticket.id,
            category=ticket.category,
            urgency=ticket.urgency,
            where=ticket.where,
            texts=_as_worded_last([(line, *worded) for line, worded in said if worded is not None]),
            group=ticket.group or 0,
            tier=group.tier if group is not None else ticket.tier,
            reporter=ticket.reporter_account or 0,
            voices=_others(voices, ticket.reporter_account),
            status=ticket.status,
            opened_at=ticket.opened_at,
            last_at=extra.last_at,
            assignee=None,
            assignee_name=None,
            helpers=frozenset(ticket.helpers),
            follower=ticket.followed_by if ticket.status == "open" else None,
            lines=tuple(line for line, _ in said),
            asked_where=extra.asked_where_of,
            private=ticket.private,
            done_at=ticket.done_at,
            rated=ticket.rating is not None and ticket.status in AT_REST,
        )

    def _worded(self, line: int) -> Worded | None:
        told = recall_line(self._c, line)
        if told is not None:
            return told.text, told.edits
        return recall(self._c, ("worded", line), (lines,), ("line", line))

    def _read(self, ids: Sequence[int]) -> dict[int, Known]:
        """What hangs on them is remembered besides: whoever adds to one of them looks at it first."""
        said: dict[int, list[tuple[int, str, int | None]]] = {}
        attached: dict[int, list[Attached]] = {one: [] for one in ids}
        for row in _SAID.all(self._c, {"ids": ids}):
            attached[row.ticket_id].append(Attached(row.id, row.part, row.photo))
            words = said.setdefault(row.ticket_id, [])
            if row.part != "act" and len(words) < TEXTS_READ:
                text = self._cipher.open_text(row.text, TEXT)
                words.append((row.id, text, row.edits))
                know(self._c, ("worded", row.id), (text, row.edits), (lines,))
        voices = read_voices(self._c, ids)
        for one in ids:
            know_attached(self._c, one, attached[one])
            know_voices(self._c, one, voices.get(one, ()))
        return {
            row.id: Known(
                id=row.id,
                category=row.category,
                urgency=row.urgency,
                where=Where(**row.where),
                texts=_as_worded_last(said.get(row.id, ())),
                group=row.group_id or 0,
                tier=row.group_tier or row.tier,
                reporter=row.reporter_account_id or 0,
                voices=_others(voices.get(row.id, ()), row.reporter_account_id),
                status=row.status,
                opened_at=row.opened_at,
                last_at=row.last_at,
                assignee=row.assignee_id,
                assignee_name=row.assignee_name,
                helpers=frozenset(row.helpers),
                follower=row.followed_by if row.status == "open" else None,
                lines=tuple(line_id for line_id, *_ in said.get(row.id, ())),
                asked_where=row.asked_where_of,
                private=row.private,
                done_at=row.done_at,
                rated=row.rating is not None and row.status in AT_REST,
            )
            for row in _TICKETS.all(self._c, {"ids": ids})
        }


def _as_worded_last(said: Iterable[tuple[int, str, int | None]]) -> tuple[str, ...]:
    """What was edited counts as it was worded last: 5幢 that became 3幢 is no place of the matter any more."""
    told = list(said)
    stale = {edits for *_, edits in told if edits is not None}
    return tuple(text for line, text, _ in told if text and line not in stale)


def _others(voices: Iterable[TicketVoice], reporter: int | None) -> frozenset[int]:
    """Who has the same trouble; the reporter, who is a voice in the table too, is named apart."""
    return frozenset(voice.account for voice in voices) - {reporter or 0}
