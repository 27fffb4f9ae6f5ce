"""What is asked again and again of the outbox, which grows for years, is found by an index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, select, update

from domain.diary import Entry
from domain.messages import Address, Outgoing
from domain.people import Role
from storage import driver, prepared, sample
from storage.audit import Audit
from storage.database import Database
from storage.late import again_for
from storage.pushes import Pushes, push_key
from storage.store import Store
from storage.tables import outbox
from tests.domain.made import ticket

NOW = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
DAY = date(2026, 5, 8)


@pytest.fixture
def plans(database: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Store], object]], list[str]]:
    """How the database goes about each statement of some work."""

    def work_and_explain(store: Store, work: Callable[[Store], object]) -> list[str]:
        asked: list[tuple[str, Any]] = []

        def note(connection: Connection, sql: str, parameters: Any, **how: Any) -> Any:
            asked.append((sql, parameters))
            return driver.run(connection, sql, parameters, **how)

        with monkeypatch.context() as patched:
            patched.setattr(prepared, "run", note)
            work(store)
        if store.connection.dialect.name == "sqlite":
            explain = "EXPLAIN QUERY PLAN "
        else:
            explain = "EXPLAIN "
            # A table of no rows is read as a whole, and sorted: is there another way?
            for costly in ("seqscan", "sort"):
                store.connection.exec_driver_sql(f"SET LOCAL enable_{costly} = off")
        return [
            "\n".join(str(row[-1]) for row in driver.run(store.connection, explain + sql, parameters).fetchall())
            for sql, parameters in asked
        ]

    return lambda work: database.write(lambda store: work_and_explain(store, work))


@pytest.fixture
def walked(database: Database) -> Callable[[Callable[[Store], object]], set[str]]:
    """The tables that some work walks through from end to end on SQLite, unless by an index over those of its rows that
    wait or failed; of a server nothing is said."""

    def work_and_explain(store: Store, work: Callable[[Store], object]) -> set[str]:
        asked: list[tuple[str, Any]] = []

        def note(connection: Connection, cursor: Any, sql: str, parameters: Any, *how: Any) -> None:
            asked.append((sql, parameters))

        event.listen(store.connection, "before_cursor_execute", note)
        work(store)
        event.remove(store.connection, "before_cursor_execute", note)
        if store.connection.dialect.name != "sqlite":
            return set()
        plans = [store.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values) for sql, values in asked]
        assert plans
        steps = [str(row[-1]).split() for plan in plans for row in plan]
        few = {"ix_outbox_due", "ix_outbox_lease", "ix_outbox_stuck"}
        return {step[1] for step in steps if step[0] == "SCAN" and few.isdisjoint(step)}

    return lambda work: database.write(lambda store: work_and_explain(store, work))


def fill(store: Store) -> None:
    """Letters enough, and counted, that reading all of them is never the cheapest."""
    to = Address("playground", "private:7")
    store.outbox.put_once([(Outgoing(to=to, text="到期了", once=f"x:{n}"), to) for n in range(2000)], NOW, None)
    store.connection.exec_driver_sql("ANALYZE")


def fill_with_sent(store: Store) -> None:
    """As after years: nearly all letters are sent, one in a hundred waits or is in hand."""
    fill(store)
    for state, which in (("sent", outbox.c.id % 100 > 1), ("inflight", outbox.c.id % 100 == 1)):
        store.connection.execute(update(outbox).where(which).values(state=state))
    store.connection.exec_driver_sql("ANALYZE")


def test_letters_long_sent_are_not_looked_at(
    database: Database, plans: Callable[[Callable[[Store], object]], list[str]]
) -> None:
    database.write(fill_with_sent)
    freed, found = plans(lambda store: store.outbox.claim(NOW, NOW, "me", NOW, 10, "playground"))
    assert "ix_outbox_lease" in freed, freed
    assert "ix_outbox_due" in found, found
    # Neither a walk over the whole table nor one over what is due only to sort it.
    for plan in (freed, found):
        for costly in ("SCAN outbox\n", "TEMP B-TREE", "Seq Scan", "Sort"):
            assert costly not in f"{plan}\n", plan


def test_the_pushes_of_a_day_are_not_looked_for_among_all(
    database: Database, plans: Callable[[Callable[[Store], object]], list[str]]
) -> None:
    database.write(fill)
    [plan] = plans(lambda store: Pushes(store.connection).on(7, DAY))
    assert "SEARCH outbox" in plan or "Index Cond" in plan, plan
    for costly in ("SCAN", "Seq Scan", "Filter"):
        assert costly not in plan, plan


def test_only_the_pushes_of_that_person_and_day_count(database: Database) -> None:
    keys = [push_key(7, DAY, "due:1:0"), push_key(7, DAY, "赶紧:2:0"), push_key(7, DAY, ""), "morning:7:2026-05-08"]
    others = [push_key(70, DAY, "due:1:0"), push_key(7, date(2026, 5, 9), "due:1:0"), "morning:7:2026-05-09",
              "urgent:7:due:1:0", "push:7:2026-05-08", "PUSH:7:2026-05-08:due", "push.7.2026-05-08.due"]  # fmt: skip

    def work(store: Store) -> int:
        for key in (*keys, *others):
            to = Address("playground", "private:7")
            store.outbox.put(Outgoing(to=to, text="到期了", once=key), to, NOW)
        return Pushes(store.connection).on(7, DAY)

    assert database.write(work) == len(keys)


def test_what_waits_for_a_reader_is_not_looked_for_among_all(
    database: Database, plans: Callable[[Callable[[Store], object]], list[str]]
) -> None:
    """Every message to an official account asks for it, within the five seconds that WeChat waits."""
    database.write(fill)
    [found] = plans(lambda store: again_for(store, "playground", "private:7", NOW, 10))
    assert "ix_outbox_stuck" in found
    for costly in ("SCAN", "Seq Scan", "Sort", "TEMP B-TREE"):
        assert costly not in found, found


def test_a_probe_counts_what_waits_or_failed_and_not_what_is_done(
    database: Database, plans: Callable[[Callable[[Store], object]], list[str]]
) -> None:
    database.write(fill)
    for plan in plans(lambda store: (store.inbox.unfinished(), store.outbox.unfinished())):
        assert "ix_" in plan, plan
        assert "Seq Scan" not in plan, plan
    assert database.read(lambda store: store.outbox.unfinished()) == {
        "queued": 2000, "inflight": 0, "failed": 0, "unknown": 0,
    }  # fmt: skip
    assert database.read(lambda store: store.inbox.unfinished()) == {"new": 0, "failed": 0}


def test_what_is_told_of_visits_and_diaries_is_not_looked_for_in_those_of_all_years(
    database: Database, walked: Callable[[Callable[[Store], object]], set[str]]
) -> None:
    """Each line that is forgotten at night asks whether an entry was told by it."""

    def told(store: Store) -> None:
        sample.load(store, NOW)
        [post, *_] = store.people.posts_in([Role.GRID_WORKER])
        entry = store.diary.add(Entry(post.person, NOW, "resident", "都好", "3-2-402"), district=1, line=7)
        store.diary.tell_more(entry, [8])

    database.write(told)
    assert walked(lambda store: store.lines.forget(NOW, 500)) == set()
    assert walked(lambda store: store.diary.of_line(8)) == set()


def test_a_door_is_not_looked_for_in_the_whole_district(
    database: Database, walked: Callable[[Callable[[Store], object]], set[str]]
) -> None:
    database.write(lambda store: sample.load(store, NOW))
    for work in (
        lambda store: store.households.find("/1/2/", "3-2-402"),
        lambda store: store.households.residents_called("/1/2/", "陈奶奶"),
    ):
        assert walked(work) <= {"areas"}


def test_what_is_on_its_way_into_a_room_is_not_looked_for_among_all(
    database: Database, plans: Callable[[Callable[[Store], object]], list[str]]
) -> None:
    """A group in which an answer grows asks for it several times a second."""
    database.write(fill_with_sent)
    [plan] = plans(lambda store: store.outbox.is_due_in("playground", "private:7", NOW))
    assert "ix_outbox_lease" in plan and "ix_outbox_due" in plan, plan
    assert "Seq Scan" not in plan and "SCAN outbox\n" not in f"{plan}\n", plan


def test_a_room_waits_for_what_may_go_into_it_now(database: Database) -> None:
    def waits(minutes: int, chat: str = "g") -> bool:
        at = NOW + timedelta(minutes=minutes)
        return database.read(lambda store: store.outbox.is_due_in("playground", chat, at))

    to = Address("playground", "g")
    letter = Outgoing(to=to, text="到期了", not_before=NOW + timedelta(minutes=5))
    database.write(lambda store: store.outbox.put(letter, to, NOW))
    assert [waits(0), waits(5), waits(5, "h")] == [False, True, False]
    later = NOW + timedelta(minutes=5)
    [going] = database.write(lambda store: store.outbox.claim(NOW, later, "me", later, 10, "playground"))
    assert waits(0)
    database.write(lambda store: store.outbox.sent(going, ["1"], NOW, None))
    assert not waits(9)


def test_the_auditor_does_not_read_all_letters(
    database: Database, walked: Callable[[Callable[[Store], object]], set[str]]
) -> None:
    assert "outbox" not in walked(lambda store: Audit(store.connection).unsent(1, NOW, NOW, 3))


def test_a_number_is_not_looked_for_in_the_tickets_of_all_years(
    database: Database, walked: Callable[[Callable[[Store], object]], set[str]]
) -> None:
    """A bare one, which staff write with every other command, is looked for under each name that numbers go by."""
    for words in ("阳光128", "128"):
        for district in (1, None):
            assert walked(lambda store, said=words, of=district: store.tickets.by_number(said, of)) <= {"counters"}


def test_what_is_open_in_an_area_is_not_looked_for_among_what_was_closed(
    database: Database, plans: Callable[[Callable[[Store], object]], list[str]]
) -> None:
    """Staff who answer in plain words are asked of it."""
    [plan] = plans(lambda store: store.tickets.in_area("/1/2/"))
    assert "SCAN tickets" not in plan and "Seq Scan on tickets" not in plan, plan


def test_what_a_department_has_in_hand_is_not_looked_for_among_what_was_closed(
    database: Database, plans: Callable[[Callable[[Store], object]], list[str]]
) -> None:
    [plan] = plans(lambda store: store.tickets.of_department(1))
    assert "SCAN tickets" not in plan and "Seq Scan on tickets" not in plan, plan


def reported(store: Store) -> tuple[int, int]:
    """Two tickets that have ended, in a district with letters enough."""
    sample.load(store, NOW)
    fill(store)
    chain = store.areas.chain(store.areas.below("/", "unit")[0].path)
    at = {one.kind: one.id for one in chain}
    place = {"district": at["district"], "community": at["community"], "area": at["unit"]}
    ended = ticket(**place, status="closed", group=None, reporter_account=None)
    one, other = (store.tickets.insert(replace(ended, seq=seq), last_at=NOW).id for seq in (1, 2))
    return one, other


def test_what_was_said_of_a_ticket_is_not_looked_for_among_all_when_somebody_is_erased(
    database: Database, walked: Callable[[Callable[[Store], object]], set[str]]
) -> None:
    """Once for each of his tickets."""
    one, other = database.write(reported)
    assert "outbox" not in walked(lambda store: store.own_data.erase([], None, "居民", {one: "", other: ""}))


def test_only_what_was_said_of_his_own_ticket_is_taken_away(database: Database) -> None:
    def work(store: Store) -> tuple[set[str], set[str]]:
        """What is left of his, and what is not of others'."""
        one, other = reported(store)
        his = [f"ticket:{one}:{what}" for what in ("residents", "staff:unit", "person:7", "told:3")]
        others = [f"ticket:{one}0:residents", f"ticket:{other}:person:{one}", f"TICKET:{one}:told:3", f"wish:{one}:1"]
        for card in (*his, *others):
            to = Address("playground", f"private:{card}")
            store.outbox.put(Outgoing(to=to, text="不亮", card=card), to, NOW)
        store.own_data.erase([], None, "居民", {one: ""})
        kept = set(store.connection.scalars(select(outbox.c.card).where(outbox.c.text.is_not(None))))
        return kept & set(his), set(others) - kept

    assert database.write(work) == (set(), set())
