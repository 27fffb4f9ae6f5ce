"""Household files: doors, firms, and those who live there. Health, phone and id number are sealed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, or_, select, update

from domain.archive import Household, HouseholdKey, Resident, walking_order
from storage.cipher import Cipher
from storage.tables import areas, households, residents

PHONE = "residents.phone"
HEALTH = "residents.health"


class Households:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    # doors and firms

    def add(self, area_id: int, code: str, now: datetime, *, firm: bool = False) -> Household:
        """A new door ("3-2-402") or firm (by its name) in the smallest area known; the estate and community
        are those above that area. ValueError where the area lies in no community."""
        path = self._c.execute(select(areas.c.path).where(areas.c.id == area_id)).scalar_one()
        above = {row.kind: row for row in self._c.execute(select(areas).where(areas.c.id.in_(_ids(path))))}
        if "community" not in above or "district" not in above:
            raise ValueError(f"area {area_id} lies in no community")
        estate = above.get("village") or above.get("estate")
        new_id = self._c.execute(
            insert(households)
            .values(
                district_id=above["district"].id,
                community_id=above["community"].id,
                area_id=area_id,
                estate=estate.name if estate is not None else "",
                kind="enterprise" if firm else "resident",
                code=code,
                created_at=now,
            )
            .returning(households.c.id)
        ).scalar_one()
        return self.get(new_id)

    def get(self, household_id: int) -> Household:
        row = self._c.execute(select(households).where(households.c.id == household_id)).one()
        return self._household(row, self._flags([household_id]).get(household_id, frozenset()))

    def find(self, path: str, code: str, estate: str | None = None) -> list[Household]:
        """Doors or firms of that code (or "201", "1-201", "12号" as its end) in the area of `path` and below."""
        ends = [f"-{code}", *(f"{of}{code}" for of in "组队社" if code.endswith("号"))]
        statement = _within(path).where(
            or_(households.c.code == code, *(households.c.code.endswith(one, autoescape=True) for one in ends))
        )
        if estate is not None:
            statement = statement.where(households.c.estate == estate)
        rows = self._c.execute(statement).all()
        exact = [row for row in rows if row.code == code]
        return self._all(exact or rows)

    def within(self, path: str) -> list[Household]:
        """Every door and firm of an area, as one walks."""
        return self._all(self._c.execute(_within(path)).all())

    def count(self, path: str) -> int:
        inner = _within(path).subquery()
        return self._c.execute(select(func.count()).select_from(inner)).scalar_one()

    def _all(self, rows: Iterable[Any]) -> list[Household]:
        found = list(rows)
        flags = self._flags([row.id for row in found])
        doors = [self._household(row, flags.get(row.id, frozenset())) for row in found]
        return sorted(doors, key=lambda door: (door.estate, walking_order(door.key)))

    def _flags(self, ids: Sequence[int]) -> dict[int, frozenset[str]]:
        flags: dict[int, frozenset[str]] = {}
        rows = self._c.execute(
            select(residents.c.household_id, residents.c.tags).where(residents.c.household_id.in_(ids))
        )
        for household_id, tags in rows:
            flags[household_id] = flags.get(household_id, frozenset()) | frozenset(tags)
        return flags

    @staticmethod
    def _household(row: Any, flags: frozenset[str]) -> Household:
        return Household(row.id, row.area_id, row.code, row.estate, flags=flags)

    def area_for(self, path: str, door: HouseholdKey) -> int:
        """The smallest known area under `path` that a door lies in: its unit, its building, else that of `path`."""
        rows = self._c.execute(
            select(areas.c.id, areas.c.kind, areas.c.code).where(areas.c.path.startswith(path, autoescape=True))
        ).all()
        unit = f"{door.building}-{door.unit}" if door.unit else None
        for kind, code in (("unit", unit), ("building", door.building)):
            fitting = [row.id for row in rows if row.kind == kind and row.code == code]
            if len(fitting) == 1:
                return int(fitting[0])
        return _ids(path)[-1]

    # those who live there

    def add_resident(
        self,
        household_id: int,
        name: str,
        *,
        called: str = "",
        phone: str | None = None,
        born: int | None = None,
        health: str | None = None,
        flags: Iterable[str] = (),
        consent_on: date | None = None,
        person: int | None = None,
    ) -> int:
        """ValueError where health is to be kept without a consent."""
        if health and consent_on is None:
            raise ValueError("health is kept only with a consent")
        return int(
            self._c.execute(
                insert(residents)
                .values(
                    household_id=household_id,
                    person_id=person,
                    name=name,
                    called=called or None,
                    tags=sorted(str(flag) for flag in flags),
                    born=born,
                    consent_on=consent_on,
                    health=self._cipher.seal(health, HEALTH) if health else None,
                    phone=self._cipher.seal(phone, PHONE) if phone else None,
                )
                .returning(residents.c.id)
            ).scalar_one()
        )

    def residents_of(self, household_id: int) -> list[Resident]:
        rows = self._c.execute(
            select(residents).where(residents.c.household_id == household_id).order_by(residents.c.id)
        )
        return [self._resident(row) for row in rows]

    def resident(self, resident_id: int) -> Resident:
        return self._resident(self._c.execute(select(residents).where(residents.c.id == resident_id)).one())

    def resident_called(self, household_id: int, said: str) -> Resident | None:
        """王奶奶, 王秀英 or 王: the one who lives there and is called so; None where nobody or several fit."""
        living = self.residents_of(household_id)
        exact = [one for one in living if said in (one.called, one.name)]
        fitting = exact or [one for one in living if said and one.name.startswith(said[0])]
        return fitting[0] if len(fitting) == 1 else None

    def residents_called(self, path: str, name: str) -> list[Resident]:
        """Everybody of that name (or called so) who lives in the area of `path` and below."""
        inside = _within(path).with_only_columns(households.c.id)
        rows = self._c.execute(
            select(residents)
            .where(residents.c.household_id.in_(inside), or_(residents.c.name == name, residents.c.called == name))
            .order_by(residents.c.id)
        )
        return [self._resident(row) for row in rows]

    def is_person(self, resident_id: int, person: int) -> None:
        """The resident is this person, who may have accounts."""
        self._c.execute(update(residents).where(residents.c.id == resident_id).values(person_id=person))

    def home_of(self, person: int) -> Household | None:
        """Where a person lives; None where no file says so, or several do."""
        found = self._c.execute(
            select(residents.c.household_id).where(residents.c.person_id == person).distinct().limit(2)
        ).scalars()
        homes = list(found)
        return self.get(homes[0]) if len(homes) == 1 else None

    def consent(self, resident_id: int, on: date | None) -> None:
        """Record or take back a consent; without one, health is wiped."""
        values: dict[str, Any] = {"consent_on": on}
        if on is None:
            values["health"] = None
        self._c.execute(update(residents).where(residents.c.id == resident_id).values(**values))

    def _resident(self, row: Any) -> Resident:
        return Resident(
            id=row.id,
            household=row.household_id,
            name=row.name,
            called=row.called or "",
            phone=self._cipher.open_text(row.phone, PHONE) or None,
            born=row.born,
            health=self._cipher.open_text(row.health, HEALTH) or None,
            flags=frozenset(row.tags),
            consent_on=row.consent_on,
            person=row.person_id,
        )


def _within(path: str) -> Select[Any]:
    """By the areas, which are few: with a join SQLite walks through all doors and asks of each where it is."""
    there = select(areas.c.id).where(areas.c.path.startswith(path, autoescape=True))
    return select(households).where(households.c.area_id.in_(there))


def _ids(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]
