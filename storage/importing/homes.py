"""Households, those who live there and care plans of a file, matched with those that are there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from storage.importing.places import Places
from storage.importing.removals import Elsewhere, runs
from storage.importing.rows import PersonName, Removal, Row
from storage.importing.staff import Staff
from storage.importing.villages import Door, house_of, names_said, taken_over, wrong_house
from storage.importing.world import Values

ADULT = 18


class Homes:
    """Doors by community, estate and code; residents by household and name, in the order in which they came."""

    def __init__(self, places: Places) -> None:
        self.places, self.world = places, places.world
        self.doors: dict[Door, int] = {}
        for one in self.world.rows["households"].values():
            above = places.above(one["area_id"])
            if places.renamed and "estate" in above and above["estate"]["id"] in places.renamed:
                self.world.put("households", one["id"], None, {"estate": above["estate"]["name"]})
            self.doors[one["community_id"], one["estate"], one["code"]] = one["id"]
        self.living: dict[tuple[int, str], list[int]] = {}
        for one in self.world.rows["residents"].values():
            self.living.setdefault((one["household_id"], one["name"]), []).append(one["id"])

    def door(self, row: Row) -> tuple[int, Door] | None:
        """The area and the key of the door that a row names; a fault where the area lies in no community."""
        area = self.places.find(row)
        if area is None:
            return None
        key = self.key(area, row)
        if key is None:
            self.world.fault(row, "area", "no_community", path=row.get("area"))
            return None
        return area, key

    def key(self, area: int, row: Row) -> Door | None:
        above = self.places.above(area)
        if "community" not in above:
            return None
        estate = above["estate"]["name"] if "estate" in above else ""
        return above["community"]["id"], estate, house_of(self.places, area, row.get("code"))

    def known_of_old(self, rows: list[Row], residents: list[Row]) -> None:
        """Doors of a village that were entered otherwise before are found by what the file calls them from now on."""
        said = {key: area for row in rows if (found := self._quietly(row)) for area, key in [found]}
        new = [(area, key) for key, area in said.items() if key not in self.doors]
        if not new or not self.doors:
            return
        named = names_said([(row, found[1]) for row in residents if (found := self._quietly(row))])
        living: dict[int, set[str]] = {}
        for household, name in self.living:
            living.setdefault(household, set()).add(name)
        claims = [(area, key, named.get(key, frozenset())) for area, key in new]
        for key, household in taken_over(claims, self.places, self.doors, set(said), living).items():
            there = self.world.rows["households"][household]
            self.doors.pop((there["community_id"], there["estate"], there["code"]))
            self.doors[key] = household
            self.world.put("households", household, None, {"estate": key[1], "code": key[2]})

    def _quietly(self, row: Row) -> tuple[int, Door] | None:
        area = self.places.by_codes.get(row.get("area"))
        key = self.key(area, row) if area is not None and row.get("code") is not None else None
        return (area, key) if area is not None and key is not None else None

    def find(self, row: Row) -> int | None:
        found = self.door(row)
        if found is None:
            return None
        household = self.doors.get(found[1])
        if household is None or self.elsewhere(*found) is not None:
            self.world.fault(row, "code", "no_household", path=row.get("area"), code=row.get("code"))
        return household

    def elsewhere(self, area: int, key: Door) -> str | None:
        """The codes of the area of the door that is known by this key, where that need not be the same door: outside
        estates two villages of a community number theirs alike. Up and down the tree it is."""
        household = self.doors.get(key)
        if household is None or key[1]:
            return None
        known = int(self.world.rows["households"][household]["area_id"])
        there, here = (self.places.rows[one]["path"] for one in (known, area))
        return None if there.startswith(here) or here.startswith(there) else self.places.codes[known]

    def resident(self, row: Row, household: int) -> int | None:
        said: PersonName = row.get("resident")
        namesakes = self.living.get((household, said.name), [])
        if said.nth is not None:
            namesakes = namesakes[said.nth - 1 : said.nth]
        if len(namesakes) == 1:
            return namesakes[0]
        self.world.fault(row, "resident", "which_person" if namesakes else "no_resident", name=str(said))
        return None


def plan_households(homes: Homes, rows: list[Row], residents: list[Row], now: datetime) -> None:
    """Matched by estate and door (or name of the firm); `residents` are those whom the file knows there."""
    homes.known_of_old(rows, residents)
    world, seen = homes.world, dict[Door, int]()
    for row in rows:
        found = homes.door(row)
        if found is None:
            continue
        area, key = found
        if (other := homes.elsewhere(area, key)) is not None:
            community = homes.places.codes[key[0]]
            world.fault(row, "area", "door_elsewhere", path=other, code=key[2], community=community)
        elif key in seen:
            world.fault(row, "code", "repeated", row=seen[key])
        elif key in homes.doors:
            seen[key] = row.number
            world.put("households", homes.doors[key], row, {"area_id": area, **row.some(("kind",))})
        elif row.get("kind") != "enterprise" and (wrong := wrong_house(homes.places, area, key[2])) is not None:
            world.fault(row, "code", wrong, code=key[2], path=row.get("area"))
        else:
            seen[key] = row.number
            named = {"district_id": homes.places.district(area), "community_id": key[0], "estate": key[1]}
            rest = {"area_id": area, "kind": row.get("kind", "resident"), "code": key[2], "created_at": now}
            homes.doors[key] = world.add("households", row, {**named, **rest})


def plan_residents(homes: Homes, rows: list[Row], today: date) -> None:
    """Matched by household and name; then, where nobody of that name is at the door, by name and phone in the whole
    district: who is so known at one other door, which the file does not say of him, has moved from there."""
    seen: dict[Any, int] = {}
    named: set[int] = set()
    waiting: list[tuple[Row, int]] = []
    for row in rows:
        household = homes.find(row)
        if household is None:
            continue
        name: PersonName = row.get("name")
        namesakes = homes.living.setdefault((household, name.name), [])
        key = (household, name.name, name.nth or 1)
        if key in seen:
            homes.world.fault(row, "name", "repeated", row=seen[key])
            continue
        seen[key] = row.number
        if name.nth is None and len(namesakes) > 1:
            homes.world.fault(row, "name", "which_person", name=name.name)
        elif key[2] <= len(namesakes):
            named.add(namesakes[key[2] - 1])
            _change_resident(homes, row, namesakes[key[2] - 1])
        else:
            waiting.append((row, household))
    elsewhere = Elsewhere(homes.world, named)
    for row, household in waiting:
        name = row.get("name")
        namesakes = homes.living[household, name.name]
        if (name.nth or 1) != len(namesakes) + 1:
            homes.world.fault(row, "name", "bad_nth", nth=name.nth, count=len(namesakes))
        elif (moved := elsewhere.take(row, household)) is not None:
            _move_resident(homes, row, moved, household)
        else:
            _add_resident(homes, row, household, namesakes, today)


def _move_resident(homes: Homes, row: Row, resident: int, household: int) -> None:
    """He stays who he is, with his accounts, and the plans that are for him go with him; what is for the whole
    household stays at the door."""
    world, name = homes.world, row.get("name").name
    left = world.rows["households"][world.rows["residents"][resident]["household_id"]]
    _change_resident(homes, row, resident, {"household_id": household})
    homes.living[left["id"], name].remove(resident)
    homes.living[household, name].append(resident)
    at_door = [one for one in world.rows["care_plans"].values() if one["household_id"] == left["id"]]
    going = tuple(one["id"] for one in at_door if one["resident_id"] == resident)
    for plan in going:
        world.put("care_plans", plan, None, {"household_id": household})
    staying = sum(one["resident_id"] is None and one["ends_on"] is None for one in at_door)
    before = (homes.places.codes[left["area_id"]], left["code"])
    world.removals.append(Removal(row, before, going, staying))


_RESIDENT = ("called", "born", "tags", "phone", "health", "consent_on")


def _said(row: Row) -> Values:
    values = row.some(_RESIDENT)
    if "tags" in values:
        values["tags"] = sorted(values["tags"] or ())
    if "consent_on" in values and values["consent_on"] is None and "health" not in values:
        # Whoever takes his consent back takes the health notes with it.
        values["health"] = None
    return values


def _change_resident(homes: Homes, row: Row, resident: int, moved: Values | None = None) -> None:
    there, values = homes.world.rows["residents"][resident], _said(row) | (moved or {})
    if values.get("health", there["health"]) and values.get("consent_on", there["consent_on"]) is None:
        homes.world.fault(row, "consent_on", "health_consent")
    else:
        homes.world.put("residents", resident, row, values)


def _add_resident(homes: Homes, row: Row, household: int, namesakes: list[int], today: date) -> None:
    values = {**dict.fromkeys(_RESIDENT), "tags": [], **_said(row)}
    minor = values["born"] is not None and today.year - values["born"] < ADULT
    if values["consent_on"] is None and (values["health"] or minor):
        homes.world.fault(row, "consent_on", "health_consent" if values["health"] else "minor_consent")
        return
    named = {"household_id": household, "person_id": None, "name": row.get("name").name, "id_number": None}
    namesakes.append(homes.world.add("residents", row, {**named, **values}))


_PLAN = ("rhythm", "weekdays", "month_day", "starts_on", "ends_on")


def plan_care(homes: Homes, staff: Staff, rows: list[Row], today: date) -> set[int]:
    """Matched by household, resident and rhythm: with the same worker and beginning, with the same worker, or,
    where one such plan runs, that one (it goes to another worker). Returns those that were there."""
    world, named = homes.world, set[int]()
    free: dict[Any, list[int]] = {}
    for one in world.rows["care_plans"].values():
        free.setdefault((one["household_id"], one["resident_id"], one["rhythm"]), []).append(one["id"])
    wanted: list[tuple[Row, tuple[int, int | None, str], int]] = []
    for row in rows:
        household = homes.find(row)
        if household is None:
            continue
        area = homes.places.by_codes[row.get("area")]
        worker = staff.find(row, "worker", homes.places.district(area))
        resident = homes.resident(row, household) if row.get("resident") is not None else None
        if worker is not None and (resident is not None) == (row.get("resident") is not None):
            wanted.append((row, (household, resident, row.get("rhythm")), worker))
    new: dict[Any, int] = {}
    # The exact fits of the whole file come first, so that none of them is taken by a looser one.
    for step in (_same_beginning, _same_worker, _running):
        left = []
        for row, key, worker in wanted:
            found = step(homes, free.get(key, []), row, worker, today)
            if found is None:
                left.append((row, key, worker))
            else:
                free[key].remove(found)
                named.add(found)
                _save_plan(homes, row, found, worker)
        wanted = left
    for row, key, worker in wanted:
        starts = row.get("starts_on", today)
        if (key, worker, starts) in new:
            world.fault(row, "", "repeated", row=new[key, worker, starts])
            continue
        new[key, worker, starts] = row.number
        _add_plan(homes, row, key, worker, starts)
    return named


def _same_beginning(homes: Homes, free: list[int], row: Row, worker: int, today: date) -> int | None:
    plans, starts = homes.world.rows["care_plans"], row.get("starts_on")
    return next((one for one in free if (plans[one]["worker_id"], plans[one]["starts_on"]) == (worker, starts)), None)


def _same_worker(homes: Homes, free: list[int], row: Row, worker: int, today: date) -> int | None:
    plans = homes.world.rows["care_plans"]
    fitting = [one for one in free if plans[one]["worker_id"] == worker and runs(plans[one], today)]
    return fitting[0] if len(fitting) == 1 else None


def _running(homes: Homes, free: list[int], row: Row, worker: int, today: date) -> int | None:
    plans = homes.world.rows["care_plans"]
    fitting = [one for one in free if runs(plans[one], today)]
    return fitting[0] if len(fitting) == 1 else None


def _plan_values(row: Row) -> Values:
    values = row.some(_PLAN)
    if "weekdays" in values:
        values["weekdays"] = sorted(values["weekdays"] or ())
    return values


def _save_plan(homes: Homes, row: Row, plan: int, worker: int) -> None:
    there, values = homes.world.rows["care_plans"][plan], _plan_values(row)
    ends = values.get("ends_on", there["ends_on"])
    if ends is not None and ends < values.get("starts_on", there["starts_on"]):
        homes.world.fault(row, "ends_on", "ends_before")
    else:
        homes.world.put("care_plans", plan, row, {**values, "worker_id": worker})


def _add_plan(homes: Homes, row: Row, key: tuple[int, int | None, str], worker: int, starts: date) -> None:
    values = {"weekdays": [], "month_day": 1, "ends_on": None, **_plan_values(row), "starts_on": starts}
    if values["ends_on"] is not None and values["ends_on"] < starts:
        homes.world.fault(row, "ends_on", "ends_before")
        return
    district = homes.world.rows["households"][key[0]]["district_id"]
    named = {"district_id": district, "household_id": key[0], "resident_id": key[1], "worker_id": worker}
    homes.world.add("care_plans", row, {**named, **values})
