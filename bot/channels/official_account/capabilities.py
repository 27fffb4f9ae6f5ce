"""What the official account can do: talk with one follower at a time, and five messages after each of his."""

from __future__ import annotations

from bot.channel import Capabilities

CHANNEL = "official_account"
# Bytes of a customer-service text.
TEXT_BYTES = 2048
CAPABILITIES = Capabilities(
    push="after_first_message",
    buttons=False,
    edit=False,
    reply=False,
    text_limit=TEXT_BYTES,
    limit_unit="bytes",
    rooms=("private",),
)
