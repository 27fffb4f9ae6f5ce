"""People and posts of a file, matched with those that are there; namesakes by their phone or their order."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from domain.people import Role
from storage.importing.places import Places
from storage.importing.rows import PersonName, Row

_MOBILE = re.compile(r"1[3-9]\d{9}")


class Staff:
    """People by district and name, in the order in which they came."""

    def __init__(self, places: Places) -> None:
        self.world = places.world
        self.rows = self.world.rows["people"]
        self.named: dict[tuple[int, str], list[int]] = {}
        for one in self.rows.values():
            self.named.setdefault((one["district_id"], one["name"]), []).append(one["id"])

    def find(self, row: Row, column: str, district: int) -> int | None:
        """Who is meant by a name in another sheet; a fault where nobody or several are."""
        said: PersonName = row.get(column)
        namesakes = self.named.get((district, said.name), [])
        if said.phone is not None:
            key = self.world.phone_key(said.phone)
            namesakes = [one for one in namesakes if self.rows[one]["phone_key"] == key]
        elif said.nth is not None:
            namesakes = namesakes[said.nth - 1 : said.nth]
        if len(namesakes) == 1:
            return namesakes[0]
        self.world.fault(row, column, "which_person" if namesakes else "no_person", name=str(said))
        return None


def plan_people(places: Places, staff: Staff, rows: list[Row], now: datetime) -> None:
    """First those who fit exactly, then those who can only be meant, then the new ones in the order of the file."""
    known = {key: tuple(ids) for key, ids in staff.named.items()}
    claimed: dict[int, int] = {}
    waiting: list[tuple[Row, int]] = []
    for row in rows:
        district = places.district_of(row)
        if district is None:
            continue
        found = _exactly(staff, row, known.get((district, row.get("name").name), ()))
        if found is None:
            waiting.append((row, district))
        elif found in claimed:
            staff.world.fault(row, "name", "repeated", row=claimed[found])
        else:
            claimed[found] = row.number
            _update(staff, row, found)
    new: dict[tuple[Any, ...], int] = {}
    for row, district in waiting:
        name, phone = row.get("name"), _phone_of(row)
        found = _likely(staff, phone, [one for one in known.get((district, name.name), ()) if one not in claimed])
        if found is not None and name.nth is None:
            claimed[found] = row.number
            _update(staff, row, found)
            continue
        namesakes = staff.named.setdefault((district, name.name), [])
        key = (district, name.name, name.nth, phone)
        if key in new:
            staff.world.fault(row, "name", "repeated", row=new[key])
        elif name.nth is not None and name.nth != len(namesakes) + 1:
            staff.world.fault(row, "name", "bad_nth", nth=name.nth, count=len(namesakes))
        elif name.nth is None and phone is None and len(known.get((district, name.name), ())) > 1:
            staff.world.fault(row, "name", "which_person", name=name.name)
        else:
            new[key] = row.number
            namesakes.append(_add(staff, row, district, phone, now))
    _check_wecom(staff)
    _check_phones(staff)


def _check_wecom(staff: Staff) -> None:
    """A user id is one person's: two would be each other."""
    seen: dict[str, int] = {}
    for one in staff.rows.values():
        wecom = one["wecom_id"]
        if wecom is None:
            continue
        other = seen.setdefault(wecom.lower(), one["id"])
        staged = staff.world.staged["people"]
        changed = staged.get(one["id"]) or staged.get(other)
        if other != one["id"] and changed is not None:
            row = Row("people", changed.row, {})
            staff.world.fault(row, "wecom_id", "wecom_taken", id=wecom, name=staff.rows[other]["name"])


def _check_phones(staff: Staff) -> None:
    """A mobile phone is one person's as long as he is with us: by it he is known. An office's line is for all in it."""
    seen: dict[bytes, int] = {}
    for one in staff.rows.values():
        if one["phone_key"] is None or not one["active"]:
            continue
        other = seen.setdefault(one["phone_key"], one["id"])
        if other == one["id"]:
            continue
        both = (staff.world.staged["people"].get(id_) for id_ in (one["id"], other))
        changed = next((it for it in both if it is not None and (it.new or it.changes & {"phone", "active"})), None)
        if changed is not None and _MOBILE.fullmatch(staff.world.open("people", "phone", one["phone"]) or ""):
            row = Row("people", changed.row, {})
            staff.world.fault(row, "phone", "phone_taken", name=staff.rows[other]["name"])


def _phone_of(row: Row) -> str | None:
    said: str | None = row.get("phone", row.get("name").phone)
    return said


def _exactly(staff: Staff, row: Row, namesakes: tuple[int, ...]) -> int | None:
    nth, phone = row.get("name").nth, _phone_of(row)
    if nth is not None:
        return namesakes[nth - 1] if nth <= len(namesakes) else None
    key = staff.world.phone_key(phone)
    fitting = [one for one in namesakes if staff.rows[one]["phone_key"] == key]
    return fitting[0] if fitting and (phone is not None or len(fitting) == 1) else None


def _likely(staff: Staff, phone: str | None, free: list[int]) -> int | None:
    """The one whose phone was not known yet; or, where the file tells none, the only one of that name."""
    if phone is not None:
        free = [one for one in free if staff.rows[one]["phone"] is None]
    return free[0] if len(free) == 1 else None


def _update(staff: Staff, row: Row, person: int) -> None:
    values = row.some(("language", "active", "away_until", "wecom_id"))
    if "phone" in row.values or row.get("name").phone is not None:
        phone = _phone_of(row)
        values |= {"phone": phone, "phone_key": staff.world.phone_key(phone)}
    staff.world.put("people", person, row, values)


def _add(staff: Staff, row: Row, district: int, phone: str | None, now: datetime) -> int:
    return staff.world.add(
        "people",
        row,
        {
            "district_id": district,
            "name": row.get("name").name,
            "phone": phone,
            "phone_key": staff.world.phone_key(phone),
            "language": row.get("language"),
            "away_until": row.get("away_until"),
            "active": row.get("active", True),
            "created_at": now,
            "wecom_id": row.get("wecom_id"),
        },
    )


def plan_posts(
    places: Places, staff: Staff, departments: dict[tuple[int, str], int], rows: list[Row], now: datetime
) -> None:
    """Matched by person, area, role and department among the posts held now."""
    world = places.world
    known = {
        (one["person_id"], one["area_id"], one["role"], one["department_id"]): one["id"]
        for one in world.rows["posts"].values()
        if one["until"] is None
    }
    seen: dict[Any, int] = {}
    for row in rows:
        area = places.find(row)
        if area is None:
            continue
        district = places.district(area)
        person, department = staff.find(row, "person", district), None
        if row.get("department") is not None:
            department = departments.get((district, row.get("department")))
            if department is None:
                world.fault(row, "department", "no_department", name=row.get("department"))
                continue
        if (row.get("role") == Role.DEPARTMENT) != (department is not None):
            world.fault(row, "department", "department_only" if department else "department_needed")
            continue
        if person is None:
            continue
        key = (person, area, row.get("role"), department)
        if key in seen:
            world.fault(row, "", "repeated", row=seen[key])
            continue
        seen[key] = row.number
        ends = {"until": now} if row.get("serving", True) is False else {}
        if key in known:
            world.put("posts", known[key], row, {**row.some(("full_time",)), **ends})
        elif ends:
            # He does not hold it, as the file wants it.
            world.counts["posts"][2] += 1
        else:
            named = {"person_id": person, "area_id": area, "role": key[2], "department_id": department}
            world.add("posts", row, {**named, "full_time": row.get("full_time", True), "since": now, "until": None})
