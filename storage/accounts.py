"""Accounts: who somebody is on a platform, where he can be reached there, and where he was last heard."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Executable, bindparam, select, update
from sqlalchemy.exc import NoResultFound

from domain.messages import Address, Sender
from domain.people import Account
from storage.engines import storable
from storage.gathered import Row
from storage.memory import know, once
from storage.prepared import Changes, Prepared
from storage.tables import accounts, posts
from storage.upsert import insert_for

# As wide as the column; PostgreSQL would refuse what is longer.
LONGEST_NAME = 120

# Only what an Account holds: moments nobody asks for would be turned into dates by the thousand.
_COLUMNS = [
    accounts.c[name]
    for name in ("id", "channel", "user_id", "name", "person_id", "private_chat", "opted_out", "last_group_id")
]
_FROM: BindParameter[Any] = bindparam("in", expanding=True)
_AS: BindParameter[Any] = bindparam("as", expanding=True)
_ACCOUNTS = Prepared(select(*_COLUMNS).where(accounts.c.channel.in_(_FROM), accounts.c.user_id.in_(_AS)), "in", "as")
_HEARD_IN = Changes(accounts, "id", "last_group_id")
_THEY: BindParameter[Any] = bindparam("persons", expanding=True)
_ACCOUNTS_OF = Prepared(select(*_COLUMNS).where(accounts.c.person_id.in_(_THEY)), "persons")
_ROOMS_OF = Prepared(
    select(accounts.c.person_id, accounts.c.channel, accounts.c.private_chat).where(
        accounts.c.person_id.in_(_THEY), accounts.c.private_chat.is_not(None)
    ),
    "persons",
)
_ACCOUNT_BY_ID = Prepared(select(*_COLUMNS).where(accounts.c.id == bindparam("of")))


@Prepared
def _NEW_ACCOUNT(dialect: str) -> Executable:
    return insert_for(dialect, accounts).on_conflict_do_nothing().returning(*_COLUMNS)


def account_of(row: Any) -> Account:
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


def _fitting(name: str) -> str:
    fit: str = storable(name)
    return fit[:LONGEST_NAME]


def _new(channel: str, user_id: str, name: str, chat: str | None, now: datetime) -> Row:
    return {
        "channel": channel,
        "user_id": user_id,
        "name": _fitting(name),
        "private_chat": chat,
        "opted_out": False,
        "seen_at": now,
    }


class Accounts:
    """The part of `store.people` that is about accounts."""

    _c: Connection

    def account(self, channel: str, user_id: str, name: str, now: datetime, private_chat: str | None = None) -> Account:
        """The account as the platform names it, made when first seen; a private chat, once known, stays known."""
        known = self.known_as(channel, user_id)
        if known is None:
            values = _new(channel, user_id, name, private_chat, now)
            # A stranger's: it is nobody's of whom something was read.
            made = _NEW_ACCOUNT.write(self._c, values, (("account", (channel, user_id)),))
            if not made:
                return self.account(channel, user_id, name, now, private_chat)
            new = account_of(made[0])
            self._know(new)
            return new
        name, chat = _fitting(name) or known.name, private_chat or known.chat
        if (name, chat) == (known.name, known.chat):
            return known
        values = {"name": name, "private_chat": chat, "seen_at": now}
        self._c.execute(update(accounts).where(accounts.c.id == known.id).values(**values))
        return replace(known, name=name, chat=chat)

    def welcome(self, coming: Iterable[tuple[str, Sender, str | None]], now: datetime) -> None:
        """Make the accounts of those among them (channel, who, private chat) who speak for the first time, at once."""
        new: dict[tuple[str, str], Row] = {}
        for channel, who, chat in coming:
            if storable(who.user_id) == who.user_id and self.known_as(channel, who.user_id) is None:
                new.setdefault((channel, who.user_id), _new(channel, who.user_id, who.name, chat, now))
        if len(new) > 1:
            _NEW_ACCOUNT.write_rows(self._c, list(new.values()), tuple(("account", one) for one in new))
            self.expect(new)

    def known_as(self, channel: str, user_id: str) -> Account | None:
        """The account, if it ever spoke."""

        def load() -> Account | None:
            row = _ACCOUNTS.first(self._c, {"in": [channel], "as": [user_id]})
            return account_of(row) if row is not None else None

        return once(self._c, ("account", channel, user_id), (accounts,), load, ("account", (channel, user_id)))

    def expect(self, who: Collection[tuple[str, str]]) -> None:
        """Load the accounts of many (channel, user id) at once, so that asking for each costs nothing more."""
        who = {one for one in who if storable(one[1]) == one[1]}
        if not who:
            return
        rows = _ACCOUNTS.all(self._c, {"in": list({one[0] for one in who}), "as": [one[1] for one in who]})
        found = {(row.channel, row.user_id): account_of(row) for row in rows}
        for channel, user_id in who:
            know(self._c, ("account", channel, user_id), found.get((channel, user_id)), (accounts,))
        for account in found.values():
            know(self._c, ("account id", account.id), (account.channel, account.user_id), (accounts,))

    def account_by_id(self, account_id: int) -> Account:
        # Whose it is on its platform never changes.
        who = once(self._c, ("account id", account_id), (accounts,), lambda: self._who(account_id), ("account id", 0))
        found = self.known_as(*who)
        if found is None:
            raise NoResultFound(f"no account {account_id}")
        return found

    def _who(self, account_id: int) -> tuple[str, str]:
        account = account_of(_ACCOUNT_BY_ID.one(self._c, {"of": account_id}))
        self._know(account)
        return account.channel, account.user_id

    def _know(self, account: Account) -> None:
        know(self._c, ("account", account.channel, account.user_id), account, (accounts,))
        know(self._c, ("account id", account.id), (account.channel, account.user_id), (accounts,))

    def accounts_of(self, person_id: int) -> list[Account]:
        def load() -> tuple[Account, ...]:
            return self.accounts_of_each([person_id]).get(person_id, ())

        return list(once(self._c, ("accounts of", person_id), (accounts,), load, ("accounts of", person_id)))

    def accounts_of_each(self, person_ids: Collection[int]) -> dict[int, tuple[Account, ...]]:
        """The accounts of these people; who has none is left out."""
        found: dict[int, tuple[Account, ...]] = {}
        if person_ids:
            for row in _ACCOUNTS_OF.all(self._c, {"persons": [*person_ids]}):
                found[row.person_id] = (*found.get(row.person_id, ()), account_of(row))
        return found

    def rooms_of_each(self, person_ids: Collection[int]) -> dict[int, tuple[Address, ...]]:
        """The private chats of these people, in the order of `accounts_of_each`; who has none is left out."""
        found: dict[int, tuple[Address, ...]] = {}
        if person_ids:
            for person, channel, chat in _ROOMS_OF.all(self._c, {"persons": [*person_ids]}):
                room = Address(channel, chat)
                found[person] = (*found[person], room) if person in found else (room,)
        return found

    def private_chats(self, channel: str) -> list[str]:
        """The private chats of staff on a platform."""
        staff = select(posts.c.person_id).where(posts.c.until.is_(None))
        rows = self._c.execute(
            select(accounts.c.private_chat).where(
                accounts.c.channel == channel, accounts.c.person_id.in_(staff), accounts.c.private_chat.is_not(None)
            )
        )
        return list(rows.scalars())

    def lose_chat(self, channel: str, chat: str) -> int | None:
        """Somebody blocked us: his private chat is none until he writes again. Whose it was, where it is known."""
        lost = (
            update(accounts)
            .where(accounts.c.channel == channel, accounts.c.private_chat == chat)
            .values(private_chat=None)
            .returning(accounts.c.person_id)
        )
        return next((person for person in self._c.execute(lost).scalars() if person is not None), None)

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
