"""Groups: the rooms of platforms, each bound to an area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, insert, select, update

from domain.areas import Audience, Group, ids_in
from domain.messages import Address
from domain.reading import Tier
from storage.engines import storable
from storage.memory import is_known, know, once, once_each
from storage.prepared import Prepared
from storage.tables import areas, groups
from storage.tree import Tree

_IN = (groups, areas)
_GROUPS = select(groups, areas.c.path.label("area_path")).join(areas, areas.c.id == groups.c.area_id)
_GROUP = Prepared(_GROUPS.where(groups.c.id == bindparam("of")))
# The bindings of whole rooms and of their topics: which of them serves is found among these.
_GROUPS_AT = Prepared(
    _GROUPS.where(
        groups.c.channel.in_(bindparam("in", expanding=True)),
        groups.c.chat.in_(bindparam("rooms", expanding=True)),
        groups.c.left_at.is_(None),
    ),
    "in",
    "rooms",
)
_LEFT = Prepared(
    select(groups.c.id).where(
        groups.c.channel == bindparam("in"), groups.c.chat == bindparam("room"), groups.c.left_at.is_not(None)
    )
)
_GROUPS_IN = Prepared(
    _GROUPS.where(groups.c.area_id.in_(bindparam("areas", expanding=True)), groups.c.left_at.is_(None)), "areas"
)


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


class Groups(Tree):
    """The part of `store.areas` that is about groups."""

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
        """Bind a room or one topic of it to an area (again, if it was bound to another or left)."""
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
        found = self._c.execute(
            select(groups.c.id)
            .where(
                groups.c.channel == address.channel,
                groups.c.chat == address.chat,
                groups.c.thread.is_not_distinct_from(address.thread),
            )
            # A whole room that was left could come to stand there a second time.
            .order_by(groups.c.left_at.is_not(None), groups.c.id.desc())
            .limit(1)
        ).scalar()
        if found is not None:
            self._c.execute(update(groups).where(groups.c.id == found).values(**values))
            return self.group(found)
        new_id = self._c.execute(
            insert(groups)
            .values(channel=address.channel, chat=address.chat, thread=address.thread, **values)
            .returning(groups.c.id)
        ).scalar_one()
        return self.group(new_id)

    def group(self, group_id: int) -> Group:
        def load() -> Group:
            return _group(_GROUP.one(self._c, {"of": group_id}))

        return once(self._c, ("group", group_id), _IN, load)

    def group_at(self, address: Address) -> Group | None:
        """The group bound to a room; a binding of the whole room serves its topics too."""
        return once(self._c, ("group at", address), _IN, lambda: self._groups_at([address])[address])

    def expect(self, rooms: Iterable[Address]) -> None:
        """Read at once what `group_at`, `groups_along` and `chain` will be asked of these rooms."""
        among = dict.fromkeys(rooms)
        missing = [one for one in among if not is_known(self._c, ("group at", one), _IN)]
        for address, group in self._groups_at(missing).items():
            know(self._c, ("group at", address), group, _IN)
        paths = {group.area_path for one in among if (group := self.group_at(one)) is not None}
        self.expect_chains(paths)
        self._bound_to(list(dict.fromkeys(one for path in paths for one in ids_in(path))))

    def _groups_at(self, addresses: Sequence[Address]) -> dict[Address, Group | None]:
        found: dict[tuple[str, str, str | None], Group] = {}
        if addresses:
            values = {"in": list({one.channel for one in addresses}), "rooms": list({one.chat for one in addresses})}
            for row in _GROUPS_AT.all(self._c, values):
                group = found[row.channel, row.chat, row.thread] = _group(row)
                know(self._c, ("group", group.id), group, _IN)
        return {
            one: found.get((one.channel, one.chat, one.thread)) or found.get((one.channel, one.chat, None))
            for one in addresses
        }

    def groups_along(self, path: str, audience: Audience | None = None) -> list[Group]:
        """Groups bound to the area or to any above it."""
        key = ("groups along", path, audience)
        return list(once(self._c, key, _IN, lambda: self._groups_along(path, audience)))

    def _groups_along(self, path: str, audience: Audience | None) -> tuple[Group, ...]:
        bound = self._bound_to(ids_in(path))
        return tuple(group for here in bound for group in here if audience is None or group.audience == audience)

    def _bound_to(self, area_ids: Sequence[int]) -> list[tuple[Group, ...]]:
        """The groups of each of these areas."""
        return once_each(self._c, "groups of", area_ids, _IN, self._read_bound, "area")

    def _read_bound(self, area_ids: Sequence[int]) -> dict[int, tuple[Group, ...]]:
        found: dict[int, tuple[Group, ...]] = dict.fromkeys(area_ids, ())
        for row in _GROUPS_IN.all(self._c, {"areas": area_ids}):
            found[row.area_id] += (_group(row),)
        return found

    def all_groups(self) -> list[Group]:
        return [_group(row) for row in self._c.execute(_GROUPS.order_by(groups.c.id))]

    def groups_on(self, channel: str) -> list[Group]:
        """The groups of one platform that we have not left."""
        here = _GROUPS.where(groups.c.channel == channel, groups.c.left_at.is_(None))
        return [_group(row) for row in self._c.execute(here.order_by(groups.c.id))]

    def in_room(self, address: Address) -> list[Group]:
        """What is bound of a room: the whole of it, and each topic that is bound by itself."""
        rows = _GROUPS_AT.all(self._c, {"in": [address.channel], "rooms": [address.chat]})
        return sorted((_group(row) for row in rows), key=lambda group: group.id)

    def leave(self, address: Address, now: datetime) -> None:
        """Nothing of this room is bound any more, none of its topics either."""
        there = and_(groups.c.channel == address.channel, groups.c.chat == address.chat, groups.c.left_at.is_(None))
        self._c.execute(update(groups).where(there).values(left_at=now))

    def has_left(self, address: Address) -> bool:
        """Whether a room was bound once, and is no longer."""

        def load() -> bool:
            return _LEFT.first(self._c, {"in": address.channel, "room": address.chat}) is not None

        return once(self._c, ("left", address.channel, address.chat), (groups,), load)
