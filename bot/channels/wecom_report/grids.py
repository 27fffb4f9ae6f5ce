"""The tree of grids as WeCom has it, walked from its root: each answer holds a grid and its children only."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from bot.tencent.client import Caller
from domain.grids import Grid

# A tree that has not ended by then has a circle in it.
MOST = 50_000


async def fetch_grids(caller: Caller) -> list[Grid]:
    """All grids that the app may see, the topmost first (94481). SendFailed."""
    found: dict[str, Grid] = {}
    waiting: deque[str] = deque([""])
    asked: set[str] = set()
    while waiting and len(found) < MOST:
        wanted = waiting.popleft()
        told = await caller.post("report/grid/list", {"grid_id": wanted} if wanted else {})
        for row in told.get("grid_list") or []:
            grid = _grid(row)
            if grid is not None and grid.id not in found:
                found[grid.id] = grid
                if grid.id not in asked and (wanted or grid.parent):
                    waiting.append(grid.id)
                asked.add(grid.id)
        asked.add(wanted)
    top = next((one for one in found.values() if one.parent not in found), None)
    # What stands above the part that the app may see is nobody's parent here.
    return [Grid(one.id, one.name, "" if one is top else one.parent, one.admins, one.members) for one in found.values()]


def _grid(row: object) -> Grid | None:
    if not isinstance(row, Mapping) or not row.get("grid_id"):
        return None
    return Grid(
        str(row["grid_id"]),
        str(row.get("grid_name") or "").strip(),
        str(row.get("grid_parent_id") or ""),
        _users(row, "grid_admin"),
        _users(row, "grid_member"),
    )


def _users(row: Mapping[str, Any], field: str) -> tuple[str, ...]:
    users = row.get(field)
    return tuple(one for one in users if isinstance(one, str) and one) if isinstance(users, list) else ()


async def fetch_cases(caller: Caller) -> list[tuple[str, str]]:
    """The categories of 政民沟通 as (name, name of the one above or ""). WeCom documents two spellings of the answer
    (94540): the example says category_list and category_id, the table cata_list and cata_id."""
    told = await caller.post("report/grid/list_cata", {})
    rows = told.get("category_list") or told.get("cata_list") or []
    names = {str(_either(row, "id")): str(_either(row, "name")) for row in rows if isinstance(row, Mapping)}
    above = {str(_either(row, "id")): str(_parent(row)) for row in rows if isinstance(row, Mapping)}
    return [(name, names.get(above[one], "")) for one, name in names.items() if name]


def _either(row: Mapping[str, Any], what: str) -> object:
    return row.get(f"category_{what}") or row.get(f"cata_{what}") or ""


def _parent(row: Mapping[str, Any]) -> object:
    return row.get("parent_category_id") or row.get("parent_cata_id") or ""
