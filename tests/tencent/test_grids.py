"""The tree of grids of 政民沟通 becomes areas and posts: first shown, then done, and nothing taken away unasked."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wecom_report.grids import fetch_cases, fetch_grids
from bot.console.wecom_grid import take_over
from bot.tencent.client import Caller, wecom
from bot.tencent.sessions import Sessions
from domain.areas import Area
from domain.grids import Grid, compare
from storage import sample
from storage.database import Database
from tests.tencent.far_end import CORP, SECRET, FarEnd
from tests.tencent.reports import Reports

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


def tree(reports: Reports) -> None:
    reports.grid("g0", "青澜区", admin=("boss",))
    reports.grid("g1", "望江街道", "g0")
    reports.grid("g2", "阳光社区", "g1", admin=("limin",))
    reports.grid("g3", "阳光社区第一网格", "g2", member=("limin", "nobody"))
    reports.grid("g4", "阳光社区第九网格", "g2", admin=("limin",))
    reports.grid("g5", "梅苑小区", "g4")


def fetched(database: Database, change: object = None) -> list[Grid]:
    async def whole() -> list[Grid]:
        far = FarEnd()
        reports = Reports(far)
        tree(reports)
        if callable(change):
            change(reports)
        await far.start()
        try:
            return await fetch_grids(caller(far, database))
        finally:
            await far.stop()

    return asyncio.run(whole())


def caller(far: FarEnd, database: Database) -> Caller:
    return wecom(far.address, 5.0, CORP, SECRET, Sessions(database, "wecom_report"))


@pytest.fixture
def town(database: Database) -> Database:
    database.write(lambda store: sample.load(store, NOW))

    def bind(store: object) -> None:
        people = store.people  # type: ignore[attr-defined]
        worker = people.account("playground", "u:limin", "李敏", NOW).person
        people.bind_account(people.account("wecom_app", "limin", "李敏", NOW).id, worker)

    database.write(bind)
    return database


def names(database: Database) -> set[str]:
    return database.read(lambda store: {area.name for area in store.areas.below("/")})


def test_a_dry_run_shows_everything_and_changes_nothing(town: Database, capsys: pytest.CaptureFixture[str]) -> None:
    before = names(town)
    assert take_over(town, fetched(town), None, NOW, dry_run=True, prune=False) == 0
    said = capsys.readouterr().out
    assert "+ 阳光社区第九网格 (grid) below 阳光社区" in said and "+ 梅苑小区 (estate) below 阳光社区第九网格" in said
    assert "+ limin: community_staff of 阳光社区" in said and "? nobody of 阳光社区第一网格" in said
    assert "limin: grid_worker of 阳光社区第一网格" not in said, "he holds that post already"
    assert "nothing was changed" in said and names(town) == before


def test_then_it_is_done_once(town: Database, capsys: pytest.CaptureFixture[str]) -> None:
    take_over(town, fetched(town), None, NOW, dry_run=False, prune=False)
    assert {"阳光社区第九网格", "梅苑小区"} <= names(town)
    chain = town.read(
        lambda store: [area.name for area in store.areas.chain(store.areas.find("/", name="梅苑小区")[0].path)]
    )
    assert chain == ["青澜区", "望江街道", "阳光社区", "阳光社区第九网格", "梅苑小区"]
    capsys.readouterr()
    take_over(town, fetched(town), None, NOW, dry_run=False, prune=False)
    assert capsys.readouterr().out.splitlines()[-1] == "6 grids; 0 changes made"


def test_a_new_name_renames_and_what_is_gone_stays_until_pruned(
    town: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    take_over(town, fetched(town), None, NOW, dry_run=False, prune=False)

    def change(reports: Reports) -> None:
        reports.grids["g4"]["grid_name"] = "阳光社区第三网格"
        del reports.grids["g5"]

    capsys.readouterr()
    take_over(town, fetched(town, change), None, NOW, dry_run=False, prune=False)
    said = capsys.readouterr().out
    assert "~ 阳光社区第九网格 → 阳光社区第三网格" in said and "- 梅苑小区 is no grid any more (stays" in said
    assert "梅苑小区" in names(town)
    take_over(town, fetched(town, change), None, NOW, dry_run=False, prune=True)
    assert "梅苑小区" not in names(town)


def test_what_is_used_is_not_pruned(town: Database) -> None:
    take_over(town, fetched(town), None, NOW, dry_run=False, prune=False)
    take_over(town, fetched(town, lambda reports: reports.grids.pop("g3")), None, NOW, dry_run=False, prune=True)
    assert "阳光社区第一网格" in names(town), "estates lie in it"


def test_names_and_levels_beyond_wecoms_limits_stop_it(town: Database, capsys: pytest.CaptureFixture[str]) -> None:
    def change(reports: Reports) -> None:
        reports.grids["g5"]["grid_name"] = "很" * 31
        for n in range(9):
            reports.grid(f"d{n}", f"第{n}层", f"d{n - 1}" if n else "g1")

    before = names(town)
    assert take_over(town, fetched(town, change), None, NOW, dry_run=False, prune=False) == 1
    said = capsys.readouterr()
    assert "1 to 30 characters" in said.out and "deeper than 10 levels" in said.out
    assert names(town) == before


@pytest.mark.parametrize("spelling", ["category", "cata"])
def test_categories_come_in_two_spellings(database: Database, spelling: str) -> None:
    async def whole() -> list[tuple[str, str]]:
        far = FarEnd()
        rows = [
            {f"{spelling}_id": "1", f"{spelling}_name": "设施维修", "level": 1},
            {f"{spelling}_id": "2", f"{spelling}_name": "电梯", "level": 2, f"parent_{spelling}_id": "1"},
        ]
        far.serve("report/grid/list_cata", lambda _call: {f"{spelling}_list": rows})
        await far.start()
        try:
            return await fetch_cases(caller(far, database))
        finally:
            await far.stop()

    assert asyncio.run(whole()) == [("设施维修", ""), ("电梯", "设施维修")]


IDS = st.sampled_from([f"g{n}" for n in range(8)])


@given(
    st.lists(st.builds(Grid, IDS, st.text(max_size=35), IDS | st.just("")), max_size=10, unique_by=lambda one: one.id)
)
def test_any_heap_of_grids_is_a_tree_or_a_fault(grids: list[Grid]) -> None:
    top = Area(1, None, "/1/", "district", "QL", "青澜区", "青澜")
    changes = compare(grids, top, [top], {}, {}, [])
    if any(change.what == "fault" for change in changes):
        assert {change.what for change in changes} == {"fault"}
    else:
        added = {change.grid for change in changes if change.what == "add"}
        assert len(added) == len(grids) - 1, "every grid but the topmost is an area"
