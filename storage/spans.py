"""How long what was read of a table is remembered where other processes write meanwhile (on a server).

A stamp tells whether anything was written to the tables that are remembered longest.
"""

from __future__ import annotations

from functools import cache, lru_cache

from sqlalchemy import Connection, Dialect, Table, select

from storage.driver import run
from storage.plans import Plan, plan_of
from storage.tables import (
    accounts,
    adaptations,
    alarms,
    areas,
    channel_state,
    counters,
    departments,
    groups,
    kin,
    leaves,
    lines,
    people,
    posts,
    stamps,
    ticket_events,
    ticket_messages,
    ticket_voices,
    tickets,
)
from storage.upsert import upsert

# To the end of a savepoint; of a transaction; until the stamp is another.
BRIEF, WHOLE, LASTING = SPANS = (0, 1, 2)

# Who works in a lane (storage/lanes.py) has its tickets and talk for himself, and where others do change a ticket it
# has a version. Accounts may speak in two lanes: what is bound there counts here from the next transaction on.
# The last number of a label is remembered by whoever has counted it up, and holds its row to the end.
_OF_A_LANE = frozenset({accounts, alarms, counters, lines, ticket_events, ticket_messages, ticket_voices, tickets})
# Others write this at any time, but nothing hangs on whether that was before a batch or in its midst; what does is
# read with `hold`.
_AS_IT_BEGAN = frozenset({channel_state, leaves})
# Written when an office is set up, and seldom after.
_SELDOM_WRITTEN = frozenset({adaptations, areas, departments, groups, kin, people, posts})

_NAME = "places and people"
_STAMP = select(stamps.c.value).where(stamps.c.name == _NAME)


@cache
def span_of(tables: tuple[Table, ...]) -> int:
    """How long what was read from all of these is remembered; of nothing named, briefly."""
    if not tables:
        return BRIEF
    if _SELDOM_WRITTEN.issuperset(tables):
        return LASTING
    return WHOLE if (_SELDOM_WRITTEN | _OF_A_LANE | _AS_IT_BEGAN).issuperset(tables) else BRIEF


@lru_cache(maxsize=4)
def _stamp_plan(dialect: Dialect) -> Plan:
    return plan_of(_STAMP, dialect, {}, ())


def stamp(connection: Connection) -> int:
    """Another one after each commit of whoever wrote to a table that is remembered longest."""
    dialect = connection.dialect
    plan = _stamp_plan(dialect)
    found = plan.firsts(run(connection, plan.sql, plan.parameters({})), dialect)
    return int(found[0]) if found else 0


def bump(connection: Connection) -> None:
    """Make it another, in the transaction that wrote."""
    first = upsert(connection, stamps).values(name=_NAME, value=1)
    connection.execute(first.on_conflict_do_update(index_elements=["name"], set_={"value": stamps.c.value + 1}))
