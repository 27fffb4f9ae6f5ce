"""Which language an account is answered in, where its owner asked for one."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from storage.tables import accounts, people


class Languages:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def of_account(self, account_id: int) -> str | None:
        """The account's own choice, else that of its person."""
        row = self._c.execute(
            select(accounts.c.language, people.c.language.label("of_person"))
            .select_from(accounts.outerjoin(people, people.c.id == accounts.c.person_id))
            .where(accounts.c.id == account_id)
        ).one()
        found: str | None = row.language or row.of_person
        return found

    def choose(self, account_id: int, language: str) -> None:
        """For this account, and for its person, who is written to on any of his accounts."""
        self._c.execute(update(accounts).where(accounts.c.id == account_id).values(language=language))
        owner = select(accounts.c.person_id).where(accounts.c.id == account_id).scalar_subquery()
        self._c.execute(update(people).where(people.c.id == owner).values(language=language))
