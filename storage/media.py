"""Attachments: wanted when a line names them, fetched after the commit, kept sealed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import Connection, and_, exists, insert, or_, select, update

from domain.messages import Forwarded, Media, MediaKind
from storage.cipher import Cipher
from storage.tables import lines, media, ticket_messages

CONTENT = "media.content"
FORWARDED = "media.forwarded"
Outcome: TypeAlias = Literal["read", "empty", "failed"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An attachment still to be fetched from its channel."""

    id: int
    channel: str
    media: Media
    attempts: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A kept attachment whose words nobody has read out yet; `lane` whose talk it is (storage/lanes.py)."""

    id: int
    kind: MediaKind
    line: int
    lane: int
    bytes: int


class MediaStore:
    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._c = connection
        self._cipher = cipher

    def want(self, line_id: int, channel: str, items: Sequence[Media], forwarded: Sequence[Forwarded] = ()) -> None:
        """Have these fetched; `forwarded` says of the voice messages among them, in their order, whose they are."""
        voices = iter(one for one in forwarded if not one.text and not one.photo)
        for item in items:
            first = next(voices, None) if item.kind == "voice" else None
            by = self._cipher.seal_json([first.name, first.at.isoformat()], FORWARDED) if first is not None else None
            self._c.execute(
                insert(media).values(line_id=line_id, channel=channel, kind=item.kind, ref=item.ref, forwarded=by)
            )

    def forwarded(self, media_id: int, words: str) -> Forwarded | None:
        """These words of a voice message as whose they are, where it was passed on."""
        by = self._cipher.open_json(
            self._c.execute(select(media.c.forwarded).where(media.c.id == media_id)).scalar(), FORWARDED
        )
        return Forwarded(by[0], datetime.fromisoformat(by[1]), words) if by is not None else None

    def wanted(self, limit: int, now: datetime, channels: Collection[str]) -> list[Wanted]:
        """What may be fetched now from these channels, the oldest first."""
        due = or_(media.c.not_before.is_(None), media.c.not_before <= now)
        there = and_(media.c.state == "wanted", media.c.channel.in_(channels), due)
        rows = self._c.execute(select(media).where(there).order_by(media.c.id).limit(limit))
        return [Wanted(row.id, row.channel, Media(row.kind, row.ref), row.attempts) for row in rows]

    def fetched(self, media_id: int, content: bytes) -> None:
        self._c.execute(
            update(media)
            .where(media.c.id == media_id)
            .values(state="kept", content=self._cipher.seal(content, CONTENT), bytes=len(content))
        )

    def again(self, media_id: int, at: datetime, error: str, *, tried: bool) -> None:
        """To be tried again then; not `tried` where the platform only asked to wait."""
        self._c.execute(
            update(media)
            .where(media.c.id == media_id)
            .values(attempts=media.c.attempts + int(tried), not_before=at, error=error[:500])
        )

    def lost(self, media_id: int, error: str) -> None:
        """Given up."""
        self._c.execute(update(media).where(media.c.id == media_id).values(state="lost", error=error[:500]))

    def content(self, media_id: int) -> bytes | None:
        sealed = self._c.execute(select(media.c.content).where(media.c.id == media_id)).scalar()
        return self._cipher.open_bytes(sealed, CONTENT) if sealed is not None else None

    def kept(self, ref: str) -> bytes | None:
        """The bytes of what a platform calls `ref`, where they were fetched."""
        sealed = self._c.execute(
            select(media.c.content).where(media.c.ref == ref, media.c.state == "kept").order_by(media.c.id).limit(1)
        ).scalar()
        return self._cipher.open_bytes(sealed, CONTENT) if sealed is not None else None

    def number_of(self, ref: str) -> int | None:
        """Our own number of what a platform calls `ref`, where it was fetched: that of the bytes that `kept` gives."""
        found = select(media.c.id).where(media.c.ref == ref, media.c.state == "kept").order_by(media.c.id).limit(1)
        return self._c.execute(found).scalar()

    def kept_as(self, media_id: int) -> tuple[str, bytes] | None:
        """What the platform calls it, and its bytes; None where there are none, or no such attachment (any more)."""
        found = select(media.c.ref, media.c.content).where(media.c.id == media_id, media.c.state == "kept")
        row = self._c.execute(found).first()
        return (row.ref, self._cipher.open_bytes(row.content, CONTENT)) if row is not None else None

    def unread(self, kinds: Sequence[MediaKind], since: datetime) -> Unread | None:
        """The oldest of these kinds sent since then: a voice message without words of its own, or a photo that
        belongs to a ticket."""
        belongs = exists(select(ticket_messages.c.line_id).where(ticket_messages.c.line_id == lines.c.id))
        row = self._c.execute(
            select(media, lines.c.community_id, lines.c.district_id)
            .select_from(media.join(lines, lines.c.id == media.c.line_id))
            .where(
                media.c.state == "kept",
                media.c.words.is_(None),
                media.c.kind.in_(kinds),
                lines.c.sent_at >= since,
                or_(media.c.kind == "voice", belongs),
            )
            .order_by(media.c.id)
            .limit(1)
        ).first()
        if row is None:
            return None
        return Unread(row.id, row.kind, row.line_id, row.community_id or row.district_id or 0, row.bytes or 0)

    def settle(self, media_id: int, outcome: Outcome) -> None:
        """What came of reading it; it is not read again."""
        self._c.execute(update(media).where(media.c.id == media_id).values(words=outcome))

    def of_line(self, line_id: int) -> list[tuple[int, Media]]:
        rows = self._c.execute(select(media).where(media.c.line_id == line_id).order_by(media.c.id))
        return [(row.id, Media(row.kind, row.ref)) for row in rows]
