"""Care plans and the visits that were made. What is due is computed (domain/visits.py), never stored."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, delete, func, insert, or_, select, update

from domain.people import Role
from domain.visits import Cared, CarePlan, Rhythm
from storage.memory import once
from storage.prepared import Prepared
from storage.tables import care_plans, households, people, posts, residents, visits
from storage.upsert import upsert

_PLAN = ("id", "worker_id", "household_id", "resident_id", "rhythm", "weekdays", "month_day", "starts_on", "ends_on")
_DOOR = (households.c.code, households.c.estate, residents.c.name, residents.c.called)
_PLANS = (
    select(*(care_plans.c[name] for name in _PLAN), *_DOOR)
    .join(households, households.c.id == care_plans.c.household_id)
    .outerjoin(residents, residents.c.id == care_plans.c.resident_id)
    .order_by(care_plans.c.id)
)
_PLANNED = (care_plans, households, residents)


class Visits:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    # plans

    def plan(
        self,
        household_id: int,
        worker: int,
        rhythm: Rhythm,
        starts: date,
        *,
        resident: int | None = None,
        weekdays: Sequence[int] = (),
        month_day: int = 1,
        ends: date | None = None,
    ) -> CarePlan:
        """Somebody is to be looked after from that day on."""
        district = self._c.execute(select(households.c.district_id).where(households.c.id == household_id)).scalar_one()
        new_id = self._c.execute(
            insert(care_plans)
            .values(
                district_id=district,
                household_id=household_id,
                resident_id=resident,
                worker_id=worker,
                rhythm=rhythm,
                weekdays=sorted(weekdays),
                month_day=month_day,
                starts_on=starts,
                ends_on=ends,
            )
            .returning(care_plans.c.id)
        ).scalar_one()
        return self.get(new_id)

    def get(self, plan_id: int) -> CarePlan:
        return _plan(self._c.execute(_PLANS.where(care_plans.c.id == plan_id)).one())

    def of_worker(self, worker: int, day: date) -> list[CarePlan]:
        """The plans of a worker that run on that day."""
        return self.of_workers([worker], day).get(worker, [])

    def of_workers(self, workers: Collection[int], day: date) -> dict[int, list[CarePlan]]:
        """As `of_worker` for several at once; who has no plans is left out."""
        found: dict[int, list[CarePlan]] = {}
        for row in _PLANS_OF.all(self._c, {"workers": [*workers], "day": day}):
            found.setdefault(row.worker_id, []).append(_plan(row))
        return found

    def cared_for(self, worker: int, day: date) -> tuple[Cared, ...]:
        """Whom a worker looks after on that day, by name; doors without a name are left out."""

        def load() -> tuple[Cared, ...]:
            rows = self._c.execute(_running(day).where(care_plans.c.worker_id == worker))
            named = (Cared(row.name, row.called or "", row.code, row.estate) for row in rows if row.name)
            return tuple(dict.fromkeys(named))

        return once(self._c, ("cared for by", worker, day), _PLANNED, load)

    def at_door(self, household_id: int, day: date) -> list[CarePlan]:
        """The plans for a household, whoever has them."""
        return self._plans(_running(day).where(care_plans.c.household_id == household_id))

    def orphaned(self, district: int, day: date, roles: Collection[Role]) -> list[CarePlan]:
        """Plans of that day whose worker has left, or holds none of these roles any more: nobody goes there."""
        gone = select(people.c.id).where(people.c.active.is_(False))
        held = select(posts.c.person_id).where(posts.c.until.is_(None), posts.c.role.in_([str(role) for role in roles]))
        nobody = or_(care_plans.c.worker_id.in_(gone), care_plans.c.worker_id.not_in(held))
        return self._plans(_running(day).where(care_plans.c.district_id == district, nobody))

    def workers_in(self, district: int, day: date) -> set[int]:
        """Who has plans in a district on that day."""
        running = _running(day).where(care_plans.c.district_id == district).with_only_columns(care_plans.c.worker_id)
        return set(self._c.execute(running.order_by(None).distinct()).scalars())

    def end(self, plan_id: int, on: date) -> None:
        """The last day of a plan."""
        self._c.execute(update(care_plans).where(care_plans.c.id == plan_id).values(ends_on=on))

    def _plans(self, statement: Select[Any]) -> list[CarePlan]:
        return [_plan(row) for row in self._c.execute(statement)]

    # visits made

    def last_done(self, plan_ids: Sequence[int]) -> dict[int, date]:
        """The day of the last visit by plan; plans without one are left out."""
        return dict(_LAST_DONE.all(self._c, {"plans": plan_ids})) if plan_ids else {}

    def done(self, plan: CarePlan, worker: int, day: date, now: datetime, entry: int) -> None:
        """Tick off: the visit of that day was made by this worker, as the diary entry tells."""
        place = self._c.execute(
            select(care_plans.c.district_id, care_plans.c.household_id).where(care_plans.c.id == plan.id)
        ).one()
        values = {"worker_id": worker, "state": "done", "done_at": now, "entry_id": entry}
        where = {"district_id": place.district_id, "household_id": place.household_id}
        self._c.execute(
            upsert(self._c, visits)
            .values(plan_id=plan.id, due_on=day, **where, **values)
            .on_conflict_do_update(index_elements=["plan_id", "due_on"], set_=values)
        )

    def undo(self, plan_id: int, day: date) -> int | None:
        """Take the tick of that day away again; the entry that told of it."""
        return self._c.execute(
            delete(visits).where(visits.c.plan_id == plan_id, visits.c.due_on == day).returning(visits.c.entry_id)
        ).scalar()

    def done_on(self, worker: int, day: date) -> list[tuple[CarePlan, int]]:
        """What a worker ticked off on a day, with the entry of each."""
        rows = self._c.execute(
            _PLANS.add_columns(visits.c.entry_id)
            .join(visits, visits.c.plan_id == care_plans.c.id)
            .where(visits.c.worker_id == worker, visits.c.due_on == day, visits.c.state == "done")
        )
        return [(_plan(row), row.entry_id) for row in rows]


def _running(day: date | BindParameter[date]) -> Select[Any]:
    return _PLANS.where(care_plans.c.starts_on <= day, care_plans.c.ends_on.is_(None) | (care_plans.c.ends_on >= day))


_PLANS_OF = Prepared(
    _running(bindparam("day", type_=care_plans.c.starts_on.type)).where(
        care_plans.c.worker_id.in_(bindparam("workers", expanding=True))
    ),
    "workers",
)
_LAST_DONE = Prepared(
    select(visits.c.plan_id, func.max(visits.c.due_on, type_=visits.c.due_on.type))
    .where(visits.c.plan_id.in_(bindparam("plans", expanding=True)), visits.c.state == "done")
    .group_by(visits.c.plan_id),
    "plans",
)


def _plan(row: Any) -> CarePlan:
    return CarePlan(
        id=row.id,
        worker=row.worker_id,
        household=row.code,
        rhythm=row.rhythm,
        resident=row.resident_id,
        resident_name=row.called or row.name or "",
        weekdays=tuple(row.weekdays) if row.weekdays else (),
        month_day=row.month_day,
        starts=row.starts_on,
        ends=row.ends_on,
        household_id=row.household_id,
        estate=row.estate,
    )
