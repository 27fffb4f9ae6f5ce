"""Which photos of his go with what a worker hands in: those of the line itself, and bare ones just before it."""

from __future__ import annotations

from datetime import timedelta

from handlers.context import Context, Speaker

# A photo and the words about it that follow.
TOGETHER = timedelta(minutes=12)
LOOKED_AT = 10


def pictures_with(ctx: Context, speaker: Speaker) -> tuple[int, ...]:
    """The lines whose photos go with what he says now, oldest first."""
    if speaker.line is None:
        return ()
    found = []
    for old in reversed(ctx.store.lines.recent_private(speaker.account.id, ctx.now - TOGETHER, LOOKED_AT)):
        if old.id == speaker.line:
            found += [old.id] if old.photo else []
        elif old.id < speaker.line:
            if not old.photo or old.text.strip() or old.tickets:
                break
            found.append(old.id)
    return tuple(sorted(found))
