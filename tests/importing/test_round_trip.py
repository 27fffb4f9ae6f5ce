"""Out and in again: an export changes nothing when it is imported, and another database gives the same export."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.console.importing import check, put_in
from bot.importing.cells import BadCell, plain_phone, safe_off, safe_on
from bot.importing.reading import Read, read_workbook
from bot.importing.words import tell
from bot.importing.writing import write_export
from domain.archive import Flag
from domain.messages import Address
from domain.people import Role
from domain.running import StorageSettings
from domain.settings import Settings
from storage import sample
from storage.cipher import Cipher, new_key
from storage.database import Database
from storage.importing.telling import Told
from storage.store import Store
from storage.tables import areas, audit_log, groups, metadata, people
from tests.importing.bureau import DISTRICT, Bureau, cells

NOW = datetime(2026, 3, 10, 1, tzinfo=UTC)
KEY = new_key()
LETTERS = st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), blacklist_characters="#＃/／、,，;；")
# What a spreadsheet would take for something else is tried more often than chance would have it.
TRICKY = st.sampled_from(["=1+1", "+86", "-", "@SUM(A1)", "'quoted", "'=x", "-5", "TRUE", "_x0041_", "3-2", "1/2"[::2]])


def words(longest: int = 12) -> st.SearchStrategy[str]:
    plain = st.text(LETTERS, min_size=1, max_size=longest).filter(
        lambda said: said == said.strip() and said != "（例）"
    )
    return (plain | TRICKY).filter(lambda said: not said.startswith(("（例）", "(example)")))


def names() -> st.SearchStrategy[str]:
    return st.text(st.sampled_from("王李张刘陈杨赵黄周吴伟芳娜敏静Ann '=@·"), min_size=1, max_size=4).filter(
        lambda said: said == said.strip() and said not in ("-", "")
    )


PHONES = st.none() | st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


# name and aliases; room, topic and name; name, phone, away, full time
DEPARTMENT = st.tuples(words(), st.lists(words(), max_size=2, unique=True))
GROUP = st.tuples(words(), st.none() | words(), words())
PERSON = st.tuples(names(), PHONES, st.none() | DAYS, st.booleans())
DOOR = st.from_regex(r"[1-9]-[1-3]-[1-9]0[1-4]", fullmatch=True)
# door, name, phone, health, born, flags
RESIDENT = st.tuples(
    st.integers(0, 2),
    names(),
    PHONES,
    st.none() | words(40),
    st.none() | st.integers(1900, 2026),
    st.sets(st.sampled_from(list(Flag)), max_size=2),
)
# door, whole household, worker, rhythm, weekdays, day of the month, first day
PLAN = st.tuples(
    st.integers(0, 3),
    st.booleans(),
    st.integers(0, 4),
    st.sampled_from(["daily", "weekly", "monthly"]),
    st.sets(st.integers(1, 7), max_size=2),
    st.integers(1, 31),
    DAYS,
)
HOUR = st.times().map(lambda at: at.replace(second=0, microsecond=0))
DISTRICTS = st.fixed_dictionaries(
    {
        "area_names": st.lists(words(), min_size=6, max_size=6),
        "codes": st.lists(words(6), min_size=6, max_size=6),
        "boundary": st.none() | st.just('{"type": "Point", "coordinates": [1, 2]}'),
        "departments": st.lists(DEPARTMENT, max_size=2, unique_by=lambda one: one[0]),
        "groups": st.lists(GROUP, max_size=3, unique_by=lambda one: one[:2]),
        "quiet": st.none() | st.tuples(HOUR, HOUR),
        "people": st.lists(PERSON, min_size=1, max_size=5),
        "doors": st.lists(DOOR, max_size=3, unique=True),
        "residents": st.lists(RESIDENT, max_size=4),
        "plans": st.lists(PLAN, max_size=4),
    }
)


def fill(store: Store, drawn: dict[str, Any]) -> None:
    """The drawn district by the doors that the program itself uses."""
    kinds = ("district", "street", "community", "grid", "estate", "unit")
    parent: int | None = None
    ids = []
    for kind, code, name in zip(kinds, drawn["codes"], drawn["area_names"], strict=True):
        parent = store.areas.add(parent, kind, code, name, "阳光" if kind == "community" else "").id
        ids.append(parent)
    district, unit = ids[0], ids[-1]
    store.connection.execute(areas.update().where(areas.c.id == unit).values(boundary=drawn["boundary"]))
    departments = [
        store.areas.add_department(district, name, "职能部门", aliases, ["complaint"])
        for name, aliases in drawn["departments"]
    ]
    for chat, thread, name in drawn["groups"]:
        group = store.areas.bind(Address("telegram", chat, thread), ids[2], "community", "residents", name, NOW)
        if drawn["quiet"]:
            hours = dict(zip(("quiet_from", "quiet_to"), drawn["quiet"], strict=True))
            store.connection.execute(groups.update().where(groups.c.id == group.id).values(hours))
    staff = []
    for place, (name, phone, away, full_time) in enumerate(drawn["people"]):
        person = store.people.add(district, name, NOW, phone)
        store.connection.execute(people.update().where(people.c.id == person).values(away_until=away))
        store.people.appoint(person, ids[place % 6], Role.GRID_WORKER, NOW, full_time=full_time)
        if departments:
            store.people.appoint(person, district, Role.DEPARTMENT, NOW, departments[0])
        staff.append(person)
    doors = [store.households.add(unit, code, NOW).id for code in drawn["doors"]]
    doors.append(store.households.add(ids[3], "老王面馆", NOW, firm=True).id)
    living: dict[int, list[int]] = {}
    for place, name, phone, health, born, flags in drawn["residents"]:
        door = doors[place % len(doors)]
        resident = store.households.add_resident(
            door, name, phone=phone, health=health, born=born, flags=flags, consent_on=date(2026, 1, 1)
        )
        living.setdefault(door, []).append(resident)
    kept = set()
    for place, whole, worker, rhythm, weekdays, day, starts in drawn["plans"]:
        door = doors[place % len(doors)]
        resident = None if whole or door not in living else living[door][0]
        key = (door, resident, staff[worker % len(staff)], rhythm, starts)
        if key not in kept:
            kept.add(key)
            store.visits.plan(door, key[2], rhythm, starts, resident=resident, weekdays=sorted(weekdays), month_day=day)


@contextmanager
def office(folder: Path, name: str) -> Iterator[tuple[Database, Settings]]:
    settings = Settings(storage=StorageSettings(url=f"sqlite:///{folder / name}"))
    database = Database(settings.storage, Cipher(KEY))
    try:
        with database.engine.begin() as connection:
            metadata.create_all(connection)
        yield database, settings
    finally:
        database.close()


def give(
    database: Database, file: Path, *, phones: bool = True, english: bool = False
) -> dict[str, list[tuple[Any, ...]]]:
    write_export(file, database.read(Told).rows, english, phones=phones, health=phones)
    return cells(file)


def changes(database: Database, settings: Settings, found: Read) -> list[str]:
    """Faults and what would be new or changed."""
    world = check(database, settings, found)
    told = [tell(fault, True) for fault in [*found.faults, *world.faults]]
    return told + [f"{name} {count}" for name, count in world.counts.items() if count[0] or count[1]]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(drawn=DISTRICTS, english=st.booleans())
def test_nothing_is_lost_or_changed_on_the_way_out_and_in(drawn: dict[str, Any], english: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with office(folder, "a.db") as (one, one_settings), office(folder, "b.db") as (other, other_settings):
            one.write(lambda store: fill(store, drawn))
            for phones in (False, True):
                before = give(one, folder / "out.xlsx", phones=phones, english=english)
                found = read_workbook(folder / "out.xlsx")
                assert changes(one, one_settings, found) == []
            world = check(other, other_settings, found)
            assert [tell(fault, True) for fault in world.faults] == []
            put_in(other, other_settings, found, world)
            assert changes(other, other_settings, found) == []
            assert give(other, folder / "again.xlsx", english=english) == before


@given(st.text() | TRICKY)
@example("-")
@example("'=x")
def test_no_cell_begins_as_a_formula_and_the_apostrophe_comes_off_again(text: str) -> None:
    safe = safe_on(text)
    assert safe_off(safe) == text
    assert safe[:1] not in ("=", "+", "@", "\t", "\r", "\n") and (safe[:1] != "-" or safe[1:].isdecimal())


@pytest.mark.parametrize("said", ["138 0000 1234", "+86 138-0000-1234", "0086 13800001234", "138-0000-1234"])
def test_a_phone_is_one_however_it_is_written(said: str) -> None:
    assert plain_phone(said) == "13800001234"


@pytest.mark.parametrize("said", ["", "12", "abc", "138*0001234"])
def test_what_is_no_phone(said: str) -> None:
    with pytest.raises(BadCell):
        plain_phone(said)


def test_the_sample_district_goes_out_and_in(tmp_path: Path) -> None:
    with office(tmp_path, "a.db") as (database, its_settings):
        database.write(lambda store: sample.load(store, NOW))
        before = give(database, tmp_path / "out.xlsx", phones=False)
        assert changes(database, its_settings, read_workbook(tmp_path / "out.xlsx")) == []
        assert give(database, tmp_path / "again.xlsx", phones=False) == before
        assert len(before["户"]) == 61


def test_phones_and_health_go_out_only_when_asked_for_and_never_without_a_trace(bureau: Bureau) -> None:
    bureau.take(DISTRICT)

    def said(book: dict[str, list[tuple[Any, ...]]]) -> str:
        return repr({title: rows for title, rows in book.items() if title != "说明"})

    assert "138" not in said(bureau.give()) and "高血压" not in said(bureau.give())
    told = said(bureau.give("with.xlsx", "--with-phones"))
    assert "13800000001" in told and "13800000003" in told and "高血压" not in told
    assert "高血压" in said(bureau.give("all.xlsx", "--with-phones", "--with-health"))
    assert (bureau.folder / "all.xlsx").stat().st_mode & 0o077 == 0, "for its owner's eyes only"
    database = bureau.database()
    try:
        rows = database.read(lambda store: store.connection.execute(select(audit_log).order_by(audit_log.c.id)).all())
    finally:
        database.close()
    exports = [row.data for row in rows if row.action == "export"]
    assert [(one["phones"], one["health"]) for one in exports] == [(False, False)] * 2 + [(True, False), (True, True)]


def test_an_export_does_not_write_over_a_file(bureau: Bureau) -> None:
    file = bureau.folder / "mine.xlsx"
    file.write_text("mine")
    assert "is there already" in bureau.run("export", str(file), code=1).stderr
    assert file.read_text() == "mine"
