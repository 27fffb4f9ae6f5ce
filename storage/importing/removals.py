"""Who moves to another home of the district: found by name and phone; his care plans find a worker there."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from domain.areas import ids_in
from domain.people import Role
from storage.importing.places import Places
from storage.importing.rows import Handing, Row
from storage.importing.world import Values, World


class Elsewhere:
    """Those on file whom the file does not name where they are, by district and name."""

    def __init__(self, world: World, named: set[int]) -> None:
        self._world = world
        self._free: dict[tuple[int, str], list[int]] = {}
        for one in self._world.rows["residents"].values():
            if one["phone"] is not None and one["id"] not in named:
                self._free.setdefault((self._district(one["household_id"]), one["name"]), []).append(one["id"])

        self._doors: dict[str, set[int]] | None = None

    def take(self, row: Row, household: int) -> int | None:
        """The only one of the name and the phone of a row, who is free no more then; nobody born in another year, nor
        by a phone that is on file at third doors too: a worker's own, say, that stands for many who have none."""
        phone, born = row.get("phone"), row.get("born")
        free = self._free.get((self._district(household), row.get("name").name), [])
        fitting = [one for one in free if phone and self._phone(one) == phone]
        if len(fitting) != 1:
            return None
        there = self._world.rows["residents"][fitting[0]]
        if born is not None and there["born"] not in (None, born):
            return None
        if self._doors_of(phone) - {household, there["household_id"]}:
            return None
        free.remove(fitting[0])
        return fitting[0]

    def _doors_of(self, phone: str) -> set[int]:
        """As they are when it is asked for first: a family moves one after the other."""
        if self._doors is None:
            self._doors = {}
            for one, resident in self._world.rows["residents"].items():
                if resident["phone"] is not None:
                    self._doors.setdefault(self._phone(one) or "", set()).add(resident["household_id"])
        return self._doors.get(phone, set())

    def _district(self, household: int) -> int:
        return int(self._world.rows["households"][household]["district_id"])

    def _phone(self, resident: int) -> str | None:
        return self._world.open("residents", "phone", self._world.rows["residents"][resident]["phone"])


def hand_over(places: Places, named: set[int], today: date) -> None:
    """Plans that came along to a door where their worker has nothing to do, as he had at the one before, go to the grid
    worker there; not those that the file names."""
    world = places.world
    posts: dict[int, list[Values]] = {}
    for post in world.rows["posts"].values():
        if post["until"] is None and world.rows["people"][post["person_id"]]["active"]:
            posts.setdefault(post["area_id"], []).append(post)
    for place, one in enumerate(world.removals):
        plans = [world.rows["care_plans"][plan] for plan in one.plans if plan not in named]
        if not plans:
            continue
        here = world.rows["households"][plans[0]["household_id"]]["area_id"]
        before, after = (_along(places, posts, area) for area in (places.by_codes[one.left[0]], here))
        going = [plan for plan in plans if runs(plan, today) and _serves(plan, before) and not _serves(plan, after)]
        handed = Counter(_name(world, plan["worker_id"]) for plan in going)
        taker = _grid_worker(after)
        if taker is not None:
            for plan in going:
                world.put("care_plans", plan["id"], None, {"worker_id": taker})
        to = _name(world, taker) if taker is not None else None
        told = tuple(Handing(worker, to, count) for worker, count in handed.items())
        world.removals[place] = replace(one, handings=told)


def runs(plan: Values, today: date) -> bool:
    return plan["ends_on"] is None or plan["ends_on"] >= today


def _along(places: Places, posts: dict[int, list[Values]], area: int) -> list[list[Values]]:
    """The posts at an area and at those above it, the nearest first."""
    return [posts.get(one, []) for one in reversed(ids_in(places.rows[area]["path"]))]


def _grid_worker(along: list[list[Values]]) -> int | None:
    """The only one of the nearest area that has any."""
    grids = ([post for post in near if post["role"] == Role.GRID_WORKER] for near in along)
    workers = {int(post["person_id"]) for post in next(filter(None, grids), [])}
    return workers.pop() if len(workers) == 1 else None


def _serves(plan: Values, along: list[list[Values]]) -> bool:
    return any(post["person_id"] == plan["worker_id"] for near in along for post in near)


def _name(world: World, person: int) -> str:
    return str(world.rows["people"][person]["name"])
