"""Diary entries: what workers saw and heard. The text is sealed: it tells of people's health and families."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from domain.diary import Entry, Subject
from storage.cipher import Cipher
from storage.tables import diary_entries, entry_lines, entry_subjects, visits
from storage.upsert import upsert

TEXT = "diary_entries.text"


class Diary:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def add(
        self,
        entry: Entry,
        *,
        district: int,
        community: int | None = None,
        line: int | None = None,
    ) -> int:
        """A new entry; its household and residents are the subjects of those kinds."""
        doors = [subject.id for subject in entry.subjects if subject.kind in ("household", "firm")]
        new_id = int(
            self._c.execute(
                insert(diary_entries)
                .values(
                    district_id=district,
                    community_id=community,
                    worker_id=entry.worker,
                    area_id=entry.area,
                    household_id=doors[0] if doors else None,
                    household=entry.household,
                    kind=entry.kind,
                    person_name=entry.person_name,
                    tags=list(entry.tags),
                    text=self._cipher.seal(entry.text, TEXT),
                    at=entry.at,
                    line_id=line,
                    ticket_id=entry.ticket,
                )
                .returning(diary_entries.c.id)
            ).scalar_one()
        )
        for subject in entry.subjects:
            if subject.kind == "resident":
                self._c.execute(insert(entry_subjects).values(entry_id=new_id, resident_id=subject.id))
        return new_id

    def get(self, entry_id: int) -> Entry:
        return self._entries(diary_entries.c.id == entry_id)[0]

    def of_worker(self, worker: int, since: datetime, until: datetime) -> list[Entry]:
        """A worker's entries of a stretch of time, oldest first."""
        return self._entries(
            diary_entries.c.worker_id == worker, diary_entries.c.at >= since, diary_entries.c.at < until
        )

    def of_household(self, household_id: int) -> list[Entry]:
        return self._entries(diary_entries.c.household_id == household_id)

    def of_line(self, line_id: int) -> list[Entry]:
        """The entries that a line told, first or further."""
        further = select(entry_lines.c.entry_id).where(entry_lines.c.line_id == line_id)
        return self._entries((diary_entries.c.line_id == line_id) | diary_entries.c.id.in_(further))

    def lines_of(self, entry_id: int) -> list[int]:
        """Every line that the entry was told in."""
        first = self._c.execute(select(diary_entries.c.line_id).where(diary_entries.c.id == entry_id)).scalar()
        more = self._c.execute(
            select(entry_lines.c.line_id).where(entry_lines.c.entry_id == entry_id).order_by(entry_lines.c.line_id)
        ).scalars()
        return [line for line in (first, *more) if line is not None]

    def all(self) -> list[Entry]:
        return self._entries()

    def tell_more(self, entry_id: int, lines: Sequence[int]) -> None:
        """Further lines (a photo after the words) belong to the entry."""
        for line in lines:
            self._c.execute(
                upsert(self._c, entry_lines).values(entry_id=entry_id, line_id=line).on_conflict_do_nothing()
            )

    def rewrite(self, entry_id: int, text: str) -> None:
        """The writer put his words right."""
        sealed = self._cipher.seal(text, TEXT)
        self._c.execute(update(diary_entries).where(diary_entries.c.id == entry_id).values(text=sealed))

    def became(self, entry_id: int, ticket: int) -> None:
        """A ticket came out of it."""
        self._c.execute(update(diary_entries).where(diary_entries.c.id == entry_id).values(ticket_id=ticket))

    def remove(self, entry_ids: Sequence[int]) -> None:
        """Entries that were ticked off by mistake."""
        self._c.execute(delete(entry_subjects).where(entry_subjects.c.entry_id.in_(entry_ids)))
        self._c.execute(delete(entry_lines).where(entry_lines.c.entry_id.in_(entry_ids)))
        self._c.execute(delete(diary_entries).where(diary_entries.c.id.in_(entry_ids)))

    def _entries(self, *conditions: Any) -> list[Entry]:
        rows = self._c.execute(
            select(diary_entries).where(*conditions).order_by(diary_entries.c.at, diary_entries.c.id)
        ).all()
        if not rows:
            return []
        ids = [row.id for row in rows]
        residents: dict[int, list[int]] = {}
        about = select(entry_subjects).where(entry_subjects.c.entry_id.in_(ids)).order_by(entry_subjects.c.resident_id)
        for row in self._c.execute(about):
            residents.setdefault(row.entry_id, []).append(row.resident_id)
        told = select(visits.c.entry_id, func.min(visits.c.plan_id)).where(visits.c.entry_id.in_(ids))
        ticked = {row[0]: row[1] for row in self._c.execute(told.group_by(visits.c.entry_id))}
        return [self._entry(row, residents.get(row.id, []), ticked.get(row.id)) for row in rows]

    def _entry(self, row: Any, residents: Sequence[int], visit: int | None) -> Entry:
        subjects = [Subject("resident", resident) for resident in residents]
        if row.household_id is not None:
            subjects.insert(0, Subject("firm" if row.kind == "enterprise" else "household", row.household_id))
        return Entry(
            worker=row.worker_id,
            at=row.at,
            kind=row.kind,
            text=self._cipher.open_text(row.text, TEXT),
            household=row.household,
            area=row.area_id,
            person_name=row.person_name,
            subjects=tuple(subjects),
            tags=tuple(row.tags),
            visit=visit,
            ticket=row.ticket_id,
            id=row.id,
        )
