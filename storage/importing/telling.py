"""What is there in the words of a file: the same columns that an import reads, so that nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from storage.importing.places import Places
from storage.importing.rows import PersonName
from storage.importing.world import Values, World
from storage.store import Store


class Told:
    """Everything there is, read in one snapshot; `rows(sheet)` gives it row by row."""

    def __init__(self, store: Store) -> None:
        self._world = World(store.connection, store.cipher)
        self._places = Places(self._world)
        self._people = self._nth("people", "district_id")
        self._residents = self._nth("residents", "household_id")

    def rows(self, sheet: str) -> Iterator[Values]:
        """Cells by column. Phones and health are opened only as the rows are asked for."""
        tell: dict[str, Callable[[], Iterator[Values]]] = {
            "areas": self._areas,
            "departments": self._departments,
            "groups": self._groups,
            "people": self._staff,
            "posts": self._posts,
            "households": self._households,
            "residents": self._living,
            "care_plans": self._care,
        }
        return tell[sheet]()

    def count(self, sheet: str) -> int:
        return len(self._world.rows[sheet])

    def _nth(self, table: str, within: str) -> dict[int, PersonName]:
        """Names as a file writes them: with a number where there are namesakes."""
        groups: dict[Any, list[int]] = {}
        rows = self._world.rows[table]
        for one in rows.values():
            groups.setdefault((one[within], one["name"]), []).append(one["id"])
        return {
            row_id: PersonName(rows[row_id]["name"], place if len(ids) > 1 else None)
            for ids in groups.values()
            for place, row_id in enumerate(ids, 1)
        }

    def _codes(self, area: int) -> str:
        return self._places.codes[area]

    def _areas(self) -> Iterator[Values]:
        def as_one_walks(one: Values) -> tuple[int, ...]:
            return tuple(int(part) for part in one["path"].split("/") if part)

        for one in sorted(self._world.rows["areas"].values(), key=as_one_walks):
            said = {name: one[name] for name in ("kind", "name", "boundary")}
            yield {"path": self._codes(one["id"]), "label": one["label"] or None, **said}

    def _departments(self) -> Iterator[Values]:
        for one in self._world.rows["departments"].values():
            yield {**one, "district": self._codes(one["district_id"])}

    def _groups(self) -> Iterator[Values]:
        for one in self._world.rows["groups"].values():
            if one["left_at"] is None:
                yield {**one, "area": self._codes(one["area_id"])}

    def _staff(self) -> Iterator[Values]:
        for one in self._world.rows["people"].values():
            phone = self._world.open("people", "phone", one["phone"])
            said = {"district": self._codes(one["district_id"]), "name": self._people[one["id"]]}
            yield {**one, **said, "phone": phone}

    def _posts(self) -> Iterator[Values]:
        departments = self._world.rows["departments"]
        for one in self._world.rows["posts"].values():
            if one["until"] is None:
                yield {
                    "person": self._people[one["person_id"]],
                    "area": self._codes(one["area_id"]),
                    "role": one["role"],
                    "department": departments[one["department_id"]]["name"] if one["department_id"] else None,
                    "full_time": one["full_time"],
                    "serving": True,
                }

    def _households(self) -> Iterator[Values]:
        for one in self._world.rows["households"].values():
            yield {"area": self._codes(one["area_id"]), "code": one["code"], "kind": one["kind"]}

    def _door(self, household: int) -> Values:
        there = self._world.rows["households"][household]
        return {"area": self._codes(there["area_id"]), "code": there["code"]}

    def _living(self) -> Iterator[Values]:
        for one in self._world.rows["residents"].values():
            opened = {name: self._world.open("residents", name, one[name]) for name in ("phone", "health")}
            yield {**one, **self._door(one["household_id"]), "name": self._residents[one["id"]], **opened}

    def _care(self) -> Iterator[Values]:
        for one in self._world.rows["care_plans"].values():
            resident = self._residents[one["resident_id"]] if one["resident_id"] is not None else None
            worker = self._people[one["worker_id"]]
            yield {**one, **self._door(one["household_id"]), "resident": resident, "worker": worker}
