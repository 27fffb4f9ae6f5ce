"""What a worker tells of the day and of nobody's door: a line in his diary."""

from __future__ import annotations

from domain.diary import Entry
from domain.errors import Refused
from handlers.context import Context, Speaker


def note_remark(ctx: Context, speaker: Speaker, words: str) -> Entry:
    worker, seat = speaker.actor.person, speaker.seat
    if worker is None:
        raise Refused("care.staff_only")
    if seat is None or seat.district is None:
        raise Refused("care.no_area")
    entry = Entry(worker=worker, at=speaker.event.sent_at, kind="other", text=words, area=seat.chain[-1].id)
    ctx.store.diary.add(entry, district=seat.district, community=seat.community, line=speaker.line)
    if speaker.line is not None:
        ctx.store.lines.keep([speaker.line])
    return entry
