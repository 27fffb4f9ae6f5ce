"""Plans an import: what a file would add and change, and everything that is wrong with it. Stores nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from storage.importing.homes import Homes, plan_care, plan_households, plan_residents
from storage.importing.places import Places, plan_areas, plan_departments, plan_groups
from storage.importing.removals import hand_over
from storage.importing.rows import Row
from storage.importing.staff import Staff, plan_people, plan_posts
from storage.importing.world import World
from storage.store import Store


def plan(store: Store, rows: Mapping[str, list[Row]], now: datetime, today: date) -> World:
    """The world as the file wants it. Its `faults` are complete: a fault in one row does not hide the others', but
    what names a row that is at fault may be told to be missing too."""
    world = World(store.connection, store.cipher)
    places = Places(world)
    plan_areas(places, rows.get("areas", []))
    departments = plan_departments(places, rows.get("departments", []))
    plan_groups(places, rows.get("groups", []), now)
    staff = Staff(places)
    plan_people(places, staff, rows.get("people", []), now)
    plan_posts(places, staff, departments, rows.get("posts", []), now)
    homes = Homes(places)
    plan_households(homes, rows.get("households", []), rows.get("residents", []), now)
    plan_residents(homes, rows.get("residents", []), today)
    named = plan_care(homes, staff, rows.get("care_plans", []), today)
    hand_over(places, named, today)
    return world
