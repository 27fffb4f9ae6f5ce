"""Where the messages of a card stand, or are about to; what is about to be said and is needless by now is dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, and_, bindparam, or_, select, update

from domain.messages import Address, Outgoing
from storage.gathered import waiting, withdraw
from storage.letters import THERE, WAITS, Standing
from storage.memory import know, once_each, wrote
from storage.prepared import Prepared
from storage.tables import outbox

_TABLES = (outbox,)
_BESIDE = frozenset(_TABLES)
_QUEUED_HERE = and_(
    outbox.c.channel == bindparam("in"),
    outbox.c.chat == bindparam("room"),
    outbox.c.card == bindparam("of"),
    outbox.c.state == "queued",
)
_DROP = update(outbox).where(_QUEUED_HERE, outbox.c.mode != "reply").values(state="dropped", error="superseded")
_SUPERSEDE = Prepared(_DROP)
_SUPERSEDE_EDITS = Prepared(_DROP.where(outbox.c.mode == "edit"))
_CARDS: BindParameter[Any] = bindparam("cards", expanding=True)
_STANDING = Prepared(
    select(outbox.c.card, *(outbox.c[name] for name in Standing.__slots__))
    .where(outbox.c.card.in_(_CARDS), or_(outbox.c.state.in_(THERE), outbox.c.error == WAITS))
    .order_by(outbox.c.id),
    "cards",
)


class Standings:
    """The part of `store.outbox` that is about where cards stand."""

    _c: Connection

    def begin(self, messages: Iterable[Outgoing]) -> None:
        """Nothing of their cards stands anywhere yet: they are those of a new matter."""
        for one in messages:
            if one.card is not None:
                know(self._c, ("standing", one.card), ())

    def expect_cards(self, cards: Sequence[str]) -> None:
        """Read at once what will be asked of these."""
        self._standings(cards)

    def rooms_of(self, card: str) -> list[Address]:
        """Where a card stands or is about to."""
        rooms = (Address(one.channel, one.chat, one.thread) for one in self._standing(card) if one.mode != "edit")
        return list(dict.fromkeys(rooms))

    def _standing(self, card: str) -> tuple[Standing, ...]:
        return self._standings((card,))[0]

    def _standings(self, cards: Sequence[str]) -> list[tuple[Standing, ...]]:
        return once_each(self._c, "standing", cards, _TABLES, self._read, "card")

    def _read(self, cards: Sequence[str]) -> dict[str, tuple[Standing, ...]]:
        found: dict[str, list[Standing]] = {card: [] for card in cards}
        # What is not written yet is newer than all that is, and need not be written for this.
        for card, *standing in _STANDING.all(self._c, {"cards": cards}, _BESIDE):
            found[card].append(Standing(*standing))
        for row in waiting(self._c, outbox):
            if row["card"] in found and row["state"] in THERE:
                found[row["card"]].append(Standing(*(row[name] for name in Standing.__slots__)))
        return {card: tuple(standing) for card, standing in found.items()}

    def _stands(self, message: Outgoing, standing: tuple[Standing, ...]) -> None:
        if message.card is not None:
            know(self._c, ("standing", message.card), standing)

    def _left(self, message: Outgoing, to: Address) -> tuple[Standing, ...]:
        """What stands of the message's card besides it; what it makes needless is dropped. Of that, what nobody has
        seen yet, since it is not even written, need not be."""
        if message.card is None:
            return ()
        standing = self._standing(message.card)
        needless = [one for one in standing if _supersedes(message, to, one)]
        if needless:
            kinds = {one.mode for one in needless}

            def is_needless(row: dict[str, Any]) -> bool:
                here = (row["card"], row["channel"], row["chat"], row["state"])
                return here == (message.card, to.channel, to.chat, "queued") and row["mode"] in kinds

            withdrawn = withdraw(self._c, outbox, is_needless)
            wrote(self._c, outbox, (("card", message.card),))
            if withdrawn < len(needless):
                statement = _SUPERSEDE_EDITS if message.mode == "edit" else _SUPERSEDE
                here = {"in": to.channel, "room": to.chat, "of": message.card}
                statement.write(self._c, here, (("card", message.card),), _BESIDE)
        return tuple(one for one in standing if one not in needless)


def _supersedes(message: Outgoing, to: Address, waiting: Standing) -> bool:
    here = (waiting.channel, waiting.chat, waiting.state) == (to.channel, to.chat, "queued")
    kinds = {"edit": ("edit",), "new": ("edit", "new"), "reply": ()}[message.mode]
    return here and waiting.mode in kinds
