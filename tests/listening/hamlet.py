"""Two villages of one 行政村 on a real database: forty houses by group and number, a worker, and their groups."""

from __future__ import annotations

from domain.areas import Audience
from domain.messages import Address
from domain.people import Role
from domain.reading import Tier
from storage.store import Store
from tests.commands.neighbourhood import CHANNEL, Neighbourhood

PEOPLE = {"28号": ("王大根", "王大爷"), "3组12号": ("陈桂花", "陈阿婆"), "3组5号": ("李建国", "")}


class Hamlet(Neighbourhood):
    """`doors` by their code in 上王."""

    doors: dict[str, int]

    def _settle(self, store: Store) -> None:
        parent: int | None = None
        for kind, code, name, label in (
            ("district", "SZ", "剡城市", "剡城"),
            ("street", "GL", "甘霖镇", ""),
            ("community", "SW", "上王村", "上王"),
            ("grid", "1", "上王村第一网格", ""),
        ):
            parent = self.areas[kind] = store.areas.add(parent, kind, code, name, label).id
        self.areas["village"] = store.areas.add(parent, "village", "SW", "上王", "").id
        self.areas["other"] = store.areas.add(parent, "village", "LK", "岭口村", "").id
        for name, role, area in (
            ("小李", Role.GRID_WORKER, "grid"), ("王书记", Role.SECRETARY, "community"),
            ("吴主任", Role.DISTRICT_ADMIN, "district"),
        ):  # fmt: skip
            person = self.people[name] = store.people.add(self.areas["district"], name, self.now)
            store.people.appoint(person, self.areas[area], role, self.now, None)
            account = store.people.account(CHANNEL, name, name, self.now, private_chat=f"@{name}")
            store.people.bind_account(account.id, person)
        self.doors = {}
        for code in [f"{n}号" for n in range(20, 30)] + [f"{g}组{n}号" for g in (1, 2, 3) for n in (1, 2, 5, 12)]:
            self.doors[code] = store.households.add(self.areas["village"], code, self.now).id
        for code in ("12号", "3组12号"):
            store.households.add(self.areas["other"], code, self.now)
        for code, (name, called) in PEOPLE.items():
            resident = store.households.add_resident(self.doors[code], name, called=called, flags=["涉老"])
            store.visits.plan(self.doors[code], self.people["小李"], "daily", self.now.date(), resident=resident)
        rooms: tuple[tuple[str, str, Tier, Audience], ...] = (
            ("village", "village", "unit", "residents"),
            ("parish", "community", "community", "residents"),
            ("staff", "community", "community", "staff"),
        )
        for room, kind, tier, audience in rooms:
            self.groups[room] = store.areas.bind(
                Address(CHANNEL, room), self.areas[kind], tier, audience, room, self.now, ["edit", "buttons"]
            )
