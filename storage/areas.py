"""Areas, the groups bound to them, departments, and the counter of ticket numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, insert, or_, select, update

from domain.areas import Area, Audience, Group, ids_in
from domain.messages import Address
from domain.reading import Tier
from storage.engines import storable
from storage.memory import know, once, recall
from storage.prepared import Prepared
from storage.tables import areas, counters, departments, groups
from storage.upsert import insert_for


@dataclass(frozen=True, slots=True)
class Department:
    """Where matters can be handed to. `aliases` are what people call it, `categories` what it takes."""

    id: int
    district: int
    name: str
    kind: str
    aliases: tuple[str, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a group sits in the tree: its district and community, and the chain from the top."""

    district: int | None
    community: int | None
    chain: tuple[Area, ...]


def _area(row: Any) -> Area:
    return Area(row.id, row.parent_id, row.path, row.kind, row.code, row.name, row.label, row.boundary)


_GROUPS = select(groups, areas.c.path.label("area_path")).join(areas, areas.c.id == groups.c.area_id)
_GROUP = Prepared(_GROUPS.where(groups.c.id == bindparam("of")))
_GROUP_AT = Prepared(
    _GROUPS.where(
        groups.c.channel == bindparam("in"),
        groups.c.chat == bindparam("room"),
        or_(groups.c.thread == bindparam("topic"), groups.c.thread.is_(None)),
        groups.c.left_at.is_(None),
    )
)
_LEFT = Prepared(
    select(groups.c.id).where(
        groups.c.channel == bindparam("in"), groups.c.chat == bindparam("room"), groups.c.left_at.is_not(None)
    )
)
_GROUPS_IN = Prepared(
    _GROUPS.where(groups.c.area_id.in_(bindparam("areas", expanding=True)), groups.c.left_at.is_(None)), "areas"
)
_AREA = Prepared(select(areas).where(areas.c.id == bindparam("of")))
_BELOW = Prepared(select(areas).where(areas.c.path.like(bindparam("below"))).order_by(areas.c.path))
_AREAS = Prepared(select(areas).where(areas.c.id.in_(bindparam("ids", expanding=True))), "ids")


def _group(row: Any) -> Group:
    return Group(
        id=row.id,
        channel=row.channel,
        chat=row.chat,
        thread=row.thread,
        area=row.area_id,
        area_path=row.area_path,
        tier=row.tier,
        audience=row.audience,
        name=row.name,
        quiet_from=row.quiet_from,
        quiet_to=row.quiet_to,
        capabilities=frozenset(row.capabilities),
    )


class Areas:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    # areas

    def add(self, parent: int | None, kind: str, code: str, name: str, label: str = "") -> Area:
        """A new area below `parent`."""
        above = self.get(parent) if parent is not None else None
        new_id = self._c.execute(
            insert(areas)
            .values(parent_id=parent, path="", kind=kind, code=code, name=name, label=label)
            .returning(areas.c.id)
        ).scalar_one()
        path = f"{above.path if above else '/'}{new_id}/"
        self._c.execute(update(areas).where(areas.c.id == new_id).values(path=path))
        return self.get(new_id)

    def get(self, area_id: int) -> Area:
        def load() -> Area:
            return _area(_AREA.one(self._c, {"of": area_id}))

        return once(self._c, ("area", area_id), (areas,), load)

    def chain(self, path: str) -> tuple[Area, ...]:
        """The areas along a path, from the top."""

        def load() -> tuple[Area, ...]:
            rows = _AREAS.all(self._c, {"ids": ids_in(path)})
            found = tuple(sorted((_area(row) for row in rows), key=lambda area: len(area.path)))
            for area in found:
                know(self._c, ("area", area.id), area, (areas,))
            return found

        return once(self._c, ("chain", path), (areas,), load)

    def below(self, path: str, kind: str | None = None) -> list[Area]:
        """The area itself and all under it, of one kind if given."""
        return list(once(self._c, ("below", path, kind), (areas,), lambda: tuple(self._below(path, kind))))

    def _below(self, path: str, kind: str | None) -> list[Area]:
        # A path is numbers and slashes: nothing in it needs escaping.
        return [_area(row) for row in _BELOW.all(self._c, {"below": f"{path}%"}) if kind is None or row.kind == kind]

    def labels(self) -> frozenset[str]:
        """What may stand before the numbers of tickets, anywhere: names, of those communities and districts that have
        no label."""
        some = select(areas.c.label, areas.c.name).where(areas.c.kind.in_(("community", "district"))).distinct()
        return once(
            self._c, ("labels",), (areas,), lambda: frozenset(row.label or row.name for row in self._c.execute(some))
        )

    def find(
        self, path: str, *, name: str | None = None, code: str | None = None, kind: str | None = None
    ) -> list[Area]:
        """Areas under a path by name or code."""
        return [
            area
            for area in self.below(path, kind)
            if (name is None or area.name == name) and (code is None or area.code == code)
        ]

    def seat(self, path: str) -> Seat:
        """District and community of an area, and its chain."""
        chain = self.chain(path)
        kinds = {area.kind: area.id for area in chain}
        return Seat(kinds.get("district"), kinds.get("community"), chain)

    # groups

    def bind(
        self,
        address: Address,
        area_id: int,
        tier: Tier,
        audience: Audience,
        name: str,
        now: datetime,
        capabilities: Sequence[str] = (),
    ) -> Group:
        """Bind a room to an area (again, if it was bound to another)."""
        seat = self.seat(self.get(area_id).path)
        values: dict[str, Any] = {
            "district_id": seat.district,
            "community_id": seat.community,
            "area_id": area_id,
            "tier": tier,
            "audience": audience,
            "name": storable(name)[:120],
            "capabilities": sorted(capabilities),
            "bound_at": now,
            "left_at": None,
        }
        found = self.group_at(address)
        if found is not None:
            self._c.execute(update(groups).where(groups.c.id == found.id).values(**values))
            return self.group(found.id)
        new_id = self._c.execute(
            insert(groups)
            .values(channel=address.channel, chat=address.chat, thread=address.thread, **values)
            .returning(groups.c.id)
        ).scalar_one()
        return self.group(new_id)

    def group(self, group_id: int) -> Group:
        def load() -> Group:
            return _group(_GROUP.one(self._c, {"of": group_id}))

        return once(self._c, ("group", group_id), (groups, areas), load)

    def group_at(self, address: Address) -> Group | None:
        """The group bound to a room; a binding of the whole room serves its topics too."""
        return once(self._c, ("group at", address), (groups, areas), lambda: self._group_at(address))

    def _group_at(self, address: Address) -> Group | None:
        rows = _GROUP_AT.all(self._c, {"in": address.channel, "room": address.chat, "topic": address.thread})
        best = min(rows, key=lambda row: row.thread is None, default=None)
        if best is None:
            return None
        group = _group(best)
        know(self._c, ("group", group.id), group, (groups, areas))
        return group

    def groups_along(self, path: str, audience: Audience | None = None) -> list[Group]:
        """Groups bound to the area or to any above it."""
        key = ("groups along", path, audience)
        return list(once(self._c, key, (groups, areas), lambda: tuple(self._groups_along(path, audience))))

    def _groups_along(self, path: str, audience: Audience | None) -> list[Group]:
        found = [_group(row) for row in _GROUPS_IN.all(self._c, {"areas": ids_in(path)})]
        return [group for group in found if audience is None or group.audience == audience]

    def all_groups(self) -> list[Group]:
        return [_group(row) for row in self._c.execute(_GROUPS.order_by(groups.c.id))]

    def groups_on(self, channel: str) -> list[Group]:
        """The groups of one platform that we have not left."""
        here = _GROUPS.where(groups.c.channel == channel, groups.c.left_at.is_(None))
        return [_group(row) for row in self._c.execute(here.order_by(groups.c.id))]

    def leave(self, group_id: int, now: datetime) -> None:
        self._c.execute(update(groups).where(groups.c.id == group_id).values(left_at=now))

    def has_left(self, address: Address) -> bool:
        """Whether a room was bound once, and is no longer."""

        def load() -> bool:
            return _LEFT.first(self._c, {"in": address.channel, "room": address.chat}) is not None

        return once(self._c, ("left", address.channel, address.chat), (groups,), load)

    # departments and numbers

    def add_department(
        self, district: int, name: str, kind: str, aliases: Sequence[str] = (), categories: Sequence[str] = ()
    ) -> int:
        return int(
            self._c.execute(
                insert(departments)
                .values(district_id=district, name=name, kind=kind, aliases=list(aliases), categories=list(categories))
                .returning(departments.c.id)
            ).scalar_one()
        )

    def departments(self, district: int) -> list[Department]:
        rows = self._c.execute(
            select(departments)
            .where(departments.c.district_id == district, departments.c.active)
            .order_by(departments.c.id)
        )
        return [
            Department(row.id, row.district_id, row.name, row.kind, tuple(row.aliases), tuple(row.categories))
            for row in rows
        ]

    def next_number(self, district: int, label: str) -> int:
        """The next number of a label: 1, 2, 3 … without gaps as long as nothing is rolled back."""
        key, subject = ("last number", district, label), ("numbers of", label)
        last: int | None = recall(self._c, key, (counters,), subject)
        values = {"district_id": district, "label": label, "last": (last or 0) + 1}
        if last is None:
            ((number,),) = _NEXT_NUMBER.write(self._c, values, (subject,))
        else:
            # Since it was counted up in this transaction nobody else can.
            number = values["last"]
            _LAST_NUMBER.later(self._c, values, (subject,), one_of=("district_id", "label"))
        know(self._c, key, int(number), (counters,))
        return int(number)


@Prepared
def _NEXT_NUMBER(dialect: str) -> Executable:
    statement = insert_for(dialect, counters).on_conflict_do_update(
        index_elements=["district_id", "label"], set_={"last": counters.c.last + 1}
    )
    return statement.returning(counters.c.last)


@Prepared
def _LAST_NUMBER(dialect: str) -> Executable:
    statement = insert_for(dialect, counters)
    return statement.on_conflict_do_update(
        index_elements=["district_id", "label"], set_={"last": statement.excluded.last}
    )
