"""People, accounts and posts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Executable, bindparam, insert, select, update

from domain.areas import ids_in
from domain.people import Account, Actor, Person, Post, Role
from storage.cipher import Cipher
from storage.engines import storable
from storage.journal import Journal
from storage.memory import know, once
from storage.prepared import Changes, Prepared
from storage.tables import accounts, areas, people, posts
from storage.upsert import insert_for

PHONE = "people.phone"
# As wide as the column; PostgreSQL would refuse what is longer.
LONGEST_NAME = 120


class People(Journal):
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
                    phone_key=self._cipher.look_up(phone) if phone else None,
                    created_at=now,
                )
                .returning(people.c.id)
            ).scalar_one()
        )

    def get(self, person_id: int) -> Person:
        def load() -> Person:
            return self._person(self._c.execute(select(people).where(people.c.id == person_id)).one())

        return once(self._c, ("person", person_id), (people,), load)

    def ahead(self, person_ids: Sequence[int]) -> None:
        """Load people, their accounts and their posts at once, so that asking for each costs nothing more."""
        mine: dict[int, tuple[list[Account], list[Post]]] = {one: ([], []) for one in person_ids}
        of = {"persons": person_ids}
        for row in _PEOPLE_OF.all(self._c, of):
            know(self._c, ("person", row.id), self._person(row), (people,))
        for row in _ACCOUNTS_OF.all(self._c, of):
            mine[row.person_id][0].append(_account(row))
        for row in _POSTS_OF.all(self._c, of):
            mine[row.person_id][1].append(_post(row))
        for one, (his_accounts, his_posts) in mine.items():
            know(self._c, ("accounts of", one), tuple(his_accounts), (accounts,))
            know(self._c, ("posts of", one), tuple(his_posts), (posts, areas))

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

    def by_phone(self, phone: str) -> Person | None:
        row = self._c.execute(select(people).where(people.c.phone_key == self._cipher.look_up(phone))).first()
        return self._person(row) if row is not None else None

    def _person(self, row: Any) -> Person:
        phone = self._cipher.open_text(row.phone, PHONE) or None
        return Person(row.id, row.name, phone, row.language, row.away_until, row.active)

    def away(self, person_id: int, until: date | None) -> None:
        self._c.execute(update(people).where(people.c.id == person_id).values(away_until=until))

    # accounts

    def account(self, channel: str, user_id: str, name: str, now: datetime, private_chat: str | None = None) -> Account:
        """The account as the platform names it, made when first seen; a private chat, once known, stays known."""
        name = storable(name)[:LONGEST_NAME]
        known = self._account_as(channel, user_id)
        if known is None:
            values = {
                "channel": channel,
                "user_id": user_id,
                "name": name,
                "private_chat": private_chat,
                "opted_out": False,
                "seen_at": now,
            }
            # A stranger's: it is nobody's of whom something was read.
            made = _NEW_ACCOUNT.write(self._c, values, (("account", (channel, user_id)),))
            if not made:
                return self.account(channel, user_id, name, now, private_chat)
            new = _account(made[0])
            know(self._c, ("account", channel, user_id), new, (accounts,))
            return new
        changed = replace(known, name=name or known.name, chat=private_chat or known.chat)
        if changed != known:
            values = {"name": changed.name, "private_chat": changed.chat, "seen_at": now}
            self._c.execute(update(accounts).where(accounts.c.id == known.id).values(**values))
        return changed

    def _account_as(self, channel: str, user_id: str) -> Account | None:
        def load() -> Account | None:
            row = _ACCOUNTS.first(self._c, {"in": [channel], "as": [user_id]})
            return _account(row) if row is not None else None

        return once(self._c, ("account", channel, user_id), (accounts,), load, ("account", (channel, user_id)))

    def expect(self, who: Collection[tuple[str, str]]) -> None:
        """Load the accounts of many (channel, user id) at once, so that asking for each costs nothing more."""
        who = {one for one in who if storable(one[1]) == one[1]}
        if not who:
            return
        rows = _ACCOUNTS.all(self._c, {"in": list({one[0] for one in who}), "as": [one[1] for one in who]})
        found = {(row.channel, row.user_id): _account(row) for row in rows}
        for channel, user_id in who:
            know(self._c, ("account", channel, user_id), found.get((channel, user_id)), (accounts,))

    def account_by_id(self, account_id: int) -> Account:
        return _account(_ACCOUNT_BY_ID.one(self._c, {"of": account_id}))

    def accounts_of(self, person_id: int) -> list[Account]:
        def load() -> tuple[Account, ...]:
            rows = self._c.execute(select(accounts).where(accounts.c.person_id == person_id))
            return tuple(_account(row) for row in rows)

        return list(once(self._c, ("accounts of", person_id), (accounts,), load, ("accounts of", person_id)))

    def private_chats(self, channel: str) -> list[str]:
        """The private chats of staff on a platform."""
        staff = select(posts.c.person_id).where(posts.c.until.is_(None))
        rows = self._c.execute(
            select(accounts.c.private_chat).where(
                accounts.c.channel == channel, accounts.c.person_id.in_(staff), accounts.c.private_chat.is_not(None)
            )
        )
        return list(rows.scalars())

    def lose_chat(self, channel: str, chat: str) -> None:
        """Somebody blocked us: his private chat is none until he writes again."""
        self._c.execute(
            update(accounts)
            .where(accounts.c.channel == channel, accounts.c.private_chat == chat)
            .values(private_chat=None)
        )

    def bind_account(self, account_id: int, person_id: int | None) -> None:
        self._c.execute(update(accounts).where(accounts.c.id == account_id).values(person_id=person_id))

    def opt_out(self, account_id: int, out: bool) -> None:
        self._c.execute(update(accounts).where(accounts.c.id == account_id).values(opted_out=out))

    def heard_in(self, account: Account, group_id: int) -> None:
        """Where the account was last heard: its place in the tree outlives what it said there."""
        subject = ("account", (account.channel, account.user_id))
        values = {"id": account.id, "last_group_id": group_id}
        _HEARD_IN.later(self._c, values, (subject, ("accounts of", account.person)))
        heard = replace(account, last_group=group_id)
        know(self._c, ("account", account.channel, account.user_id), heard, (accounts,))

    def heard_nowhere(self, group_id: int) -> None:
        """The group is none of ours any more: nobody's place is told by it."""
        heard = accounts.c.last_group_id == group_id
        self._c.execute(update(accounts).where(heard).values(last_group_id=None))

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
            return tuple(_post(row) for row in self._c.execute(_POSTS.where(posts.c.person_id == person_id)))

        return once(self._c, ("posts of", person_id), (posts, areas), load)

    def posts_along(self, path: str, roles: Sequence[Role]) -> list[Post]:
        """Who holds one of these roles in the area or in one above it, the nearest area first."""

        def load() -> tuple[Post, ...]:
            found = (_post(row) for row in _POSTS_IN.all(self._c, {"areas": ids_in(path)}))
            return tuple(sorted(found, key=lambda post: (-len(post.area_path), post.person)))

        along = once(self._c, ("posts along", path), (posts, areas), load)
        return [post for post in along if post.role in roles]

    def posts_in(self, roles: Sequence[Role], district: int | None = None) -> list[Post]:
        """Everybody in one of these roles, in one district if given."""
        statement = _POSTS.where(posts.c.role.in_([str(role) for role in roles]))
        if district is not None:
            statement = statement.join(people, people.c.id == posts.c.person_id).where(people.c.district_id == district)
        return [_post(row) for row in self._c.execute(statement.order_by(posts.c.id))]

    def staff_of_department(self, department: int) -> list[Post]:
        return [_post(row) for row in self._c.execute(_POSTS.where(posts.c.department_id == department))]


_A_POST = [posts.c[name] for name in ("id", "person_id", "area_id", "role", "department_id", "full_time")]
_POSTS = (
    select(*_A_POST, areas.c.path.label("area_path"))
    .join(areas, areas.c.id == posts.c.area_id)
    .where(posts.c.until.is_(None))
)
_THEY: BindParameter[Any] = bindparam("persons", expanding=True)
# Only what a Person and an Account hold: moments nobody asks for would be turned into dates by the thousand.
_A_PERSON = [people.c[name] for name in ("id", "name", "phone", "language", "away_until", "active")]
_AN_ACCOUNT = [
    accounts.c[name]
    for name in ("id", "channel", "user_id", "name", "person_id", "private_chat", "opted_out", "last_group_id")
]
_PEOPLE_OF = Prepared(select(*_A_PERSON).where(people.c.id.in_(_THEY)), "persons")
_ACCOUNTS_OF = Prepared(select(*_AN_ACCOUNT).where(accounts.c.person_id.in_(_THEY)), "persons")
_POSTS_OF = Prepared(_POSTS.where(posts.c.person_id.in_(_THEY)), "persons")

_POSTS_IN = Prepared(_POSTS.where(posts.c.area_id.in_(bindparam("areas", expanding=True))), "areas")

_FROM: BindParameter[Any] = bindparam("in", expanding=True)
_AS: BindParameter[Any] = bindparam("as", expanding=True)
_ACCOUNTS = Prepared(select(accounts).where(accounts.c.channel.in_(_FROM), accounts.c.user_id.in_(_AS)), "in", "as")
_HEARD_IN = Changes(accounts, "id", "last_group_id")
_ACCOUNT_BY_ID = Prepared(select(accounts).where(accounts.c.id == bindparam("of")))


@Prepared
def _NEW_ACCOUNT(dialect: str) -> Executable:
    return insert_for(dialect, accounts).on_conflict_do_nothing().returning(*accounts.c)


def _account(row: Any) -> Account:
    return Account(
        id=row.id,
        channel=row.channel,
        user_id=row.user_id,
        name=row.name,
        person=row.person_id,
        chat=row.private_chat,
        opted_out=row.opted_out,
        last_group=row.last_group_id,
    )


_ROLES = {str(role): role for role in Role}


def _post(row: Any) -> Post:
    return Post(row.person_id, row.area_id, row.area_path, _ROLES[row.role], row.department_id, row.full_time)
