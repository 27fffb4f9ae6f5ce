"""What WeCom's robot can do: hear those who name it, and say one thing for each time that somebody did."""

from __future__ import annotations

from bot.channel import Capabilities

CHANNEL = "wecom_aibot"
CONTENT_BYTES = 20_480
CAPABILITIES = Capabilities(
    reads="mentions",
    push="after_first_message",
    edit=False,
    reply=False,
    media_out=False,
    text_limit=CONTENT_BYTES,
    limit_unit="bytes",
    per_minute=30,
    rooms=("staff", "private"),
    answers=True,
)
