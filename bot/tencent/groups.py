"""What two ways into WeCom's staff groups can do, which only speak: a group's robot, and groups made by the app."""

from __future__ import annotations

from bot.channel import Capabilities

MARKDOWN_BYTES = 4096
TEXT_BYTES = 2048

WEBHOOK = Capabilities(
    reads="none",
    buttons=False,
    edit=False,
    reply=False,
    media_in=False,
    text_limit=MARKDOWN_BYTES,
    limit_unit="bytes",
    per_minute=20,
    rooms=("staff",),
)
APPCHAT = Capabilities(
    reads="none",
    buttons=False,
    edit=False,
    reply=False,
    media_in=False,
    text_limit=TEXT_BYTES,
    limit_unit="bytes",
    per_minute=200,
    rooms=("staff",),
)
