"""Rows that are gathered and go out together: whoever looks sees them, what is undone is not written, and nothing that
is read differs from what it would be if each had been written at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st
from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from domain.listening import Line
from domain.messages import Address, Outgoing
from domain.reading import NOTHING
from storage.database import Database
from storage.gathered import amend
from storage.prepared import Changes, Prepared
from storage.store import Store
from storage.tables import accounts, alarms, counters, groups, lines, outbox

NOW = datetime(2026, 5, 8, 9, 0, tzinfo=UTC)
ROOM = Address("playground", "room")
COUNT = Prepared(insert(counters))
COUNTED = Prepared(select(counters.c.last).where(counters.c.label == bindparam("of")))


class Stop(Exception):
    """Ends a piece of work in the middle."""


def district_of(store: Store) -> int:
    return store.areas.add(None, "district", "越城区", "越城区").id


def counted(store: Store) -> int:
    """Past everything that gathers: the driver's own count."""
    cursor = store.connection.connection.cursor()
    cursor.execute("SELECT count(*) FROM counters")
    return int(cursor.fetchone()[0])  # type: ignore[index]  # a count has a row


def test_whoever_looks_sees_them(database: Database) -> None:
    def work(store: Store) -> None:
        district = district_of(store)
        COUNT.later(store.connection, {"district_id": district, "label": "甲", "last": 1})
        COUNT.later(store.connection, {"district_id": district, "label": "乙", "last": 2})
        assert counted(store) == 0
        assert store.alarms.exists("solve", 1) is False
        assert counted(store) == 0, "nothing of theirs was looked at"
        assert COUNTED.scalar(store.connection, {"of": "乙"}) == 2
        assert counted(store) == 2
        COUNT.later(store.connection, {"district_id": district, "label": "丙", "last": 3})
        assert store.connection.execute(select(func.max(counters.c.last))).scalar() == 3

    database.write(work)


def test_they_are_there_after_the_commit(database: Database) -> None:
    many = range(77)

    def work(store: Store) -> None:
        for n in many:
            store.outbox.queue(Outgoing(to=ROOM, text=f"第{n}句"), ROOM, NOW)

    database.write(work)
    real = datetime.now(UTC)
    letters = database.write(
        lambda store: store.outbox.claim(real, NOW, "me", real + timedelta(minutes=1), 100, "playground")
    )
    assert [one.text for one in letters] == [f"第{n}句" for n in many], "in the order in which they were queued"


def test_what_a_row_refers_to_is_written_before_it(database: Database) -> None:
    """The line of a ticket goes with what ties it to the ticket, whichever was gathered first."""

    def work(store: Store) -> tuple[int, int]:
        district = district_of(store)
        group = store.areas.bind(ROOM, district, "district", "residents", "群", NOW)
        speaker = store.people.account("playground", "u1", "张女士", NOW)
        store.people.heard_in(speaker, group.id)
        store.media.want(said(store, speaker.id, group.id, NOW), "playground", ())
        line = said(store, speaker.id, group.id, NOW)
        store.lines.keep([line])
        store.lines.note_heard(line, ["why"])
        return line, group.id

    line, group = database.write(work)

    def look(store: Store) -> None:
        c = store.connection
        row = c.execute(select(lines.c.kept, lines.c.heard).where(lines.c.id == line)).one()
        assert (row.kept, row.heard) == (True, ["why"])
        assert c.execute(select(accounts.c.last_group_id)).scalar() == group
        assert c.execute(select(func.count()).select_from(groups)).scalar() == 1

    database.read(look)


def test_what_is_wrong_is_told_within_its_savepoint(database: Database) -> None:
    def work(store: Store) -> None:
        district = district_of(store)
        COUNT.later(store.connection, {"district_id": district, "label": "甲", "last": 1})
        with pytest.raises(IntegrityError), store.savepoint():
            COUNT.later(store.connection, {"district_id": district, "label": "乙", "last": 1})
            COUNT.later(store.connection, {"district_id": district, "label": "甲", "last": 2})
        assert counted(store) == 1, "what was gathered before stands, and nothing of what was undone"

    database.write(work)
    with pytest.raises(IntegrityError):
        # And at the latest with the commit.
        database.write(lambda store: COUNT.later(store.connection, {"district_id": 1, "label": "甲", "last": 2}))
    assert database.read(counted) == 1


def test_a_refused_step_is_undone_though_nothing_of_it_was_written(database: Database) -> None:
    def work(store: Store) -> None:
        district = district_of(store)
        COUNT.later(store.connection, {"district_id": district, "label": "甲", "last": 1}, one_of=("label",))
        with pytest.raises(Stop), store.step():
            assert counted(store) == 0, "what was gathered before waits on"
            assert amend(store.connection, counters, ("甲",), {"last": 2})
            COUNT.later(store.connection, {"district_id": district, "label": "乙", "last": 1}, one_of=("label",))
            raise Stop
        with pytest.raises(Stop), store.step():
            assert COUNTED.scalar(store.connection, {"of": "甲"}) == 1, "as it was before the step"
            assert counted(store) == 1, "now it had to be written"
            raise Stop
        assert counted(store) == 0, "and was undone with the step"
        with store.step():
            COUNT.later(store.connection, {"district_id": district, "label": "丙", "last": 1}, one_of=("label",))
        assert counted(store) == 0

    database.write(work)
    look = select(counters.c.label, counters.c.last).order_by(counters.c.label)
    rows = database.read(lambda store: store.connection.execute(look).all())
    assert sorted((row.label, row.last) for row in rows) == [("丙", 1), ("甲", 1)]


def test_every_default_must_be_given(database: Database) -> None:
    add = Prepared(insert(alarms))
    row = {"kind": "solve", "subject": 1, "due": NOW}
    with pytest.raises(ValueError, match="alarms"):
        database.write(lambda store: add.later(store.connection, row))


def test_many_rows_are_changed_at_once(database: Database) -> None:
    change = Changes(counters, "label", "last")

    def work(store: Store) -> dict[str, int]:
        district = district_of(store)
        COUNT.write_rows(store.connection, [{"district_id": district, "label": f"第{n}", "last": n} for n in range(40)])
        for n in range(37):
            change.later(store.connection, {"label": f"第{n}", "last": 99})
            change.later(store.connection, {"label": f"第{n}", "last": n + 100})
        rows = store.connection.execute(select(counters.c.label, counters.c.last))
        return {row.label: row.last for row in rows}

    assert database.write(work) == {f"第{n}": n + 100 if n < 37 else n for n in range(40)}


# A set alarm, a cleared one, a look, or a savepoint or step that stands or is undone.
Step: TypeAlias = tuple[Any, ...]
_kinds, _subjects = st.sampled_from(("solve", "ladder", "rating")), st.integers(1, 3)
_steps: st.SearchStrategy[list[Step]] = st.recursive(
    st.lists(
        st.one_of(
            st.tuples(st.just("set"), _kinds, _subjects, st.integers(0, 60)),
            st.tuples(st.just("clear"), _kinds, _subjects),
            st.tuples(st.just("look"), _kinds, _subjects),
        ),
        max_size=6,
    ),
    lambda inner: st.lists(
        st.one_of(st.tuples(st.sampled_from(("stands", "undone", "done", "refused")), inner)), max_size=4
    ),
    max_leaves=8,
)
Set: TypeAlias = dict[tuple[str, int], datetime]


def play(store: Store, steps: list[Step], known: Set) -> None:
    for step in steps:
        match step:
            case ("set", kind, subject, minutes):
                known[kind, subject] = NOW + timedelta(minutes=minutes)
                store.alarms.set(kind, subject, known[kind, subject], district=None)
            case ("clear", kind, subject):
                known.pop((kind, subject), None)
                store.alarms.clear((kind,), subject)
            case ("look", kind, subject):
                assert store.alarms.exists(kind, subject) == ((kind, subject) in known)
            case ("stands", inner):
                with store.savepoint():
                    play(store, inner, known)
            case ("undone", inner):
                with pytest.raises(Stop), store.savepoint():
                    play(store, inner, dict(known))
                    raise Stop
            case ("done", inner):
                with store.step():
                    play(store, inner, known)
            case ("refused", inner):
                with pytest.raises(Stop), store.step():
                    play(store, inner, dict(known))
                    raise Stop


@bounds(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(steps=_steps)
def test_alarms_are_what_they_would_be_if_each_was_written_at_once(database: Database, steps: list[Step]) -> None:
    known: Set = {}

    def work(store: Store) -> Set:
        store.connection.execute(alarms.delete())
        play(store, steps, known)
        rows = store.connection.execute(select(alarms.c.kind, alarms.c.subject, alarms.c.due))
        return {(row.kind, row.subject): row.due for row in rows}

    assert database.write(work) == known


def said(store: Store, account: int, group: int, at: datetime) -> int:
    line = Line(id=0, group=group, speaker=account, name="张女士", role="resident", text="你好", sent_at=at,
                tier="district", reading=NOTHING)  # fmt: skip
    return store.lines.add(
        line, account=account, group=group, district=None, community=None, channel="playground", chat="room", remote="1"
    )


@bounds(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(
    minutes=st.lists(st.integers(0, 30), max_size=14),
    asked=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), min_size=1, max_size=3),
)
def test_the_talk_of_a_group_is_known_as_it_is_read(
    database: Database, minutes: list[int], asked: list[tuple[int, int]]
) -> None:
    """Whatever was said when, in whatever order it came, and however far back one looks."""

    def work(store: Store) -> None:
        store.connection.execute(lines.delete())
        group = store.areas.group_at(ROOM) or store.areas.bind(
            ROOM, district_of(store), "district", "residents", "群", NOW
        )
        speaker = store.people.account("playground", "u1", "张女士", NOW).id
        store.lines.expect(len(minutes) // 2, {(group.id, "district"): NOW}, 4)
        for after in minutes:
            said(store, speaker, group.id, NOW + timedelta(minutes=after))
            for since, most in asked:
                begins = NOW + timedelta(minutes=since)
                found = [one.id for one in store.lines.recent(group.id, "district", begins, most)]
                read = store.connection.execute(
                    select(lines.c.id)
                    .where(lines.c.group_id == group.id, lines.c.sent_at >= begins)
                    .order_by(lines.c.sent_at.desc(), lines.c.id.desc())
                    .limit(most)
                ).scalars()
                assert found == list(read)[::-1]

    database.write(work)


def test_ids_rise_from_one_transaction_to_the_next(database: Database) -> None:
    def work(store: Store) -> list[int]:
        group = store.areas.group_at(ROOM) or store.areas.bind(
            ROOM, district_of(store), "district", "residents", "群", NOW
        )
        speaker = store.people.account("playground", "u1", "张女士", NOW).id
        store.lines.expect(5, {}, 1)
        return [said(store, speaker, group.id, NOW) for _ in range(3)]

    given_ids = [one for _ in range(3) for one in database.write(work)]
    assert given_ids == sorted(set(given_ids))
    kept = select(lines.c.id).order_by(lines.c.id)
    assert database.read(lambda store: list(store.connection.execute(kept).scalars())) == given_ids


def test_a_letter_with_a_key_keeps_its_place_among_the_others(database: Database) -> None:
    def work(store: Store) -> list[str | None]:
        for n in range(3):
            store.outbox.queue(Outgoing(to=ROOM, text="…", card=f"c{n}"), ROOM, NOW)
        assert store.outbox.queue(Outgoing(to=ROOM, text="…", card="once", once="k"), ROOM, NOW)
        assert not store.outbox.queue(Outgoing(to=ROOM, text="…", card="twice", once="k"), ROOM, NOW)
        store.outbox.queue(Outgoing(to=ROOM, text="…", card="c3"), ROOM, NOW)
        return list(store.connection.execute(select(outbox.c.card).order_by(outbox.c.id)).scalars())

    assert database.write(work) == ["c0", "c1", "c2", "once", "c3"]
