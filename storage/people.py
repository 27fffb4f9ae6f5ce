"""People, accounts and posts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, func, insert, select

from domain.areas import ids_in
from domain.people import Account, Actor, Person, Post, Role
from storage.accounts import Accounts
from storage.cipher import Cipher
from storage.journal import Journal
from storage.memory import once, once_each
from storage.prepared import Prepared
from storage.tables import areas, people, posts

PHONE = "people.phone"


def phone_key(cipher: Cipher, phone: str) -> bytes:
    """By which a phone is found again."""
    return cipher.look_up(phone)


class People(Accounts, Journal):
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        super().__init__(connection)
        self._cipher = cipher

    # people

    def add(self, district: int, name: str, now: datetime, phone: str | None = None) -> int:
        return int(
            self._c.execute(
                insert(people)
                .values(
                    district_id=district,
                    name=name,
                    phone=self._cipher.seal(phone, PHONE) if phone else None,
                    phone_key=phone_key(self._cipher, phone) if phone else None,
                    created_at=now,
                )
                .returning(people.c.id)
            ).scalar_one()
        )

    def get(self, person_id: int) -> Person:
        def load() -> Person:
            return self._person(_PEOPLE_OF.one(self._c, {"persons": [person_id]}))

        return once(self._c, ("person", person_id), (people,), load)

    def many(self, person_ids: Collection[int]) -> dict[int, Person]:
        """These people, by id."""
        return {row.id: self._person(row) for row in _PEOPLE_OF.all(self._c, {"persons": [*person_ids]})}

    def names(self, person_ids: Sequence[int]) -> dict[int, str]:
        if not person_ids:
            return {}
        rows = self._c.execute(select(people.c.id, people.c.name).where(people.c.id.in_(person_ids)))
        return {row.id: row.name for row in rows}

    def called(self, name: str) -> list[Person]:
        """Everybody of that name, in the order in which they came."""
        return [
            self._person(row)
            for row in self._c.execute(select(people).where(people.c.name == name).order_by(people.c.id))
        ]

    def with_phone(self, phone: str) -> list[Person]:
        """Everybody of that number who is still with us, in the order in which they came."""
        theirs = select(people).where(people.c.phone_key == phone_key(self._cipher, phone), people.c.active)
        return [self._person(row) for row in self._c.execute(theirs.order_by(people.c.id))]

    def by_phone(self, phone: str) -> Person | None:
        """Whose number that is; nobody's where several have it."""
        found = self.with_phone(phone)
        return found[0] if len(found) == 1 else None

    def _person(self, row: Any) -> Person:
        phone = self._cipher.open_text(row.phone, PHONE) or None
        return Person(row.id, row.name, phone, row.language, row.active, row.district_id)

    # posts

    def appoint(
        self,
        person_id: int,
        area_id: int,
        role: Role,
        now: datetime,
        department: int | None = None,
        *,
        full_time: bool = True,
    ) -> int:
        return int(
            self._c.execute(
                insert(posts)
                .values(
                    person_id=person_id,
                    area_id=area_id,
                    role=str(role),
                    department_id=department,
                    full_time=full_time,
                    since=now,
                )
                .returning(posts.c.id)
            ).scalar_one()
        )

    def actor(self, account: Account, trusted: frozenset[str] | set[str] | tuple[str, ...] = ()) -> Actor:
        """Who an account is here: its person and the posts held now."""
        if account.person is None:
            return Actor(account=account.id)
        return Actor(
            account=account.id,
            person=account.person,
            posts=self.posts_of(account.person),
            trusted=self.get(account.person).name in trusted if trusted else False,
        )

    def posts_of(self, person_id: int) -> tuple[Post, ...]:
        def load() -> tuple[Post, ...]:
            return self.posts_of_each([person_id]).get(person_id, ())

        return once(self._c, ("posts of", person_id), (posts, areas), load)

    def posts_of_each(self, person_ids: Collection[int]) -> dict[int, tuple[Post, ...]]:
        """The posts of these people; who has none is left out."""
        found: dict[int, tuple[Post, ...]] = {}
        if person_ids:
            for row in _POSTS_OF.all(self._c, {"persons": [*person_ids]}):
                found[row.person_id] = (*found.get(row.person_id, ()), _post(row))
        return found

    def holding(self, role: Role, area_ids: Collection[int], person_ids: Collection[int]) -> set[int]:
        """Who of these people has this role in one of these very areas."""
        if not area_ids or not person_ids:
            return set()
        values = {"as": str(role), "areas": [*area_ids], "persons": [*person_ids]}
        return set(_HOLDING.scalars(self._c, values))

    def posts_along(self, path: str, roles: Sequence[Role]) -> list[Post]:
        """Who holds one of these roles in the area or in one above it, the nearest area first."""

        def load() -> tuple[Post, ...]:
            there = once_each(self._c, "posts in area", ids_in(path), (posts, areas), self._read_posts, "area")
            return tuple(sorted(chain.from_iterable(there), key=lambda post: (-len(post.area_path), post.person)))

        along = once(self._c, ("posts along", path), (posts, areas), load)
        return [post for post in along if post.role in roles]

    def expect_posts(self, paths: Iterable[str]) -> None:
        """Read at once what `posts_along` will be asked of these."""
        ids = list(dict.fromkeys(one for path in paths for one in ids_in(path)))
        once_each(self._c, "posts in area", ids, (posts, areas), self._read_posts, "area")

    def _read_posts(self, area_ids: Sequence[int]) -> dict[int, tuple[Post, ...]]:
        found: dict[int, tuple[Post, ...]] = dict.fromkeys(area_ids, ())
        for row in _POSTS_IN.all(self._c, {"areas": area_ids}):
            found[row.area_id] += (_post(row),)
        return found

    def posts_in(self, roles: Sequence[Role], district: int | None = None) -> list[Post]:
        """Everybody in one of these roles, in one district if given."""

        def load() -> tuple[Post, ...]:
            rows = _POSTS_AS.all(self._c, {"roles": [str(role) for role in roles], "of": district})
            return tuple(_post(row) for row in rows)

        return list(once(self._c, ("posts in", tuple(roles), district), (posts, areas, people), load))

    def staff_of_department(self, department: int) -> list[Post]:
        return [_post(row) for row in self._c.execute(_POSTS.where(posts.c.department_id == department))]


_A_POST = [posts.c[name] for name in ("id", "person_id", "area_id", "role", "department_id", "full_time")]
_POSTS = (
    select(*_A_POST, areas.c.path.label("area_path"))
    .join(areas, areas.c.id == posts.c.area_id)
    .where(posts.c.until.is_(None))
)
_THEY: BindParameter[Any] = bindparam("persons", expanding=True)
# Only what a Person holds: moments nobody asks for would be turned into dates by the thousand.
_A_PERSON = [people.c[name] for name in ("id", "name", "phone", "language", "active", "district_id")]
_PEOPLE_OF = Prepared(select(*_A_PERSON).where(people.c.id.in_(_THEY)), "persons")
_POSTS_OF = Prepared(_POSTS.where(posts.c.person_id.in_(_THEY)), "persons")
_HOLDING = Prepared(
    select(posts.c.person_id).where(
        posts.c.person_id.in_(_THEY),
        posts.c.area_id.in_(bindparam("areas", expanding=True)),
        posts.c.role == bindparam("as"),
        posts.c.until.is_(None),
    ),
    "persons",
    "areas",
)

_POSTS_IN = Prepared(_POSTS.where(posts.c.area_id.in_(bindparam("areas", expanding=True))), "areas")

_POSTS_AS = Prepared(
    _POSTS.join(people, people.c.id == posts.c.person_id)
    .where(
        posts.c.role.in_(bindparam("roles", expanding=True)),
        people.c.district_id == func.coalesce(bindparam("of", type_=people.c.district_id.type), people.c.district_id),
    )
    .order_by(posts.c.id),
    "roles",
)


_ROLES = {str(role): role for role in Role}


def _post(row: Any) -> Post:
    return Post(row.person_id, row.area_id, row.area_path, _ROLES[row.role], row.department_id, row.full_time)
