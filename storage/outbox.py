"""The outbox: what is to be said, until a channel has taken it.

States: queued → inflight → sent | failed | unknown; dropped by hand. Delivery is at least once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, bindparam, exists, func, or_, select, tuple_, update

from domain.messages import Address, Media, Outgoing
from storage.cards import Cards
from storage.cipher import Cipher
from storage.letters import ENDED, Letter, Listed, Standing, buttons_in, in_order, offers_of
from storage.mailroom import Mailroom
from storage.memory import Subject
from storage.prepared import Prepared
from storage.standing import Standings
from storage.tables import outbox
from storage.tables.columns import written
from storage.upsert import insert_for

__all__ = ["Letter", "Listed", "Outbox"]

TEXT = "outbox.text"


@Prepared
def _PUT(dialect: str) -> Executable:
    return insert_for(dialect, outbox).on_conflict_do_nothing(index_elements=["once"]).returning(outbox.c.id)


@Prepared
def _PUT_EACH(dialect: str) -> Executable:
    return insert_for(dialect, outbox).on_conflict_do_nothing(index_elements=["once"])


def _freed(*which: ColumnElement[bool]) -> Executable:
    """What is in hand on a channel waits again, or is shown to staff."""
    why = bindparam("why", type_=outbox.c.error.type)
    return (
        update(outbox)
        .where(outbox.c.channel == bindparam("of"), outbox.c.state == written("inflight"), *which)
        .values(state=bindparam("becomes"), lease_by=None, lease_until=None, error=func.coalesce(why, outbox.c.error))
        .returning(outbox.c.id)
    )


def _fate(channel: str, harmful: bool) -> dict[str, str | None]:
    return {"of": channel, "becomes": "unknown" if harmful else "queued", "why": ENDED if harmful else None}


_FREE = Prepared(_freed())
_FREE_LATE = Prepared(_freed(outbox.c.lease_until <= bindparam("now", type_=outbox.c.lease_until.type)))


@Prepared
def _DUE(dialect: str) -> Executable:
    """The letters of a channel that may go now. `waits`: an older one of the same card is to go before."""
    clock = bindparam("clock", type_=outbox.c.not_before.type)
    now = bindparam("now", type_=outbox.c.lease_until.type)
    older = outbox.alias("older")
    before_it = select(older.c.id).where(
        older.c.channel == outbox.c.channel,
        older.c.chat == outbox.c.chat,
        older.c.card == outbox.c.card,
        older.c.id < outbox.c.id,
        or_(older.c.state == written("queued"), older.c.state == written("inflight")),
    )
    # What cannot go in this round, because what it waits for does not, takes nobody's place in it.
    held_up = before_it.where(
        or_(
            older.c.state == written("inflight"),
            older.c.not_before > clock,
            older.c.lease_until > now,
            tuple_(older.c.priority, older.c.not_before) > tuple_(outbox.c.priority, outbox.c.not_before),
        )
    )
    due = (
        select(outbox.c.id, outbox.c.chat, outbox.c.card, exists(before_it).label("waits"))
        .where(
            outbox.c.channel == bindparam("of"),
            outbox.c.state == written("queued"),
            outbox.c.not_before <= clock,
            or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now),
            ~exists(held_up),
        )
        .order_by(outbox.c.priority, outbox.c.not_before, outbox.c.id)
        .limit(bindparam("most"))
    )
    return due.with_for_update(skip_locked=True) if dialect == "postgresql" else due


def _media(message: Outgoing) -> tuple[list[str | None], ...]:
    return tuple([item.kind, item.ref, item.name] for item in message.media) if message.media else ()


def _subject(message: Outgoing) -> tuple[Subject, ...]:
    return (("card", message.card),) if message.card is not None else ()


class Outbox(Cards, Mailroom, Standings):
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        super().__init__(connection)
        self._cipher = cipher

    def put(self, message: Outgoing, to: Address, now: datetime, district: int | None = None) -> int | None:
        """Queue a message for a room; its id. None when its `once` key was used before.

        A newer edit makes the ones still waiting needless: of a storm only the last is sent. A card put up anew
        takes the place of one that was still held back (an emergency does not wait for the morning).
        """
        values, standing = self._made(message, to, now, district)
        rows = _PUT.write(self._c, values, _subject(message))
        if rows:
            self._stands(message, standing)
        return int(rows[0].id) if rows else None

    def queue(self, message: Outgoing, to: Address, now: datetime, district: int | None = None) -> bool:
        """As `put`, but nobody waits for its id. Whether it was queued."""
        if message.once is not None:
            return self.put(message, to, now, district) is not None
        values, standing = self._made(message, to, now, district)
        _PUT_EACH.later(self._c, values, _subject(message))
        self._stands(message, standing)
        return True

    def _made(
        self, message: Outgoing, to: Address, now: datetime, district: int | None
    ) -> tuple[dict[str, Any], tuple[Standing, ...]]:
        """The row, and what stands of its card with it; what it makes needless is dropped."""
        standing = self._left(message, to)
        not_before = max(message.not_before or now, now)
        if message.mode != "new":
            # What edits or replies to a card that is still held back is held back as long.
            waiting = (one for one in standing if (one.channel, one.chat, one.state) == (to.channel, to.chat, "queued"))
            not_before = max((not_before, *(one.not_before for one in waiting)))
        new = Standing(to.channel, to.chat, to.thread, message.mode, "queued", not_before)
        offers = offers_of(message.buttons, self._cipher)
        return self._values(message, to, now, not_before, district, offers), (*standing, new)

    def put_once(self, messages: Sequence[tuple[Outgoing, Address]], now: datetime, district: int | None) -> None:
        """Queue many new messages at once. Each has a `once` key, and nothing of its card stands anywhere."""
        # Most of them offer the same: it is sealed once.
        offers = cache(partial(offers_of, cipher=self._cipher))
        count, seal = len(messages), self._cipher.seal
        columns: dict[str, Sequence[Any]] = {
            "district_id": [district] * count,
            "channel": [to.channel for _, to in messages],
            "chat": [to.chat for _, to in messages],
            "thread": [to.thread for _, to in messages],
            "card": [one.card for one, _ in messages],
            "mode": [one.mode for one, _ in messages],
            "replies_to": [one.replies_to for one, _ in messages],
            "text": [seal(one.text, TEXT) for one, _ in messages],
            "offers": [offers(one.buttons) for one, _ in messages],
            "media": [_media(one) for one, _ in messages],
            "priority": [int(one.priority) for one, _ in messages],
            "silent": [one.silent for one, _ in messages],
            "once": [one.once for one, _ in messages],
            "not_before": [now if one.not_before is None else max(one.not_before, now) for one, _ in messages],
            "state": ["queued"] * count,
            "attempts": [0] * count,
            "created_at": [now] * count,
        }
        _PUT_EACH.write_columns(self._c, columns, count)

    def _values(
        self,
        message: Outgoing,
        to: Address,
        now: datetime,
        not_before: datetime,
        district: int | None,
        offers: bytes | None,
    ) -> dict[str, Any]:
        return {
            "district_id": district,
            "channel": to.channel,
            "chat": to.chat,
            "thread": to.thread,
            "card": message.card,
            "mode": message.mode,
            "replies_to": message.replies_to,
            "text": self._cipher.seal(message.text, TEXT),
            "offers": offers,
            "media": _media(message),
            "priority": int(message.priority),
            "silent": message.silent,
            "once": message.once,
            "not_before": not_before,
            "state": "queued",
            "attempts": 0,
            "created_at": now,
        }

    def claim(
        self,
        now: datetime,
        clock: datetime,
        owner: str,
        lease_until: datetime,
        limit: int,
        channel: str,
        *,
        harmful: bool = False,
    ) -> list[Letter]:
        """Lease due letters, the most urgent first; `now` is real time (leases), `clock` the office's (not_before).
        What was leased for too long is sent again, unless a repeat is `harmful` there.

        Within one card the order of queueing is kept: a letter waits while an older one of its card is unsent.
        """
        # Two statements, each over the rows of one state: for both at once every letter ever sent would be read.
        _FREE_LATE.write(self._c, {**_fate(channel, harmful), "now": now})
        asked = {"of": channel, "now": now, "clock": clock, "most": limit}
        ids = in_order(_DUE.all(self._c, asked))
        if not ids:
            return []
        self._c.execute(
            update(outbox)
            .where(outbox.c.id.in_(ids))
            .values(state="inflight", lease_by=owner, lease_until=lease_until, attempts=outbox.c.attempts + 1)
        )
        return self.letters(ids)

    def letters(self, ids: Sequence[int]) -> list[Letter]:
        """These letters as they are sent, in this order."""
        rows = {row.id: row for row in self._c.execute(select(outbox).where(outbox.c.id.in_(ids)))}
        return [self._letter(rows[row_id]) for row_id in ids]

    def release(self, channel: str, *, harmful: bool) -> int:
        """Another process spoke on this channel and does so no longer: what it had in hand is sent anew, before
        what was written later; where a repeat is `harmful` it is shown to staff."""
        return len(_FREE.write(self._c, _fate(channel, harmful)))

    def _letter(self, row: Any) -> Letter:
        return Letter(
            id=row.id,
            to=Address(row.channel, row.chat, row.thread),
            text=self._cipher.open_text(row.text, TEXT),
            card=row.card,
            mode=row.mode,
            replies_to=row.replies_to,
            buttons=buttons_in(row.offers, self._cipher),
            media=tuple(Media(kind, ref, name) for kind, ref, name in row.media),
            priority=row.priority,
            silent=row.silent,
            attempts=row.attempts,
            remotes=self.remotes(row.channel, row.chat, row.card) if row.card and row.mode != "new" else (),
        )

    def sent(self, letter: Letter, remotes: Sequence[str], now: datetime, ticket: int | None) -> None:
        """Delivered: keep the platform's ids of the card (an edit of what is gone was said anew, under new ids)."""
        self._c.execute(
            update(outbox)
            .where(outbox.c.id == letter.id)
            .values(state="sent", sent_at=now, lease_until=None, lease_by=None, error=None)
        )
        if letter.card is None or (letter.mode == "edit" and tuple(remotes) == letter.remotes):
            return
        self.hang(letter.card, letter.to, remotes, now, ticket)

    def again(self, letter: Letter, at: datetime, error: str, *, tried: bool = True) -> None:
        """Try again at a later time (real time, kept in the lease so that the office's clock does not matter);
        a wait for the budget is no try."""
        self._c.execute(
            update(outbox)
            .where(outbox.c.id == letter.id)
            .values(
                state="queued",
                lease_until=at,
                lease_by=None,
                error=error[:1000],
                attempts=letter.attempts if tried else letter.attempts - 1,
            )
        )

    def give_up(self, letter_id: int, state: str, error: str) -> None:
        """`failed` or `unknown` (it may have arrived, and a repeat would do harm)."""
        self._c.execute(
            update(outbox)
            .where(outbox.c.id == letter_id)
            .values(state=state, lease_until=None, lease_by=None, error=error[:1000])
        )
