"""What a worker handed in for others and has not registered yet: sealed, his alone, forgotten like lines of talk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from domain.reading import Category, Where
from storage.cipher import Cipher
from storage.tables import report_drafts

BODY = "report_drafts.body"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line as it was pasted; `name` as typed, "" where none was."""

    name: str
    text: str
    photo: bool
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """One ticket to be. `sheet` is the line it was handed in with, `place` counts from 1 on it; `joins` an open ticket
    that it belongs to; `photos` lines whose attachments go with it; `ticket` what it became."""

    sheet: int
    place: int
    lines: tuple[DraftLine, ...]
    category: Category
    urgency: int
    where: Where
    summary: str
    sure: bool
    private: bool
    joins: int | None = None
    photos: tuple[int, ...] = ()
    id: int = 0
    ticket: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Who says so, each once, as they come."""
        return tuple(dict.fromkeys(line.name for line in self.lines if line.name))


class Drafts:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def put(self, account: int, drafts: Sequence[ReportDraft], now: datetime) -> None:
        rows = [
            {
                "account_id": account,
                "sheet": draft.sheet,
                "place": draft.place,
                "body": self._cipher.seal(json.dumps(_packed(draft), ensure_ascii=False), BODY),
                "made_at": now,
            }
            for draft in drafts
        ]
        if rows:
            self._c.execute(insert(report_drafts), rows)

    def of_sheet(self, account: int, sheet: int) -> list[ReportDraft]:
        """What this account handed in with that line, as it was shown; nobody else's."""
        found = self._c.execute(
            select(report_drafts)
            .where(report_drafts.c.account_id == account, report_drafts.c.sheet == sheet)
            .order_by(report_drafts.c.place)
        )
        return [
            _unpacked(json.loads(self._cipher.open_text(row.body, BODY)), row.id, row.sheet, row.place, row.ticket_id)
            for row in found
        ]

    def became(self, draft: int, ticket: int) -> None:
        """It is registered; what it said is with the ticket now."""
        self._c.execute(update(report_drafts).where(report_drafts.c.id == draft).values(ticket_id=ticket))

    def forget(self, before: datetime) -> int:
        """Delete those handed in before then, registered or not."""
        return self._c.execute(delete(report_drafts).where(report_drafts.c.made_at < before)).rowcount


def _packed(draft: ReportDraft) -> dict[str, object]:
    said = [
        {"name": one.name, "text": one.text, "photo": one.photo, "at": one.sent_at.isoformat()} for one in draft.lines
    ]
    return {
        "lines": said,
        "category": draft.category,
        "urgency": draft.urgency,
        "where": {name: value for name, value in asdict(draft.where).items() if value is not None},
        "summary": draft.summary,
        "sure": draft.sure,
        "private": draft.private,
        "joins": draft.joins,
        "photos": list(draft.photos),
    }


def _unpacked(body: dict[str, object], key: int, sheet: int, place: int, ticket: int | None) -> ReportDraft:
    rest: dict[str, object] = {
        name: body[name] for name in ("category", "urgency", "summary", "sure", "private", "joins")
    }
    said, where, photos = body["lines"], body["where"], body["photos"]
    if not isinstance(said, list) or not isinstance(where, dict) or not isinstance(photos, list):
        raise ValueError(f"draft {key} is not as we write it")
    return ReportDraft(
        sheet=sheet,
        place=place,
        lines=tuple(
            DraftLine(one["name"], one["text"], one["photo"], datetime.fromisoformat(one["at"])) for one in said
        ),
        where=Where(**where),
        photos=tuple(photos),
        id=key,
        ticket=ticket,
        **rest,  # type: ignore[arg-type]  # as packed above
    )
