"""The tree of areas: what lies where, and where a group sits in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from domain.areas import ESTATES, Area, ids_in
from storage.memory import know, once, recall
from storage.prepared import Prepared
from storage.tables import areas

_IN = (areas,)


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a group sits in the tree: its district and community, and the chain from the top."""

    district: int | None
    community: int | None
    chain: tuple[Area, ...]


def _area(row: Any) -> Area:
    return Area(row.id, row.parent_id, row.path, row.kind, row.code, row.name, row.label, row.boundary)


_AREA = Prepared(select(areas).where(areas.c.id == bindparam("of")))
_BELOW = Prepared(select(areas).where(areas.c.path.like(bindparam("below"))).order_by(areas.c.path))
_AREAS = Prepared(select(areas).where(areas.c.id.in_(bindparam("ids", expanding=True))), "ids")


class Tree:
    """The part of `store.areas` that is about areas."""

    def __init__(self, connection: Connection) -> None:
        self._c = connection

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

        return once(self._c, ("area", area_id), _IN, load)

    def is_district(self, area_id: int) -> bool:
        """False where there is no such area."""

        def load() -> bool:
            return any(row.kind == "district" for row in _AREAS.all(self._c, {"ids": [area_id]}))

        return once(self._c, ("is district", area_id), _IN, load)

    def expect_chains(self, paths: Iterable[str]) -> None:
        """Read at once what `chain` will be asked of these."""
        missing = [path for path in dict.fromkeys(paths) if recall(self._c, ("chain", path), _IN) is None]
        for path, chain in self._chains(missing).items():
            know(self._c, ("chain", path), chain, _IN)

    def chain(self, path: str) -> tuple[Area, ...]:
        """The areas along a path, from the top."""
        return once(self._c, ("chain", path), _IN, lambda: self._chains([path])[path])

    def _chains(self, paths: Sequence[str]) -> dict[str, tuple[Area, ...]]:
        if not paths:
            return {}
        ids = dict.fromkeys(one for path in paths for one in ids_in(path))
        found = {row.id: _area(row) for row in _AREAS.all(self._c, {"ids": list(ids)})}
        for area in found.values():
            know(self._c, ("area", area.id), area, _IN)
        return {path: tuple(found[one] for one in ids_in(path) if one in found) for path in paths}

    def below(self, path: str, kind: str | None = None) -> list[Area]:
        """The area itself and all under it, of one kind if given."""
        return list(once(self._c, ("below", path, kind), _IN, lambda: self._below(path, kind)))

    def _below(self, path: str, kind: str | None) -> tuple[Area, ...]:
        if kind is not None:
            return tuple(area for area in self.below(path) if area.kind == kind)
        # A path is numbers and slashes: nothing in it needs escaping.
        return tuple(_area(row) for row in _BELOW.all(self._c, {"below": f"{path}%"}))

    def estates(self, path: str) -> list[Area]:
        """The estates and villages among them."""

        def load() -> tuple[Area, ...]:
            return tuple(area for area in self.below(path) if area.kind in ESTATES)

        # Every line that is heard asks for them, and a community has hundreds of areas.
        return list(once(self._c, ("estates", path), _IN, load))

    def labels(self) -> frozenset[str]:
        """What may stand before the numbers of tickets, anywhere: names, of those communities and districts that have
        no label."""
        some = select(areas.c.label, areas.c.name).where(areas.c.kind.in_(("community", "district"))).distinct()
        return once(
            self._c, ("labels",), _IN, lambda: frozenset(row.label or row.name for row in self._c.execute(some))
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
