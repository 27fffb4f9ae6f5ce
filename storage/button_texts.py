"""Commands of buttons that are too long for a platform to carry: it carries their id, we keep the words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from storage.cipher import Cipher
from storage.tables import button_texts
from storage.upsert import upsert

COMMAND = "button_texts.command"


class ButtonTexts:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def keep(self, command: str, now: datetime) -> int:
        """The id of these words, the same each time."""
        digest = self._cipher.look_up(f"button text\0{command}")
        self._c.execute(
            upsert(self._c, button_texts)
            .values(hash=digest, command=self._cipher.seal(command, COMMAND), made_at=now)
            .on_conflict_do_nothing(index_elements=["hash"])
        )
        return int(self._c.execute(select(button_texts.c.id).where(button_texts.c.hash == digest)).scalar_one())

    def get(self, text_id: int) -> str | None:
        found = self._c.execute(select(button_texts.c.command).where(button_texts.c.id == text_id)).scalar()
        return self._cipher.open_text(found, COMMAND) if found is not None else None
