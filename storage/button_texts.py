"""Commands of buttons that are too long for a platform to carry: it carries their id, we keep the words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from storage.tables import button_texts
from storage.upsert import upsert


class ButtonTexts:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def keep(self, command: str, now: datetime) -> int:
        """The id of these words, the same each time."""
        self._c.execute(
            upsert(self._c, button_texts)
            .values(command=command, made_at=now)
            .on_conflict_do_nothing(index_elements=["command"])
        )
        return int(self._c.execute(select(button_texts.c.id).where(button_texts.c.command == command)).scalar_one())

    def get(self, text_id: int) -> str | None:
        return self._c.execute(select(button_texts.c.command).where(button_texts.c.id == text_id)).scalar()
