"""Which ticket staff mean by the parts, tools and outcomes that they name: 皮带换了 of the lift."""

from __future__ import annotations

from collections.abc import Sequence

from domain.listening import Known
from handlers.listening.odds import Marks
from nlu.trades import trades_asked, trades_at_work

_MOST = 3


def by_trade(said: str, tickets: Sequence[Known]) -> list[Marks]:
    """For each ticket whether the words speak of a trade that it asks for, beside the others."""
    at_work = trades_at_work(said)
    shared = [len(at_work & trades_asked(ticket.texts)) for ticket in tickets]
    found: list[Marks] = []
    for place, mine in enumerate(shared):
        other = max((one for at, one in enumerate(shared) if at != place), default=0)
        flags = {
            "its trade": mine > other,
            "trade of another": other > mine,
            "strange trade": bool(at_work) and not mine,
        }
        found.append({"trades": min(_MOST, mine) / _MOST} | {name: 1.0 for name, on in flags.items() if on})
    return found
