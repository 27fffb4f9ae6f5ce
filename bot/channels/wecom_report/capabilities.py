"""What the door to 政民沟通 can do: read what was filed there, now and then; nothing can be said through it."""

from __future__ import annotations

from bot.channel import Capabilities

CAPABILITIES = Capabilities(
    reads="poll", push="no", buttons=False, edit=False, reply=False, media_out=False, rooms=("residents",)
)
