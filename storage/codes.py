"""One-time codes by which a room is bound to an area or an account to a person; only their keyed hash is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import Connection, select, update

from domain.areas import Audience
from domain.reading import Tier
from storage.cipher import Cipher
from storage.tables import codes
from storage.upsert import insert_for

Purpose: TypeAlias = Literal["bind_group", "bind_person", "bind_kin"]
# 18 bytes of chance are 24 characters of [A-Za-z0-9_-], which is what a deep link can carry.
CHANCE = 18
# What a resident is told by telephone and types on his own: few enough tries are allowed (handlers/binding.py).
DIGITS = 8


@dataclass(frozen=True, slots=True)
class Code:
    """What a code is good for. `made_by` is the person who asked for it."""

    id: int
    purpose: Purpose
    area: int | None
    person: int | None
    tier: Tier | None
    audience: Audience | None
    made_by: int | None


class Codes:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def for_group(
        self, area: int, tier: Tier, audience: Audience, now: datetime, expires_at: datetime, made_by: int | None = None
    ) -> str:
        """A new code that binds one room to an area."""
        return self._make(
            now,
            purpose="bind_group",
            area_id=area,
            tier=tier,
            audience=audience,
            expires_at=expires_at,
            made_by=made_by,
        )

    def for_person(
        self,
        person: int,
        now: datetime,
        expires_at: datetime,
        made_by: int | None = None,
        *,
        purpose: Literal["bind_person", "bind_kin"] = "bind_person",
        digits: bool = False,
    ) -> str:
        """A new code that binds one account to a person, or lets it speak for that person. Earlier ones of his for
        the same purpose are no longer good. `digits`: eight of them, for those who type it by hand."""
        self._c.execute(
            update(codes)
            .where(codes.c.person_id == person, codes.c.purpose == purpose, codes.c.used_at.is_(None))
            .values(used_at=now)
        )
        values = {"purpose": purpose, "person_id": person, "expires_at": expires_at, "made_by": made_by}
        return self._make(now, digits=digits, **values)

    def _make(self, now: datetime, *, digits: bool = False, **values: object) -> str:
        while True:
            code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}" if digits else secrets.token_urlsafe(CHANCE)
            # Eight digits may have been given out before, if only to be used up since.
            made = insert_for(self._c.dialect.name, codes).values(hash=self._hash(code), made_at=now, **values)
            made = made.on_conflict_do_nothing(index_elements=["hash"])
            if self._c.execute(made.returning(codes.c.id)).first() is not None:
                return code

    def live(self, code: str, now: datetime) -> Code | None:
        """What an unused code that has not run out is good for."""
        row = self._c.execute(
            select(codes).where(codes.c.hash == self._hash(code), codes.c.used_at.is_(None), codes.c.expires_at > now)
        ).first()
        if row is None:
            return None
        return Code(row.id, row.purpose, row.area_id, row.person_id, row.tier, row.audience, row.made_by)

    def use(self, code: Code, account: int, now: datetime) -> bool:
        """Use it up; False when somebody else was quicker."""
        used = self._c.execute(
            update(codes).where(codes.c.id == code.id, codes.c.used_at.is_(None)).values(used_at=now, used_by=account)
        )
        return used.rowcount == 1

    def _hash(self, code: str) -> bytes:
        return self._cipher.look_up(f"code\0{code}")
