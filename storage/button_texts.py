"""Commands of buttons that are too long for a platform to carry: it carries their id, we keep the words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, select

from storage.cipher import Cipher
from storage.tables import button_texts
from storage.upsert import upsert

COMMAND = "button_texts.command"


def hash_of(cipher: Cipher, command: str) -> bytes:
    """By which these words are found again."""
    return cipher.look_up(f"button text\0{command}")


class ButtonTexts:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def keep(self, command: str, now: datetime) -> int:
        """The id of these words, the same each time; given out again, they are kept as long as if they were new."""
        digest = hash_of(self._cipher, command)
        self._c.execute(
            upsert(self._c, button_texts)
            .values(hash=digest, command=self._cipher.seal(command, COMMAND), made_at=now)
            .on_conflict_do_update(index_elements=["hash"], set_={"made_at": now})
        )
        return int(self._c.execute(select(button_texts.c.id).where(button_texts.c.hash == digest)).scalar_one())

    def get(self, text_id: int) -> str | None:
        found = self._c.execute(select(button_texts.c.command).where(button_texts.c.id == text_id)).scalar()
        return self._cipher.open_text(found, COMMAND) if found is not None else None

    def forget(self, before: datetime) -> int:
        """Delete those last given out before then: what they answer is out of date."""
        return self._c.execute(delete(button_texts).where(button_texts.c.made_at < before)).rowcount

    def erase(self, said: Collection[str], names: Collection[str]) -> None:
        """Delete those in which stands what somebody said, or one of his names."""
        rows = self._c.execute(select(button_texts.c.id, button_texts.c.command)).all()
        commands = {row.id: self._cipher.open_text(row.command, COMMAND) for row in rows}
        his = [
            one
            for one, command in commands.items()
            if any(name in command for name in names) or any(_says(command, text) for text in said)
        ]
        self._c.execute(delete(button_texts).where(button_texts.c.id.in_(his)))


def _says(command: str, text: str) -> bool:
    """Whether what follows the command, or its ticket's number, was said there: 撤回 阳光1 我说错了."""
    return any(command.split(" ", parts)[-1] in text for parts in (1, 2))
