"""Areas, departments and groups of a file, matched with those that are there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.areas import AREA_KINDS, ESTATES
from storage.importing.rows import Row
from storage.importing.world import Values, World

# What the column holds (storage/tables/places.py).
LONGEST_PATH = 255
_INSIDE = ("grid", "estate", "village", "building", "unit")
ABOVE: dict[str, tuple[str | None, ...]] = {
    "district": (None,),
    "street": ("district",),
    "community": ("district", "street"),
    **dict.fromkeys(_INSIDE, ("community", *_INSIDE)),
}
# What a platform of today can do in a room; its channel finds out more by itself.
ABLE = ("buttons", "edit", "media", "reply")


class Places:
    """The tree as it will be. Areas are found by the codes on the way to them: QL/WJ/YG."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rows = world.rows["areas"]
        self.by_codes: dict[str, int] = {}
        self.codes: dict[int, str] = {}
        for area in sorted(self.rows.values(), key=lambda one: (one["path"].count("/"), one["id"])):
            above = self.codes.get(area["parent_id"], "") if area["parent_id"] is not None else ""
            codes = f"{above}/{area['code']}" if above else area["code"]
            self.codes[area["id"]] = codes
            self.by_codes.setdefault(codes, area["id"])
        # Estates whose name changes, since households carry it.
        self.renamed: set[int] = set()
        self._above: dict[int, dict[str, Values]] = {}

    def above(self, area_id: int) -> dict[str, Values]:
        """The area and those above it by kind; of two of one kind the nearer. As the estate a village too."""
        found = self._above.get(area_id)
        if found is None:
            area = self.rows[area_id]
            found = dict(self.above(area["parent_id"])) if area["parent_id"] is not None else {}
            found[area["kind"]] = area
            if area["kind"] in ESTATES:
                found["estate"] = area
            self._above[area_id] = found
        return found

    def district(self, area_id: int) -> int:
        return int(self.above(area_id)["district"]["id"])

    def find(self, row: Row, column: str = "area") -> int | None:
        """The area that a row names; a fault where there is none."""
        codes = row.get(column)
        found = self.by_codes.get(codes)
        if found is None and codes is not None:
            self.world.fault(row, column, "no_area", path=codes)
        return found

    def district_of(self, row: Row) -> int | None:
        """The district that a row names, or the only one there is."""
        if row.get("district") is not None:
            found = self.find(row, "district")
            if found is not None and self.rows[found]["kind"] != "district":
                self.world.fault(row, "district", "not_a_district", path=row.get("district"))
                return None
            return found
        districts = [area["id"] for area in self.rows.values() if area["kind"] == "district"]
        if len(districts) != 1:
            self.world.fault(row, "district", "which_district" if districts else "no_district")
            return None
        return int(districts[0])


def plan_areas(places: Places, rows: list[Row]) -> None:
    """From the top down, so that an area may stand below its children in the file."""
    seen: dict[str, int] = {}
    for row in sorted(rows, key=lambda one: str(one.get("path")).count("/")):
        codes = row.get("path")
        if codes in seen:
            places.world.fault(row, "path", "repeated", row=seen[codes])
            continue
        seen[codes] = row.number
        found = places.by_codes.get(codes)
        if found is not None:
            _change_area(places, row, found)
        else:
            _add_area(places, row, codes)
    _labels_differ(places, rows)


def _change_area(places: Places, row: Row, area_id: int) -> None:
    there = places.rows[area_id]
    # As an estate villages were entered before there were any.
    becomes_village = row.get("kind") == "village" and there["kind"] == "estate"
    if row.get("kind") != there["kind"] and not becomes_village:
        places.world.fault(row, "kind", "kind_fixed", was=there["kind"])
        return
    if there["kind"] in ESTATES and row.get("name") != there["name"]:
        places.renamed.add(area_id)
    values = row.some(("kind", "name", "label", "boundary"))
    if "label" in values:
        values["label"] = values["label"] or ""
    places.world.put("areas", area_id, row, values)


def _add_area(places: Places, row: Row, codes: str) -> None:
    world, kind = places.world, row.get("kind")
    above_codes, _, code = codes.rpartition("/")
    above = places.by_codes.get(above_codes) if above_codes else None
    if above_codes and above is None:
        world.fault(row, "path", "no_parent", path=above_codes)
        return
    above_kind = places.rows[above]["kind"] if above is not None else None
    if above_kind not in ABOVE[kind]:
        allowed = [one for one in ABOVE[kind] if one is not None]
        world.fault(row, "kind", "kind_under" if allowed else "kind_top", kind=kind, allowed=allowed)
        return
    path = places.rows[above]["path"] if above is not None else "/"
    if len(path) + 20 > LONGEST_PATH:
        world.fault(row, "path", "path_too_deep")
        return
    new_id = world.add(
        "areas",
        row,
        {
            "parent_id": above,
            "path": "",
            "kind": kind,
            "code": code,
            "label": row.get("label", ""),
            "name": row.get("name"),
            "boundary": row.get("boundary"),
        },
    )
    places.rows[new_id]["path"] = f"{path}{new_id}/"
    places.by_codes[codes], places.codes[new_id] = new_id, codes


def _labels_differ(places: Places, rows: list[Row]) -> None:
    """Two communities of a district with one label would share their numbers."""
    owners: dict[tuple[int, str], list[int]] = {}
    for area_id, area in places.rows.items():
        if area["label"] and area["kind"] in ("district", "community"):
            owners.setdefault((places.district(area_id), area["label"]), []).append(area_id)
    twice = {places.codes[one] for ids in owners.values() for one in ids[1:]}
    for row in rows:
        if row.get("path") in twice and row.get("label"):
            places.world.fault(row, "label", "label_twice", label=row.get("label"))


def plan_departments(places: Places, rows: list[Row]) -> dict[tuple[int, str], int]:
    """Matched by district and name. Returns all that there will be."""
    world = places.world
    known = {(one["district_id"], one["name"]): one["id"] for one in world.rows["departments"].values()}
    seen: dict[tuple[int, str], int] = {}
    for row in rows:
        district = places.district_of(row)
        if district is None:
            continue
        key = (district, row.get("name"))
        if key in seen:
            world.fault(row, "name", "repeated", row=seen[key])
            continue
        seen[key] = row.number
        values = row.some(("kind", "aliases", "categories", "active"))
        for name in ("aliases", "categories"):
            if name in values:
                values[name] = list(values[name] or ())
        if key in known:
            world.put("departments", known[key], row, values)
        else:
            given = {"aliases": [], "categories": [], "active": True, **values}
            known[key] = world.add("departments", row, {"district_id": district, "name": key[1], **given})
    return known


def plan_groups(places: Places, rows: list[Row], now: datetime) -> None:
    """Matched by platform, room and topic. A group that we had left is bound again."""
    world = places.world
    known = {(one["channel"], one["chat"], one["thread"]): one["id"] for one in world.rows["groups"].values()}
    seen: dict[Any, int] = {}
    for row in rows:
        area = places.find(row)
        if area is None:
            continue
        key = (row.get("channel"), row.get("chat"), row.get("thread"))
        if key in seen:
            world.fault(row, "chat", "repeated", row=seen[key])
            continue
        seen[key] = row.number
        above = places.above(area)
        values = {
            "district_id": above["district"]["id"],
            "community_id": above["community"]["id"] if "community" in above else None,
            "area_id": area,
            **row.some(("tier", "audience", "name", "quiet_from", "quiet_to")),
        }
        there = world.rows["groups"].get(known.get(key, 0))
        quiet = [values.get(name, there and there[name]) for name in ("quiet_from", "quiet_to")]
        if (quiet[0] is None) != (quiet[1] is None):
            world.fault(row, "quiet_to", "quiet_both")
        elif there is None:
            named = {"channel": key[0], "chat": key[1], "thread": key[2], "bound_at": now, "left_at": None}
            values = {"quiet_from": None, "quiet_to": None, **values}
            world.add("groups", row, {**named, **values, "capabilities": list(ABLE)})
        else:
            if there["left_at"] is not None:
                values |= {"bound_at": now, "left_at": None}
            world.put("groups", there["id"], row, values)


assert set(ABOVE) == set(AREA_KINDS), "every kind of area has its place"
