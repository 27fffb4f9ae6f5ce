"""The sample district (invented) of the playground and the tests: district.toml put into the tables."""

from __future__ import annotations

import tomllib
from datetime import datetime
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from domain.messages import Address
from domain.people import Role
from storage.playground import CHANNEL, Member, private_chat
from storage.store import Store

TIMEZONE = ZoneInfo("Asia/Shanghai")


def read(name: str) -> dict[str, Any]:
    """One of the TOML files of the sample."""
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))


def load(store: Store, now: datetime, channel: str = CHANNEL) -> None:
    """Fill an empty database. Where the sample is there already, nothing is done."""
    data = read("district.toml")
    if store.areas.group_at(Address(channel, data["groups"][0]["chat"])) is not None:
        return
    areas: dict[str, int] = {}
    for area in data["areas"]:
        above = areas.get(area.get("parent", ""))
        areas[area["key"]] = store.areas.add(above, area["kind"], area["code"], area["name"], area.get("label", "")).id
    district = areas[data["areas"][0]["key"]]
    departments = {
        one["name"]: store.areas.add_department(district, one["name"], one["kind"], one["aliases"], one["categories"])
        for one in data["departments"]
    }
    people = {one["user"]: _employ(store, one, areas, departments, district, now, channel) for one in data["staff"]}
    for block in data["doors"]:
        for code in block["codes"]:
            store.households.add(areas[block["area"]], code, now)
    for persona in data["personas"]:
        _settle(store, persona, areas, district, now, channel)
    for care in data["care"]:
        _look_after(store, care, areas, people, now)
    for group in data["groups"]:
        store.areas.bind(
            Address(channel, group["chat"]),
            areas[group["area"]],
            group["tier"],
            group["audience"],
            group["name"],
            now,
            ("buttons", "edit", "media", "reply"),
        )
    if channel == CHANNEL:
        _furnish(store, data)


def _employ(
    store: Store,
    one: dict[str, Any],
    areas: dict[str, int],
    departments: dict[str, int],
    district: int,
    now: datetime,
    channel: str,
) -> int:
    person = store.people.add(district, one["name"], now, one["phone"])
    account = store.people.account(channel, one["user"], one["name"], now, private_chat(one["user"]))
    store.people.bind_account(account.id, person)
    for post in one["posts"]:
        department = departments[post["department"]] if "department" in post else None
        store.people.appoint(person, areas[post["area"]], Role(post["role"]), now, department)
    return person


def _settle(
    store: Store, one: dict[str, Any], areas: dict[str, int], district: int, now: datetime, channel: str
) -> None:
    """A resident who has handed in his code: his account is his, and his door is known."""
    account = store.people.account(channel, one["user"], one["name"], now, private_chat(one["user"]))
    person = store.people.add(district, one["name"], now)
    store.people.bind_account(account.id, person)
    [door] = store.households.find(store.areas.get(areas[one["area"]]).path, one["door"])
    store.households.add_resident(door.id, one["name"], called=one["name"], person=person)


def _look_after(
    store: Store, care: dict[str, Any], areas: dict[str, int], people: dict[str, int], now: datetime
) -> None:
    today = now.astimezone(TIMEZONE).date()
    [door] = store.households.find(store.areas.get(areas[care["area"]]).path, care["door"])
    resident = store.households.add_resident(
        door.id,
        care["name"],
        called=care["called"],
        born=care.get("born"),
        health=care.get("health"),
        flags=care["flags"],
        consent_on=today,
    )
    if "rhythm" in care:
        store.visits.plan(door.id, people[care["worker"]], care["rhythm"], today, resident=resident)


def _furnish(store: Store, data: dict[str, Any]) -> None:
    members = {
        one["user"]: Member(one["user"], one["name"], one["posts"][0]["role"], one["title"]) for one in data["staff"]
    }
    for persona in data["personas"]:
        members[persona["user"]] = Member(persona["user"], persona["name"], "resident", persona["door"])
    for position, group in enumerate(data["groups"]):
        present = [members[user] for user in group["members"]]
        store.playground.add_room(group["chat"], group["name"], group["audience"], group["tier"], present, position)
    for position, member in enumerate(members.values(), start=len(data["groups"])):
        store.playground.add_room(
            private_chat(member.user_id), member.name, "private", members=[member], position=position
        )
